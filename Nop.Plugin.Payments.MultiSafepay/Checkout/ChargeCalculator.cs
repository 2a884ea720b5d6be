using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Services.Catalog;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout;

/// <summary>What a customer is charged.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="CurrencyRate">The rate from the primary store currency.</param>
public sealed record Charge(string Currency, long Amount, decimal CurrencyRate);

/// <summary>Works out what an order is charged: the total that the customer saw, in the currency that the customer saw, at the rate of the order's placement.</summary>
public class ChargeCalculator(ICurrencyService currencyService, IPriceCalculationService priceCalculationService)
{
    /// <summary>The charge of an order.</summary>
    /// <exception cref="OverflowException">The amount does not fit into MultiSafepay's integer.</exception>
    public async Task<Charge> OfAsync(Order order)
    {
        var currency = await currencyService.GetCurrencyByCodeAsync(order.CustomerCurrencyCode);
        var total = await priceCalculationService.RoundPriceAsync(currencyService.ConvertCurrency(order.OrderTotal, order.CurrencyRate), currency);
        var code = order.CustomerCurrencyCode.ToUpperInvariant();
        return new Charge(code, MinorUnits.FromDecimal(total, code), order.CurrencyRate);
    }
}
