using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// What the owner has decided for each payment method, stored as text in one setting. A method without a row is one that the owner has not seen yet; a row
/// without a method in the account is kept, so that nothing is lost when the method comes back.
/// </summary>
public sealed class MethodRules
{
    /// <summary>The longest text that nopCommerce's settings table takes, in characters.</summary>
    public const int MaxTextLength = 6000;

    // All rows share what one setting takes, and settings can be edited by hand.
    private static readonly JsonSerializerOptions _json = new(StoredJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        NumberHandling = JsonNumberHandling.AllowReadingFromString
    };

    private readonly SortedDictionary<string, MethodRule> _rows;

    private MethodRules(SortedDictionary<string, MethodRule> rows) => _rows = rows;

    /// <summary>No rows.</summary>
    public static MethodRules Empty { get; } = new(Rows([]));

    /// <summary>The gateways that have a row.</summary>
    public IReadOnlyCollection<string> Gateways => _rows.Keys;

    /// <summary>The row of a gateway, or null.</summary>
    public MethodRule? this[string gateway] => _rows.GetValueOrDefault(gateway);

    /// <summary>The rules with one row added or replaced.</summary>
    public MethodRules With(string gateway, MethodRule rule) => new(Rows(_rows.Append(new KeyValuePair<string, MethodRule>(gateway, rule))));

    /// <summary>The rules without a row.</summary>
    public MethodRules Without(string gateway) => new(Rows(_rows.Where(row => !string.Equals(row.Key, gateway, StringComparison.OrdinalIgnoreCase))));

    /// <summary>Reads the stored text; what cannot be read counts as not decided, because settings can be edited by hand.</summary>
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

/// <summary>What the owner has decided for one payment method. Names are short in the stored text: all rows share 6,000 characters.</summary>
public sealed record MethodRule
{
    private readonly IReadOnlyList<string> _countries = [];
    private readonly IReadOnlyList<int> _roles = [];
    private readonly IReadOnlyDictionary<string, string> _titles = new Dictionary<string, string>();

    /// <summary>Whether customers are offered it.</summary>
    [JsonPropertyName("on")]
    public bool Enabled { get; init; }

    /// <summary>Its place in the list, lowest first; equal ones stay in MultiSafepay's order.</summary>
    [JsonPropertyName("o")]
    public int Order { get; init; }

    /// <summary>MultiSafepay's name when the row was saved, to speak of a method that the account no longer has.</summary>
    [JsonPropertyName("n")]
    public string? Name { get; init; }

    /// <summary>The owner's own name, by the language's id.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Titles
    {
        get => _titles;
        init => _titles = value ?? new Dictionary<string, string>();
    }

    /// <summary>The least order total, in the primary store currency; none without one.</summary>
    [JsonPropertyName("min")]
    public decimal? Min { get; init; }

    /// <summary>The highest order total, in the primary store currency; none without one.</summary>
    [JsonPropertyName("max")]
    public decimal? Max { get; init; }

    /// <summary>The billing countries, ISO 3166-1 alpha-2; empty for all.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Countries
    {
        get => _countries;
        init => _countries = value ?? [];
    }

    /// <summary>The ids of the customer roles of which a customer needs one; empty for all.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Roles
    {
        get => _roles;
        init => _roles = value ?? [];
    }

    /// <summary>The additional fee of this method; null for the general one.</summary>
    [JsonPropertyName("f")]
    public decimal? Fee { get; init; }

    /// <summary>Whether <see cref="Fee"/> is a percentage of the order total, not an amount in the primary store currency.</summary>
    [JsonPropertyName("p")]
    public bool FeeIsPercentage { get; init; }

    // Empty lists take no room in the stored text.
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

    /// <summary>The owner's name for it in a language, or null.</summary>
    public string? TitleIn(int languageId) => Titles.GetValueOrDefault(languageId.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { Length: > 0 } title ? title : null;
}
