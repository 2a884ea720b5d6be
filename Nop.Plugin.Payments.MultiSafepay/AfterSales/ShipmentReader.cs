using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Services.Orders;
using Nop.Services.Shipping;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Reads what is to be reported to MultiSafepay about an order's shipments. MultiSafepay stores one shipment for each order, so several parcels are reported together.</summary>
public class ShipmentReader(IShipmentService shipmentService, IOrderService orderService)
{
    private const int MaxLength = 200;

    /// <summary>
    /// Whether nothing of the order is left to be handed over: it was shipped, picked up or delivered, needs no shipping (a download), was completed by the owner, or its unshipped
    /// items were removed or refunded. This must be reported to MultiSafepay, because a pay-later payment that was accepted and not shipped in time expires (MultiSafepay's status pages of Pay After
    /// Delivery, Billink and others). The status is the only required field (OpenAPI description, Ship order).
    /// </summary>
    public async Task<bool> IsFulfilledAsync(Order order) => order.OrderStatus == OrderStatus.Complete
        || order.ShippingStatus is ShippingStatus.ShippingNotRequired or ShippingStatus.Shipped or ShippingStatus.Delivered
        || (order.ShippingStatus == ShippingStatus.PartiallyShipped && await IsNothingLeftAsync(order));

    /// <summary>Returns the message, and a hash that identifies it in the record; the hash changes with a new parcel or tracking number.</summary>
    /// <param name="order">The order.</param>
    /// <param name="afterUtc">The message contains only the tracking numbers of parcels that were sent after this time, in UTC; null for all of them.</param>
    public async Task<(string Hash, OrderUpdate Update)> ReadAsync(Order order, DateTime? afterUtc = null)
    {
        var sent = (await SentAsync(order)).OrderBy(shipment => SentUtc(shipment)).ToList();
        var tracked = sent.Where(shipment => afterUtc is null || SentUtc(shipment) > afterUtc).Where(shipment => !string.IsNullOrWhiteSpace(shipment.TrackingNumber)).ToList();
        var codes = string.Join(", ", tracked.Select(shipment => shipment.TrackingNumber.Trim()).Distinct(StringComparer.Ordinal));
        var update = new OrderUpdate
        {
            Status = TransactionStatus.Shipped,
            Carrier = FieldText.Clean(order.ShippingMethod, MaxLength),
            TracktraceCode = FieldText.Clean(codes, MaxLength),
            TracktraceUrl = tracked.Count == 0 ? null : await UrlAsync(tracked[^1]),
            ShipDate = sent is [.., var last] ? SentUtc(last)!.Value.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture) : null
        };
        var parcels = string.Join(';', sent.Select(shipment => FormattableString.Invariant($"{shipment.Id}:{shipment.TrackingNumber?.Trim()}")));
        return (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parcels)))[..16], update);
    }

    /// <summary>Reads the items of the order, with the number of their pieces that have left.</summary>
    public async Task<IReadOnlyList<ShippedItem>> ItemsAsync(Order order)
    {
        var sent = await PiecesSentAsync(order);
        var shippable = (await orderService.GetOrderItemsAsync(order.Id, isShipEnabled: true)).Select(item => item.Id).ToHashSet();
        return [.. (await orderService.GetOrderItemsAsync(order.Id)).Select(item =>
            new ShippedItem(item.PriceInclTax, item.Quantity, sent.GetValueOrDefault(item.Id), shippable.Contains(item.Id)))];
    }

    private async Task<IEnumerable<Shipment>> SentAsync(Order order) => (await shipmentService.GetShipmentsByOrderIdAsync(order.Id)).Where(shipment => SentUtc(shipment) is not null);

    // nopCommerce sets no shipped date if the customer picks the order up (OrderProcessingService.ReadyForPickupAsync and DeliverAsync of 4.90.6).
    private static DateTime? SentUtc(Shipment shipment) => shipment.ShippedDateUtc ?? shipment.DeliveryDateUtc;

    // nopCommerce leaves an order partially shipped if its unshipped items are removed afterwards, and makes a shipped order partially shipped when its total is recalculated
    // (OrderTotalCalculationService.UpdateOrderTotalsAsync of 4.90.6).
    private async Task<bool> IsNothingLeftAsync(Order order)
    {
        var items = await ItemsAsync(order);
        return items.Where(item => item.NeedsShipping).All(item => item.Quantity <= item.Sent) || (order.RefundedAmount > 0 && order.RefundedAmount >= ShippedShare.Left(items, order.OrderTotal));
    }

    // By the id of the order's item.
    private async Task<Dictionary<int, int>> PiecesSentAsync(Order order)
    {
        var sent = new Dictionary<int, int>();
        foreach (var shipment in await SentAsync(order))
        {
            foreach (var item in await shipmentService.GetShipmentItemsByShipmentIdAsync(shipment.Id))
                sent[item.OrderItemId] = sent.GetValueOrDefault(item.OrderItemId) + item.Quantity;
        }

        return sent;
    }

    // The plugins of carriers create these URLs. A text that is not a URL is not passed on.
    private async Task<string?> UrlAsync(Shipment shipment)
    {
        var tracker = await shipmentService.GetShipmentTrackerAsync(shipment);
        var url = tracker is null ? null : await tracker.GetUrlAsync(shipment.TrackingNumber, shipment);
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address.AbsoluteUri : null;
    }
}
