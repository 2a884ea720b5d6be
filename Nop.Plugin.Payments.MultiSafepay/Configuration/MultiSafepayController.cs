using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The configuration page in the admin area.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
public class MultiSafepayController(
    ConfigurationModelFactory modelFactory,
    AccountGroup account,
    StatusMappingGroup statusMapping,
    MethodCheck methodCheck,
    MerchantAlerts alerts,
    IStoreContext storeContext,
    INotificationService notificationService,
    ILocalizationService localizationService) : BasePaymentController
{
    // The list of methods has a dozen fields for each method, and further ones for each language.
    private const int MaxFormValues = 8192;

    private const string ViewPath = $"{MultiSafepayDefaults.ViewsFolder}Admin/Configure.cshtml";

    /// <summary>Shows the settings of the selected store scope.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Configure() =>
        View(ViewPath, await modelFactory.CreateAsync(await storeContext.GetActiveStoreScopeConfigurationAsync()));

    /// <summary>Shows the page with the result of "Why do customers not see a payment method?".</summary>
    /// <param name="question">The cart to check.</param>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> CheckMethods(MethodCheckModel question)
    {
        var scope = await storeContext.GetActiveStoreScopeConfigurationAsync();
        await methodCheck.AnswerAsync(question, scope, HttpContext.RequestAborted);
        return View(ViewPath, await modelFactory.CreateAsync(scope, question));
    }

    /// <summary>Reads the account's payment methods from MultiSafepay again.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> ReadMethods()
    {
        if (await methodCheck.ReadAgainAsync(await storeContext.GetActiveStoreScopeConfigurationAsync(), HttpContext.RequestAborted))
            notificationService.SuccessNotification(await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Configuration.Methods.Read"));
        else
            notificationService.ErrorNotification(await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Configuration.Methods.NotRead"));
        return RedirectToAction(nameof(Configure));
    }

    /// <summary>Saves the settings of the selected store scope.</summary>
    [HttpPost]
    [RequestFormLimits(ValueCountLimit = MaxFormValues)]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Configure(ConfigurationModel model)
    {
        model.ActiveStoreScopeConfiguration = await storeContext.GetActiveStoreScopeConfigurationAsync();
        await modelFactory.SettleInheritedAsync(model, ModelState);
        if (!ModelState.IsValid)
            return View(ViewPath, await modelFactory.PrepareModelAsync(model));

        await modelFactory.SaveAsync(model);
        foreach (var problem in await account.TestSavedAsync(model, HttpContext.RequestAborted))
            notificationService.WarningNotification(problem);
        notificationService.SuccessNotification(await localizationService.GetResourceAsync("Admin.Plugins.Saved"));
        return RedirectToAction(nameof(Configure));
    }

    /// <summary>Resets the status mapping of the selected store scope to the recommended one.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> ResetStatusMapping()
    {
        await statusMapping.ResetAsync(await storeContext.GetActiveStoreScopeConfigurationAsync());
        notificationService.SuccessNotification(await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Configuration.StatusMappingWasReset"));
        return RedirectToAction(nameof(Configure));
    }

    /// <summary>Dismisses an alert.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> DismissAlert(string id)
    {
        await alerts.DismissAsync(id);
        return RedirectToAction(nameof(Configure));
    }
}
