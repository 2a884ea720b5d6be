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

/// <summary>What the configuration page asks for after it is shown, because it takes a while: the checklist and the tests. And the diagnostics page.</summary>
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

    /// <summary>The checklist of the chosen store scope.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Checklist(CancellationToken cancellationToken) =>
        PartialView($"{Views}_Checklist.cshtml", await checklist.CreateAsync(await storeContext.GetActiveStoreScopeConfigurationAsync(), cancellationToken));

    /// <summary>Tries the key that is entered, or the one that is stored where none is entered. Nothing is saved.</summary>
    /// <param name="environment">The environment of the key.</param>
    /// <param name="testApiKey">What stands in the field of the test key.</param>
    /// <param name="liveApiKey">What stands in the field of the live key.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
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

    /// <summary>What support has to know, to read.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Diagnostics() => View($"{Views}Diagnostics.cshtml", await diagnosticReport.CreateAsync());

    /// <summary>The same to download.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> DownloadDiagnostics() =>
        File(DiagnosticReport.ToFile(await diagnosticReport.CreateAsync()), MediaTypeNames.Text.Plain,
            FormattableString.Invariant($"multisafepay-{timeProvider.GetUtcNow():yyyyMMdd-HHmmss}.txt"));
}
