using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>What to ask of <c>GET payment-methods</c>; what is null does not narrow the answer.</summary>
public sealed record PaymentMethodQuery
{
    /// <summary>ISO 3166-1 alpha-2 code of the customer's country.</summary>
    public string? Country { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>What is to be paid, in the currency's smallest unit.</summary>
    public long? Amount { get; init; }

    /// <summary>The language of the names, such as <c>nl_NL</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>Whether the card brands come as the one method <c>CREDITCARD</c>.</summary>
    public bool? GroupCards { get; init; }

    /// <summary>Whether gift cards are listed too.</summary>
    public bool? IncludeCoupons { get; init; }
}

/// <summary>A payment method that is active for the site.</summary>
public sealed record PaymentMethod
{
    private readonly string _id = string.Empty;
    private readonly IReadOnlyList<PaymentMethodBrand> _brands = [];
    private readonly IReadOnlyList<string> _allowedCurrencies = [];
    private readonly IReadOnlyList<string> _allowedCountries = [];
    private readonly IReadOnlyList<string> _preferredCountries = [];
    private readonly IReadOnlyList<string> _requiredCustomerData = [];

    /// <summary>The gateway, such as <c>IDEAL</c>; never empty in the client's answers.</summary>
    public string Id
    {
        get => _id;
        init => _id = value ?? string.Empty;
    }

    /// <summary>What the customer reads.</summary>
    public string? Name { get; init; }

    /// <summary><c>payment-method</c> or <c>coupon</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The logo.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<IconUrls>))]
    public IconUrls? IconUrls { get; init; }

    /// <summary>The brands within the method, such as the cards within <c>CREDITCARD</c>.</summary>
    [JsonConverter(typeof(TolerantListConverter<PaymentMethodBrand>))]
    public IReadOnlyList<PaymentMethodBrand> Brands
    {
        get => _brands;
        init => _brands = value ?? [];
    }

    /// <summary>Between which amounts it can be used.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<AllowedAmount>))]
    public AllowedAmount? AllowedAmount { get; init; }

    /// <summary>ISO 4217 codes; empty for all.</summary>
    [JsonConverter(typeof(TolerantStringListConverter))]
    public IReadOnlyList<string> AllowedCurrencies
    {
        get => _allowedCurrencies;
        init => _allowedCurrencies = value ?? [];
    }

    /// <summary>ISO 3166-1 alpha-2 codes; empty for all.</summary>
    [JsonConverter(typeof(TolerantStringListConverter))]
    public IReadOnlyList<string> AllowedCountries
    {
        get => _allowedCountries;
        init => _allowedCountries = value ?? [];
    }

    /// <summary>ISO 3166-1 alpha-2 codes of the countries where customers like it; empty for none.</summary>
    [JsonConverter(typeof(TolerantStringListConverter))]
    public IReadOnlyList<string> PreferredCountries
    {
        get => _preferredCountries;
        init => _preferredCountries = value ?? [];
    }

    /// <summary>Whether an order needs <see cref="OrderRequest.ShoppingCart"/>.</summary>
    public bool ShoppingCartRequired { get; init; }

    /// <summary>The fields of <see cref="CustomerDetails"/>, in MultiSafepay's spelling, that an order needs.</summary>
    [JsonConverter(typeof(TolerantStringListConverter))]
    public IReadOnlyList<string> RequiredCustomerData
    {
        get => _requiredCustomerData;
        init => _requiredCustomerData = value ?? [];
    }

    /// <summary>Whether cards can be kept for next time.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<Tokenization>))]
    public Tokenization? Tokenization { get; init; }

    /// <summary>What MultiSafepay's scripts in the shop's own pages can do with it.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<PaymentMethodApps>))]
    public PaymentMethodApps? Apps { get; init; }
}

/// <summary>A brand within a payment method.</summary>
public sealed record PaymentMethodBrand
{
    /// <summary>The brand's own gateway.</summary>
    public string? Id { get; init; }

    /// <summary>What the customer reads.</summary>
    public string? Name { get; init; }

    /// <summary>The logo.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<IconUrls>))]
    public IconUrls? IconUrls { get; init; }
}

/// <summary>Addresses of a logo.</summary>
public sealed record IconUrls
{
    /// <summary>Three times the usual size.</summary>
    public string? Large { get; init; }

    /// <summary>Twice the usual size.</summary>
    public string? Medium { get; init; }

    /// <summary>In any size.</summary>
    public string? Vector { get; init; }

    /// <summary>The one that looks best at whatever size; null when none has an address on the web.</summary>
    [JsonIgnore]
    public string? Best => new[] { Vector, Large, Medium }.FirstOrDefault(url =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp));
}

/// <summary>Between which amounts a payment method can be used, in the smallest unit of the euro or of the currency asked for.</summary>
public sealed record AllowedAmount
{
    /// <summary>The least; none without one.</summary>
    public long? Min { get; init; }

    /// <summary>The most; unlimited without one.</summary>
    public long? Max { get; init; }
}

/// <summary>Whether cards can be kept for next time.</summary>
public sealed record Tokenization
{
    /// <summary>Whether the site may.</summary>
    public bool IsEnabled { get; init; }
}

/// <summary>What MultiSafepay's scripts in the shop's own pages can do with a payment method.</summary>
public sealed record PaymentMethodApps
{
    /// <summary>The payment component.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<PaymentComponents>))]
    public PaymentComponents? PaymentComponents { get; init; }
}

/// <summary>The payment component of a method.</summary>
public sealed record PaymentComponents
{
    /// <summary>Whether there is one.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Whether the customer has something to fill in.</summary>
    public bool HasFields { get; init; }
}
