using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Configuration;
using Nop.Services.Directory;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Checks what is set in nopCommerce itself for a store.</summary>
public class StoreChecks(IPaymentPluginManager paymentPluginManager, ICurrencyService currencyService, ISettingService settingService, ConfigurationTexts texts)
{
    // Settings that nopCommerce has from 5.00 on (its issues #8120 and #7743). They are read by name, because the plugin is built for versions that do not have them, where nothing is found.
    private const string AutoCancelEnabled = "OrderSettings.AutoCancelEnabled";
    private const string AutoCancelDelay = "OrderSettings.AutoCancelDelay";
    private const string AutoCancelIgnoredPaymentMethods = "OrderSettings.AutoCancelIgnoredPaymentMethods";
    private const string RemindersEnabled = "ReminderSettings.PendingOrdersEnabled";

    // nopCommerce's own value, in minutes.
    private const int DefaultDelay = 48 * 60;

    /// <summary>Whether the payment method is active in the store.</summary>
    public async Task<CheckResult> ActiveAsync(Store store) =>
        await paymentPluginManager.IsPluginActiveAsync(MultiSafepayDefaults.SystemName, storeId: store.Id)
            ? await texts.ResultAsync(CheckState.Good, "Check.Active")
            : await texts.ResultAsync(CheckState.Bad, "Check.NotActive");

    /// <summary>Whether MultiSafepay can process the store's currencies.</summary>
    public async Task<CheckResult> CurrencyAsync(Store store)
    {
        var codes = (await currencyService.GetAllCurrenciesAsync(storeId: store.Id)).Select(currency => currency.CurrencyCode).ToList();
        var others = codes.Where(code => !SupportedCurrencies.Contains(code)).ToList();
        return others.Count == 0 ? await texts.ResultAsync(CheckState.Good, "Check.Currency", string.Join(", ", codes))
            : others.Count < codes.Count ? await texts.ResultAsync(CheckState.Good, "Check.CurrencyPartly", string.Join(", ", codes.Except(others)), string.Join(", ", others))
            : await texts.ResultAsync(CheckState.Bad, "Check.NoCurrency", string.Join(", ", others));
    }

    /// <summary>Whether nopCommerce cancels orders while their payment link is still valid; null if it cancels no unpaid orders by itself.</summary>
    public async Task<CheckResult?> AutoCancelAsync(Store store, MultiSafepaySettings settings)
    {
        if (!await ReadAsync(AutoCancelEnabled, store, false))
            return null;

        var ignored = await ReadAsync(AutoCancelIgnoredPaymentMethods, store, string.Empty);
        var delay = TimeSpan.FromMinutes(await ReadAsync(AutoCancelDelay, store, DefaultDelay));
        var lifetime = PaymentLinkLifetime.From(settings).Duration;
        return delay >= lifetime || ignored.Split(',', StringSplitOptions.TrimEntries).Contains(MultiSafepayDefaults.SystemName, StringComparer.OrdinalIgnoreCase)
            ? await texts.ResultAsync(CheckState.Good, "Check.AutoCancelLater")
            : await texts.ResultAsync(CheckState.Warning, "Check.AutoCancel", Hours(delay), Hours(lifetime));
    }

    /// <summary>A warning if both nopCommerce and MultiSafepay remind customers of orders that they have not paid; else null.</summary>
    public async Task<CheckResult?> RemindersAsync(Store store, MultiSafepaySettings settings) =>
        settings.SecondChance && await ReadAsync(RemindersEnabled, store, false) ? await texts.ResultAsync(CheckState.Warning, "Check.Reminders") : null;

    private Task<T> ReadAsync<T>(string key, Store store, T otherwise) => settingService.GetSettingByKeyAsync(key, otherwise, store.Id, loadSharedValueIfNotFound: true);

    private static decimal Hours(TimeSpan time) => Math.Round((decimal)time.Ticks / TimeSpan.TicksPerHour, 1);
}
