namespace Nop.Core.Domain.Shipping;

/// <summary>A way to send a cart, as a shipping provider offers it.</summary>
public class ShippingOption
{
    public bool IsPickupInStore { get; set; }
    public string Name { get; set; }
    public decimal Rate { get; set; }
    public string ShippingRateComputationMethodSystemName { get; set; }
}
