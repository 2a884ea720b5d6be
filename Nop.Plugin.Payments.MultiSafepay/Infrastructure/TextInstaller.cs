using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>
/// Installs the plugin's texts: for each language of the shop in that language, or in English if the plugin does not have it. There is one resource file for each
/// language in the folder Localization; its keys are relative to <see cref="MultiSafepayDefaults.ResourcePrefix"/>.
/// </summary>
public class TextInstaller(ILocalizationService localizationService, ILanguageService languageService)
{
    /// <summary>Writes all texts for all languages of the shop.</summary>
    public async Task InstallAsync()
    {
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
            await localizationService.AddOrUpdateLocaleResourceAsync(TextResources.For(language), language.Id);
    }

    /// <summary>Writes the missing texts for all languages. Existing texts are kept, because the owner may have edited them.</summary>
    public async Task AddMissingAsync()
    {
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
            await AddMissingAsync(language);
    }

    /// <summary>Writes the missing texts for one language, reading the existing ones in a single query.</summary>
    public async Task AddMissingAsync(Language language)
    {
        // nopCommerce stores resource names in lower case.
        var known = await localizationService.GetAllResourceValuesAsync(language.Id, loadPublicLocales: null);
        var missing = TextResources.For(language).Where(text => !known.ContainsKey(text.Key.ToLowerInvariant())).ToDictionary(StringComparer.Ordinal);
        if (missing.Count > 0)
            await localizationService.AddOrUpdateLocaleResourceAsync(missing, language.Id);
    }

    /// <summary>Removes all texts of the plugin.</summary>
    public Task UninstallAsync() => localizationService.DeleteLocaleResourcesAsync(MultiSafepayDefaults.ResourcePrefix);
}
