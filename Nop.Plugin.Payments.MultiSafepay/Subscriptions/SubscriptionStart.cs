using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>Takes over what the first payment of a subscription leaves behind: the day from which the payments count, and the details for the later ones.</summary>
public class SubscriptionStart(SubscriptionDetails details, IOrderService orderService, MerchantAlerts alerts, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>The kind of the alert about a subscription that is paid and cannot be renewed by itself.</summary>
    public const string NoDetails = "Subscription.NoDetails";

    // The largest rounding difference between the parts of an order and its total, in the primary store currency.
    private const decimal Rounding = 0.05m;

    /// <summary>Begins a subscription whose first order is paid.</summary>
    /// <param name="locked">The first order.</param>
    /// <param name="recurring">The subscription.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public async Task BeginAsync(LockedOrder locked, RecurringPayment recurring, CancellationToken cancellationToken)
    {
        var card = await details.OfPaymentAsync(locked, cancellationToken);

        // nopCommerce counts from the day of the order: a link that was paid twenty days later would be due again ten days after.
        if (locked.Order.PaidDateUtc is { } paid && paid > recurring.StartDateUtc && (await orderService.GetRecurringPaymentHistoryAsync(recurring)).Count <= 1)
        {
            recurring.StartDateUtc = paid;
            await orderService.UpdateRecurringPaymentAsync(recurring);
        }

        var known = locked.Record.Subscription ?? new SubscriptionRecord();
        await locked.SaveAsync(locked.Record with
        {
            // The customer may have asked for another card before the task came by.
            Subscription = (card is null ? known : SubscriptionDetails.With(known, card)) with { StartedUtc = timeProvider.GetUtcNow().UtcDateTime, WantsOtherCard = known.WantsOtherCard }
        });
        if (recurring.TotalCycles <= 1)
            return;
        if (card is not null)
        {
            await notesAndLog.NoteAsync(locked.Order, "Subscription.Started", SubscriptionDetails.MeansOf(card).ToString());
        }
        else
        {
            await notesAndLog.NoteAsync(locked.Order, NoDetails);
            await alerts.RaiseAsync(locked.Order, NoDetails);
        }

        // nopCommerce's later orders have the totals of the first one, whatever they were for.
        if (locked.Order.OrderDiscount > 0 || locked.Order.OrderSubTotalDiscountExclTax > 0 || IsPaidInPart(locked.Order))
            await notesAndLog.NoteAsync(locked.Order, "Subscription.Reduced");
    }

    // A gift card or reward points: the parts of the order add up to more than its total.
    private static bool IsPaidInPart(Order order) => order.OrderSubtotalExclTax - order.OrderSubTotalDiscountExclTax + order.OrderShippingExclTax
        + order.PaymentMethodAdditionalFeeExclTax + order.OrderTax - order.OrderDiscount - order.OrderTotal > Rounding;
}
