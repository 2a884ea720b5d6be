using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>What MultiSafepay says of a refund.</summary>
public enum RefundStatus
{
    /// <summary>It does not mention it.</summary>
    NotThere,

    /// <summary>It waits for the bank or for balance.</summary>
    Waiting,

    /// <summary>The money went back.</summary>
    Made,

    /// <summary>It was declined or withdrawn.</summary>
    Off
}

/// <summary>Finds refunds among what came after a payment.</summary>
public static class RefundStatuses
{
    private const string Refund = "refund";

    /// <summary>What the transaction says of a refund that the shop asked for.</summary>
    public static (RefundStatus Status, RelatedTransaction? Related) Find(Transaction transaction, RefundAttempt refund)
    {
        var related = transaction.RelatedTransactions.FirstOrDefault(related => IsRefund(related) && Is(related, transaction, refund));
        return (From(related), related);
    }

    /// <summary>
    /// What went back of the payment, in minor units of its currency; refunds that wait are not in it. <c>amount_refunded</c> is sometimes missing, and some providers' refunds
    /// show among the related transactions only, so the larger of the two counts.
    /// </summary>
    public static long AmountOf(Transaction transaction)
    {
        var made = transaction.RelatedTransactions
            .Where(related => IsRefund(related) && From(related) == RefundStatus.Made
                && (related.Currency is null || string.Equals(related.Currency, transaction.Currency, StringComparison.OrdinalIgnoreCase)))
            .Sum(related => (decimal)Math.Max(0, related.Amount ?? 0));
        return (long)Math.Clamp(Math.Max(made, transaction.AmountRefunded ?? 0), 0, long.MaxValue);
    }

    /// <summary>Whether it is a refund, and not a capture or a chargeback.</summary>
    public static bool IsRefund(RelatedTransaction related) => string.Equals(related.Type, Refund, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is a refund that waits for the bank or for balance, and can be withdrawn.</summary>
    public static bool IsWaiting(RelatedTransaction related) => IsRefund(related) && From(related) == RefundStatus.Waiting;

    /// <summary>What the status of a refund's own transaction means.</summary>
    public static RefundStatus From(RelatedTransaction? related) => related?.Status?.Trim().ToLowerInvariant() switch
    {
        null => RefundStatus.NotThere,
        TransactionStatus.Completed or TransactionStatus.Refunded or TransactionStatus.PartialRefunded => RefundStatus.Made,
        TransactionStatus.Void or TransactionStatus.Cancelled or TransactionStatus.Declined or TransactionStatus.Expired => RefundStatus.Off,
        _ => RefundStatus.Waiting
    };

    // By our id of it; by MultiSafepay's where ours got lost, which must not be the payment's own.
    private static bool Is(RelatedTransaction related, Transaction transaction, RefundAttempt refund) =>
        string.Equals(related.RefundOrderId, refund.RefundOrderId, StringComparison.Ordinal)
        || string.Equals(related.OrderId, refund.RefundOrderId, StringComparison.Ordinal)
        || (refund.TransactionId is { } id && id != transaction.TransactionId && related.TransactionId == id);
}
