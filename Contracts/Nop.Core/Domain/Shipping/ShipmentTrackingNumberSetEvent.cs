namespace Nop.Core.Domain.Shipping;

/// <summary>A parcel has got its tracking number.</summary>
public class ShipmentTrackingNumberSetEvent(Shipment shipment)
{
    public Shipment Shipment { get; } = shipment;
}
