using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Security;
using Nop.Services.Stores;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The checklist and the tests, which the configuration page loads afterwards because they take a while, and the diagnostics page.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
public class MultiSafepaySetupController(
    SetupChecklist checklist,
    ConnectionCheck connectionCheck,
    WebhookCheck webhookCheck,
    DiagnosticReport diagnosticReport,
    StoreSettings storeSettings,
    IStoreContext storeContext,
    IStoreService storeService,
    TimeProvider timeProvider) : BasePaymentController
{
    private const string Views = $"{MultiSafepayDefaults.ViewsFolder}Admin/";

    /// <summary>Shows the checklist of the selected store scope.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Checklist(CancellationToken cancellationToken) =>
        PartialView($"{Views}_Checklist.cshtml", await checklist.CreateAsync(await storeContext.GetActiveStoreScopeConfigurationAsync(), cancellationToken));

    /// <summary>Tests the key that was entered, or the stored one if the field is empty. Nothing is saved.</summary>
    /// <param name="environment">The environment of the key.</param>
    /// <param name="testApiKey">The content of the field for the test key.</param>
    /// <param name="liveApiKey">The content of the field for the live key.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> TestConnection(MultiSafepayEnvironment environment, string? testApiKey, string? liveApiKey, CancellationToken cancellationToken)
    {
        var key = environment == MultiSafepayEnvironment.Live ? liveApiKey : testApiKey;
        if (string.IsNullOrWhiteSpace(key))
            key = storeSettings.Credentials(await storeSettings.ForStoreAsync(await storeContext.GetActiveStoreScopeConfigurationAsync()), environment)?.ApiKey;
        return PartialView($"{Views}_Check.cshtml", await connectionCheck.RunAsync(environment, key, cancellationToken));
    }

    /// <summary>Sends a test notification to a store's own public address.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> TestWebhook(int storeId, CancellationToken cancellationToken) =>
        await storeService.GetStoreByIdAsync(storeId) is { } store ? PartialView($"{Views}_Check.cshtml", await webhookCheck.RunAsync(store, cancellationToken)) : NotFound();

    /// <summary>Shows the diagnostics.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Diagnostics() => View($"{Views}Diagnostics.cshtml", await diagnosticReport.CreateAsync());

    /// <summary>Downloads the diagnostics as a text file.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> DownloadDiagnostics() =>
        File(DiagnosticReport.ToFile(await diagnosticReport.CreateAsync()), MediaTypeNames.Text.Plain,
            FormattableString.Invariant($"multisafepay-{timeProvider.GetUtcNow():yyyyMMdd-HHmmss}.txt"));
}
