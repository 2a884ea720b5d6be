using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Where a refund, or a piece of it, is sent.</summary>
/// <param name="OrderId">The order id at MultiSafepay.</param>
/// <param name="Amount">The amount in minor units of the charged currency; more than zero.</param>
public sealed record RefundTarget(string OrderId, long Amount);

/// <summary>
/// Determines to which orders at MultiSafepay a refund is sent: the payment, one of its captures, or its shipped parts, which MultiSafepay refunds only separately (docs.multisafepay.com,
/// e-invoicing and Pay After Delivery, Partially ship order). A refund that is larger than one part is split over several.
/// </summary>
public static class RefundTargets
{
    /// <summary>Returns the targets, whose amounts add up to the refund.</summary>
    /// <param name="payment">The current state of the payment at MultiSafepay.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="amount">The amount to be refunded, in minor units of the charged currency.</param>
    /// <exception cref="AfterSalesException">
    /// No capture has enough left for it; or a part of the order was shipped and the rest was not, so that it is not known whether the amount belongs to what was shipped, which is refunded, or to
    /// the rest, which has not been billed and is cancelled instead.
    /// </exception>
    public static IReadOnlyList<RefundTarget> Of(PulledPayment payment, PaymentAttempt attempt, long amount)
    {
        var captures = payment.Captures;
        if (captures.Count == 0)
            return attempt.Parts.Count == 0 || !IsUnshipped(payment.Whole) ? [new RefundTarget(attempt.OrderId, amount)] : throw PartlyShipped(payment, attempt);
        var enough = captures.FirstOrDefault(capture => Left(capture) >= amount);
        if (!ShippedParts.ArePossible(payment.Whole.PaymentDetails?.Type))
            return [new RefundTarget(enough?.OrderId ?? throw new AfterSalesException("Refund.InParts", MoneyText.Format(captures.Max(Left), attempt.Currency)), amount)];

        if (Shipped(captures) < payment.Whole.Amount)
            throw PartlyShipped(payment, attempt);
        return (captures.FirstOrDefault(capture => Left(capture) == amount) ?? enough) is { } part ? [new RefundTarget(part.OrderId, amount)] : Split(captures, attempt, amount);
    }

    /// <summary>
    /// The amount of a payment, a capture or a shipped part that can still be refunded, in minor units of its currency: without what has been refunded and what is waiting to be.
    /// </summary>
    internal static long Left(Transaction capture) => TransactionStates.From(capture).IsTerminalUnpaid() ? 0 : (capture.Amount ?? 0) - RefundStatuses.AmountOf(capture)
        - capture.RelatedTransactions.Where(RefundStatuses.IsWaiting).Sum(related => related.Amount ?? 0);

    private static List<RefundTarget> Split(IReadOnlyList<Transaction> parts, PaymentAttempt attempt, long amount)
    {
        var targets = new List<RefundTarget>();
        foreach (var part in parts.OrderByDescending(Left))
        {
            var taken = Math.Min(Left(part), amount - targets.Sum(target => target.Amount));
            if (taken > 0)
                targets.Add(new RefundTarget(part.OrderId, taken));
        }

        return targets.Sum(target => target.Amount) == amount
            ? targets
            : throw new AfterSalesException("Refund.MoreThanLeft", MoneyText.Format(parts.Sum(Left), attempt.Currency), MoneyText.Format(0, attempt.Currency));
    }

    // A part whose answer was lost may never have reached MultiSafepay. If the order was shipped as a whole since, it is refunded as a whole.
    private static bool IsUnshipped(Transaction invoice) => invoice.Status.Trim().ToLowerInvariant() is TransactionStatus.Completed or TransactionStatus.Initialized
        && !string.Equals(invoice.FinancialStatus.Trim(), TransactionStatus.Completed, StringComparison.OrdinalIgnoreCase);

    private static AfterSalesException PartlyShipped(PulledPayment payment, PaymentAttempt attempt) =>
        new AfterSalesException("Refund.PartlyShipped", MoneyText.Format(Shipped(payment.Captures), attempt.Currency), MoneyText.Format(attempt.Amount, attempt.Currency));

    private static long Shipped(IReadOnlyList<Transaction> parts) => parts.Where(part => !TransactionStates.From(part).IsTerminalUnpaid()).Sum(part => part.Amount ?? 0);
}
