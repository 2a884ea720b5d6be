using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Services.Orders;
using Nop.Services.Shipping;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Reads what MultiSafepay is told of an order's shipments. MultiSafepay keeps one shipment an order: several parcels are told together.</summary>
public class ShipmentReader(IShipmentService shipmentService, IOrderService orderService)
{
    private const int MaxLength = 200;

    /// <summary>
    /// Whether nothing of the order is left to hand over: it was shipped, picked up or delivered, needs no shipping (a download), was set to complete by the owner, or what had not
    /// been shipped was taken off it. MultiSafepay has to be told then: a pay-later payment that was accepted and not shipped in time expires (MultiSafepay's status pages of Pay After
    /// Delivery, Billink and others). Nothing but the status is required (OpenAPI description, Ship order).
    /// </summary>
    public async Task<bool> IsFulfilledAsync(Order order) => order.OrderStatus == OrderStatus.Complete
        || order.ShippingStatus is ShippingStatus.ShippingNotRequired or ShippingStatus.Shipped or ShippingStatus.Delivered
        || (order.ShippingStatus == ShippingStatus.PartiallyShipped && await IsNothingLeftAsync(order));

    /// <summary>The message, and a hash to remember it by: another one when a parcel or a tracking number has come since.</summary>
    public async Task<(string Hash, OrderUpdate Update)> ReadAsync(Order order)
    {
        var sent = (await SentAsync(order)).OrderBy(shipment => SentUtc(shipment)).ToList();
        var tracked = sent.Where(shipment => !string.IsNullOrWhiteSpace(shipment.TrackingNumber)).ToList();
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

    private async Task<IEnumerable<Shipment>> SentAsync(Order order) => (await shipmentService.GetShipmentsByOrderIdAsync(order.Id)).Where(shipment => SentUtc(shipment) is not null);

    // nopCommerce sets no shipped date where the customer picks the order up (OrderProcessingService.ReadyForPickupAsync and DeliverAsync of 4.90.6).
    private static DateTime? SentUtc(Shipment shipment) => shipment.ShippedDateUtc ?? shipment.DeliveryDateUtc;

    // nopCommerce leaves an order partially shipped when the rest of it is taken off afterwards, and makes a shipped one so when its total is recalculated
    // (OrderTotalCalculationService.UpdateOrderTotalsAsync of 4.90.6).
    private async Task<bool> IsNothingLeftAsync(Order order)
    {
        var sent = new Dictionary<int, int>();
        foreach (var shipment in await SentAsync(order))
        {
            foreach (var item in await shipmentService.GetShipmentItemsByShipmentIdAsync(shipment.Id))
                sent[item.OrderItemId] = sent.GetValueOrDefault(item.OrderItemId) + item.Quantity;
        }

        return (await orderService.GetOrderItemsAsync(order.Id, isShipEnabled: true)).All(item => item.Quantity <= sent.GetValueOrDefault(item.Id));
    }

    // Carriers' plugins make these addresses; what is none is not passed on.
    private async Task<string?> UrlAsync(Shipment shipment)
    {
        var tracker = await shipmentService.GetShipmentTrackerAsync(shipment);
        var url = tracker is null ? null : await tracker.GetUrlAsync(shipment.TrackingNumber, shipment);
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address.AbsoluteUri : null;
    }
}
