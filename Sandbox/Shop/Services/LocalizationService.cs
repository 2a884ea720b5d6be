using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Nop.Core;
using Nop.Core.Caching;
using Nop.Core.Domain.Localization;
using Nop.Services.Localization;
using Nop.Services.Plugins;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Languages. The list is cached, as in nopCommerce; whoever adds one drops it.</summary>
internal sealed class LanguageService(ShopDatabase database, RequestCache requestCache, IStaticCacheManager staticCache) : ILanguageService
{
    private static readonly CacheKey _all = new(NopEntityCacheDefaults<Language>.AllPrefix + "{0}");

    public async Task<IList<Language>> GetAllLanguagesAsync(bool showHidden = false, int storeId = 0) => await staticCache.GetAsync(
        staticCache.PrepareKeyForDefaultCache(_all, showHidden),
        async () => (await database.ListAsync<Language>(language => showHidden || language.Published)).OrderBy(language => language.DisplayOrder).ToList());

    public Task<Language?> GetLanguageByIdAsync(int languageId) => requestCache.FindAsync<Language>(languageId);

    public string GetTwoLetterIsoLanguageName(Language language) => language.LanguageCulture[..2];
}

/// <summary>Texts by language. Without a language it asks for the visitor's, and so for the visitor: see <see cref="WorkContext"/>.</summary>
internal sealed partial class LocalizationService(ShopDatabase database, ResourceCache cache, IServiceProvider services) : ILocalizationService
{
    public async Task<string> GetResourceAsync(string resourceKey) =>
        await GetResourceAsync(resourceKey, (await services.GetRequiredService<IWorkContext>().GetWorkingLanguageAsync()).Id);

    public async Task<string> GetResourceAsync(string resourceKey, int languageId, bool logIfNotFound = true, string defaultValue = "", bool returnEmptyIfNotFound = false)
    {
        var texts = await cache.GetAsync(languageId);
        if (texts.TryGetValue(ResourceCache.Normalize(resourceKey), out var resource) && !string.IsNullOrEmpty(resource.ResourceValue))
            return resource.ResourceValue;
        return !string.IsNullOrEmpty(defaultValue) ? defaultValue : returnEmptyIfNotFound ? "" : resourceKey;
    }

    public async Task<Dictionary<string, KeyValuePair<int, string>>> GetAllResourceValuesAsync(int languageId, bool? loadPublicLocales) =>
        (await cache.GetAsync(languageId)).ToDictionary(pair => pair.Key, pair => KeyValuePair.Create(pair.Value.Id, pair.Value.ResourceValue));

    public async Task<LocaleStringResource?> GetLocaleStringResourceByNameAsync(string resourceName, int languageId, bool logIfNotFound = true)
    {
        var name = ResourceCache.Normalize(resourceName);
        return await database.FirstOrDefaultAsync<LocaleStringResource>(row => row.LanguageId == languageId && row.ResourceName == name);
    }

    public async Task AddOrUpdateLocaleResourceAsync(IDictionary<string, string> resources, int? languageId = null)
    {
        var languages = await services.GetRequiredService<ILanguageService>().GetAllLanguagesAsync(showHidden: true);
        foreach (var language in languages.Where(language => languageId is null || language.Id == languageId))
        {
            var known = (await database.ListAsync<LocaleStringResource>(row => row.LanguageId == language.Id)).ToDictionary(row => row.ResourceName);
            foreach (var (key, value) in resources)
            {
                var name = ResourceCache.Normalize(key);
                if (known.TryGetValue(name, out var row))
                {
                    row.ResourceValue = value;
                    await database.UpdateAsync(row);
                }
                else
                {
                    await database.InsertAsync(new LocaleStringResource { LanguageId = language.Id, ResourceName = name, ResourceValue = value });
                }
            }
        }

        cache.Clear();
    }

    public async Task AddOrUpdateLocaleResourceAsync(string resourceName, string resourceValue, string? languageCulture = null)
    {
        var resources = new Dictionary<string, string> { [resourceName] = resourceValue };
        foreach (var language in await database.ListAsync<Language>(language => string.IsNullOrEmpty(languageCulture) || language.LanguageCulture == languageCulture))
            await AddOrUpdateLocaleResourceAsync(resources, language.Id);
    }

    public Task DeleteLocaleResourceAsync(string resourceName) => DeleteAsync(row => row.ResourceName == ResourceCache.Normalize(resourceName));

    public Task DeleteLocaleResourcesAsync(IList<string> resourceNames, int? languageId = null)
    {
        var names = resourceNames.Select(ResourceCache.Normalize).ToHashSet();
        return DeleteAsync(row => names.Contains(row.ResourceName) && (languageId is null || row.LanguageId == languageId));
    }

    public Task DeleteLocaleResourcesAsync(string resourceNamePrefix, int? languageId = null)
    {
        var prefix = ResourceCache.Normalize(resourceNamePrefix);
        return DeleteAsync(row => row.ResourceName.StartsWith(prefix, StringComparison.Ordinal) && (languageId is null || row.LanguageId == languageId));
    }

    /// <summary>The sandbox keeps no translations of products and countries: the entity's own text, if that is wanted.</summary>
    public Task<TPropType> GetLocalizedAsync<TEntity, TPropType>(TEntity entity, Expression<Func<TEntity, TPropType>> keySelector, int? languageId = null,
        bool returnDefaultValue = true, bool ensureTwoPublishedLanguages = true) where TEntity : BaseEntity, ILocalizedEntity =>
        Task.FromResult(returnDefaultValue ? keySelector.Compile()(entity) : default!);

    public async Task<string> GetLocalizedEnumAsync<TEnum>(TEnum enumValue, int? languageId = null) where TEnum : struct
    {
        var key = $"Enums.{typeof(TEnum).FullName}.{enumValue}";
        var text = languageId is { } id ? await GetResourceAsync(key, id, false, "", true) : await GetResourceAsync(key);
        return string.IsNullOrEmpty(text) || text == key ? CamelCaseBorder().Replace(enumValue.ToString()!, " $1") : text;
    }

    public Task<string> GetLocalizedFriendlyNameAsync<TPlugin>(TPlugin plugin, int languageId, bool returnDefaultValue = true) where TPlugin : IPlugin =>
        GetResourceAsync($"Plugins.FriendlyName.{plugin.PluginDescriptor.SystemName}", languageId, false, plugin.PluginDescriptor.FriendlyName);

    private async Task DeleteAsync(Func<LocaleStringResource, bool> where)
    {
        foreach (var row in await database.ListAsync(where))
            await database.DeleteAsync(row);
        cache.Clear();
    }

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex CamelCaseBorder();
}

/// <summary>The texts of each language, read once by each node.</summary>
internal sealed class ResourceCache(ShopDatabase database)
{
    private volatile Dictionary<int, Dictionary<string, LocaleStringResource>> _byLanguage = [];

    public static string Normalize(string key) => key.Trim().ToLowerInvariant();

    public void Clear() => _byLanguage = [];

    public async Task<Dictionary<string, LocaleStringResource>> GetAsync(int languageId)
    {
        var known = _byLanguage;
        if (known.TryGetValue(languageId, out var texts))
            return texts;
        texts = (await database.ListAsync<LocaleStringResource>(row => row.LanguageId == languageId)).ToDictionary(row => row.ResourceName);
        _byLanguage = new Dictionary<int, Dictionary<string, LocaleStringResource>>(known) { [languageId] = texts };
        return texts;
    }
}
