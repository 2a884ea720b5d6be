using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>What is bought. The rows and their taxes must add up to the order's amount.</summary>
public sealed record ShoppingCart
{
    private readonly IReadOnlyList<CartItem> _items = [];

    /// <summary>The rows; shipping and discounts are rows too.</summary>
    [JsonConverter(typeof(TolerantListConverter<CartItem>))]
    public IReadOnlyList<CartItem> Items
    {
        get => _items;
        init => _items = value ?? [];
    }

    /// <summary>The <see cref="CartItem.MerchantItemId"/> by which MultiSafepay knows a row as the shipping costs.</summary>
    public const string ShippingItemId = "msp-shipping";
}

/// <summary>A row of the cart.</summary>
public sealed record CartItem
{
    /// <summary>What the customer reads.</summary>
    public string? Name { get; init; }

    /// <summary>More about it.</summary>
    public string? Description { get; init; }

    /// <summary>The price of one, without tax, in the currency itself; sent with at most 10 decimals. Negative for a discount.</summary>
    public decimal UnitPrice { get; init; }

    /// <summary>How many.</summary>
    public int Quantity { get; init; }

    /// <summary>Our identifier of the product; <see cref="ShoppingCart.ShippingItemId"/> for the shipping costs.</summary>
    public string? MerchantItemId { get; init; }

    /// <summary>The <see cref="TaxTable.Name"/> of the row's tax; the default table without one.</summary>
    public string? TaxTableSelector { get; init; }

    /// <summary>The weight of one.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<ItemWeight>))]
    public ItemWeight? Weight { get; init; }
}

/// <summary>A weight.</summary>
public sealed record ItemWeight
{
    /// <summary><c>KG</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>How many of the unit.</summary>
    public decimal? Value { get; init; }
}
