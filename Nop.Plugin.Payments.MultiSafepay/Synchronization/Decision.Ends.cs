using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <content>
/// Payments that failed: declined, cancelled, voided or expired. The decision follows from the current state of the order, not from what changed.
/// </content>
public static partial class Decision
{
    /// <summary>
    /// Decides about a payment link that is over without a transaction: the customer never opened the payment page, so MultiSafepay reports nothing, and the order would keep its stock for
    /// ever. The row of expired payments in the mapping applies.
    /// </summary>
    /// <param name="order">The order as it is now.</param>
    /// <param name="record">Its payment record.</param>
    /// <param name="attempt">The attempt whose link is over.</param>
    /// <param name="mapping">The owner's status mapping.</param>
    public static IReadOnlyList<SyncAction> DecideLinkOver(OrderSnapshot order, PaymentRecord record, PaymentAttempt attempt, StatusMapping mapping)
    {
        if (order.PaymentStatus != PaymentStatus.Pending || order.IsCancelled || attempt != record.Current
            || attempt.Closed || attempt.CancelRequested || attempt.State is not (null or TransactionState.Initialized))
            return [];
        var note = Note($"{TransactionState.Expired}:{attempt.OrderId}", $"State.{TransactionState.Expired}",
            MoneyText.Format(attempt.Amount, attempt.Currency), string.Empty, attempt.OrderId, string.Empty);
        return Once(record, mapping[TransactionState.Expired].OrderStatus == OrderStatus.Cancelled
            ? [note, new SyncAction.CancelOrder($"cancelled:{TransactionState.Expired}:{attempt.OrderId}")]
            : [note]);
    }

    private static IEnumerable<SyncAction> UnpaidEnd(Facts facts)
    {
        if (facts.Order.HasBeenPaid)
            return IsPaidBy(facts) || IsAuthorizedBy(facts) ? LostPayment(facts) : [];

        if (facts.Order.PaymentStatus is PaymentStatus.Authorized or PaymentStatus.Voided)
            return IsAuthorizedBy(facts) || IsInPlaceOfReview(facts) ? AuthorizationEnd(facts) : [];

        // Another attempt or transaction may still pay the order. A cancellation by the shop itself has no effect: the order is waiting for another payment, or was
        // cancelled for a reason of its own.
        if (facts.Attempt != facts.Record.Current || facts.Order.IsCancelled || facts.Attempt.Closed || facts.Attempt.CancelRequested)
            return [];

        return [Note($"{facts.State}:{facts.Id}", $"State.{facts.State}", facts.AmountText, facts.Method, facts.Id, Reason(facts)), .. CancelOrder(facts)];
    }

    // The order counts as paid, but its money will not be received: a provider had accepted the customer, and the order was not shipped in time or was cancelled there; or a
    // card was never captured for an order that was marked as paid by hand. nopCommerce cannot undo a payment, so the owner is warned before the goods are shipped.
    private static IEnumerable<SyncAction> LostPayment(Facts facts) => Left(facts) > 0
        ? [Warning($"lost:{facts.State}:{facts.Id}", "PaymentLost", facts.AmountText, facts.Method, facts.Id, Reason(facts)) with { MustBeConfirmed = true }]
        : [];

    // Nothing is held any more, whatever the status: a payment that counts as authorised during its review can be declined, and an authorisation can be cancelled. Only the
    // rows of void and expired in the mapping determine the effect on the payment.
    private static IEnumerable<SyncAction> AuthorizationEnd(Facts facts) =>
    [
        .. facts.Order.PaymentStatus == PaymentStatus.Authorized
            && facts.Mapping[facts.State == TransactionState.Expired ? TransactionState.Expired : TransactionState.Void].Payment == PaymentAction.Void
            ? [new SyncAction.VoidAuthorization(AppliedEvents.Voided(facts.Order.AuthorizationTransactionId is { Length: > 0 } held ? held : facts.Id))]
            : Array.Empty<SyncAction>(),
        Note($"{facts.State}:{facts.Id}", $"State.{facts.State}", facts.AmountText, facts.Method, facts.Id, Reason(facts)),
        .. CancelOrder(facts)
    ];

    // A payment under review counts as authorised if the owner has chosen that. The end of the review may never be reported, because the API then shows another transaction. The end of
    // another transaction does not end a real card authorisation.
    private static bool IsInPlaceOfReview(Facts facts) => facts.Attempt.State == TransactionState.Uncleared
        && facts.Attempt.TransactionId == facts.Order.AuthorizationTransactionId && IsInPlaceOfHold(facts);

    // The end of one of two payments does not cancel an order that the other one paid.
    private static IEnumerable<SyncAction> CancelOrder(Facts facts) =>
        facts.Choice.OrderStatus == OrderStatus.Cancelled && !facts.Order.IsCancelled && (!facts.Order.HasBeenPaid || IsPaidBy(facts))
            ? [new SyncAction.CancelOrder($"cancelled:{facts.State}:{facts.Id}")]
            : [];

    // Some payment methods report a chargeback as void. If a provider had only accepted the customer and nothing was shipped, no money had been received that could be taken back, so
    // such a void is a cancellation, unless MultiSafepay lists a chargeback with it.
    private static bool IsChargeback(Facts facts)
    {
        var isCounted = facts.Order.HasBeenPaid && IsPaidBy(facts);
        return Chargebacks.In(facts.Transaction).Any()
            ? isCounted || !IsReversed(facts)
            : isCounted && !Chargebacks.IsAcceptedOnly(facts.Transaction.PaymentDetails?.Type, facts.Attempt, facts.Record);
    }
}
