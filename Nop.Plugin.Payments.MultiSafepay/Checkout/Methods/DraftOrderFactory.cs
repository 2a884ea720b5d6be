using Nop.Core;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Creates the order that nopCommerce would place at this moment for the current customer, to determine the payment methods. It is not saved.</summary>
public class DraftOrderFactory(IWorkContext workContext, ICurrencyService currencyService, CurrencySettings currencySettings)
{
    /// <summary>Creates the order.</summary>
    /// <param name="storeId">The id of the store.</param>
    /// <param name="total">The order total, in the primary store currency.</param>
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
