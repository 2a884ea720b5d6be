using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Catalog;
using Nop.Services.Configuration;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

/// <summary>The amount that a customer is charged.</summary>
/// <param name="Currency">ISO 4217 code, in upper case; empty if the order and the shop have none.</param>
/// <param name="Amount">The amount in minor units of <paramref name="Currency"/>.</param>
/// <param name="CurrencyRate">The exchange rate from the primary store currency.</param>
/// <param name="PrimaryCurrency">ISO 4217 code of the primary store currency, in which the order's amounts are stored; null if it is not known.</param>
public sealed record Charge(string Currency, long Amount, decimal CurrencyRate, string? PrimaryCurrency = null);

/// <summary>Calculates the charge of an order: the total and the currency that the customer saw, at the exchange rate of the order's placement.</summary>
public class ChargeCalculator(ICurrencyService currencyService, IPriceCalculationService priceCalculationService, ISettingService settingService)
{
    /// <summary>Calculates the charge of an order.</summary>
    /// <remarks>
    /// An order's amounts are in the store's primary currency at the time of placement, which nopCommerce does not store with the order; the first attempt records it.
    /// Without an attempt, an exchange rate other than 1 shows that the customer's currency was not the primary one then, even if it is now.
    /// </remarks>
    /// <param name="order">The order.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="record">The payment record of the order; null for a cart that has not become an order yet.</param>
    /// <exception cref="OverflowException">The amount in minor units does not fit in 64 bits.</exception>
    public async Task<Charge> OfAsync(Order order, MultiSafepaySettings settings, PaymentRecord? record = null)
    {
        var shown = Code(order.CustomerCurrencyCode);
        var primary = record?.Attempts.Select(attempt => attempt.PrimaryCurrency).FirstOrDefault(code => code is not null) ?? await PrimaryCodeAsync(order);
        if (primary == shown && order.CurrencyRate is > 0 and not 1)
            primary = null;
        if (shown is null || shown == primary || (settings.ChargeCurrency == ChargeCurrency.Primary && primary is not null)
            || (!SupportedCurrencies.Contains(shown) && primary is not null) || order.CurrencyRate <= 0)
        {
            var code = primary ?? shown ?? string.Empty;
            return new Charge(code, await MinorAsync(order.OrderTotal, code), 1, primary);
        }

        return new Charge(shown, await MinorAsync(currencyService.ConvertCurrency(order.OrderTotal, order.CurrencyRate), shown), order.CurrencyRate, primary);
    }

    // The shop rounds each total that it displays by the currency's own rule, also one that it has stored with more decimals because RoundPricesDuringCalculation is off (nopCommerce 4.90.6,
    // PriceFormatter; seen there). If the currency has since been deleted, the total is rounded to minor units only.
    private async Task<long> MinorAsync(decimal total, string code) => MinorUnits.FromDecimal(
        await currencyService.GetCurrencyByCodeAsync(code) is { } currency ? await priceCalculationService.RoundPriceAsync(total, currency) : total, code);

    private async Task<string?> PrimaryCodeAsync(Order order)
    {
        var currencySettings = await settingService.LoadSettingAsync<CurrencySettings>(order.StoreId);
        return Code((await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId))?.CurrencyCode);
    }

    private static string? Code(string? code) => string.IsNullOrWhiteSpace(code) ? null : code.Trim().ToUpperInvariant();
}
