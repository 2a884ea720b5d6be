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

/// <summary>What a customer is charged.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="CurrencyRate">The rate from the primary store currency.</param>
/// <param name="PrimaryCurrency">ISO 4217 code of the primary store currency that the order's amounts are in; null where the shop has none.</param>
public sealed record Charge(string Currency, long Amount, decimal CurrencyRate, string? PrimaryCurrency = null);

/// <summary>Works out what an order is charged: the total that the customer saw, in the currency that the customer saw, at the rate of the order's placement.</summary>
public class ChargeCalculator(ICurrencyService currencyService, IPriceCalculationService priceCalculationService, ISettingService settingService)
{
    /// <summary>The charge of an order.</summary>
    /// <remarks>
    /// An order's amounts are in the primary store currency of its placement, which nopCommerce does not keep with it. The first attempt remembers it. Without one, an order
    /// that was placed at a rate tells that the currency that the customer saw was not the primary one, even if it is by now.
    /// </remarks>
    /// <param name="order">The order.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="record">What is remembered of the order's payment; null for a cart that is no order yet.</param>
    /// <exception cref="OverflowException">The amount does not fit into MultiSafepay's integer.</exception>
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
            return new Charge(code, MinorUnits.FromDecimal(order.OrderTotal, code), 1, primary);
        }

        // The shop rounded what it showed by the currency's own rule. A currency that was deleted since has none; MultiSafepay's unit is the rule then.
        var converted = currencyService.ConvertCurrency(order.OrderTotal, order.CurrencyRate);
        if (await currencyService.GetCurrencyByCodeAsync(shown) is { } currency)
            converted = await priceCalculationService.RoundPriceAsync(converted, currency);
        return new Charge(shown, MinorUnits.FromDecimal(converted, shown), order.CurrencyRate, primary);
    }

    private async Task<string?> PrimaryCodeAsync(Order order)
    {
        var currencySettings = await settingService.LoadSettingAsync<CurrencySettings>(order.StoreId);
        return Code((await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId))?.CurrencyCode);
    }

    private static string? Code(string? code) => string.IsNullOrWhiteSpace(code) ? null : code.Trim().ToUpperInvariant();
}
