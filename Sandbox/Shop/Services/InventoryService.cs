using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Core.Events;
using Nop.Services.Orders;
using Nop.Services.Shipping;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>What is in stock, reserved when an order is placed, and what left the house.</summary>
internal sealed class InventoryService(ShopDatabase database, RequestCache requestCache, IOrderService orders, IShipmentService shipments, IEventPublisher events, TimeProvider time)
{
    public async Task ChangeAsync(int productId, int quantity)
    {
        if (await database.FindAsync<Product>(productId) is not { } product)
            return;
        product.StockQuantity += quantity;
        await database.UpdateAsync(product);
        requestCache.Forget<Product>();
    }

    /// <summary>A cancelled order gives back what has not been sent.</summary>
    public async Task ReturnAsync(Order order)
    {
        var sent = await SentQuantitiesAsync(order.Id);
        foreach (var item in await orders.GetOrderItemsAsync(order.Id))
            await ChangeAsync(item.ProductId, item.Quantity - sent.GetValueOrDefault(item.Id));
    }

    /// <summary>Makes a shipment of everything in the order that has not been packed yet; null when nothing is left.</summary>
    public async Task<Shipment?> PackAsync(Order order, string? trackingNumber, int most = int.MaxValue)
    {
        var packed = await PackedQuantitiesAsync(order.Id);
        var items = (await orders.GetOrderItemsAsync(order.Id, isShipEnabled: true))
            .Select(item => (Item: item, Quantity: Math.Min(most, item.Quantity - packed.GetValueOrDefault(item.Id))))
            .Where(line => line.Quantity > 0)
            .ToList();
        if (items.Count == 0)
            return null;

        var shipment = new Shipment { OrderId = order.Id, TrackingNumber = trackingNumber, CreatedOnUtc = time.GetUtcNow().UtcDateTime };
        await database.InsertAsync(shipment);
        foreach (var (item, quantity) in items)
            await database.InsertAsync(new ShipmentItem { ShipmentId = shipment.Id, OrderItemId = item.Id, Quantity = quantity });
        if (!string.IsNullOrEmpty(trackingNumber))
            await events.PublishAsync(new ShipmentTrackingNumberSetEvent(shipment));
        return shipment;
    }

    /// <summary>Marks the shipment as sent and sets the order's shipping status on the instance; the caller saves the order.</summary>
    public async Task ShipAsync(Order order, Shipment shipment)
    {
        shipment.ShippedDateUtc = time.GetUtcNow().UtcDateTime;
        await database.UpdateAsync(shipment);
        var sent = await SentQuantitiesAsync(order.Id);
        var everything = (await orders.GetOrderItemsAsync(order.Id, isShipEnabled: true)).All(item => sent.GetValueOrDefault(item.Id) >= item.Quantity);
        order.ShippingStatus = everything ? ShippingStatus.Shipped : ShippingStatus.PartiallyShipped;
    }

    /// <summary>
    /// Marks what is picked up in the shop as ready and handed over, and sets the order's shipping status on the instance; the caller saves the order. Nothing is sent: nopCommerce gives such a
    /// shipment no date on which it was shipped.
    /// </summary>
    public async Task HandOverAsync(Order order, Shipment shipment)
    {
        shipment.ReadyForPickupDateUtc = shipment.DeliveryDateUtc = time.GetUtcNow().UtcDateTime;
        await database.UpdateAsync(shipment);
        order.ShippingStatus = ShippingStatus.Delivered;
    }

    /// <summary>
    /// Sets the quantity of an item of an order, 0 to take it off, and puts the difference back into stock. The order's totals stay as they are, and the order is not saved: nopCommerce
    /// does both only if <c>OrderSettings.AutoUpdateOrderTotalsOnEditingOrder</c> is on, which is not the default.
    /// </summary>
    public async Task EditAsync(OrderItem item, int quantity)
    {
        await ChangeAsync(item.ProductId, item.Quantity - quantity);
        if (quantity == 0)
        {
            await database.DeleteAsync(item);
            await events.PublishAsync(new EntityDeletedEvent<OrderItem>(item));
            return;
        }

        item.Quantity = quantity;
        item.PriceInclTax = item.UnitPriceInclTax * quantity;
        item.PriceExclTax = item.UnitPriceExclTax * quantity;
        await database.UpdateAsync(item);
        await events.PublishAsync(new EntityUpdatedEvent<OrderItem>(item));
    }

    /// <summary>Gives a gift card back what a cancelled order has used of it.</summary>
    public async Task ReturnGiftCardAsync(Order order)
    {
        foreach (var usage in await database.ListAsync<GiftCardUsageHistory>(usage => usage.UsedWithOrderId == order.Id))
            await database.DeleteAsync(usage);
    }

    private Task<Dictionary<int, int>> SentQuantitiesAsync(int orderId) => QuantitiesAsync(orderId, shipped: true);

    private Task<Dictionary<int, int>> PackedQuantitiesAsync(int orderId) => QuantitiesAsync(orderId, shipped: null);

    private async Task<Dictionary<int, int>> QuantitiesAsync(int orderId, bool? shipped)
    {
        var numbers = (await shipments.GetShipmentsByOrderIdAsync(orderId, shipped)).Select(shipment => shipment.Id).ToHashSet();
        return (await database.ListAsync<ShipmentItem>(item => numbers.Contains(item.ShipmentId)))
            .GroupBy(item => item.OrderItemId)
            .ToDictionary(items => items.Key, items => items.Sum(item => item.Quantity));
    }
}
