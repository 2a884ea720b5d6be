using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The filter of <c>GET payment-methods</c>; null properties do not filter.</summary>
public sealed record PaymentMethodQuery
{
    /// <summary>ISO 3166-1 alpha-2 code of the customer's country.</summary>
    public string? Country { get; init; }

    /// <summary>ISO 4217 code, in upper case.</summary>
    public string? Currency { get; init; }

    /// <summary>The amount to be paid, in minor units.</summary>
    public long? Amount { get; init; }

    /// <summary>The language of the names, such as <c>nl_NL</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>Whether the card brands are returned as the single method <c>CREDITCARD</c>.</summary>
    public bool? GroupCards { get; init; }

    /// <summary>Whether gift cards are included.</summary>
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

    /// <summary>The gateway code, such as <c>IDEAL</c>; never empty in the client's answers.</summary>
    public string Id
    {
        get => _id;
        init => _id = value ?? string.Empty;
    }

    /// <summary>The display name.</summary>
    public string? Name { get; init; }

    /// <summary><c>payment-method</c> or <c>coupon</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The addresses of the logo.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<IconUrls>))]
    public IconUrls? IconUrls { get; init; }

    /// <summary>The brands of the method, such as the cards of <c>CREDITCARD</c>.</summary>
    [JsonConverter(typeof(TolerantListConverter<PaymentMethodBrand>))]
    public IReadOnlyList<PaymentMethodBrand> Brands
    {
        get => _brands;
        init => _brands = value ?? [];
    }

    /// <summary>The amounts for which the method can be used.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<AllowedAmount>))]
    public AllowedAmount? AllowedAmount { get; init; }

    /// <summary>The ISO 4217 codes of the accepted currencies; empty for all.</summary>
    [JsonConverter(typeof(TolerantStringListConverter))]
    public IReadOnlyList<string> AllowedCurrencies
    {
        get => _allowedCurrencies;
        init => _allowedCurrencies = value ?? [];
    }

    /// <summary>The ISO 3166-1 alpha-2 codes of the accepted countries; empty for all.</summary>
    [JsonConverter(typeof(TolerantStringListConverter))]
    public IReadOnlyList<string> AllowedCountries
    {
        get => _allowedCountries;
        init => _allowedCountries = value ?? [];
    }

    /// <summary>The ISO 3166-1 alpha-2 codes of the countries where customers prefer the method; empty for none.</summary>
    [JsonConverter(typeof(TolerantStringListConverter))]
    public IReadOnlyList<string> PreferredCountries
    {
        get => _preferredCountries;
        init => _preferredCountries = value ?? [];
    }

    /// <summary>Whether an order must contain <see cref="OrderRequest.ShoppingCart"/>.</summary>
    public bool ShoppingCartRequired { get; init; }

    /// <summary>The fields of <see cref="CustomerDetails"/>, in MultiSafepay's spelling, that an order must contain.</summary>
    [JsonConverter(typeof(TolerantStringListConverter))]
    public IReadOnlyList<string> RequiredCustomerData
    {
        get => _requiredCustomerData;
        init => _requiredCustomerData = value ?? [];
    }

    /// <summary>Whether payment details can be stored for later payments.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<Tokenization>))]
    public Tokenization? Tokenization { get; init; }

    /// <summary>The MultiSafepay apps that support the method in the shop's own pages.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<PaymentMethodApps>))]
    public PaymentMethodApps? Apps { get; init; }

    /// <summary>Whether payments can be authorised first and captured by hand; null if MultiSafepay does not say (known since PHP SDK 5.21.0).</summary>
    [JsonConverter(typeof(TolerantObjectConverter<ManualCaptureSupport>))]
    public ManualCaptureSupport? ManualCapture { get; init; }

    /// <summary>Whether the method is a wallet, such as Apple Pay; null if MultiSafepay does not say (known since PHP SDK 5.21.0).</summary>
    public bool? IsWallet { get; init; }
}

/// <summary>Whether payments with a method can be captured by hand.</summary>
public sealed record ManualCaptureSupport
{
    // docs.multisafepay.com, Manual capture: the methods that support it if the account does not say which ones do.
    private static readonly FrozenSet<string> _brands = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "VISA", "MASTERCARD", "MAESTRO");

    /// <summary>Whether manual capture is enabled for the method in this account.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Whether the method supports manual capture at all.</summary>
    public bool Supported { get; init; }

    /// <summary>Whether a method is one of the card brands that are known to support manual capture.</summary>
    public static bool IsKnownBrand(string gateway) => _brands.Contains(gateway);

    /// <summary>Whether payments with a method can be captured by hand.</summary>
    /// <param name="gateway">The gateway code.</param>
    /// <param name="support">What the account says; null if it says nothing, in which case only the known brands can be.</param>
    public static bool Allows(string gateway, ManualCaptureSupport? support) => support is null ? IsKnownBrand(gateway) : support is { IsEnabled: true, Supported: true };
}

/// <summary>A brand within a payment method.</summary>
public sealed record PaymentMethodBrand
{
    /// <summary>The brand's own gateway code.</summary>
    public string? Id { get; init; }

    /// <summary>The display name.</summary>
    public string? Name { get; init; }

    /// <summary>The addresses of the logo.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<IconUrls>))]
    public IconUrls? IconUrls { get; init; }
}

/// <summary>The addresses of a logo.</summary>
public sealed record IconUrls
{
    /// <summary>The logo at three times the normal size.</summary>
    public string? Large { get; init; }

    /// <summary>The logo at twice the normal size.</summary>
    public string? Medium { get; init; }

    /// <summary>The logo as a vector image.</summary>
    public string? Vector { get; init; }

    /// <summary>The address with the best quality; null if none is an absolute http(s) address.</summary>
    [JsonIgnore]
    public string? Best => new[] { Vector, Large, Medium }.FirstOrDefault(url =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp));
}

/// <summary>The range of amounts of a payment method, in minor units: of the euro according to the OpenAPI description, or of the currency in the query.</summary>
public sealed record AllowedAmount
{
    /// <summary>The smallest amount; null for no minimum.</summary>
    public long? Min { get; init; }

    /// <summary>The largest amount; null for no maximum.</summary>
    public long? Max { get; init; }
}

/// <summary>Whether payment details can be stored for later payments.</summary>
public sealed record Tokenization
{
    /// <summary>Whether tokenization is enabled for the site.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>What stored details may be used for; null if MultiSafepay does not say, as where tokenization is off.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<TokenizationModels>))]
    public TokenizationModels? Models { get; init; }
}

/// <summary>The recurring models that MultiSafepay has activated for a payment method of the site (see <see cref="RecurringModel"/>).</summary>
public sealed record TokenizationModels
{
    /// <summary>Whether customers may pay again with stored details. MultiSafepay writes this name in lower case here, and as <c>cardOnFile</c> in orders.</summary>
    [JsonPropertyName("cardonfile")]
    public bool CardOnFile { get; init; }

    /// <summary>Whether the shop may charge at intervals.</summary>
    public bool Subscription { get; init; }

    /// <summary>Whether the shop may charge when something agreed on happens.</summary>
    public bool Unscheduled { get; init; }
}

/// <summary>The MultiSafepay apps that support a payment method in the shop's own pages.</summary>
public sealed record PaymentMethodApps
{
    /// <summary>The payment component of the method.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<PaymentComponents>))]
    public PaymentComponents? PaymentComponents { get; init; }
}

/// <summary>The payment component of a payment method.</summary>
public sealed record PaymentComponents
{
    /// <summary>Whether the method has a payment component.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Whether the component has fields for the customer to fill in.</summary>
    public bool HasFields { get; init; }
}
