using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Services.Shipping;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Reads what MultiSafepay is told of an order's shipments. MultiSafepay keeps one shipment an order: several parcels are told together.</summary>
public class ShipmentReader(IShipmentService shipmentService)
{
    private const int MaxLength = 200;

    /// <summary>The message, and a hash to remember it by: another one when a parcel or a tracking number has come since. Null before anything was sent.</summary>
    public async Task<(string Hash, OrderUpdate Update)?> ReadAsync(Order order)
    {
        var sent = (await shipmentService.GetShipmentsByOrderIdAsync(order.Id)).Where(shipment => shipment.ShippedDateUtc is not null).OrderBy(shipment => shipment.ShippedDateUtc).ToList();
        if (sent.Count == 0)
            return null;

        var tracked = sent.Where(shipment => !string.IsNullOrWhiteSpace(shipment.TrackingNumber)).ToList();
        var codes = string.Join(", ", tracked.Select(shipment => shipment.TrackingNumber.Trim()).Distinct(StringComparer.Ordinal));
        var update = new OrderUpdate
        {
            Status = TransactionStatus.Shipped,
            Carrier = FieldText.Clean(order.ShippingMethod, MaxLength),
            TracktraceCode = FieldText.Clean(codes, MaxLength),
            TracktraceUrl = tracked.Count == 0 ? null : await UrlAsync(tracked[^1]),
            ShipDate = sent[^1].ShippedDateUtc!.Value.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture)
        };
        var parcels = string.Join(';', sent.Select(shipment => FormattableString.Invariant($"{shipment.Id}:{shipment.TrackingNumber?.Trim()}")));
        return (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parcels)))[..16], update);
    }

    // Carriers' plugins make these addresses; what is none is not passed on.
    private async Task<string?> UrlAsync(Shipment shipment)
    {
        var tracker = await shipmentService.GetShipmentTrackerAsync(shipment);
        var url = tracker is null ? null : await tracker.GetUrlAsync(shipment.TrackingNumber, shipment);
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address.AbsoluteUri : null;
    }
}
