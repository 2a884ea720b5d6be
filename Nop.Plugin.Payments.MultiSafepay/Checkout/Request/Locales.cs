using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>The languages of MultiSafepay's payment page.</summary>
public static class Locales
{
    /// <summary>What MultiSafepay takes when it is told nothing, and what a language that it does not speak becomes.</summary>
    public const string Default = "en_US";

    private static readonly FrozenSet<string> _accepted = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "cs_CZ", "de_AT", "de_DE", "en_US", "fi_FI", "fr_BE", "fr_FR", "it_IT", "nl_BE", "nl_NL", "pl_PL", "es_ES", "sv_SE", "zh_CN");

    // The locale of each language for countries that have none of their own.
    private static readonly FrozenDictionary<string, string> _neighbours =
        new[] { "cs_CZ", "de_DE", "en_US", "fi_FI", "fr_FR", "it_IT", "nl_NL", "pl_PL", "es_ES", "sv_SE", "zh_CN" }
            .ToFrozenDictionary(locale => locale[..2], StringComparer.OrdinalIgnoreCase);

    /// <summary>The accepted locale next to a language of the shop: the same language and country, else the same language, else American English.</summary>
    /// <param name="culture">The language's culture, such as <c>nl-BE</c> or <c>de</c>.</param>
    /// <param name="country">The customer's country as an ISO 3166-1 alpha-2 code; it decides for a culture that names none.</param>
    public static string Nearest(string? culture, string? country)
    {
        var parts = culture?.Split('-', '_') ?? [];
        if (parts is not [{ Length: 2 } language, ..])
            return Default;

        // The country comes last: zh-Hans-CN.
        var region = parts.Length > 1 && parts[^1].Length == 2 ? parts[^1] : country;
        return _accepted.TryGetValue($"{language}_{region}", out var locale) ? locale : _neighbours.GetValueOrDefault(language, Default);
    }
}
