namespace Sandbox.Shop.Services;

/// <summary>A way to send the goods; the price is in the primary currency with tax.</summary>
internal sealed record ShippingOption(string Name, string ResourceKey, decimal Price, bool IsPickup = false)
{
    public static IReadOnlyList<ShippingOption> All { get; } =
    [
        new("Standard delivery", "Shop.Shipping.Standard", 4.95m),
        new("Delivery today", "Shop.Shipping.Today", 9.99m),
        new("Pick up in the shop", "Shop.Shipping.Pickup", 0m, IsPickup: true),
    ];

    /// <summary>The system name of the provider.</summary>
    public string Provider => IsPickup ? "Pickup.PickupInStore" : "Shipping.FixedByWeightByTotal";

    public static ShippingOption? Find(string? name) => All.FirstOrDefault(option => option.Name == name);

    /// <summary>The option as nopCommerce keeps it for the customer.</summary>
    public Nop.Core.Domain.Shipping.ShippingOption ToChosen() => new() { Name = Name, Rate = Price, IsPickupInStore = IsPickup, ShippingRateComputationMethodSystemName = Provider };
}
