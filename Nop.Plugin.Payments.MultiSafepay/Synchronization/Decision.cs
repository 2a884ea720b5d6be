using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>
/// Decides what a transaction at MultiSafepay means for an order of nopCommerce. A pure function: no clock, no I/O, no side effects. It never
/// moves a payment backwards, and it is idempotent: deciding again after its actions were applied returns no further actions.
/// </summary>
public static partial class Decision
{
    /// <summary>The maximum number of unknown statuses and unknown attempts that are reported for one order. Each is stored in the record, so their number must be limited.</summary>
    public const int MaxUnknown = 20;

    private const string UnknownPrefix = "unknown";
    private const int MaxWordLength = 60;

    /// <summary>Returns the actions to be applied to the order, in order.</summary>
    /// <param name="order">The order, read under its lock.</param>
    /// <param name="record">The payment record of the order, read under the same lock.</param>
    /// <param name="transaction">The transaction, from a signed notification or from the API.</param>
    /// <param name="mapping">The owner's status mapping for the order's store.</param>
    /// <param name="policy">The owner's choice for a cancelled order that is paid.</param>
    /// <param name="isPulled">
    /// Whether the transaction was read from the API, and is therefore the one that MultiSafepay currently treats as the payment of its order id. A notification can be about any
    /// transaction of that order id.
    /// </param>
    public static IReadOnlyList<SyncAction> Decide(
        OrderSnapshot order, PaymentRecord record, Transaction transaction, StatusMapping mapping, CancelledThenPaidPolicy policy = CancelledThenPaidPolicy.Warn, bool isPulled = true)
    {
        var state = TransactionStates.From(transaction);
        if (state == TransactionState.Unknown)
            return Unknown(record, Warning($"{UnknownPrefix}:{Id(transaction)}:{Word(transaction.Status)}:{Word(transaction.FinancialStatus)}", "UnknownStatus",
                transaction.Status, transaction.FinancialStatus, Id(transaction)));

        if (record.Find(transaction.OrderId) is not { } attempt)
            return Unknown(record, Warning($"{UnknownPrefix}-attempt:{Word(transaction.OrderId)}", "UnknownAttempt", transaction.OrderId, Id(transaction)));

        var known = record.WithoutOverwritten(order);
        var facts = new Facts(order, known, transaction, attempt, state, mapping[state], mapping, policy, isPulled);
        if (order is { IsDeleted: true, HasBeenPaid: true })
            return Once(known, [.. Deleted(facts)]);

        var lost = LostRefunds(facts);
        var asked = AskedRefunds(lost.Facts);
        facts = asked.Facts;
        IReadOnlyList<SyncAction> changes = [.. lost.Actions, .. Once(known, [.. asked.Actions, .. state switch
        {
            TransactionState.Completed or TransactionState.Authorized or TransactionState.Uncleared or TransactionState.Shipped => MoneyIn(facts),
            TransactionState.Refunded or TransactionState.PartialRefunded => MoneyBack(facts),
            TransactionState.Chargeback => Chargeback(facts),
            // The owner's mapping treats it as a chargeback, too.
            TransactionState.Void when IsChargeback(facts) => Chargeback(facts with { State = TransactionState.Chargeback, Choice = mapping[TransactionState.Chargeback] }),
            TransactionState.Declined or TransactionState.Cancelled or TransactionState.Void or TransactionState.Expired => UnpaidEnd(facts),
            _ => Waiting(facts)
        }, .. ChargebackBehind(facts), .. Reversals(facts), .. LateRefundsOff(facts), .. ShippedInParts(facts)])];
        IReadOnlyList<SyncAction> actions = [.. changes, .. Once(known, [.. OtherTotal(After(lost.Facts, changes))])];
        var isRestored = lost.Actions.Count > 0 || (known != record && actions.Any(action => action is SyncAction.Pay or SyncAction.Authorize or SyncAction.VoidAuthorization));
        return isRestored ? [.. actions, .. Once(record, Warning($"overwritten:{facts.Id}", "Overwritten", facts.Id))] : actions;
    }

    private static IEnumerable<SyncAction> MoneyIn(Facts facts)
    {
        if (!IsWhatWasCharged(facts))
            return [WrongAmount(facts)];

        IEnumerable<SyncAction> payment = facts.Choice.Payment switch
        {
            PaymentAction.Pay => Pay(facts),
            PaymentAction.Authorize => Authorize(facts),
            _ => facts.Order.HasBeenPaid ? [] : [Note($"{facts.State}:{facts.Id}", $"State.{Word(facts)}", facts.AmountText, facts.Method, facts.Id)]
        };
        return [.. payment, .. MoveOrder(facts), .. facts.State == TransactionState.Authorized ? [.. CapturedPart(facts), .. ChargebackOfPart(facts)] : Array.Empty<SyncAction>()];
    }

    // The owner can accept or decline a card payment under review. All other uncleared payments wait for the customer or the provider.
    private static string Word(Facts facts) => facts.State == TransactionState.Uncleared && !CardMethods.IsUnderReview(facts.Transaction) ? "UnclearedWaits" : facts.State.ToString();

