using System.Linq.Expressions;
using Nop.Core;
using Nop.Core.Domain.Localization;
using Nop.Services.Plugins;

namespace Nop.Services.Localization;

/// <summary>Texts in the languages of the shop.</summary>
public interface ILocalizationService
{
    Task AddOrUpdateLocaleResourceAsync(IDictionary<string, string> resources, int? languageId = null);
    Task AddOrUpdateLocaleResourceAsync(string resourceName, string resourceValue, string languageCulture = null);
    Task DeleteLocaleResourceAsync(string resourceName);
    Task DeleteLocaleResourcesAsync(IList<string> resourceNames, int? languageId = null);
    Task DeleteLocaleResourcesAsync(string resourceNamePrefix, int? languageId = null);
    Task<Dictionary<string, KeyValuePair<int, string>>> GetAllResourceValuesAsync(int languageId, bool? loadPublicLocales);
    Task<LocaleStringResource> GetLocaleStringResourceByNameAsync(string resourceName, int languageId, bool logIfNotFound = true);
    Task<TPropType> GetLocalizedAsync<TEntity, TPropType>(
        TEntity entity, Expression<Func<TEntity, TPropType>> keySelector, int? languageId = null, bool returnDefaultValue = true,
        bool ensureTwoPublishedLanguages = true)
        where TEntity : BaseEntity, ILocalizedEntity;
    Task<string> GetLocalizedEnumAsync<TEnum>(TEnum enumValue, int? languageId = null) where TEnum : struct;
    Task<string> GetLocalizedFriendlyNameAsync<TPlugin>(TPlugin plugin, int languageId, bool returnDefaultValue = true) where TPlugin : IPlugin;
    Task<string> GetResourceAsync(string resourceKey);
    Task<string> GetResourceAsync(string resourceKey, int languageId, bool logIfNotFound = true, string defaultValue = "", bool returnEmptyIfNotFound = false);
}
