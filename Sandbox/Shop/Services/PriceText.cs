using System.Globalization;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Services.Catalog;

namespace Sandbox.Shop.Services;

/// <summary>Writes amounts for people: converted from the primary currency, rounded by the currency's rule, in the visitor's own notation.</summary>
internal sealed class PriceText(IWorkContext workContext, CurrencyService currencies, IPriceCalculationService prices)
{
    /// <summary>An amount in the currency the visitor chose.</summary>
    public async Task<string> ShowAsync(decimal amount)
    {
        var currency = await workContext.GetWorkingCurrencyAsync();
        return Write(await prices.RoundPriceAsync(await currencies.ConvertFromPrimaryStoreCurrencyAsync(amount, currency), currency), currency.CurrencyCode);
    }

    /// <summary>An amount of an order in the currency, and at the rate, of the day it was placed.</summary>
    public async Task<string> ShowAsync(decimal amount, Order order)
    {
        var currency = await currencies.GetCurrencyByCodeAsync(order.CustomerCurrencyCode);
        return Write(await prices.RoundPriceAsync(currencies.ConvertCurrency(amount, order.CurrencyRate), currency), order.CustomerCurrencyCode);
    }

    /// <summary>An amount in the primary currency.</summary>
    public async Task<string> ShowPrimaryAsync(decimal amount) => Write(amount, (await currencies.GetPrimaryAsync()).CurrencyCode);

    private static string Write(decimal amount, string code) => amount < 0 ? "− " + Write(-amount, code) : code switch
    {
        "JPY" => string.Create(CultureInfo.CurrentCulture, $"¥ {amount:N0}"),
        "EUR" => string.Create(CultureInfo.CurrentCulture, $"€ {amount:N2}"),
        "USD" => string.Create(CultureInfo.CurrentCulture, $"$ {amount:N2}"),
        "GBP" => string.Create(CultureInfo.CurrentCulture, $"£ {amount:N2}"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{code} {amount:N2}"),
    };
}
