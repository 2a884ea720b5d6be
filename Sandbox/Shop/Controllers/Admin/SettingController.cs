using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Services.Common;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>Which store the configuration pages are about.</summary>
internal sealed class SettingController(IWorkContext workContext, IGenericAttributeService attributes) : AdminController
{
    [HttpPost]
    public async Task<IActionResult> ChangeStoreScopeConfiguration(int storeid, string? returnUrl)
    {
        await attributes.SaveAttributeAsync(await workContext.GetCurrentCustomerAsync(), StoreContext.ScopeAttribute, storeid);
        return Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : RedirectToAction("Index", "Home");
    }
}