    private static IEnumerable<SyncAction> Pay(Facts facts)
    {
        if (IsPaidBy(facts))
            return [];
        if (facts.Order.HasBeenPaid)
            return [Second(facts)];
        if (facts.Order.IsCancelled)
            return PaidAfterCancellation(facts);
        if (facts.Order.PaymentStatus == PaymentStatus.Voided)
            return [Warning(AppliedEvents.NotPayable(facts.Id), "PaidAfterVoid", facts.AmountText, facts.Method, facts.Id)];
        return
        [
            new SyncAction.Pay(AppliedEvents.Paid(facts.Id), facts.Id),
            Note($"paid-note:{facts.Id}", "Paid", facts.AmountText, facts.Method, facts.Id)
        ];
    }

    // nopCommerce lets customers and owners cancel an order while its payment is under way, and the money can still arrive.
    private static IEnumerable<SyncAction> PaidAfterCancellation(Facts facts) => facts.Policy switch
    {
        CancelledThenPaidPolicy.Reopen when facts.Order.PaymentStatus == PaymentStatus.Pending && !facts.Record.Has($"reopened:{facts.Id}") =>
            [new SyncAction.ReopenOrder($"reopened:{facts.Id}")],
        CancelledThenPaidPolicy.Refund when !facts.Record.Has(AppliedEvents.NotPayable(facts.Id)) =>
        [
            new SyncAction.RefundPayment(AppliedEvents.GivenBack(facts.Id), facts.Attempt.OrderId, AppliedEvents.GiveBackRequested(facts.Id)),
            LateRefund(facts)
        ],
        _ => [Warning(AppliedEvents.NotPayable(facts.Id), "PaidAfterCancellation", facts.AmountText, facts.Method, facts.Id)]
    };

    private static SyncAction.Note LateRefund(Facts facts) =>
        Warning(AppliedEvents.NotPayable(facts.Id), "PaidAfterCancellationRefunded", facts.AmountText, facts.Method, facts.Id);

    private static IEnumerable<SyncAction> Authorize(Facts facts)
    {
        if (IsPaidBy(facts) || IsAuthorizedBy(facts))
            return HeldForPaid(facts);
        if (facts.Order.HasBeenPaid)
            return [Second(facts)];
        if (facts.Order.PaymentStatus == PaymentStatus.Authorized)
            return [Second(facts), .. SwitchAuthorization(facts)];
        if (facts.Order.IsCancelled)
        {
            return facts.Record.Has(AppliedEvents.NotPayable(facts.Id))
                ? []
                : [Warning($"held-late:{facts.Id}", "AuthorizedAfterCancellation", facts.AmountText, facts.Method, facts.Id)];
        }

        if (facts.Order.PaymentStatus == PaymentStatus.Voided)
            return [];
        return
        [
            new SyncAction.Authorize(AppliedEvents.Authorized(facts.Id), facts.Id),
            Note($"authorized-note:{facts.Id}", "Authorized", facts.AmountText, facts.Method, facts.Id)
        ];
    }

    // Marking an authorised order as paid by hand captures nothing: the authorisation expires although the goods have been shipped.
    private static IEnumerable<SyncAction> HeldForPaid(Facts facts) =>
        facts is { State: TransactionState.Authorized, Order.HasBeenPaid: true } && PayingTransaction.IdOf(facts.Order, facts.Record) is null
            ? [Warning($"held-for-paid:{facts.Id}", "PaidByHandStillHeld", facts.AmountText, facts.Id)]
            : [];

    // A payment page accepts a second card while the first is under review, which the owner may count as authorised. If the review fails, MultiSafepay shows the
    // second transaction under the same order id. Without this action, the order would wait forever for a payment that is no longer shown, and the authorisation could not be captured.
    private static IEnumerable<SyncAction> SwitchAuthorization(Facts facts) =>
        IsInPlaceOfHold(facts)
            ? [new SyncAction.SwitchAuthorization(AppliedEvents.Authorized(facts.Id), facts.Id)]
            : [];

    // The note tells the owner which of the two payments to refund: this one. The other one paid the order, or it is not known how the order was paid.
    private static SyncAction.Note Second(Facts facts) =>
        (PayingTransaction.IdOf(facts.Order, facts.Record) ?? (facts.Order.PaymentStatus == PaymentStatus.Authorized ? facts.Order.AuthorizationTransactionId : null)) is { Length: > 0 } first
            ? Warning($"second:{facts.Id}", "SecondPayment", facts.AmountText, facts.Id, first)
            : Warning($"second:{facts.Id}", "PaidByHandBefore", facts.AmountText, facts.Id);

    private static IEnumerable<SyncAction> MoveOrder(Facts facts) =>
        facts.Choice.OrderStatus is { } status and not OrderStatus.Cancelled && !facts.Order.IsCancelled
        && (int)status > (int)facts.Order.OrderStatus && facts.Attempt == facts.Record.Current
            ? [new SyncAction.MoveOrder($"order:{facts.State}:{facts.Id}", status)]
            : [];

