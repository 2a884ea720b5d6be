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
