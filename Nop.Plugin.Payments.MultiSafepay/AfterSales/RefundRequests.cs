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

    /// <summary>Creates the next refund of a payment: a new id, and the amount at MultiSafepay; several if the amount is split over the shipped parts of the payment.</summary>
    /// <param name="locked">The order.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="payment">The current state of the payment at MultiSafepay.</param>
    /// <param name="orderAmount">The amount that the owner wants to refund, in the primary store currency.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    /// <exception cref="AfterSalesException">The amount is not possible, or no capture of the payment has enough left for it, or only a part of the order was shipped.</exception>
    public static IReadOnlyList<RefundAttempt> Next(LockedOrder locked, PaymentAttempt attempt, PulledPayment payment, decimal orderAmount, DateTime nowUtc)
    {
        var amount = RefundAmounts.Calculate(locked.Order, locked.Record, attempt, payment.Whole.Amount ?? attempt.Amount, orderAmount);
        var targets = RefundTargets.Of(payment, attempt, amount);
        var (refunds, record, left) = (new List<RefundAttempt>(), locked.Record, orderAmount);
        foreach (var target in targets)
        {
            var refund = new RefundAttempt
            {
                RefundOrderId = NextId(locked.Order, record, attempt),
                AttemptId = attempt.OrderId,
                OrderId = target.OrderId,
                Amount = target.Amount,
                OrderAmount = target == targets[^1] ? left : Math.Min(left, attempt.ToOrderCurrency(target.Amount)),
                BookedElsewhere = RefundAmounts.BookedElsewhere(locked.Record, locked.Order.RefundedAmount),
                IsOfSplit = targets.Count > 1,
                CreatedUtc = nowUtc
            };
            refunds.Add(refund);
            (record, left) = (record.With(refund), left - refund.OrderAmount);
        }

        return refunds;
    }

    /// <summary>Creates the request of a refund; always the same for the same refund.</summary>
    /// <param name="order">The order.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="refund">The refund.</param>
    /// <param name="payment">The current state of the payment at MultiSafepay.</param>
    /// <exception cref="AfterSalesException">The method requires the order's cart for a refund, and MultiSafepay does not return it.</exception>
    public Task<RefundRequest> CreateAsync(Order order, PaymentAttempt attempt, RefundAttempt refund, PulledPayment payment) =>
        payment.Captures.FirstOrDefault(capture => capture.OrderId == refund.OrderId) is { } part && ShippedParts.ArePossible(part.PaymentDetails?.Type)
            ? CreateAsync(order, attempt, refund.RefundOrderId, refund.Amount, part, isPart: true)
            : CreateAsync(order, attempt, refund.RefundOrderId, refund.Amount, payment.Whole);

    /// <inheritdoc cref="CreateAsync(Order, PaymentAttempt, RefundAttempt, PulledPayment)"/>
    /// <param name="refundOrderId">The shop's id of the refund.</param>
    /// <param name="amount">The amount to be refunded, in minor units of the charged currency.</param>
    /// <param name="payment">The current state at MultiSafepay of the order that is refunded.</param>
    /// <param name="isPart">Whether that is the order of a shipped part, for which MultiSafepay may have an amount and no cart.</param>
    public async Task<RefundRequest> CreateAsync(Order order, PaymentAttempt attempt, string refundOrderId, long amount, Transaction payment, bool isPart = false)
    {
        var request = new RefundRequest
        {
            Currency = attempt.Currency,
            Description = FieldText.Clean(EditableText.Fill(CultureInfo.InvariantCulture, await TextAsync(order, "AfterSales.RefundDescription"), order.CustomOrderNumber), MaxDescriptionLength),
            RefundOrderId = refundOrderId,

            // Returned in the refund's own notification, where it identifies the order.
            Var1 = OrderReference.From(order).ToString()
        };
        if (!PayLaterMethods.Contains(payment.PaymentDetails?.Type) || (isPart && payment.ShoppingCart is not { Items.Count: > 0 }))
            return request with { Amount = amount };

        if (payment.ShoppingCart is not { Items.Count: > 0 } cart)
            throw new AfterSalesException("Refund.NoCart", MethodNames.Of(payment.PaymentDetails?.Type ?? "-"));
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
}
