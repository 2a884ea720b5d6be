using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>
/// Opens a cancelled order again. nopCommerce has no operation for that: cancelling gave the stock back, so it is taken again here, all of it or nothing.
/// Gift cards and reward points that paid a part of the order were given back as well and may be spent by now; such an order is left to the owner.
/// </summary>
public class OrderReopener(
    IOrderService orderService,
    IProductService productService,
    IGiftCardService giftCardService,
    ILocalizationService localizationService,
    IEventPublisher eventPublisher)
{
    /// <summary>Opens the order again when that is possible.</summary>
    /// <returns>Whether the order is open now.</returns>
    public async Task<bool> TryReopenAsync(Order order)
    {
        if (order.Deleted)
            return false;
        if (order.OrderStatus != OrderStatus.Cancelled)
            return true;
        if (order.RedeemedRewardPointsEntryId is not null || (await giftCardService.GetGiftCardUsageHistoryAsync(order)).Count > 0)
            return false;

        var items = await orderService.GetOrderItemsAsync(order.Id);
        var products = (await productService.GetProductsByIdsAsync([.. items.Select(item => item.ProductId).Distinct()])).ToDictionary(product => product.Id);
        foreach (var demand in items.GroupBy(item => item.ProductId))
        {
            if (!products.TryGetValue(demand.Key, out var product) || !await IsInStockAsync(product, demand.Sum(item => item.Quantity)))
                return false;
        }

        order.OrderStatus = OrderStatus.Pending;
        await orderService.UpdateOrderAsync(order);
        var reason = await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.StockReason.Reopened");
        foreach (var item in items)
            await productService.AdjustInventoryAsync(products[item.ProductId], -item.Quantity, item.AttributesXml, FormattableString.Invariant($"{reason} {order.CustomOrderNumber}"));
        await eventPublisher.PublishAsync(new OrderStatusChangedEvent(order, OrderStatus.Cancelled));
        return true;
    }

    // Stock kept for each combination of attributes is not counted here: whether it is enough would need the combination's own rules, so the owner decides.
    private async Task<bool> IsInStockAsync(Product product, int quantity) => product switch
    {
        { Deleted: true } => false,
        { ManageInventoryMethod: ManageInventoryMethod.DontManageStock } => true,
        { ManageInventoryMethod: ManageInventoryMethod.ManageStockByAttributes } => false,
        { BackorderMode: not BackorderMode.NoBackorders } => true,
        _ => await productService.GetTotalStockQuantityAsync(product) >= quantity
    };
}
