using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// The owner's rules for each payment method, stored as JSON text in one setting. A method without a rule is one that the owner has not seen yet. A rule for a method
/// that the account no longer has is kept in case the method returns.
/// </summary>
public sealed class MethodRules
{
    /// <summary>The longest text that nopCommerce's settings table can store, in characters.</summary>
    public const int MaxTextLength = 6000;

    // All rules share the length of one setting, so defaults are omitted; settings can be edited by hand, so numbers may be strings.
    private static readonly JsonSerializerOptions _json = new(StoredJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        NumberHandling = JsonNumberHandling.AllowReadingFromString
    };

    private readonly SortedDictionary<string, MethodRule> _rows;

    private MethodRules(SortedDictionary<string, MethodRule> rows) => _rows = rows;

    /// <summary>No rules.</summary>
    public static MethodRules Empty { get; } = new(Rows([]));

    /// <summary>The gateways that have a rule.</summary>
    public IReadOnlyCollection<string> Gateways => _rows.Keys;

    /// <summary>Whether any rule is about product categories.</summary>
    public bool HaveCategories => _rows.Values.Any(rule => rule.Categories.Count > 0);

    /// <summary>Whether any rule is about shipping methods.</summary>
    public bool HaveShippingMethods => _rows.Values.Any(rule => rule.ShippingMethods.Count > 0);

    /// <summary>The rule of a gateway; null for none.</summary>
    public MethodRule? this[string gateway] => _rows.GetValueOrDefault(gateway);

    /// <summary>The display name of a method: the owner's own name in a language, or else MultiSafepay's name.</summary>
    public string TitleOf(PaymentMethod method, int languageId) => this[method.Id]?.TitleIn(languageId) ?? MethodAvailability.NameOf(method);

    /// <summary>Returns the rules with one rule added or replaced.</summary>
    public MethodRules With(string gateway, MethodRule rule) => new(Rows(_rows.Append(new KeyValuePair<string, MethodRule>(gateway, rule))));

    /// <summary>Returns the rules without the rule of a gateway.</summary>
    public MethodRules Without(string gateway) => new(Rows(_rows.Where(row => !string.Equals(row.Key, gateway, StringComparison.OrdinalIgnoreCase))));

    /// <summary>Reads the stored text. Text that cannot be read (settings can be edited by hand) counts as no rules.</summary>
    public static MethodRules Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Empty;

        try
        {
            var rows = JsonSerializer.Deserialize<Dictionary<string, MethodRule>>(text, _json) ?? [];
            return new MethodRules(Rows(rows.Where(row => !string.IsNullOrWhiteSpace(row.Key) && row.Value is not null)));
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    /// <summary>The text to store.</summary>
    public override string ToString() =>
        _rows.Count == 0 ? string.Empty : JsonSerializer.Serialize(new Dictionary<string, MethodRule>(_rows), _json);

    private static SortedDictionary<string, MethodRule> Rows(IEnumerable<KeyValuePair<string, MethodRule>> rows)
    {
        var sorted = new SortedDictionary<string, MethodRule>(StringComparer.OrdinalIgnoreCase);
        foreach (var (gateway, rule) in rows)
            sorted[gateway] = rule;
        return sorted;
    }
}

/// <summary>The owner's rule for one payment method. Property names are short in the stored text, because all rules share 6,000 characters.</summary>
public sealed record MethodRule
{
    private readonly IReadOnlyList<string> _countries = [];
    private readonly IReadOnlyList<int> _roles = [];
    private readonly IReadOnlyList<int> _categories = [];
    private readonly IReadOnlyList<string> _shippingMethods = [];
    private readonly IReadOnlyDictionary<string, string> _titles = new Dictionary<string, string>();
    private readonly IReadOnlyDictionary<string, string> _descriptions = new Dictionary<string, string>();

    /// <summary>Whether the method is offered to customers.</summary>
    [JsonPropertyName("on")]
    public bool Enabled { get; init; }

    /// <summary>The position in the list, lowest first; methods with equal positions stay in MultiSafepay's order.</summary>
    [JsonPropertyName("o")]
    public int Order { get; init; }

