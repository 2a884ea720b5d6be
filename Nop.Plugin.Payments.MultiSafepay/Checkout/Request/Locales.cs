using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>The locales of MultiSafepay's payment page.</summary>
public static class Locales
{
    /// <summary>MultiSafepay's default, also used for languages that are near to none of its own.</summary>
    public const string Default = "en_US";

    // OpenAPI description, Customer: the list of values that are accepted.
    private static readonly FrozenSet<string> _listed = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "cs_CZ", "de_AT", "de_DE", "en_US", "fi_FI", "fr_BE", "fr_FR", "it_IT", "nl_BE", "nl_NL", "pl_PL", "es_ES", "sv_SE", "zh_CN");

    // Languages that the payment page speaks, although its list of locales has none for them (docs.multisafepay.com, Payment pages, Supported languages). The OpenAPI
    // description names da_DK in its text and pt_PT in its examples; the others are in its format, ISO 639 and ISO 3166. Arabic is missing: no source tells its country.
    private static readonly string[] _unlisted = ["da_DK", "he_IL", "ja_JP", "nb_NO", "pt_PT", "ru_RU", "tr_TR"];

    // Languages without a payment page, with those that their speakers read, by preference. The country of the customer goes before the order.
    private static readonly Dictionary<string, string[]> _near = new()
    {
        ["no"] = ["nb_NO"],
        ["nn"] = ["nb_NO"],
        ["se"] = ["nb_NO", "sv_SE", "fi_FI"], // Sami
        ["fo"] = ["da_DK"], // Faroese
        ["kl"] = ["da_DK"], // Greenlandic
        ["fy"] = ["nl_NL", "de_DE"], // Frisian
        ["li"] = ["nl_NL", "nl_BE"], // Limburgish
        ["nds"] = ["de_DE", "nl_NL"], // Low German
        ["lb"] = ["de_DE", "fr_FR", "fr_BE"], // Luxembourgish
        ["gsw"] = ["de_DE", "fr_FR", "de_AT"], // Alemannic
        ["bar"] = ["de_AT", "de_DE"], // Bavarian
        ["rm"] = ["de_DE"], // Romansh
        ["dsb"] = ["de_DE"], // Sorbian
        ["hsb"] = ["de_DE"],
        ["wa"] = ["fr_BE"], // Walloon
        ["br"] = ["fr_FR"], // Breton
        ["co"] = ["fr_FR"], // Corsican
        ["oc"] = ["fr_FR", "es_ES"], // Occitan
        ["ca"] = ["es_ES", "fr_FR", "it_IT"], // Catalan
        ["eu"] = ["es_ES", "fr_FR"], // Basque
        ["gl"] = ["es_ES"], // Galician
        ["ast"] = ["es_ES"], // Asturian
        ["an"] = ["es_ES"], // Aragonese
        ["sc"] = ["it_IT"], // Sardinian
        ["scn"] = ["it_IT"], // Sicilian
        ["fur"] = ["it_IT"], // Friulian
        ["sk"] = ["cs_CZ"], // Slovak
        ["szl"] = ["pl_PL", "cs_CZ"], // Silesian
        ["csb"] = ["pl_PL"], // Kashubian
        ["be"] = ["ru_RU"] // Belarusian
    };

    // The first one of a language is for countries without a locale of their own.
    private static readonly FrozenDictionary<string, string[]> _byLanguage =
        new[] { "de_DE", "fr_FR", "nl_NL" }.Concat(_listed.Order(StringComparer.Ordinal)).Concat(_unlisted)
            .Distinct()
            .GroupBy(locale => locale[..2])
            .ToDictionary(group => group.Key, group => group.ToArray())
            .Concat(_near)
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the locale of the payment page that is nearest to a language of the shop, even if MultiSafepay's list lacks it (<see cref="IsListed"/>).</summary>
    /// <param name="culture">The language's culture, such as <c>nl-BE</c> or <c>de</c>.</param>
    /// <param name="country">The customer's country as an ISO 3166-1 alpha-2 code, used if the culture has no country.</param>
    /// <returns>The same language and country, else the same language, else a language that its speakers read, else American English.</returns>
    public static string OfPaymentPage(string? culture, string? country) => Nearest(culture, country, _ => true);

    /// <summary>Returns the nearest locale of MultiSafepay's list, for calls that are not repeated without a locale.</summary>
    /// <param name="culture">The language's culture, such as <c>nl-BE</c> or <c>de</c>.</param>
    /// <param name="country">The customer's country as an ISO 3166-1 alpha-2 code, used if the culture has no country.</param>
    public static string Listed(string? culture, string? country) => Nearest(culture, country, IsListed);

    /// <summary>Whether MultiSafepay's list names the locale, so that it cannot be the cause of a refusal.</summary>
    public static bool IsListed(string locale) => _listed.Contains(locale);

    private static string Nearest(string? culture, string? country, Func<string, bool> isWanted)
    {
        var parts = culture?.Split('-', '_') ?? [];
        if (parts is not [{ Length: 2 or 3 } language, ..] || !_byLanguage.TryGetValue(language, out var all))
            return Default;

        // The country is the last part: zh-Hans-CN.
        var region = parts.Length > 1 && parts[^1].Length == 2 ? parts[^1] : country;
        var locales = all.Where(isWanted).ToList();
        return locales.Find(locale => string.Equals(locale[3..], region, StringComparison.OrdinalIgnoreCase)) ?? locales.FirstOrDefault() ?? Default;
    }
}
