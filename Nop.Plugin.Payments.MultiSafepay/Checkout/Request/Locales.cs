using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>The locales of MultiSafepay's payment page (OpenAPI description, Customer).</summary>
public static class Locales
{
    /// <summary>MultiSafepay's default, also used for languages that it does not support.</summary>
    public const string Default = "en_US";

    private static readonly FrozenSet<string> _accepted = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "cs_CZ", "de_AT", "de_DE", "en_US", "fi_FI", "fr_BE", "fr_FR", "it_IT", "nl_BE", "nl_NL", "pl_PL", "es_ES", "sv_SE", "zh_CN");

    // The locale of each language for countries without a locale of their own.
    private static readonly FrozenDictionary<string, string> _neighbours =
        new[] { "cs_CZ", "de_DE", "en_US", "fi_FI", "fr_FR", "it_IT", "nl_NL", "pl_PL", "es_ES", "sv_SE", "zh_CN" }
            .ToFrozenDictionary(locale => locale[..2], StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the accepted locale that is nearest to a language of the shop: same language and country, else same language, else American English.</summary>
    /// <param name="culture">The language's culture, such as <c>nl-BE</c> or <c>de</c>.</param>
    /// <param name="country">The customer's country as an ISO 3166-1 alpha-2 code, used if the culture has no country.</param>
    public static string Nearest(string? culture, string? country)
    {
        var parts = culture?.Split('-', '_') ?? [];
        if (parts is not [{ Length: 2 } language, ..])
            return Default;

        // The country is the last part: zh-Hans-CN.
        var region = parts.Length > 1 && parts[^1].Length == 2 ? parts[^1] : country;
        return _accepted.TryGetValue($"{language}_{region}", out var locale) ? locale : _neighbours.GetValueOrDefault(language, Default);
    }
}
