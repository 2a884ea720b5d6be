using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>How the cart adds up.</summary>
public sealed record CheckoutOptions
{
    /// <summary>Whether MultiSafepay refuses a cart that does not add up to the amount (1027); pay-later methods always do.</summary>
    public bool? ValidateCart { get; init; }

    /// <summary>The tax rates that the cart's rows name.</summary>
    public TaxTables? TaxTables { get; init; }
}

/// <summary>The tax rates of an order.</summary>
public sealed record TaxTables
{
    private readonly IReadOnlyList<TaxTable> _alternate = [];

    /// <summary>The rate of rows that name none.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<DefaultTaxTable>))]
    public DefaultTaxTable? Default { get; init; }

    /// <summary>The rates that rows refer to by name.</summary>
    [JsonConverter(typeof(TolerantListConverter<TaxTable>))]
    public IReadOnlyList<TaxTable> Alternate
    {
        get => _alternate;
        init => _alternate = value ?? [];
    }
}

/// <summary>The rate of rows that name none.</summary>
public sealed record DefaultTaxTable
{
    /// <summary>Whether shipping is taxed.</summary>
    public bool? ShippingTaxed { get; init; }

    /// <summary>The rate as a fraction: 0.21 is 21 %.</summary>
    public decimal Rate { get; init; }
}

/// <summary>A tax rate with a name.</summary>
public sealed record TaxTable
{
    private readonly IReadOnlyList<TaxRule> _rules = [];

    /// <summary>What <see cref="CartItem.TaxTableSelector"/> refers to.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the table stands on its own, without the default one as its fallback.</summary>
    public bool? Standalone { get; init; }

    /// <summary>The rates, one a country or one for all.</summary>
    [JsonConverter(typeof(TolerantListConverter<TaxRule>))]
    public IReadOnlyList<TaxRule> Rules
    {
        get => _rules;
        init => _rules = value ?? [];
    }
}

/// <summary>A rate, for one country or for all.</summary>
public sealed record TaxRule
{
    /// <summary>The rate as a fraction: 0.21 is 21 %.</summary>
    public decimal Rate { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code; every country without one.</summary>
    public string? Country { get; init; }
}
