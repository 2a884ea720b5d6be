using Nop.Core;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Something that the owner should look at.</summary>
/// <param name="Text">A sentence in the owner's language, not encoded.</param>
/// <param name="Url">Where to look.</param>
/// <param name="UrlText">What the link says.</param>
/// <param name="IsFailure">Whether payments fail by it.</param>
/// <param name="Alert">The alert that it tells of, if it is one that can be dismissed.</param>
public sealed record OwnerWarning(string Text, string Url, string UrlText, bool IsFailure = false, MerchantAlert? Alert = null);

/// <summary>All that the owner should look at: payments that wait for a decision, a task that does not run, keys that cannot be read. A handful of queries.</summary>
public class OwnerWarnings(
    MerchantAlerts alerts,
    ReconciliationSchedule reconciliationSchedule,
    StoreSettings storeSettings,
    IStoreService storeService,
    IWebHelper webHelper,
    ConfigurationTexts texts)
{
    /// <summary>The page with nopCommerce's scheduled tasks.</summary>
    public string ScheduleUrl => Admin("ScheduleTask/List");

    /// <summary>What there is now.</summary>
    public async Task<IReadOnlyList<OwnerWarning>> AllAsync() => [.. await AlertsAsync(), .. await TaskAsync(), .. await KeysAsync()];

    /// <summary>The payments that wait for the owner, latest first.</summary>
    public async Task<IReadOnlyList<OwnerWarning>> AlertsAsync()
    {
        var warnings = new List<OwnerWarning>();
        var open = await texts.TextAsync("Alert.OpenOrder");
        foreach (var alert in await alerts.OpenAsync())
        {
            var text = await texts.FormatAsync(TextOf(alert.Kind), alert.OrderNumber);
            warnings.Add(new OwnerWarning(text, Admin(FormattableString.Invariant($"Order/Edit/{alert.OrderId}")), open, Alert: alert));
        }

        return warnings;
    }

    /// <summary>What is wrong with the scheduled task, if anything.</summary>
    public async Task<IReadOnlyList<OwnerWarning>> TaskAsync() => (await reconciliationSchedule.HealthAsync()) switch
    {
        ReconciliationHealth.Missing => [await TaskAsync("Reconciliation.Missing")],
        ReconciliationHealth.Disabled => [await TaskAsync("Reconciliation.Disabled")],
        ReconciliationHealth.Late => [await TaskAsync("Reconciliation.Late")],
        _ => []
    };

    // A kind without words of its own sends the owner to the order's notes.
    private static string TextOf(string kind) => kind switch
    {
        "PaidAfterCancellation" or "AuthorizedAfterCancellation" or "PaidAfterVoid" => "Alert.PaidAfterCancellation",
        "PaidAfterCancellationRefunded" => "Alert.PaidAfterCancellationRefunded",
        "SecondPayment" => "Alert.SecondPayment",
        "PaidByHandBefore" => "Alert.PaidByHandBefore",
        "PaidByHandStillHeld" => "Alert.PaidByHandStillHeld",
        "PaymentLost" => "Alert.PaymentLost",
        "PaidTooMuch" or "PaidTooLittle" or "CapturedLess" => "Alert.OtherTotal",
        "LinkOfOtherKey" => "Alert.LinkOfOtherKey",
        "CancelledStillHeld" => "Alert.CancelledStillHeld",
        "RefundOfDeleted" => "Alert.RefundOfDeleted",
        "Overwritten" => "Alert.Overwritten",
        "WrongAmount" => "Alert.WrongAmount",
        "Chargeback" => "Alert.Chargeback",
        "ChargebackReversed" or "ChargebackReversedBooked" or "ChargebackReversedCancelled" => "Alert.ChargebackReversed",
        MerchantAlerts.RefundFailed or "RefundOff" => "Alert.RefundFailed",
        _ => "Alert.Other"
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
        }

        return warnings;
    }

    private string Admin(string path) => $"{webHelper.GetStoreLocation()}Admin/{path}";
}
