using System.Globalization;
using System.Text.Json;
using Nop.Core.Domain.Localization;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Localization;

/// <summary>
/// Brings the plugin's texts into the shop: for each installed language the one that speaks it, otherwise English. There is one resource file a language
/// beside this class; the keys in it stand below <see cref="MultiSafepayDefaults.ResourcePrefix"/>.
/// </summary>
public class TextInstaller(ILocalizationService localizationService, ILanguageService languageService)
{
    /// <summary>The languages that the plugin speaks, as two-letter codes. English is the one that all fall back to.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["de", "en", "es", "fr", "it", "nl", "pt"];

    /// <summary>Writes all texts in all installed languages.</summary>
    public async Task InstallAsync()
    {
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
            await localizationService.AddOrUpdateLocaleResourceAsync(TextsFor(language), language.Id);
    }

    /// <summary>Writes the texts that the installed languages lack, and leaves alone what is there: it may be the owner's own wording.</summary>
    public async Task AddMissingAsync()
    {
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
            await AddMissingAsync(language);
    }

    /// <summary>The same for one language, in a single query.</summary>
    public async Task AddMissingAsync(Language language)
    {
        // nopCommerce keeps the names in lower case.
        var known = await localizationService.GetAllResourceValuesAsync(language.Id, loadPublicLocales: null);
        var missing = TextsFor(language).Where(text => !known.ContainsKey(text.Key.ToLowerInvariant())).ToDictionary(StringComparer.Ordinal);
        if (missing.Count > 0)
            await localizationService.AddOrUpdateLocaleResourceAsync(missing, language.Id);
    }

    /// <summary>Removes all texts of the plugin.</summary>
    public Task UninstallAsync() => localizationService.DeleteLocaleResourcesAsync(MultiSafepayDefaults.ResourcePrefix);

    /// <summary>The texts of one of <see cref="Languages"/>, with their full keys.</summary>
    internal static Dictionary<string, string> Texts(string language)
    {
        using var stream = typeof(TextInstaller).Assembly.GetManifestResourceStream($"{typeof(TextInstaller).Namespace}.{language}.json")
            ?? throw new InvalidOperationException($"The plugin has no texts for '{language}'.");
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [];
        return texts.ToDictionary(text => $"{MultiSafepayDefaults.ResourcePrefix}.{text.Key}", text => text.Value, StringComparer.Ordinal);
    }

    /// <summary>The texts for one of the shop's languages; English for one that the plugin does not speak, or none.</summary>
    internal static Dictionary<string, string> TextsFor(Language? language)
    {
        // The language without its region: de-AT is German, and fil-PH is not Finnish.
        var code = (language?.LanguageCulture ?? string.Empty).Split('-', '_')[0].ToLower(CultureInfo.InvariantCulture);
        return Texts(Languages.Contains(code, StringComparer.Ordinal) ? code : "en");
    }
}
