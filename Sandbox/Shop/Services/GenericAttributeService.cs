using System.ComponentModel;
using Nop.Core;
using Nop.Core.Domain.Common;
using Nop.Services.Common;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>
/// Key and value beside any entity. The attributes of an entity are read once a request, so what another request saved in between is not seen, as in nopCommerce.
/// </summary>
internal sealed class GenericAttributeService(ShopDatabase database, RequestCache requestCache, TimeProvider time) : IGenericAttributeService
{
    public Task<IList<GenericAttribute>> GetAttributesForEntityAsync(int entityId, string keyGroup) =>
        requestCache.RememberAsync<IList<GenericAttribute>>(CacheKeyOf(entityId, keyGroup), async () =>
            await database.ListAsync(Indexes.AttributesOfEntity, entityId, attribute => attribute.KeyGroup == keyGroup));

    public async Task<TPropType> GetAttributeAsync<TPropType>(BaseEntity entity, string key, int storeId = 0, TPropType defaultValue = default!)
    {
        var attributes = await GetAttributesForEntityAsync(entity.Id, entity.GetType().Name);
        var attribute = attributes.FirstOrDefault(attribute => attribute.StoreId == storeId && IsNamed(attribute, key));
        return string.IsNullOrEmpty(attribute?.Value) ? defaultValue : To<TPropType>(attribute.Value);
    }

    public async Task SaveAttributeAsync<TPropType>(BaseEntity entity, string key, TPropType value, int storeId = 0)
    {
        var group = entity.GetType().Name;
        var attributes = await GetAttributesForEntityAsync(entity.Id, group);
        var attribute = attributes.FirstOrDefault(attribute => attribute.StoreId == storeId && IsNamed(attribute, key));
        var text = value is null ? null : TypeDescriptor.GetConverter(typeof(TPropType)).ConvertToInvariantString(value);

        if (attribute is null)
        {
            if (!string.IsNullOrWhiteSpace(text))
                await InsertAttributeAsync(new GenericAttribute { EntityId = entity.Id, KeyGroup = group, Key = key, Value = text, StoreId = storeId });
        }
        else if (string.IsNullOrWhiteSpace(text))
        {
            await DeleteAttributeAsync(attribute);
        }
        else
        {
            attribute.Value = text;
            await UpdateAttributeAsync(attribute);
        }
    }

    public async Task InsertAttributeAsync(GenericAttribute attribute)
    {
        attribute.CreatedOrUpdatedDateUTC = time.GetUtcNow().UtcDateTime;
        await database.InsertAsync(attribute);
        requestCache.ForgetKey(CacheKeyOf(attribute.EntityId, attribute.KeyGroup));
    }

    public async Task UpdateAttributeAsync(GenericAttribute attribute)
    {
        attribute.CreatedOrUpdatedDateUTC = time.GetUtcNow().UtcDateTime;
        await database.UpdateAsync(attribute);
        requestCache.ForgetKey(CacheKeyOf(attribute.EntityId, attribute.KeyGroup));
    }

    public async Task DeleteAttributeAsync(GenericAttribute attribute)
    {
        await database.DeleteAsync(attribute);
        requestCache.ForgetKey(CacheKeyOf(attribute.EntityId, attribute.KeyGroup));
    }

    /// <summary>nopCommerce's own key: a plugin that wants to read afresh removes it from the short-term cache.</summary>
    private static string CacheKeyOf(int entityId, string keyGroup) => CacheKeys.Format(NopCommonDefaults.GenericAttributeCacheKey.Key, [entityId, keyGroup]);

    private static bool IsNamed(GenericAttribute attribute, string key) => string.Equals(attribute.Key, key, StringComparison.OrdinalIgnoreCase);

    private static T To<T>(string text) => (T)TypeDescriptor.GetConverter(typeof(T)).ConvertFromInvariantString(text)!;
}
