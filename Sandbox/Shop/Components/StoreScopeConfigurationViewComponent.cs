using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Services.Stores;
using Nop.Web.Framework.Components;
using Sandbox.Shop.Models;

// Configuration pages of plugins name this component of Nop.Web by its type.
namespace Nop.Web.Areas.Admin.Components;

/// <summary>The list of stores on a configuration page: all stores, or one that may have values of its own.</summary>
public sealed class StoreScopeConfigurationViewComponent(IStoreService storeService, IStoreContext storeContext) : NopViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var stores = await storeService.GetAllStoresAsync();
        return stores.Count < 2
            ? Content("")
            : View("/Views/Admin/Shared/StoreScope.cshtml", new StoreScopeModel(
                await storeContext.GetActiveStoreScopeConfigurationAsync(),
                [.. stores.Select(store => (store.Id, store.Name))],
                HttpContext.Request.PathBase + HttpContext.Request.Path));
    }
}