    /// <summary>MultiSafepay's name when the rule was saved, for displaying a method that the account no longer has.</summary>
    [JsonPropertyName("n")]
    public string? Name { get; init; }

    /// <summary>The owner's own names, by language id.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Titles
    {
        get => _titles;
        init => _titles = value ?? new Dictionary<string, string>();
    }

    /// <summary>The owner's own descriptions, by language id.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Descriptions
    {
        get => _descriptions;
        init => _descriptions = value ?? new Dictionary<string, string>();
    }

    /// <summary>The minimum order total, in the primary store currency; null for none.</summary>
    [JsonPropertyName("min")]
    public decimal? Min { get; init; }

    /// <summary>The maximum order total, in the primary store currency; null for none.</summary>
    [JsonPropertyName("max")]
    public decimal? Max { get; init; }

    /// <summary>The allowed billing countries: ISO 3166-1 alpha-2 codes; empty for all.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Countries
    {
        get => _countries;
        init => _countries = value ?? [];
    }

    /// <summary>The ids of the customer roles, of which a customer must have at least one; empty for all customers.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Roles
    {
        get => _roles;
        init => _roles = value ?? [];
    }

    /// <summary>The ids of product categories; every product of a cart must be in at least one of them, or in a category below; empty for all products.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Categories
    {
        get => _categories;
        init => _categories = value ?? [];
    }

    /// <summary>The names of the allowed shipping methods, or the system names of their providers; empty for all. An order that is not shipped is not restricted.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> ShippingMethods
    {
        get => _shippingMethods;
        init => _shippingMethods = value ?? [];
    }

    /// <summary>The additional fee of this method; null for the general one.</summary>
    [JsonPropertyName("f")]
    public decimal? Fee { get; init; }

    /// <summary>Whether <see cref="Fee"/> is a percentage of the order total rather than an amount in the primary store currency.</summary>
    [JsonPropertyName("p")]
    public bool FeeIsPercentage { get; init; }

    /// <summary>Whether payments are only authorised and captured by the owner; for methods without a setting of their own.</summary>
    [JsonPropertyName("h")]
    public bool CaptureByHand { get; init; }

    // Empty lists are omitted from the stored text.
    [JsonInclude]
    [JsonPropertyName("t")]
    internal IReadOnlyDictionary<string, string>? StoredTitles
    {
        get => Titles.Count == 0 ? null : Titles;
        init => Titles = value!;
    }

    [JsonInclude]
    [JsonPropertyName("c")]
    internal IReadOnlyList<string>? StoredCountries
    {
        get => Countries.Count == 0 ? null : Countries;
        init => Countries = value!;
    }

    [JsonInclude]
    [JsonPropertyName("r")]
    internal IReadOnlyList<int>? StoredRoles
    {
        get => Roles.Count == 0 ? null : Roles;
        init => Roles = value!;
    }

    [JsonInclude]
    [JsonPropertyName("d")]
    internal IReadOnlyDictionary<string, string>? StoredDescriptions
    {
        get => Descriptions.Count == 0 ? null : Descriptions;
        init => Descriptions = value!;
    }

    [JsonInclude]
    [JsonPropertyName("g")]
    internal IReadOnlyList<int>? StoredCategories
    {
        get => Categories.Count == 0 ? null : Categories;
        init => Categories = value!;
    }

    [JsonInclude]
    [JsonPropertyName("s")]
    internal IReadOnlyList<string>? StoredShippingMethods
    {
        get => ShippingMethods.Count == 0 ? null : ShippingMethods;
        init => ShippingMethods = value!;
    }

    /// <summary>The owner's own name in a language; null for none.</summary>
    public string? TitleIn(int languageId) => In(Titles, languageId);

    /// <summary>The owner's own description in a language; null for none.</summary>
    public string? DescriptionIn(int languageId) => In(Descriptions, languageId);

    private static string? In(IReadOnlyDictionary<string, string> texts, int languageId) =>
        texts.GetValueOrDefault(languageId.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { Length: > 0 } text ? text : null;
}
