using System.Text.Json;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>The payment methods of a MultiSafepay account at a certain time.</summary>
/// <param name="FetchedUtc">The time of the API call, in UTC.</param>
/// <param name="Methods">The methods in MultiSafepay's order, including gift cards.</param>
public sealed record Catalogue(DateTime FetchedUtc, IReadOnlyList<PaymentMethod> Methods)
{
    /// <summary>The method with this gateway code; null if the account does not have it.</summary>
    public PaymentMethod? Find(string? gateway) => Methods.FirstOrDefault(method => string.Equals(method.Id, gateway, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Those of some gateways that the account offers in another form, because the owner has or has not combined the card brands: the brands of a group, or the group of brands that are
    /// offered one by one. Their rules do not apply and are kept.
    /// </summary>
    /// <param name="gateways">The gateways with a rule.</param>
    /// <param name="groupCards">Whether the card brands are combined into one method.</param>
    public IReadOnlyList<string> Replaced(IEnumerable<string> gateways, bool groupCards)
    {
        var brands = Methods.SelectMany(method => method.Brands).Select(brand => brand.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!groupCards && Methods.Any(method => CardMethods.Contains(method.Id)))
            brands.Add(CardMethods.Group);
        return [.. gateways.Where(gateway => Find(gateway) is null && brands.Contains(gateway))];
    }

    /// <summary>The catalogue as text, which every cache that nopCommerce supports stores unchanged.</summary>
    internal string ToText() => JsonSerializer.Serialize(new Stored(FetchedUtc, [.. Methods]), StoredJson.Options);

    /// <summary>Reads a stored catalogue; null if the text cannot be read, because another version of the plugin may have written it.</summary>
    internal static Catalogue? FromText(string? text)
    {
        try
        {
            return !string.IsNullOrEmpty(text) && JsonSerializer.Deserialize<Stored>(text, StoredJson.Options) is { Methods: { } methods } stored
                ? new Catalogue(stored.FetchedUtc, methods)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record Stored(DateTime FetchedUtc, List<PaymentMethod> Methods);
}

/// <summary>Identifies a catalogue. Methods differ by account and environment, and MultiSafepay filters and names them according to the query.</summary>
/// <param name="StoreId">The store.</param>
/// <param name="Credentials">The account. The API key itself never becomes part of a cache key.</param>
/// <param name="Currency">ISO 4217 code, in upper case; null for the methods of all currencies.</param>
/// <param name="Locale">The language of the names, one of <see cref="Locales"/>.</param>
/// <param name="GroupCards">Whether the card brands are combined into one method.</param>
public sealed record CatalogueRequest(int StoreId, ApiCredentials Credentials, string? Currency, string Locale, bool GroupCards)
{
    /// <summary>The account and its environment: a failure for one currency applies to all.</summary>
    internal string Account { get; } = FormattableString.Invariant($"{Credentials.Environment}-{Fingerprint(Credentials.ApiKey)}");

    /// <summary>The cache key of the catalogue.</summary>
    internal string Key => FormattableString.Invariant($"{MultiSafepayDefaults.SystemName}.Methods.{StoreId}.{Account}.{Currency}.{Locale}.{(GroupCards ? 1 : 0)}");

    internal PaymentMethodQuery Query => new() { Currency = Currency, Locale = Locale, GroupCards = GroupCards, IncludeCoupons = true };

    private static string Fingerprint(string apiKey) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(apiKey)).AsSpan(0, 6));
}
