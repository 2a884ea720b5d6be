using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// Combines the parts of a manually captured card payment. MultiSafepay has several orders for it: the authorisation, which keeps its status, and one for each capture,
/// which is where refunds and chargebacks happen.
/// </summary>
public static class CapturedPayments
{
    private const string Capture = "capture";

    /// <summary>The captured amount of an authorisation, in minor units of its currency.</summary>
    public static long CapturedOf(Transaction authorization) => Sum(CapturesIn(authorization).Select(related => related.Amount));

    /// <summary>The order ids at MultiSafepay of the captures of an authorisation, without a capture under the authorisation's own id.</summary>
    public static IEnumerable<string> CaptureIdsOf(Transaction authorization) => CapturesIn(authorization)
        .Select(related => related.OrderId)
        .OfType<string>()
        .Where(id => id.Length > 0 && id != authorization.OrderId)
        .Distinct(StringComparer.Ordinal);

    /// <summary>The whole payment as one transaction: the identity of the authorisation, with the money and the related transactions of its captures.</summary>
    /// <param name="authorization">The authorisation, as MultiSafepay reports it.</param>
    /// <param name="captures">The orders of its captures.</param>
    /// <param name="wanted">
    /// The total that the shop wants to capture, in minor units of the authorisation's currency, if that is less than the authorised amount; the payment is then complete with this amount.
    /// </param>
    public static Transaction Whole(Transaction authorization, IReadOnlyList<Transaction> captures, long? wanted = null)
    {
        // A capture of the full amount has no order of its own; instead the original order becomes completed.
        if (captures.Count == 0)
            return IsCapturedInFull(authorization) ? authorization with { FinancialStatus = TransactionStatus.Completed } : authorization;

        // If the answer to a capture was lost, MultiSafepay may show its order before it shows the relation.
        var known = CaptureIdsOf(authorization).ToHashSet(StringComparer.Ordinal);
        var unrelated = captures.Where(capture => !known.Contains(capture.OrderId)).Select(RelationOf);
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

    /// <summary>Whether a related transaction is a capture that was made.</summary>
    internal static bool IsMade(RelatedTransaction related) => string.Equals(related.Type, Capture, StringComparison.OrdinalIgnoreCase) && RefundStatuses.From(related) is RefundStatus.Made;

    /// <summary>The relation that names a capture, or a part that was shipped, in the transaction that it belongs to.</summary>
    internal static RelatedTransaction RelationOf(Transaction capture) => new()
    {
        Type = Capture,
        Status = TransactionStatus.Completed,
        Amount = capture.Amount,
        Currency = capture.Currency,
        OrderId = capture.OrderId,
        TransactionId = capture.TransactionId
    };

    private static (string Status, string FinancialStatus) StatusOf(IReadOnlyList<Transaction> captures, long captured, long refunded, bool isAll)
    {
        // Only part of it was captured: the card still holds the rest, or has released it. Either way the order waits, and a note reports the captured amount.
        if (!isAll)
            return (TransactionStatus.Completed, TransactionStatus.Initialized);

        // Some payment methods report a chargeback as void. For the whole payment, void would mean a released authorisation, although its money had been received.
        if (captures.FirstOrDefault(capture => TransactionStates.From(capture) is TransactionState.Chargeback or TransactionState.Void) is { } lost)
            return (TransactionStatus.Chargedback, lost.FinancialStatus);
        if (refunded >= captured)
            return (TransactionStatus.Refunded, TransactionStatus.Completed);
        return refunded > 0
            ? (TransactionStatus.PartialRefunded, TransactionStatus.PartialRefunded)
            : (TransactionStatus.Completed, TransactionStatus.Completed);
    }

    /// <summary>The sum of amounts; implausible amounts must add up to an implausible sum, not to an overflow.</summary>
    internal static long Sum(IEnumerable<long?> amounts) => (long)Math.Clamp(amounts.Sum(amount => (decimal)(amount ?? 0)), long.MinValue, long.MaxValue);

    // The full amount was captured, without an order id of its own.
    private static bool IsCapturedInFull(Transaction authorization) =>
        TransactionStates.From(authorization) == TransactionState.Authorized && authorization.Amount > 0 && CapturedOf(authorization) >= authorization.Amount;

    private static IEnumerable<RelatedTransaction> CapturesIn(Transaction authorization) => authorization.RelatedTransactions.Where(IsMade);
}
