using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Common;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>
/// Installs the plugin's texts: for each language of the shop in that language, or in English if the plugin does not have it. There is one resource file for each
/// language in the folder Localization; its keys are relative to <see cref="MultiSafepayDefaults.ResourcePrefix"/>. Beside each language it is remembered what was written, so that an update
/// can correct the texts that the owner has not edited.
/// </summary>
public class TextInstaller(ILocalizationService localizationService, ILanguageService languageService, IGenericAttributeService genericAttributeService)
{
    private const string WrittenAttribute = "MultiSafepay.Texts";
    private const int HashLength = 8;

    /// <summary>Writes all texts for all languages of the shop.</summary>
    public async Task InstallAsync()
    {
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
        {
            var texts = TextResources.For(language);
            await localizationService.AddOrUpdateLocaleResourceAsync(texts, language.Id);
            await RememberAsync(language, texts.ToDictionary(text => text.Key, text => Hash(text.Value), StringComparer.Ordinal));
        }
    }

    /// <summary>Writes the texts that are missing or outdated, for all languages. Texts that the owner has edited are kept.</summary>
    public async Task UpdateAsync()
    {
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
            await UpdateAsync(language);
    }

    /// <summary>Writes the texts that are missing or outdated for one language, reading the existing ones in a single query.</summary>
    public async Task UpdateAsync(Language language)
    {
        // nopCommerce stores resource names in lower case.
        var known = await localizationService.GetAllResourceValuesAsync(language.Id, loadPublicLocales: null);
        var written = await WrittenAsync(language);
        var isNew = false;
        Dictionary<string, string> changed = [];
        foreach (var (key, text) in TextResources.For(language))
        {
            var existing = known.TryGetValue(key.ToLowerInvariant(), out var found) ? found.Value : null;
            if (existing is null || (existing != text && written.GetValueOrDefault(key) == Hash(existing)))
                changed[key] = text;
            else if (existing != text || written.GetValueOrDefault(key) == Hash(text))
                continue;
            written[key] = Hash(text);
            isNew = true;
        }

        if (changed.Count > 0)
            await localizationService.AddOrUpdateLocaleResourceAsync(changed, language.Id);
        if (isNew)
            await RememberAsync(language, written);
    }

    /// <summary>Removes all texts of the plugin.</summary>
    public async Task UninstallAsync()
    {
        await localizationService.DeleteLocaleResourcesAsync(MultiSafepayDefaults.ResourcePrefix);
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
            await genericAttributeService.SaveAttributeAsync(language, WrittenAttribute, string.Empty);
    }

    // Enough to tell an edited text from an unedited one.
    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];

    private async Task<Dictionary<string, string>> WrittenAsync(Language language)
    {
        try
        {
            return await genericAttributeService.GetAttributeAsync<string>(language, WrittenAttribute) is { Length: > 0 } json
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(json, StoredJson.Options) ?? []
                : [];
        }
        catch (JsonException)
        {
            // All texts then count as edited.
            return [];
        }
    }

    private Task RememberAsync(Language language, Dictionary<string, string> written) =>
        genericAttributeService.SaveAttributeAsync(language, WrittenAttribute, JsonSerializer.Serialize(written, StoredJson.Options));
}
