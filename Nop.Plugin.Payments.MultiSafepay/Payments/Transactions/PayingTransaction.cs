using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// Determines which of MultiSafepay's transactions paid an order of nopCommerce or holds the money for it. An order can have several transactions, because a customer may pay twice
/// or an earlier payment may arrive late. All code that refunds, captures, books or reports uses this class.
/// </summary>
public static class PayingTransaction
{
    /// <summary>
    /// MultiSafepay's id of the transaction that paid the order; null if none of the plugin's payments did, because the order is unpaid or was marked as paid by hand. The last recorded
    /// event takes precedence. nopCommerce saves the id together with the status, so the id is known even if the shop crashed before the event was recorded.
    /// </summary>
    public static string? IdOf(OrderSnapshot order, PaymentRecord record) =>
        Last(record, AppliedEvents.PaidPrefix) ?? (order.HasBeenPaid && order.CaptureTransactionId is { Length: > 0 } id ? id : null);

    /// <summary>Whether this transaction paid the order.</summary>
    public static bool IsPaidBy(OrderSnapshot order, PaymentRecord record, string? transactionId) =>
        transactionId is not null && string.Equals(IdOf(order, record), transactionId, StringComparison.Ordinal);

    /// <summary>Whether this transaction holds, or held, the money for the order.</summary>
    public static bool IsAuthorizedBy(OrderSnapshot order, PaymentRecord record, string? transactionId) => transactionId is not null
        && (record.Has(AppliedEvents.Authorized(transactionId)) || string.Equals(order.AuthorizationTransactionId, transactionId, StringComparison.Ordinal));

    /// <summary>Whether this transaction paid the order or holds the money for it.</summary>
    public static bool IsFundedBy(OrderSnapshot order, PaymentRecord record, string? transactionId) =>
        IsPaidBy(order, record, transactionId) || IsAuthorizedBy(order, record, transactionId);

    /// <summary>The attempt with which the order was paid; null if it is unpaid or was not paid with one of its attempts.</summary>
    public static PaymentAttempt? AttemptOf(OrderSnapshot order, PaymentRecord record)
    {
        if (!order.HasBeenPaid)
            return null;

        // After a capture by hand, the order contains the id of the capture, and the record that of the authorisation.
        var byId = IdOf(order, record) is { } id ? record.Attempts.LastOrDefault(attempt => attempt.TransactionId == id) : null;
        return byId ?? (Last(record, AppliedEvents.PaidPrefix) is null ? null : record.Attempts.LastOrDefault(attempt => !attempt.Closed));
    }

    private static string? Last(PaymentRecord record, string prefix) =>
        record.Applied.LastOrDefault(applied => applied.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
}
