using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>
/// Brings the plugin's texts into the shop: for each installed language the one that speaks it, otherwise English. There is one resource file a language
/// beside this class; the keys in it stand below <see cref="MultiSafepayDefaults.ResourcePrefix"/>.
/// </summary>
public class TextInstaller(ILocalizationService localizationService, ILanguageService languageService)
{
    /// <summary>Writes all texts in all installed languages.</summary>
    public async Task InstallAsync()
    {
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
            await localizationService.AddOrUpdateLocaleResourceAsync(TextResources.For(language), language.Id);
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
        var missing = TextResources.For(language).Where(text => !known.ContainsKey(text.Key.ToLowerInvariant())).ToDictionary(StringComparer.Ordinal);
        if (missing.Count > 0)
            await localizationService.AddOrUpdateLocaleResourceAsync(missing, language.Id);
    }

    /// <summary>Removes all texts of the plugin.</summary>
    public Task UninstallAsync() => localizationService.DeleteLocaleResourcesAsync(MultiSafepayDefaults.ResourcePrefix);
}
