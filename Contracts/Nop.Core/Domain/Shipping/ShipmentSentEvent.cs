namespace Nop.Core.Domain.Shipping;

/// <summary>A parcel has left.</summary>
public class ShipmentSentEvent(Shipment shipment)
{
    public Shipment Shipment { get; } = shipment;
}
