namespace Sandbox.Shop.Services;

/// <summary>A way to send the goods; the price is in the primary currency with tax.</summary>
internal sealed record ShippingOption(string Name, string ResourceKey, decimal Price)
{
    public static IReadOnlyList<ShippingOption> All { get; } =
    [
        new("Standard delivery", "Shop.Shipping.Standard", 4.95m),
        new("Delivery today", "Shop.Shipping.Today", 9.99m),
        new("Pick up in the shop", "Shop.Shipping.Pickup", 0m),
    ];

    public static ShippingOption? Find(string? name) => All.FirstOrDefault(option => option.Name == name);
}
