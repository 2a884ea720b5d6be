using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Writes refund requests: by amount, or by items for the methods that need a cart.</summary>
public class RefundRequests(ILocalizationService localizationService)
{
    private const int MaxDescriptionLength = 200;

    /// <summary>The next refund of a payment: an id that no other has, and what it is at MultiSafepay.</summary>
    /// <param name="locked">The order.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="payment">The payment as it is at MultiSafepay now.</param>
    /// <param name="orderAmount">What the owner wants to give back, in the primary store currency.</param>
    /// <param name="nowUtc">The time, in UTC.</param>
    /// <exception cref="AfterSalesException">The amount is not possible, or does not fit into any of the payment's captures.</exception>
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

    /// <summary>The request for a refund; the same every time for the same refund.</summary>
    /// <param name="order">The order.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="refundOrderId">Our id of the refund.</param>
    /// <param name="amount">What goes back, in minor units of the charged currency.</param>
    /// <param name="payment">The payment as it is at MultiSafepay now.</param>
    /// <exception cref="AfterSalesException">The method needs the order's cart for a refund, and MultiSafepay does not show it.</exception>
    public async Task<RefundRequest> CreateAsync(Order order, PaymentAttempt attempt, string refundOrderId, long amount, Transaction payment)
    {
        var request = new RefundRequest
        {
            Currency = attempt.Currency,
            Description = FieldText.Clean(EditableText.Fill(CultureInfo.InvariantCulture, await TextAsync(order, "AfterSales.RefundDescription"), order.CustomOrderNumber), MaxDescriptionLength),
            RefundOrderId = refundOrderId,

            // Comes back with the refund's own notification and binds it to the order.
            Var1 = OrderReference.From(order).ToString()
        };
        if (!PayLaterMethods.Contains(payment.PaymentDetails?.Type))
            return request with { Amount = amount };

        if (payment.ShoppingCart is not { Items.Count: > 0 } cart)
            throw new AfterSalesException("Refund.NoCart", payment.PaymentDetails?.Type ?? "-");
        var texts = new RefundTexts(await TextAsync(order, "AfterSales.RefundLine"), await TextAsync(order, "Cart.Rounding"));
        return request with { CheckoutData = RefundItems.Create(cart, payment.TaxTables, amount, attempt.Currency, texts) };
    }

    /// <summary>Our id of a refund: the id of what is refunded with a suffix, or the order's GUID with it where that would be too long.</summary>
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

    // What was captured by hand is refunded where it was captured.
    private static string Target(PulledPayment payment, PaymentAttempt attempt, long amount)
    {
        if (payment.Captures.Count == 0)
            return attempt.OrderId;
        return payment.Captures.FirstOrDefault(capture => Left(capture) >= amount)?.OrderId
            ?? throw new AfterSalesException("Refund.InParts", MoneyText.Format(payment.Captures.Max(Left), attempt.Currency));
    }

    /// <summary>What can still be refunded of a payment or a capture, in minor units: without what went back and what waits to.</summary>
    internal static long Left(Transaction capture) => (capture.Amount ?? 0) - RefundStatuses.AmountOf(capture)
        - capture.RelatedTransactions.Where(RefundStatuses.IsWaiting).Sum(related => related.Amount ?? 0);
}
