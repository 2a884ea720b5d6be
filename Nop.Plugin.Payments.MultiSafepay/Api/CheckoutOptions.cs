using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>How MultiSafepay validates and taxes the cart.</summary>
public sealed record CheckoutOptions
{
    /// <summary>Whether MultiSafepay rejects a cart that does not add up to the amount (error 1027). Pay-later methods always do.</summary>
    public bool? ValidateCart { get; init; }

    /// <summary>The tax tables that the cart items refer to.</summary>
    public TaxTables? TaxTables { get; init; }
}

/// <summary>The tax tables of an order.</summary>
public sealed record TaxTables
{
    private readonly IReadOnlyList<TaxTable> _alternate = [];

    /// <summary>The tax table of items that do not name one.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<DefaultTaxTable>))]
    public DefaultTaxTable? Default { get; init; }

    /// <summary>The tax tables that items refer to by name.</summary>
    [JsonConverter(typeof(TolerantListConverter<TaxTable>))]
    public IReadOnlyList<TaxTable> Alternate
    {
        get => _alternate;
        init => _alternate = value ?? [];
    }
}

/// <summary>The tax table of items that do not name one.</summary>
public sealed record DefaultTaxTable
{
    /// <summary>Whether the rate applies to shipping.</summary>
    public bool? ShippingTaxed { get; init; }

    /// <summary>The rate as a fraction: 0.21 is 21 %.</summary>
    public decimal Rate { get; init; }
}

/// <summary>A named tax table.</summary>
public sealed record TaxTable
{
    private readonly IReadOnlyList<TaxRule> _rules = [];

    /// <summary>The name that <see cref="CartItem.TaxTableSelector"/> refers to.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the table applies without the default table as a fallback.</summary>
    public bool? Standalone { get; init; }

    /// <summary>One rate for each country, or a single one for all.</summary>
    [JsonConverter(typeof(TolerantListConverter<TaxRule>))]
    public IReadOnlyList<TaxRule> Rules
    {
        get => _rules;
        init => _rules = value ?? [];
    }
}

/// <summary>A tax rate for one country or for all countries.</summary>
public sealed record TaxRule
{
    /// <summary>The rate as a fraction: 0.21 is 21 %.</summary>
    public decimal Rate { get; init; }

    /// <summary>ISO 3166-1 alpha-2 country code; null for every country.</summary>
    public string? Country { get; init; }
}
