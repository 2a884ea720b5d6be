using Nop.Core.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Whether a part of the last installation or update failed. Saved only after a failure.</summary>
public class InstallationSettings : ISettings
{
    /// <summary>Whether anything is left to be done.</summary>
    public bool IsIncomplete { get; set; }
}

/// <summary>
/// Installs, updates and uninstalls the plugin. An update never throws: since nopCommerce 4.90.7 an exception in a plugin's update keeps the whole shop from starting (its issue 8271), and what
/// failed can be done again (<see cref="IUnfinishedInstallation"/>).
/// </summary>
public class Installation(
    TextInstaller textInstaller,
    ReconciliationSchedule reconciliationSchedule,
    MerchantAlerts alerts,
    WidgetActivation widgetActivation,
    CustomerMailTemplates mailTemplates,
    ISettingService settingService,
    ILocalizationService localizationService,
    INotificationService notificationService,
    OrderNotesAndLog notesAndLog) : IUnfinishedInstallation
{
    // Each adds what is missing and leaves what is there.
    private readonly Func<Task>[] _additions = [reconciliationSchedule.AddAsync, widgetActivation.AddAsync, mailTemplates.AddAsync];

    /// <summary>Adds settings, texts, the scheduled task, the widgets and the message templates.</summary>
    public async Task AddAsync()
    {
        await settingService.SaveSettingAsync(new MultiSafepaySettings());
        await textInstaller.InstallAsync();
        foreach (var step in _additions)
            await step();
    }

    /// <summary>
    /// Adds what is new in a version, corrects texts that the owner has not edited, and changes nothing else that exists, because the owner may have edited it. A setting that is new has the
    /// default of its class until the owner saves the configuration page. Each step is tried although another one has failed; never throws.
    /// </summary>
    /// <returns>Whether a step has failed.</returns>
    public async Task<bool> CompleteAsync()
    {
        var hasFailed = false;
        foreach (var step in _additions.Prepend(textInstaller.UpdateAsync))
        {
            try
            {
                await step();
            }
            catch (Exception exception)
            {
                hasFailed = true;
                await notesAndLog.ErrorAsync("a part of the update failed, and is tried again by the scheduled task.", exception);
            }
        }

        try
        {
            if ((await settingService.LoadSettingAsync<InstallationSettings>()).IsIncomplete != hasFailed)
                await (hasFailed ? settingService.SaveSettingAsync(new InstallationSettings { IsIncomplete = true }) : settingService.DeleteSettingAsync<InstallationSettings>());
        }
        catch (Exception exception)
        {
            await notesAndLog.ErrorAsync("it could not be saved whether the update is complete.", exception);
        }

        return hasFailed;
    }

    /// <inheritdoc/>
    public async Task<bool> RetryAsync()
    {
        try
        {
            return (await settingService.LoadSettingAsync<InstallationSettings>()).IsIncomplete && await CompleteAsync();
        }
        catch (Exception exception)
        {
            await notesAndLog.ErrorAsync("it could not be read whether the last update is complete.", exception);
            return false;
        }
    }

    /// <summary>Tells the owner what uninstalling removes and what it keeps, while it can still be cancelled.</summary>
    public async Task AnnounceRemovalAsync() =>
        notificationService.WarningNotification(await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.UninstallNotice"));

    /// <summary>Removes settings, texts, the scheduled task, the alerts, the widgets and the message templates. The payment records stay with their orders.</summary>
    public async Task RemoveAsync()
    {
        await settingService.DeleteSettingAsync<MultiSafepaySettings>();
        await settingService.DeleteSettingAsync<InstallationSettings>();
        await textInstaller.UninstallAsync();
        await reconciliationSchedule.RemoveAsync();
        await alerts.DismissAllAsync();
        await widgetActivation.RemoveAsync();
        await mailTemplates.RemoveAsync();
    }
}
