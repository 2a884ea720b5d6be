using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Services.Common;
using Nop.Services.Localization;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>Which store the configuration pages are about, and which language they speak.</summary>
internal sealed class SettingController(IWorkContext workContext, ILanguageService languages, IGenericAttributeService attributes) : AdminController
{
    [HttpPost]
    public async Task<IActionResult> ChangeStoreScopeConfiguration(int storeid, string? returnUrl)
    {
        await attributes.SaveAttributeAsync(await workContext.GetCurrentCustomerAsync(), StoreContext.ScopeAttribute, storeid);
        return Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : RedirectToAction("Index", "Home");
    }

    [HttpPost]
    public async Task<IActionResult> SetLanguage(int id, string? returnUrl)
    {
        if (await languages.GetLanguageByIdAsync(id) is { Published: true } language)
            await workContext.SetWorkingLanguageAsync(language);
        return Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : RedirectToAction("Index", "Home");
    }
}
