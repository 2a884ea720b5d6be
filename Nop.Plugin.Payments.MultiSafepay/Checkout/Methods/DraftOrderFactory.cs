using Nop.Core;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Makes the order that nopCommerce would place now for the current customer: what decides which payment methods are offered, and is saved nowhere.</summary>
public class DraftOrderFactory(IWorkContext workContext, ICurrencyService currencyService, CurrencySettings currencySettings)
{
    /// <summary>Makes the order.</summary>
    /// <param name="storeId">The store in which it would be placed.</param>
    /// <param name="total">What it would cost, in the primary store currency.</param>
    public async Task<Order> CreateAsync(int storeId, decimal total)
    {
        var customer = await workContext.GetCurrentCustomerAsync();
        var currency = await workContext.GetWorkingCurrencyAsync();
        var primary = await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId);
        return new Order
        {
            StoreId = storeId,
            CustomerId = customer.Id,
            CustomerLanguageId = (await workContext.GetWorkingLanguageAsync()).Id,
            BillingAddressId = customer.BillingAddressId ?? 0,
            CustomerCurrencyCode = currency.CurrencyCode,
            CurrencyRate = primary is { Rate: > 0 } ? currency.Rate / primary.Rate : currency.Rate,
            OrderTotal = total
        };
    }
}
