using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// Which of MultiSafepay's transactions paid, or holds the money for, an order of nopCommerce. An order can have several: a customer pays twice, or an earlier payment
/// comes late. Everything that refunds, captures, books or tells asks here.
/// </summary>
public static class PayingTransaction
{
    /// <summary>
    /// MultiSafepay's id of the transaction that paid the order, or null when none of ours did: it is unpaid, or was marked as paid by hand. What was remembered last leads;
    /// nopCommerce saves the id together with the status, so that it is known as well when the shop died before it was remembered.
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

    /// <summary>The attempt by which the order was paid; null when it was not paid by one of ours.</summary>
    public static PaymentAttempt? AttemptOf(OrderSnapshot order, PaymentRecord record)
    {
        if (!order.HasBeenPaid)
            return null;

        // What was captured by hand stands in the order under the id of the capture; the record knows the authorisation.
        var byId = IdOf(order, record) is { } id ? record.Attempts.LastOrDefault(attempt => attempt.TransactionId == id) : null;
        return byId ?? (Last(record, AppliedEvents.PaidPrefix) is null ? null : record.Attempts.LastOrDefault(attempt => !attempt.Closed));
    }

    private static string? Last(PaymentRecord record, string prefix) =>
        record.Applied.LastOrDefault(applied => applied.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
}
