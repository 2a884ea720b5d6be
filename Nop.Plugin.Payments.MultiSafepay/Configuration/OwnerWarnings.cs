using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>A warning to the owner.</summary>
/// <param name="Text">A sentence in the owner's language, not HTML-encoded.</param>
/// <param name="Url">The page where the owner can act.</param>
/// <param name="UrlText">The text of the link.</param>
/// <param name="IsFailure">Whether payments fail because of it.</param>
/// <param name="Alert">The alert behind the warning, which can be dismissed; null for other warnings.</param>
public sealed record OwnerWarning(string Text, string Url, string UrlText, bool IsFailure = false, MerchantAlert? Alert = null);

/// <summary>Collects the warnings to the owner: open alerts, a scheduled task that does not run, API keys that cannot be read. Takes a few queries.</summary>
public class OwnerWarnings(
    MerchantAlerts alerts,
    ReconciliationSchedule reconciliationSchedule,
    StoreSettings storeSettings,
    RefusedKeys refusedKeys,
    ShopUrls shopUrls,
    IStoreService storeService,
    IWebHelper webHelper,
    ConfigurationTexts texts)
{
    /// <summary>The URL of nopCommerce's scheduled tasks.</summary>
    public string ScheduleUrl => Admin("ScheduleTask/List");

    /// <summary>Returns all current warnings.</summary>
    public async Task<IReadOnlyList<OwnerWarning>> AllAsync() => [.. await AlertsAsync(), .. await TaskAsync(), .. await KeysAsync()];

    /// <summary>Returns the open alerts, latest first.</summary>
    public async Task<IReadOnlyList<OwnerWarning>> AlertsAsync()
    {
        var warnings = new List<OwnerWarning>();
        var open = await texts.TextAsync("Alert.OpenOrder");
        foreach (var alert in await alerts.OpenAsync())
        {
            var text = await texts.FormatAsync(alert.Text, alert.OrderNumber);
            warnings.Add(new OwnerWarning(text, Admin(FormattableString.Invariant($"Order/Edit/{alert.OrderId}")), open, Alert: alert));
        }

        return warnings;
    }

    /// <summary>Returns the problem with the scheduled task, if any.</summary>
    public async Task<IReadOnlyList<OwnerWarning>> TaskAsync() => (await reconciliationSchedule.HealthAsync()) switch
    {
        ReconciliationHealth.Missing => [await TaskAsync("Reconciliation.Missing")],
        ReconciliationHealth.Disabled => [await TaskAsync("Reconciliation.Disabled")],
        ReconciliationHealth.Late => [await TaskAsync("Reconciliation.Late")],
        _ => []
    };

    private async Task<OwnerWarning> TaskAsync(string text) => new(await texts.TextAsync(text), ScheduleUrl, await texts.TextAsync("Reconciliation.Schedule"));

    private async Task<IReadOnlyList<OwnerWarning>> KeysAsync()
    {
        var warnings = new List<OwnerWarning>();
        foreach (var store in await storeService.GetAllStoresAsync())
        {
            var settings = await storeSettings.ForStoreAsync(store.Id);
            foreach (var environment in Enum.GetValues<MultiSafepayEnvironment>().Where(environment => storeSettings.IsUnreadable(settings, environment)))
            {
                var text = await texts.FormatAsync(environment == MultiSafepayEnvironment.Live ? "Alert.LiveKeyIsUnreadable" : "Alert.TestKeyIsUnreadable", store.Name);
                warnings.Add(new OwnerWarning(text, Admin("MultiSafepay/Configure"),
                    await texts.TextAsync("Alert.OpenConfiguration"), IsFailure: settings.Environment == environment));
            }

            if (storeSettings.Credentials(settings, settings.Environment) is { } credentials && refusedKeys.IsRefused(credentials))
                warnings.Add(new OwnerWarning(await texts.FormatAsync("Alert.KeyRefused", store.Name), Admin("MultiSafepay/Configure"),
                    await texts.TextAsync("Alert.OpenConfiguration"), IsFailure: true));
            if (storeSettings.Credentials(settings, settings.Environment) is not null && settings.Enabled && shopUrls.FindRefused(store, settings) is var (url, problems))
                warnings.Add(new OwnerWarning(await texts.FormatAsync("Alert.UrlsRefused", store.Name, url, await texts.TextAsync($"UrlProblem.{problems[0]}")), Admin($"Store/Edit/{store.Id}"),
                    await texts.TextAsync("Alert.OpenStore"), IsFailure: true));
        }

        return warnings;
    }

    private string Admin(string path) => $"{webHelper.GetStoreLocation()}Admin/{path}";
}
