using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// What a refund of the shop is at MultiSafepay: converted with the currency and rate of the charge. The refund that completes the order takes exactly what is
/// left of the charge, so that all refunds together are the charge to the smallest unit; every other one leaves at least one unit for it.
/// </summary>
public static class RefundAmounts
{
    /// <summary>The part of the order's refunded amount that did not go through MultiSafepay, in the primary store currency: booked by hand.</summary>
    public static decimal BookedElsewhere(PaymentRecord record, decimal refundedAmount) => Math.Max(0, refundedAmount - record.AccountedTotal);

    /// <summary>What to ask of MultiSafepay, in minor units of the charged currency; always more than zero.</summary>
    /// <param name="order">The order.</param>
    /// <param name="record">Its record.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="charged">What the payment came to, in minor units: what was charged, or what was captured of it.</param>
    /// <param name="amount">What the owner wants to give back, in the primary store currency.</param>
    /// <exception cref="AfterSalesException">It is more than is left, or less than the smallest unit of the charged currency.</exception>
    public static long Calculate(Order order, PaymentRecord record, PaymentAttempt attempt, long charged, decimal amount)
    {
        var waiting = record.RefundAttempts.Where(refund => refund.IsUnsettled).ToList();
        var left = charged - record.RefundsOf(attempt).Sum(refund => refund.Amount) - waiting.Sum(refund => refund.Amount);
        var orderLeft = order.OrderTotal - order.RefundedAmount - waiting.Sum(refund => refund.OrderAmount);
        if (amount <= 0 || left <= 0 || amount > orderLeft)
            throw new AfterSalesException("Refund.MoreThanLeft", MoneyText.Format(Math.Max(left, 0), attempt.Currency), MoneyText.Format(waiting.Sum(refund => refund.Amount), attempt.Currency));

        // What was booked by hand never was at MultiSafepay, and a total that was changed since is not what was charged: the last refund is then not the rest of the charge.
        var isWhole = BookedElsewhere(record, order.RefundedAmount) == 0 && (attempt.TotalOf(charged) ?? order.OrderTotal) == order.OrderTotal;
        if (isWhole && amount == orderLeft)
            return left;

        var converted = attempt.ToCharged(amount);

        // nopCommerce books what the owner entered, so no less than that may go back; but for what rounding each refund has gathered.
        if (!isWhole && converted > left + waiting.Count + record.Refunds.Count + 1)
            throw new AfterSalesException("Refund.MoreThanLeft", MoneyText.Format(left, attempt.Currency), MoneyText.Format(waiting.Sum(refund => refund.Amount), attempt.Currency));
        var most = isWhole ? left - 1 : left;
        return Math.Min(converted, most) is var minor and > 0 ? minor : throw new AfterSalesException("Refund.TooSmall", attempt.Currency);
    }
}
