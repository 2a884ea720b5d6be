using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The admin's configuration page.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
public class MultiSafepayController(
    ConfigurationModelFactory modelFactory,
    StatusMappingGroup statusMapping,
    IStoreContext storeContext,
    INotificationService notificationService,
    ILocalizationService localizationService) : BasePaymentController
{
    private const string ViewPath = $"{MultiSafepayDefaults.ViewsFolder}Admin/Configure.cshtml";

    /// <summary>Shows the settings of the chosen store scope.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Configure() =>
        View(ViewPath, await modelFactory.CreateAsync(await storeContext.GetActiveStoreScopeConfigurationAsync()));

    /// <summary>Saves the settings of the chosen store scope.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Configure(ConfigurationModel model)
    {
        model.ActiveStoreScopeConfiguration = await storeContext.GetActiveStoreScopeConfigurationAsync();
        modelFactory.ForgiveInherited(model, ModelState);
        if (!ModelState.IsValid)
            return View(ViewPath, await modelFactory.CompleteAsync(model));

        await modelFactory.SaveAsync(model);
        notificationService.SuccessNotification(await localizationService.GetResourceAsync("Admin.Plugins.Saved"));
        return RedirectToAction(nameof(Configure));
    }

    /// <summary>Gives the chosen store scope the recommended status mapping.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> ResetStatusMapping()
    {
        await statusMapping.ResetAsync(await storeContext.GetActiveStoreScopeConfigurationAsync());
        notificationService.SuccessNotification(await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Configuration.StatusMappingWasReset"));
        return RedirectToAction(nameof(Configure));
    }
}