    // The payment was started, or a refund is waiting. Only the refund gets a note, because the owner can do something about it.
    private static IEnumerable<SyncAction> Waiting(Facts facts) => facts.State == TransactionState.Reserved
        ? [Note($"{facts.State}:{facts.Id}", $"State.{facts.State}", facts.AmountText, facts.Method, facts.Id, Reason(facts))]
        : facts.Order.HasBeenPaid ? [] : MoveOrder(facts);

    // If the order's total was lower by the time of the capture, less was captured than was charged. If the rest was cancelled or expired after a part was shipped, the part is the payment.
    private static bool IsWhatWasCharged(Facts facts) =>
        (facts.Transaction.Amount == facts.Attempt.Amount
            || (facts.Attempt.CaptureAmount is { } wanted && facts.Transaction.Amount is { } captured && captured >= wanted && captured < facts.Attempt.Amount)
            || (facts.Attempt.Parts.Count > 0 && facts.Transaction.Amount is { } shipped and > 0 && shipped < facts.Attempt.Amount))
        && string.Equals(facts.Transaction.Currency, facts.Attempt.Currency, StringComparison.OrdinalIgnoreCase);

    private static SyncAction.Note WrongAmount(Facts facts) => Warning(
        $"amount:{facts.Id}:{Text(facts.Transaction.Amount ?? 0)}{Word(facts.Transaction.Currency)}", "WrongAmount",
        facts.AmountText, facts.Money(facts.Attempt.Amount), facts.Id);

    private static bool IsPaidBy(Facts facts) => PayingTransaction.IsPaidBy(facts.Order, facts.Record, facts.Id);

    private static bool IsAuthorizedBy(Facts facts) => PayingTransaction.IsAuthorizedBy(facts.Order, facts.Record, facts.Id);

    // MultiSafepay shows another transaction under the order id than the one that authorised the order. Each opening of a payment link creates a transaction (MultiSafepay's
    // documentation of payment links). No document says which of them the API shows, so this alone must not cause anything that cannot be undone.
    private static bool IsInPlaceOfHold(Facts facts) => facts.IsPulled && facts.Order.AuthorizationTransactionId is { Length: > 0 } first && first != facts.Id
        && (facts.Attempt.TransactionId == first || facts.Record.Has(AppliedEvents.Authorized(first)))
        && !facts.Record.Attempts.Any(attempt => attempt != facts.Attempt && attempt.TransactionId == first);

    private static string Reason(Facts facts) => PaymentReasons.TextOf(facts.Transaction);

    private static string Id(Transaction transaction) => Word(transaction.TransactionId ?? transaction.OrderId);

    private static string Word(string? text) => text is { Length: > MaxWordLength } ? text[..MaxWordLength] : text ?? string.Empty;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static SyncAction.Note Note(string applied, string resource, params IReadOnlyList<string> arguments) => new(applied, resource, false, arguments);

    private static SyncAction.Note Warning(string applied, string resource, params IReadOnlyList<string> arguments) => new(applied, resource, true, arguments);

    private static IReadOnlyList<SyncAction> Unknown(PaymentRecord record, SyncAction.Note warning) =>
        record.Applied.Count(applied => applied.StartsWith(UnknownPrefix, StringComparison.Ordinal)) < MaxUnknown ? Once(record, warning) : [];

    private static IReadOnlyList<SyncAction> Once(PaymentRecord record, params IReadOnlyList<SyncAction> actions) =>
        [.. actions.Where(action => !record.Has(action.Applied))];

    // Everything that a rule may use, so that all rules have the same single parameter.
    private sealed record Facts(
        OrderSnapshot Order, PaymentRecord Record, Transaction Transaction, PaymentAttempt Attempt, TransactionState State, StatusChoice Choice, StatusMapping Mapping,
        CancelledThenPaidPolicy Policy, bool IsPulled)
    {
        public string Id => Decision.Id(Transaction);

        /// <summary>The names of the methods that it was or is paid with, without the digits of a card: notes are kept when the customer's data is erased.</summary>
        public string Method => PaymentMeans.Text([.. PaymentMeans.From(Transaction, Attempt.Gateway).Select(means => means.Erased())]) is { Length: > 0 } names ? names : "-";

        public string AmountText => Transaction.Amount is { } amount ? MoneyText.Format(amount, Transaction.Currency) : $"? {Transaction.Currency}";

        public string Money(long amount) => MoneyText.Format(amount, Attempt.Currency);

        /// <summary>The order's total that was paid for, in the primary store currency; null if it was not recorded.</summary>
        public decimal? PaidTotal => Attempt.TotalOf(Charged);

        /// <summary>
        /// The amount of the payment, in minor units of the charged currency: the charged amount, or the captured part of it if the order's total was lower by the time of the capture, or the
        /// shipped part of it if the rest was cancelled or expired.
        /// </summary>
        public long Charged => (Attempt.CaptureAmount is not null || Attempt.Parts.Count > 0) && Transaction.Amount is { } captured && captured < Attempt.Amount ? captured : Attempt.Amount;
    }
}
