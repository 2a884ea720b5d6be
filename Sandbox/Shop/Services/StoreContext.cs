using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Stores;
using Nop.Services.Common;
using Nop.Services.Stores;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>The shop's stores.</summary>
internal sealed class StoreService(ShopDatabase database, RequestCache requestCache) : IStoreService
{
    public async Task<IList<Store>> GetAllStoresAsync() => [.. (await database.ListAsync<Store>()).OrderBy(store => store.DisplayOrder).ThenBy(store => store.Id)];

    public Task<Store?> GetStoreByIdAsync(int storeId) => requestCache.FindAsync<Store>(storeId);
}

/// <summary>Which store a request is for: the one that lists the Host header among its hosts, else the first.</summary>
internal sealed class StoreContext(ShopDatabase database, IHttpContextAccessor http, IServiceProvider services) : IStoreContext
{
    public const string ScopeAttribute = "AdminAreaStoreScopeConfiguration";

    private Store? _current;

    public Task<Store> GetCurrentStoreAsync() => Task.FromResult(GetCurrentStore());

    /// <summary>Until 4.90 it is a member of nopCommerce's interface.</summary>
    public Store GetCurrentStore()
    {
        if (_current is not null)
            return _current;
        var host = http.HttpContext?.Request.Host.Value ?? "";
        var stores = database.List<Store>();
        return _current = stores.Find(store => HostsOf(store).Contains(host, StringComparer.OrdinalIgnoreCase)) ?? stores[0];
    }

    /// <summary>The store the administrator configures at the moment; 0 for all stores.</summary>
    public async Task<int> GetActiveStoreScopeConfigurationAsync()
    {
        var stores = await services.GetRequiredService<IStoreService>().GetAllStoresAsync();
        if (stores.Count < 2)
            return 0;
        Customer customer = await services.GetRequiredService<IWorkContext>().GetCurrentCustomerAsync();
        var storeId = await services.GetRequiredService<IGenericAttributeService>().GetAttributeAsync<int>(customer, ScopeAttribute);
        return stores.Any(store => store.Id == storeId) ? storeId : 0;
    }

    public static string[] HostsOf(Store store) => (store.Hosts ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
