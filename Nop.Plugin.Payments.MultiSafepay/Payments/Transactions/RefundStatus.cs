using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>The status of a refund at MultiSafepay.</summary>
public enum RefundStatus
{
    /// <summary>MultiSafepay does not list it.</summary>
    NotThere,

    /// <summary>It is waiting for the bank or for balance in the account.</summary>
    Waiting,

    /// <summary>The money was refunded.</summary>
    Made,

    /// <summary>It was declined or withdrawn, or it expired.</summary>
    Off
}

/// <summary>Finds refunds among the related transactions of a payment.</summary>
public static class RefundStatuses
{
    private const string Refund = "refund";

    /// <summary>The status of a refund that the shop requested, and the related transaction; <see cref="RefundStatus.NotThere"/> and null if the payment does not list it.</summary>
    public static (RefundStatus Status, RelatedTransaction? Related) Find(Transaction transaction, RefundAttempt refund)
    {
        var related = transaction.RelatedTransactions.FirstOrDefault(related => IsRefund(related) && Is(related, transaction, refund));
        return (From(related), related);
    }

    /// <summary>
    /// The refunded amount of the payment, in minor units of its currency, without refunds that are still waiting. <c>amount_refunded</c> is sometimes missing, and the refunds of some
    /// providers are listed only as related transactions, so the larger of the two amounts is returned.
    /// </summary>
    public static long AmountOf(Transaction transaction)
    {
        var made = transaction.RelatedTransactions
            .Where(related => IsRefund(related) && From(related) == RefundStatus.Made
                && (related.Currency is null || string.Equals(related.Currency, transaction.Currency, StringComparison.OrdinalIgnoreCase)))
            .Sum(related => (decimal)Math.Max(0, related.Amount ?? 0));
        return (long)Math.Clamp(Math.Max(made, transaction.AmountRefunded ?? 0), 0, long.MaxValue);
    }

    /// <summary>Whether it is a refund, not a capture or a chargeback.</summary>
    public static bool IsRefund(RelatedTransaction related) => string.Equals(related.Type, Refund, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is a refund that is waiting for the bank or for balance in the account, and can still be withdrawn.</summary>
    public static bool IsWaiting(RelatedTransaction related) => IsRefund(related) && From(related) == RefundStatus.Waiting;

    /// <summary>Interprets the status of a refund's own transaction; an unknown status counts as waiting.</summary>
    public static RefundStatus From(RelatedTransaction? related) => related?.Status?.Trim().ToLowerInvariant() switch
    {
        null => RefundStatus.NotThere,
        TransactionStatus.Completed or TransactionStatus.Refunded or TransactionStatus.PartialRefunded => RefundStatus.Made,
        TransactionStatus.Void or TransactionStatus.Cancelled or TransactionStatus.Declined or TransactionStatus.Expired => RefundStatus.Off,
        _ => RefundStatus.Waiting
    };

    // Matches the shop's id of the refund or, if that was lost, MultiSafepay's; the latter must not be the id of the payment itself.
    private static bool Is(RelatedTransaction related, Transaction transaction, RefundAttempt refund) =>
        string.Equals(related.RefundOrderId, refund.RefundOrderId, StringComparison.Ordinal)
        || string.Equals(related.OrderId, refund.RefundOrderId, StringComparison.Ordinal)
        || (refund.TransactionId is { } id && id != transaction.TransactionId && related.TransactionId == id);
}
