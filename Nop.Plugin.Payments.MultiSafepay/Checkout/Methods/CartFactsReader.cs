using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Services.Common;
using Nop.Services.Customers;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Reads the <see cref="CartFacts"/> of an order or of a cart that is about to become one; what concerns the store is added by <see cref="MethodAvailabilityReader"/>.</summary>
public class CartFactsReader(
    ChargeCalculator chargeCalculator,
    CartContents contents,
    ICurrencyService currencyService,
    IAddressService addressService,
    ICountryService countryService,
    ICustomerService customerService)
{
    private const string Euro = "EUR";

    /// <summary>Reads the facts.</summary>
    /// <param name="order">The order, or a draft of it while it is still a cart; a total of 0 means that it is not known yet.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="assumed">What to assume where the order says nothing; null for nothing.</param>
    public async Task<CartFacts> ReadAsync(Order order, MultiSafepaySettings settings, AssumedCart? assumed)
    {
        var charge = await chargeCalculator.OfAsync(order, settings);
        var isTotalKnown = order.OrderTotal > 0;
        var customer = await customerService.GetCustomerByIdAsync(order.CustomerId);
        var rules = MethodRules.Parse(settings.Methods);
        return new CartFacts
        {
            Currency = charge.Currency,
            EuroCents = isTotalKnown ? await EuroCentsAsync(charge, order.OrderTotal) : null,
            Total = isTotalKnown ? order.OrderTotal : null,
            Country = await CountryAsync(order, customer) ?? assumed?.Country,
            IsSubscription = assumed?.IsSubscription == true,
            IsRegistered = assumed?.IsSubscription == true && customer is not null ? await customerService.IsRegisteredAsync(customer) : null,
            Roles = customer is null ? null : await customerService.GetCustomerRoleIdsAsync(customer),
            Categories = !rules.HaveCategories ? null
                : assumed?.CategoryId is { } category ? [await contents.WithParentsAsync(category)]
                : await contents.CategoriesAsync(order),
            ShippingMethod = !rules.HaveShippingMethods ? null
                : assumed?.ShippingMethod is { } shippingMethod ? [shippingMethod]
                : await contents.ShippingMethodAsync(order)
        };
    }

    // MultiSafepay's limits are in euro cents for every currency (OpenAPI description, PaymentMethod). If the shop has no exchange rate for the euro, MultiSafepay checks them.
    private async Task<long?> EuroCentsAsync(Charge charge, decimal total)
    {
        if (charge.Currency == Euro)
            return charge.Amount;
        return await currencyService.GetCurrencyByCodeAsync(Euro) is { Rate: > 0 } euro
            ? MinorUnits.FromDecimal(await currencyService.ConvertFromPrimaryStoreCurrencyAsync(total, euro), Euro)
            : null;
    }

    private async Task<string?> CountryAsync(Order order, Customer? customer)
    {
        var country = (await AddressAsync(order, customer))?.CountryId is { } countryId ? await countryService.GetCountryByIdAsync(countryId) : null;
        return string.IsNullOrEmpty(country?.TwoLetterIsoCode) ? null : country.TwoLetterIsoCode;
    }

    // nopCommerce has read the address of a customer for the taxes of the cart, and has it for the rest of the request, but not by its id (4.90.6, CustomerService.GetCustomerAddressAsync).
    private async Task<Address?> AddressAsync(Order order, Customer? customer)
    {
        if (order.BillingAddressId <= 0)
            return null;
        var own = order.BillingAddressId == customer?.BillingAddressId ? await customerService.GetCustomerBillingAddressAsync(customer) : null;
        return own ?? await addressService.GetAddressByIdAsync(order.BillingAddressId);
    }
}
