using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>Has nopCommerce make the next order of a subscription, and completes one that a crash has left half made.</summary>
public class NextOrder(
    SubscriptionCycles cycles,
    IOrderService orderService,
    IOrderProcessingService orderProcessingService,
    IProductService productService,
    ILocalizationService localizationService,
    UncachedOrderReader uncachedOrders,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>A claim whose order is not there after this time is one of a shop that has stopped. No source; chosen, and far longer than the making of an order takes.</summary>
    public static readonly TimeSpan ClaimLostAfter = TimeSpan.FromHours(1);

    /// <summary>An order that nopCommerce has not finished after this time is one of a shop that has stopped. No source; chosen.</summary>
    public static readonly TimeSpan UnfinishedAfter = TimeSpan.FromMinutes(10);

    /// <summary>Has nopCommerce make the order that is due.</summary>
    /// <param name="locked">The first order; claimed before, because another node may have the same thought.</param>
    /// <param name="recurring">The subscription.</param>
    /// <returns>What nopCommerce says if it did not make the order; it is in the log as well.</returns>
    /// <exception cref="Nop.Core.NopException">nopCommerce cannot make the order; it has logged why.</exception>
    /// <exception cref="PaymentConflictException">Another caller is at work on the subscription.</exception>
    public async Task<IReadOnlyList<string>> MakeAsync(LockedOrder locked, RecurringPayment recurring)
    {
        await locked.ClaimAsync();
        var made = (await orderService.GetRecurringPaymentHistoryAsync(recurring)).Count;

        // Before the order is made: a shop that stops in between must not make those that were missed one after the other.
        if (SubscriptionDates.Missed(recurring, made, Now) is > 0 and var missed)
        {
            recurring.StartDateUtc = SubscriptionDates.After(recurring, missed);
            await orderService.UpdateRecurringPaymentAsync(recurring);
            await notesAndLog.NoteAsync(locked.Order, "Subscription.Missed", FormattableString.Invariant($"{missed}"));
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {locked.Order.Id}: {missed} payments of the subscription were missed and are not made up for; the later ones move."));
        }

        var errors = (await NextOrderPlacement.ExpectingAsync(made + 1, () => orderProcessingService.ProcessNextRecurringPaymentAsync(recurring))).ToList();
        if (errors.Count > 0)
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {locked.Order.Id}: nopCommerce did not make the next order of the subscription. {string.Join(" ", errors)}"));
        return errors;
    }

    /// <summary>The order that a row is about; null if it is not there (yet).</summary>
    public Task<Order?> FindAsync(MultiSafepaySubscriptionCycle cycle) => uncachedOrders.FindAsync(new OrderReference(Guid.ParseExact(cycle.OrderGuid, "N")));

    /// <summary>Frees the number of an order that was never made.</summary>
    /// <returns>When to look again, in UTC, if it may still be made; null if the number is free.</returns>
    public async Task<DateTime?> ReleaseAsync(MultiSafepaySubscriptionCycle cycle)
    {
        if (Now - cycle.CreatedOnUtc < ClaimLostAfter)
            return cycle.CreatedOnUtc + ClaimLostAfter;
        await cycles.ReleaseAsync(cycle);
        return null;
    }

    /// <summary>
    /// Adds what is missing of an order if the shop stopped while nopCommerce made it: the items, and the row by which nopCommerce counts. Its e-mails and events are not made up for; the owner is
    /// told.
    /// </summary>
    /// <param name="recurring">The subscription.</param>
    /// <param name="cycle">The row of the order.</param>
    /// <param name="order">The order.</param>
    /// <returns>
    /// When to look again, in UTC, if nopCommerce may still be at work on it; null if it is complete. An order that is not complete must not be charged: nopCommerce saves it once more at the end, and
    /// would undo the payment.
    /// </returns>
    public async Task<DateTime?> CompleteAsync(RecurringPayment recurring, MultiSafepaySubscriptionCycle cycle, Order order)
    {
        if ((await orderService.GetRecurringPaymentHistoryAsync(recurring)).Any(row => row.OrderId == order.Id))
            return null;
        if (Now - cycle.CreatedOnUtc < UnfinishedAfter)
            return cycle.CreatedOnUtc + UnfinishedAfter;

        var there = (await orderService.GetOrderItemsAsync(order.Id)).Count;
        foreach (var item in (await orderService.GetOrderItemsAsync(recurring.InitialOrderId)).OrderBy(item => item.Id).Skip(there))
            await CopyAsync(item, order);
        await orderService.InsertRecurringPaymentHistoryAsync(new RecurringPaymentHistory { RecurringPaymentId = recurring.Id, OrderId = order.Id, CreatedOnUtc = Now });
        await notesAndLog.NoteAsync(order, "Subscription.Completed");
        return null;
    }

    private async Task CopyAsync(OrderItem item, Order order)
    {
        await orderService.InsertOrderItemAsync(new OrderItem
        {
            OrderItemGuid = Guid.NewGuid(),
            OrderId = order.Id,
            ProductId = item.ProductId,
            Quantity = item.Quantity,
            UnitPriceInclTax = item.UnitPriceInclTax,
            UnitPriceExclTax = item.UnitPriceExclTax,
            PriceInclTax = item.PriceInclTax,
            PriceExclTax = item.PriceExclTax,
            DiscountAmountInclTax = item.DiscountAmountInclTax,
            DiscountAmountExclTax = item.DiscountAmountExclTax,
            OriginalProductCost = item.OriginalProductCost,
            AttributeDescription = item.AttributeDescription,
            AttributesXml = item.AttributesXml,
            ItemWeight = item.ItemWeight,
            RentalStartDateUtc = item.RentalStartDateUtc,
            RentalEndDateUtc = item.RentalEndDateUtc
        });
        if (await productService.GetProductByIdAsync(item.ProductId) is { } product)
            await productService.AdjustInventoryAsync(product, -item.Quantity, item.AttributesXml,
                $"{await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.StockReason.Subscription")} {order.CustomOrderNumber}");
    }

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;
}
