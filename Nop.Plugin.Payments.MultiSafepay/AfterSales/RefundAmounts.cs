using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Converts the amount of a refund in the shop to the amount at MultiSafepay, with the currency and exchange rate of the charge. The refund that completes the order takes exactly what is
/// left of the charge, so that all refunds together equal the charge to the minor unit; every other refund leaves at least one unit for it.
/// </summary>
public static class RefundAmounts
{
    /// <summary>The part of the order's refunded amount that was not refunded through MultiSafepay but booked by hand, in the primary store currency.</summary>
    /// <param name="record">The payment record of the order.</param>
    /// <param name="refundedAmount">The order's refunded amount, in the primary store currency.</param>
    public static decimal BookedElsewhere(PaymentRecord record, decimal refundedAmount) => Math.Max(0, refundedAmount - record.AccountedTotal);

    /// <summary>The amount to be refunded at MultiSafepay, in minor units of the charged currency; always more than zero.</summary>
    /// <param name="order">The order.</param>
    /// <param name="record">The payment record of the order.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="charged">The amount of the payment in minor units of the charged currency: the charged amount, or what was captured of it.</param>
    /// <param name="amount">The amount that the owner wants to refund, in the primary store currency.</param>
    /// <exception cref="AfterSalesException">The amount is not positive, is more than is left, or is less than one minor unit of the charged currency.</exception>
    public static long Calculate(Order order, PaymentRecord record, PaymentAttempt attempt, long charged, decimal amount)
    {
        var waiting = record.RefundAttempts.Where(refund => refund.IsUnsettled).ToList();
        var waitingOfPayment = waiting.Where(refund => refund.AttemptId == attempt.OrderId).Sum(refund => refund.Amount);
        var left = charged - record.RefundsOf(attempt).Sum(refund => refund.Amount) - waitingOfPayment;
        var orderLeft = order.OrderTotal - order.RefundedAmount - waiting.Sum(refund => refund.OrderAmount);
        if (amount <= 0 || left <= 0 || amount > orderLeft)
            throw new AfterSalesException("Refund.MoreThanLeft", MoneyText.Format(Math.Max(left, 0), attempt.Currency), MoneyText.Format(waitingOfPayment, attempt.Currency));

        // Amounts that were booked by hand were never at MultiSafepay, and a total that was edited since is not what was charged. In both cases the last refund is not the rest of the charge.
        var isWhole = BookedElsewhere(record, order.RefundedAmount) == 0 && (attempt.TotalOf(charged) ?? order.OrderTotal) == order.OrderTotal;
        if (isWhole && amount == orderLeft)
            return left;

        var converted = attempt.ToCharged(amount);

        // nopCommerce books the amount that the owner entered, so no less than that may be refunded, apart from the rounding differences of the refunds.
        if (!isWhole && converted > left + waiting.Count + record.Refunds.Count + 1)
            throw new AfterSalesException("Refund.MoreThanLeft", MoneyText.Format(left, attempt.Currency), MoneyText.Format(waitingOfPayment, attempt.Currency));
        var most = isWhole ? left - 1 : left;
        return Math.Min(converted, most) is var minor and > 0 ? minor : throw new AfterSalesException("Refund.TooSmall", attempt.Currency);
    }
}
