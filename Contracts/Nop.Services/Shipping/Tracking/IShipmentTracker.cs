using Nop.Core.Domain.Shipping;

namespace Nop.Services.Shipping.Tracking;

/// <summary>Knows where parcels of one carrier are.</summary>
public interface IShipmentTracker
{
    Task<string> GetUrlAsync(string trackingNumber, Shipment shipment = null);
}
