using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Installs, updates and uninstalls the plugin.</summary>
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
    /// Adds what is new in a version, corrects texts that the owner has not edited, and changes nothing else that exists, because the owner may have edited it. A setting that is new has the
    /// default of its class until the owner saves the configuration page.
    /// </summary>
    public async Task CompleteAsync()
    {
        await textInstaller.UpdateAsync();
        await AddOnceAsync();
    }

    /// <summary>Tells the owner what uninstalling removes and what it keeps, while it can still be cancelled.</summary>
    public async Task AnnounceRemovalAsync() =>
        notificationService.WarningNotification(await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.UninstallNotice"));

    /// <summary>Removes settings, texts, the scheduled task, the alerts, the widgets and the message template. The payment records stay with their orders.</summary>
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
