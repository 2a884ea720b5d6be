using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Creates refund requests: by amount, or by items for the methods that require a cart.</summary>
public class RefundRequests(ILocalizationService localizationService)
{
    private const int MaxDescriptionLength = 200;

    /// <summary>Creates the next refund of a payment: a new id, and the amount at MultiSafepay.</summary>
    /// <param name="locked">The order.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="payment">The current state of the payment at MultiSafepay.</param>
    /// <param name="orderAmount">The amount that the owner wants to refund, in the primary store currency.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    /// <exception cref="AfterSalesException">The amount is not possible, or no capture of the payment has enough left for it.</exception>
    public static RefundAttempt Next(LockedOrder locked, PaymentAttempt attempt, PulledPayment payment, decimal orderAmount, DateTime nowUtc)
    {
        var amount = RefundAmounts.Calculate(locked.Order, locked.Record, attempt, payment.Whole.Amount ?? attempt.Amount, orderAmount);
        return new RefundAttempt
        {
            RefundOrderId = NextId(locked.Order, locked.Record, attempt),
            AttemptId = attempt.OrderId,
            OrderId = Target(payment, attempt, amount),
            Amount = amount,
            OrderAmount = orderAmount,
            BookedElsewhere = RefundAmounts.BookedElsewhere(locked.Record, locked.Order.RefundedAmount),
            CreatedUtc = nowUtc
        };
    }

    /// <summary>Creates the request of a refund; always the same for the same refund.</summary>
    /// <param name="order">The order.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="refundOrderId">The shop's id of the refund.</param>
    /// <param name="amount">The amount to be refunded, in minor units of the charged currency.</param>
    /// <param name="payment">The current state of the payment at MultiSafepay.</param>
    /// <exception cref="AfterSalesException">The method requires the order's cart for a refund, and MultiSafepay does not return it.</exception>
    public async Task<RefundRequest> CreateAsync(Order order, PaymentAttempt attempt, string refundOrderId, long amount, Transaction payment)
    {
        var request = new RefundRequest
        {
            Currency = attempt.Currency,
            Description = FieldText.Clean(EditableText.Fill(CultureInfo.InvariantCulture, await TextAsync(order, "AfterSales.RefundDescription"), order.CustomOrderNumber), MaxDescriptionLength),
            RefundOrderId = refundOrderId,

            // Returned in the refund's own notification, where it identifies the order.
            Var1 = OrderReference.From(order).ToString()
        };
        if (!PayLaterMethods.Contains(payment.PaymentDetails?.Type))
            return request with { Amount = amount };

        if (payment.ShoppingCart is not { Items.Count: > 0 } cart)
            throw new AfterSalesException("Refund.NoCart", payment.PaymentDetails?.Type ?? "-");
        var texts = new RefundTexts(await TextAsync(order, "AfterSales.RefundLine"), await TextAsync(order, "Cart.Rounding"));
        return request with { CheckoutData = RefundItems.Create(cart, payment.TaxTables, amount, attempt.Currency, texts) };
    }

    /// <summary>The shop's id of a refund: the order id at MultiSafepay with a suffix, or the order's GUID with the suffix if that would be too long.</summary>
    internal static string IdOf(Order order, string orderId, string suffix) =>
        orderId.Length + suffix.Length <= OrderIds.MaxLength ? orderId + suffix : order.OrderGuid.ToString("N", CultureInfo.InvariantCulture) + suffix;

    private Task<string> TextAsync(Order order, string key) => localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}", order.CustomerLanguageId);

    private static string NextId(Order order, PaymentRecord record, PaymentAttempt attempt)
    {
        for (var number = record.RefundAttempts.Count + 1; ; number++)
        {
            var suffix = FormattableString.Invariant($"-r{number}");
            var id = IdOf(order, attempt.OrderId, suffix);
            if (record.FindRefund(id) is null)
                return id;
        }
    }

    // If the payment was captured manually, the refund must be sent to one of its captures.
    private static string Target(PulledPayment payment, PaymentAttempt attempt, long amount)
    {
        if (payment.Captures.Count == 0)
            return attempt.OrderId;
        return payment.Captures.FirstOrDefault(capture => Left(capture) >= amount)?.OrderId
            ?? throw new AfterSalesException("Refund.InParts", MoneyText.Format(payment.Captures.Max(Left), attempt.Currency));
    }

    /// <summary>
    /// The amount of a payment or a capture that can still be refunded, in minor units of its currency: without what has been refunded and what is waiting to be.
    /// </summary>
    internal static long Left(Transaction capture) => (capture.Amount ?? 0) - RefundStatuses.AmountOf(capture)
        - capture.RelatedTransactions.Where(RefundStatuses.IsWaiting).Sum(related => related.Amount ?? 0);
}
