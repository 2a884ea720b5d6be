using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>What the plugin brings into a shop, completes with each new version, and takes away again.</summary>
public class Installation(
    TextInstaller textInstaller,
    ReconciliationSchedule reconciliationSchedule,
    MerchantAlerts alerts,
    WidgetActivation widgetActivation,
    PaymentLinkTemplate paymentLinkTemplate,
    ISettingService settingService,
    ILocalizationService localizationService,
    INotificationService notificationService)
{
    /// <summary>Adds settings, texts, the scheduled task, the widgets and the message template.</summary>
    public async Task AddAsync()
    {
        await settingService.SaveSettingAsync(new MultiSafepaySettings());
        await textInstaller.InstallAsync();
        await AddOnceAsync();
    }

    /// <summary>
    /// Adds what a new version brings, and leaves alone what is there: it may be as the owner wants it. A setting that an earlier version did not know has the value that
    /// its class gives it until the owner saves the page.
    /// </summary>
    public async Task CompleteAsync()
    {
        await textInstaller.AddMissingAsync();
        await AddOnceAsync();
    }

    /// <summary>Tells the owner what uninstalling takes away and what it keeps, while it can still be called off.</summary>
    public async Task AnnounceRemovalAsync() =>
        notificationService.WarningNotification(await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.UninstallNotice"));

    /// <summary>Removes settings, texts, the scheduled task, the alerts, the widgets and the message template. What orders remember of their payments stays with the orders.</summary>
    public async Task RemoveAsync()
    {
        await settingService.DeleteSettingAsync<MultiSafepaySettings>();
        await textInstaller.UninstallAsync();
        await reconciliationSchedule.RemoveAsync();
        await alerts.DismissAllAsync();
        await widgetActivation.RemoveAsync();
        await paymentLinkTemplate.RemoveAsync();
    }

    private async Task AddOnceAsync()
    {
        await reconciliationSchedule.AddAsync();
        await widgetActivation.AddAsync();
        await paymentLinkTemplate.AddAsync();
    }
}
