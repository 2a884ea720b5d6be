using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>
/// Reopens a cancelled order, for which nopCommerce has no operation. The cancellation returned the stock, so all of it is taken again before the order is reopened; after a
/// crash in the middle, the next call continues where it stopped. Gift cards and reward points that paid part of the order were restored as well and may have been spent since, so
/// such an order is left to the owner.
/// </summary>
public class OrderReopener(
    IOrderService orderService,
    IProductService productService,
    IGiftCardService giftCardService,
    ILocalizationService localizationService,
    IEventPublisher eventPublisher)
{
    // The largest rounding difference between the parts of an order and its total, in the primary store currency.
    private const decimal Rounding = 0.05m;

    /// <summary>Reopens the order, if possible. Must be called under the order's lock.</summary>
    /// <param name="locked">The cancelled order.</param>
    /// <param name="reason">Identifies the reason, so that reopening for another reason later takes the stock again.</param>
    /// <returns>Whether the order is open now.</returns>
    public async Task<bool> TryReopenAsync(LockedOrder locked, string reason)
    {
        var order = locked.Order;
        if (order.Deleted)
            return false;
        if (order.OrderStatus != OrderStatus.Cancelled)
            return true;
        if (await IsPaidInPartByOtherMeansAsync(order))
            return false;

        var items = await orderService.GetOrderItemsAsync(order.Id);
        var products = (await productService.GetProductsByIdsAsync([.. items.Select(item => item.ProductId).Distinct()])).ToDictionary(product => product.Id);
        if (!await IsAllInStockAsync(locked.Record, reason, items, products))
        {
            await GiveBackAsync(locked, reason, items, products);
            return false;
        }

        foreach (var item in items)
            await TakeAsync(locked, reason, item, products[item.ProductId]);

        order.OrderStatus = OrderStatus.Pending;
        await orderService.UpdateOrderAsync(order);
        await eventPublisher.PublishAsync(new OrderStatusChangedEvent(order, OrderStatus.Cancelled));
        return true;
    }

    // With one of its settings, nopCommerce deletes the usage of gift cards with the cancellation, so only the amounts show it: the parts of the order add up to more than
    // the amount to be paid. A total that the owner has edited can look the same; such an order is left to the owner as well.
    private async Task<bool> IsPaidInPartByOtherMeansAsync(Order order)
    {
        if (order.RedeemedRewardPointsEntryId is not null || (await giftCardService.GetGiftCardUsageHistoryAsync(order)).Count > 0)
            return true;
        var parts = order.OrderSubtotalExclTax - order.OrderSubTotalDiscountExclTax + order.OrderShippingExclTax + order.PaymentMethodAdditionalFeeExclTax + order.OrderTax - order.OrderDiscount;
        return parts - order.OrderTotal > Rounding;
    }

    private static async Task<bool> AllAsync<T>(IEnumerable<T> values, Func<T, Task<bool>> holds)
    {
        foreach (var value in values)
        {
            if (!await holds(value))
                return false;
        }

        return true;
    }

    private Task<bool> IsAllInStockAsync(PaymentRecord record, string reason, IList<OrderItem> items, Dictionary<int, Product> products) =>
        AllAsync(items.Where(item => !record.Has(Taken(reason, item))).GroupBy(item => item.ProductId),
            async demand => products.TryGetValue(demand.Key, out var product) && await IsInStockAsync(product, demand.Sum(item => item.Quantity)));

    // The stock is recorded before it is taken. After a crash between taking the stock and recording that, comparing the two shows whether it was taken.
    private async Task TakeAsync(LockedOrder locked, string reason, OrderItem item, Product product)
    {
        if (locked.Record.Has(Taken(reason, item)))
            return;

        var stock = await productService.GetTotalStockQuantityAsync(product);
        var before = locked.Record.Applied.LastOrDefault(applied => applied.StartsWith(Before(reason, item), StringComparison.Ordinal));
        if (before is null)
            await locked.SaveAsync(locked.Record.With(FormattableString.Invariant($"{Before(reason, item)}{stock}")));
        if (before is null || before == FormattableString.Invariant($"{Before(reason, item)}{stock}"))
            await productService.AdjustInventoryAsync(product, -item.Quantity, item.AttributesXml, await MessageAsync(locked.Order));
        await locked.SaveAsync(locked.Record.With(Taken(reason, item)));
    }

    // The rest was sold in the meantime, so the stock that was already taken for this order is returned.
    private async Task GiveBackAsync(LockedOrder locked, string reason, IList<OrderItem> items, Dictionary<int, Product> products)
    {
        foreach (var item in items.Where(item => locked.Record.Has(Taken(reason, item)) && products.ContainsKey(item.ProductId)))
        {
            await productService.AdjustInventoryAsync(products[item.ProductId], item.Quantity, item.AttributesXml, await MessageAsync(locked.Order));
            await locked.SaveAsync(locked.Record.Without(applied => applied == Taken(reason, item) || applied.StartsWith(Before(reason, item), StringComparison.Ordinal)));
        }
    }

    private async Task<string> MessageAsync(Order order) =>
        FormattableString.Invariant($"{await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.StockReason.Reopened")} {order.CustomOrderNumber}");

    private static string Before(string reason, OrderItem item) => FormattableString.Invariant($"stock-before:{reason}:{item.Id}:");

    private static string Taken(string reason, OrderItem item) => FormattableString.Invariant($"stock-taken:{reason}:{item.Id}");

    // Stock by attribute combination is not checked: that would require the rules of each combination, so the owner decides.
    private async Task<bool> IsInStockAsync(Product product, int quantity) => product switch
    {
        { Deleted: true } => false,
        { ManageInventoryMethod: ManageInventoryMethod.DontManageStock } => true,
        { ManageInventoryMethod: ManageInventoryMethod.ManageStockByAttributes } => false,
        { BackorderMode: not BackorderMode.NoBackorders } => true,
        _ => await productService.GetTotalStockQuantityAsync(product) >= quantity
    };
}
