using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>What a transaction means for an order beside the actions of <see cref="Decision"/>: what has to be asked first, recorded, and closed.</summary>
internal static class Settlement
{
    /// <summary>
    /// Whether MultiSafepay has to be asked for the whole payment before anything is decided. A notification is about one transaction, which may be a capture or a refund, while the order may
    /// have several, and the API shows all of them: if the payment consists of several parts, or is known to have ended.
    /// </summary>
    public static bool MustBePulled(PaymentAttempt attempt, Transaction transaction) =>
        attempt.OrderId != transaction.OrderId || CapturedPayments.CapturedOf(transaction) > 0 || attempt.CaptureOrderId is not null || attempt.Parts.Count > 0 || IsOver(attempt, transaction);

    /// <summary>The attempt with what the transaction tells of it; the same instance if nothing of it is new.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="isErased">Whether personal data must not be stored (<see cref="PaymentRecord.IsErased"/>).</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    public static PaymentAttempt Seen(PaymentAttempt attempt, Transaction transaction, bool isErased, DateTime nowUtc) => Held(attempt.Seen(transaction, isErased), transaction, nowUtc);

    /// <summary>The attempts that must not be paid any more because the order is paid by this transaction; empty if it is not.</summary>
    public static IReadOnlyList<PaymentAttempt> OthersToClose(OrderSnapshot order, PaymentRecord record, PaymentAttempt paid, Transaction transaction) => IsPaidBy(order, record, transaction)
        ? [.. record.Attempts.Where(attempt => !attempt.Closed && attempt.OrderId != paid.OrderId && !attempt.HoldsMoney)]
        : [];

    /// <summary>Whether the transaction has paid the order and its attempt has to be opened, or another one to be closed.</summary>
    public static bool HasToClose(OrderSnapshot order, PaymentRecord record, PaymentAttempt attempt, Transaction transaction) =>
        (attempt.Closed && IsPaidBy(order, record, transaction)) || OthersToClose(order, record, attempt, transaction).Count > 0;

    /// <summary>Whether the order's payment is this transaction.</summary>
    public static bool IsPaidBy(OrderSnapshot order, PaymentRecord record, Transaction transaction) =>
        TransactionStates.From(transaction).IsFunded() && PayingTransaction.IsFundedBy(order, record, transaction.TransactionId);

    /// <summary>Whether the record knows all that the transaction tells, so that only the order's own state may require an action.</summary>
    public static bool IsRecorded(PaymentRecord record, PaymentAttempt attempt, Transaction transaction, DateTime nowUtc) =>
        !MustBePulled(attempt, transaction) && Seen(attempt, transaction, record.IsErased, nowUtc) == attempt;

    /// <summary>Whether nothing has to be done for a transaction that <see cref="IsRecorded"/>.</summary>
    /// <param name="order">The order.</param>
    /// <param name="record">Its record.</param>
    /// <param name="attempt">The attempt with the transaction's order id.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="mapping">The owner's mapping of statuses.</param>
    /// <param name="policy">What the owner wants for a cancelled order that is paid; without effect on an order that is not cancelled.</param>
    public static bool IsSettled(
        OrderSnapshot order, PaymentRecord record, PaymentAttempt attempt, Transaction transaction, StatusMapping mapping, CancelledThenPaidPolicy policy = default) =>
        !HasToClose(order, record, attempt, transaction) && Decision.Decide(order, record, transaction, mapping, policy, isPulled: false).Count == 0;

    // A late notification about a transaction that has failed in the meantime.
    private static bool IsOver(PaymentAttempt attempt, Transaction transaction) => attempt.State?.IsTerminalUnpaid() == true
        && attempt.TransactionId == transaction.TransactionId && TransactionStates.From(transaction).IsFunded();

    // Records until when a card holds the money for a capture, or a provider waits for the shipment, and what was shipped in parts. A term that was extended or reduced is kept.
    private static PaymentAttempt Held(PaymentAttempt attempt, Transaction transaction, DateTime nowUtc)
    {
        if (TransactionStates.From(transaction) is TransactionState.Unknown or TransactionState.Initialized)
            return attempt;
        if (TransactionStates.IsManualCapture(transaction))
            return With(attempt, MultiSafepayTime.ToUtc(transaction.PaymentDetails?.CaptureExpiry) ?? attempt.AuthorizedUntilUtc);
        if (!PayLaterMethods.Contains(transaction.PaymentDetails?.Type))
            return attempt;
        return With(attempt.WithParts(ShippedParts.In(transaction), nowUtc),
            ShipmentDeadlines.IsWaiting(transaction) ? attempt.AuthorizedUntilUtc ?? ShipmentDeadlines.EndUtc(transaction) : null);
    }

    private static PaymentAttempt With(PaymentAttempt attempt, DateTime? authorizedUntilUtc) =>
        attempt.AuthorizedUntilUtc == authorizedUntilUtc ? attempt : attempt with { AuthorizedUntilUtc = authorizedUntilUtc };
}
