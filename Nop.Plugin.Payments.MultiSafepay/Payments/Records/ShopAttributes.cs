using Nop.Core.Caching;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Stores;
using Nop.Services.Common;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// Short texts that the plugin stores for the whole shop, as generic attributes of its first store (the one with the lowest id). They are always read from the
/// database, because nopCommerce caches attributes for the duration of a request and another request may have written them since. A shop without a store stores nothing.
/// </summary>
public class ShopAttributes(IGenericAttributeService genericAttributeService, IStoreService storeService, IShortTermCacheManager shortTermCacheManager)
{
    /// <summary>The text under this name; null if there is none.</summary>
    public async Task<string?> FindAsync(string name)
    {
        if (await FirstStoreAsync() is not { } store)
            return null;
        Forget(store);
        return await genericAttributeService.GetAttributeAsync<string>(store, name) is { Length: > 0 } text ? text : null;
    }

    /// <summary>Saves the text under this name; an empty text deletes it.</summary>
    public async Task SaveAsync(string name, string text)
    {
        if (await FirstStoreAsync() is not { } store)
            return;
        Forget(store);
        await genericAttributeService.SaveAttributeAsync(store, name, text);
    }

    /// <summary>The attributes whose name starts with the prefix.</summary>
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
