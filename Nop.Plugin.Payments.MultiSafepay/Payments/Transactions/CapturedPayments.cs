using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// A card payment that is captured by hand is spread over several orders at MultiSafepay: the authorisation, which keeps its status, and one for each capture,
/// where refunds and chargebacks happen. Here they become one transaction again.
/// </summary>
public static class CapturedPayments
{
    private const string Capture = "capture";

    /// <summary>What was captured of an authorisation, in minor units.</summary>
    public static long CapturedOf(Transaction authorization) => Sum(CapturesIn(authorization).Select(related => related.Amount));

    /// <summary>The order ids of its captures.</summary>
    public static IEnumerable<string> CaptureIdsOf(Transaction authorization) => CapturesIn(authorization)
        .Select(related => related.OrderId)
        .OfType<string>()
        .Where(id => id.Length > 0 && id != authorization.OrderId)
        .Distinct(StringComparer.Ordinal);

    /// <summary>The payment as a whole: the authorisation's identity, with the captures' money and all that happened to it.</summary>
    /// <param name="authorization">The authorisation, as MultiSafepay shows it.</param>
    /// <param name="captures">The orders of its captures.</param>
    /// <param name="wanted">How much the shop wants of it in all, in minor units, where that is less than what is held: then that much is the whole payment.</param>
    public static Transaction Whole(Transaction authorization, IReadOnlyList<Transaction> captures, long? wanted = null)
    {
        // A capture of all that is held makes no order of its own: the original becomes completed.
        if (captures.Count == 0)
            return IsCapturedInFull(authorization) ? authorization with { FinancialStatus = TransactionStatus.Completed } : authorization;

        // Of a capture whose answer got lost, MultiSafepay may show the order before it shows the relation.
        var known = CaptureIdsOf(authorization).ToHashSet(StringComparer.Ordinal);
        var unrelated = captures.Where(capture => !known.Contains(capture.OrderId)).Select(capture => new RelatedTransaction
        {
            Type = Capture,
            Status = TransactionStatus.Completed,
            Amount = capture.Amount,
            Currency = capture.Currency,
            OrderId = capture.OrderId,
            TransactionId = capture.TransactionId
        });
        var captured = Sum(captures.Select(capture => capture.Amount));
        var refunded = Sum(captures.Select(capture => (long?)RefundStatuses.AmountOf(capture)));
        var isSettled = wanted is { } least && captured >= least && captured < authorization.Amount;
        var (status, financialStatus) = StatusOf(captures, captured, refunded, isAll: isSettled || captured >= (authorization.Amount ?? long.MaxValue));
        return authorization with
        {
            Amount = isSettled ? captured : authorization.Amount,
            Status = status,
            FinancialStatus = financialStatus,
            AmountRefunded = refunded,
            RelatedTransactions = [.. authorization.RelatedTransactions, .. unrelated, .. captures.SelectMany(capture => capture.RelatedTransactions)]
        };
    }

    private static (string Status, string FinancialStatus) StatusOf(IReadOnlyList<Transaction> captures, long captured, long refunded, bool isAll)
    {
        // Not all of it: the card still holds the rest, or gave it back. The order waits either way; what came in is told in a note.
        if (!isAll)
            return (TransactionStatus.Completed, TransactionStatus.Initialized);

        // Some payment methods call a chargeback void. Of the whole that would be an authorisation that was given back, while its money had been taken.
        if (captures.FirstOrDefault(capture => TransactionStates.From(capture) is TransactionState.Chargeback or TransactionState.Void) is { } lost)
            return (TransactionStatus.Chargedback, lost.FinancialStatus);
        if (refunded >= captured)
            return (TransactionStatus.Refunded, TransactionStatus.Completed);
        return refunded > 0
            ? (TransactionStatus.PartialRefunded, TransactionStatus.PartialRefunded)
            : (TransactionStatus.Completed, TransactionStatus.Completed);
    }

    // Numbers that cannot be add up to one that cannot be, not to an error.
    private static long Sum(IEnumerable<long?> amounts) => (long)Math.Clamp(amounts.Sum(amount => (decimal)(amount ?? 0)), long.MinValue, long.MaxValue);

    // All of it was captured, under no order id of its own.
    private static bool IsCapturedInFull(Transaction authorization) =>
        TransactionStates.From(authorization) == TransactionState.Authorized && authorization.Amount > 0 && CapturedOf(authorization) >= authorization.Amount;

    private static IEnumerable<RelatedTransaction> CapturesIn(Transaction authorization) => authorization.RelatedTransactions.Where(related =>
        string.Equals(related.Type, Capture, StringComparison.OrdinalIgnoreCase) && RefundStatuses.From(related) is RefundStatus.Made);
}
