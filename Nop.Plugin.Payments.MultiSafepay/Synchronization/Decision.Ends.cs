using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <content>Payments that come to nothing: declined, cancelled, voided, not made in time. What is decided follows from the state of the order, and not from what is news.</content>
public static partial class Decision
{
    private static IEnumerable<SyncAction> UnpaidEnd(Facts facts)
    {
        if (facts.Order.HasBeenPaid)
            return IsPaidBy(facts) || IsAuthorizedBy(facts) ? LostPayment(facts) : [];

        if (facts.Order.PaymentStatus is PaymentStatus.Authorized or PaymentStatus.Voided)
            return IsAuthorizedBy(facts) || IsInPlaceOfReview(facts) ? AuthorizationEnd(facts) : [];

        // Another attempt, under another order id or another transaction, may still pay the order. What the shop itself called off is no news: the order waits for another
        // payment, or was cancelled for a reason of its own.
        if (facts.Attempt != facts.Record.Current || facts.Order.IsCancelled || facts.Attempt.Closed || facts.Attempt.CancelRequested)
            return [];

        return [Note($"{facts.State}:{facts.Id}", $"State.{facts.State}", facts.AmountText, facts.Method, facts.Id, Reason(facts)), .. CancelOrder(facts)];
    }

    // The shop counts the order as paid, and its money will not come: a provider had accepted the customer and the order was not shipped in time, or was cancelled there; or a
    // card's money was never captured for an order that was marked as paid by hand. nopCommerce cannot take a payment back, so the owner is told, before the goods leave.
    private static IEnumerable<SyncAction> LostPayment(Facts facts) => Left(facts) > 0
        ? [Warning($"lost:{facts.State}:{facts.Id}", "PaymentLost", facts.AmountText, facts.Method, facts.Id, Reason(facts)) with { MustBeConfirmed = true }]
        : [];

    // Nothing is held any more, whatever the word for it: a payment that counts as authorised while it is reviewed can be declined, and a held one cancelled. Only the
    // rows of void and expired say what becomes of the payment then.
    private static IEnumerable<SyncAction> AuthorizationEnd(Facts facts) =>
    [
        .. facts.Order.PaymentStatus == PaymentStatus.Authorized
            && facts.Mapping[facts.State == TransactionState.Expired ? TransactionState.Expired : TransactionState.Void].Payment == PaymentAction.Void
            ? [new SyncAction.VoidAuthorization(AppliedEvents.Voided(facts.Order.AuthorizationTransactionId is { Length: > 0 } held ? held : facts.Id))]
            : Array.Empty<SyncAction>(),
        Note($"{facts.State}:{facts.Id}", $"State.{facts.State}", facts.AmountText, facts.Method, facts.Id, Reason(facts)),
        .. CancelOrder(facts)
    ];

    // A payment under review counts as authorised where the merchant wants that. Its own end may never be heard of, because the API shows another transaction then. A card that
    // was really authorised is not ended by what became of another transaction.
    private static bool IsInPlaceOfReview(Facts facts) => facts.Attempt.State == TransactionState.Uncleared
        && facts.Attempt.TransactionId == facts.Order.AuthorizationTransactionId && IsInPlaceOfHold(facts);

    // What becomes of one of two payments does not end the order that the other one paid.
    private static IEnumerable<SyncAction> CancelOrder(Facts facts) =>
        facts.Choice.OrderStatus == OrderStatus.Cancelled && !facts.Order.IsCancelled && (!facts.Order.HasBeenPaid || IsPaidBy(facts))
            ? [new SyncAction.CancelOrder($"cancelled:{facts.State}:{facts.Id}")]
            : [];

    // Some payment methods report a chargeback as void. Where a provider had only accepted the customer and nothing was shipped, no money had come that could be taken back:
    // that void is a cancellation, unless MultiSafepay shows a chargeback with it.
    private static bool IsChargeback(Facts facts)
    {
        if (Related(facts, ChargebackType).Any())
            return !IsReversed(facts) || (facts.Order.HasBeenPaid && IsPaidBy(facts));
        var isAcceptedOnly = PayLaterMethods.Contains(facts.Transaction.PaymentDetails?.Type) && facts.Attempt.State != TransactionState.Shipped
            && !facts.Record.Applied.Any(applied => applied.StartsWith(AppliedEvents.ShippedPrefix, StringComparison.Ordinal));
        return facts.Order.HasBeenPaid && IsPaidBy(facts) && !isAcceptedOnly;
    }
}
