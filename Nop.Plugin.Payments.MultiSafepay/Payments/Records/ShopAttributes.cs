using Nop.Core.Caching;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Stores;
using Nop.Services.Common;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// Short texts that the plugin keeps for the shop as a whole: generic attributes of its first store, of the store with the lowest id. They are read as they are in the database
/// now; nopCommerce caches attributes for the length of a request, and another request may have written since. A shop without any store keeps nothing.
/// </summary>
public class ShopAttributes(IGenericAttributeService genericAttributeService, IStoreService storeService, IShortTermCacheManager shortTermCacheManager)
{
    /// <summary>The text under this name, or null.</summary>
    public async Task<string?> FindAsync(string name)
    {
        if (await FirstStoreAsync() is not { } store)
            return null;
        Forget(store);
        return await genericAttributeService.GetAttributeAsync<string>(store, name) is { Length: > 0 } text ? text : null;
    }

    /// <summary>Saves the text under this name; an empty one deletes it.</summary>
    public async Task SaveAsync(string name, string text)
    {
        if (await FirstStoreAsync() is not { } store)
            return;
        Forget(store);
        await genericAttributeService.SaveAttributeAsync(store, name, text);
    }

    /// <summary>The attributes whose name begins like this.</summary>
    public async Task<IReadOnlyList<GenericAttribute>> ListAsync(string prefix)
    {
        if (await FirstStoreAsync() is not { } store)
            return [];
        Forget(store);
        return [.. (await genericAttributeService.GetAttributesForEntityAsync(store.Id, nameof(Store))).Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>Deletes an attribute.</summary>
    public Task DeleteAsync(GenericAttribute attribute) => genericAttributeService.DeleteAttributeAsync(attribute);

    private async Task<Store?> FirstStoreAsync() => (await storeService.GetAllStoresAsync()).MinBy(store => store.Id);

    private void Forget(Store store) => shortTermCacheManager.Remove(NopCommonDefaults.GenericAttributeCacheKey.Key, store.Id, nameof(Store));
}
