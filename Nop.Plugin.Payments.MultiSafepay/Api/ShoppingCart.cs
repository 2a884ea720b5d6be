using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The items of an order. With their taxes they must add up to the order's amount.</summary>
public sealed record ShoppingCart
{
    private readonly IReadOnlyList<CartItem> _items = [];

    /// <summary>The items; shipping and discounts are items as well.</summary>
    [JsonConverter(typeof(TolerantListConverter<CartItem>))]
    public IReadOnlyList<CartItem> Items
    {
        get => _items;
        init => _items = value ?? [];
    }

    /// <summary>The <see cref="CartItem.MerchantItemId"/> that marks an item as the shipping costs.</summary>
    public const string ShippingItemId = "msp-shipping";
}

/// <summary>An item of the cart.</summary>
public sealed record CartItem
{
    /// <summary>The name of the item.</summary>
    public string? Name { get; init; }

    /// <summary>The description of the item.</summary>
    public string? Description { get; init; }

    /// <summary>The unit price in units of the currency, excluding tax, sent with at most 10 decimals. Negative for a discount.</summary>
    public decimal UnitPrice { get; init; }

    /// <summary>The quantity.</summary>
    public int Quantity { get; init; }

    /// <summary>The shop's id of the item; <see cref="ShoppingCart.ShippingItemId"/> for the shipping costs.</summary>
    public string? MerchantItemId { get; init; }

    /// <summary>The <see cref="TaxTable.Name"/> of the item's tax table; null for the default table.</summary>
    public string? TaxTableSelector { get; init; }

    /// <summary>The weight of one unit.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<ItemWeight>))]
    public ItemWeight? Weight { get; init; }
}

/// <summary>A weight.</summary>
public sealed record ItemWeight
{
    /// <summary>The unit of weight, such as <c>KG</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>The weight in <see cref="Unit"/>.</summary>
    public decimal? Value { get; init; }
}
