using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Common;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Determines the <see cref="MethodAvailability"/> of an order or of a cart that is about to become one.</summary>
public class MethodAvailabilityReader(
    MethodCatalogue catalogue,
    StoreSettings storeSettings,
    RefusedKeys refusedKeys,
    ChargeCalculator chargeCalculator,
    ICurrencyService currencyService,
    IAddressService addressService,
    ICountryService countryService,
    ICustomerService customerService,
    ILanguageService languageService)
{
    private const string Euro = "EUR";

    /// <summary>Determines the available methods for an order.</summary>
    /// <param name="order">The order, or a draft of it while it is still a cart; a total of 0 means that it is not known yet.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="mayAsk">Whether to call MultiSafepay if no catalogue is known; the customer then waits for a limited time.</param>
    /// <param name="cancellationToken">Cancels waiting for the catalogue.</param>
    /// <param name="country">The billing country to use if the order has no address: ISO 3166-1 alpha-2 code, or null if unknown.</param>
    public async Task<MethodAvailability> ReadAsync(Order order, MultiSafepaySettings settings, bool mayAsk, CancellationToken cancellationToken, string? country = null)
    {
        var facts = await FactsAsync(order, settings, country);

        var locale = Locales.Listed((await languageService.GetLanguageByIdAsync(order.CustomerLanguageId))?.LanguageCulture, country: null);
        if (mayAsk && facts.IsKeyRefused && storeSettings.Credentials(settings, settings.Environment) is { } credentials && refusedKeys.IsToBeTried(credentials))
        {
            await catalogue.TryKeyAsync(order.StoreId, settings, facts.Currency, locale, cancellationToken);
            facts = facts with { IsKeyRefused = refusedKeys.IsRefused(credentials) };
        }

        // If MultiSafepay is not available anyway, the methods need not be read.
        if (MethodAvailability.For(facts, null, settings) is { Problem: not null } hopeless)
            return hopeless;

        var known = mayAsk
            ? await catalogue.GetAsync(order.StoreId, settings, facts.Currency, locale, cancellationToken)
            : await catalogue.PeekAsync(order.StoreId, settings, facts.Currency, locale);
        return MethodAvailability.For(facts, known, settings);
    }

    private async Task<CartFacts> FactsAsync(Order order, MultiSafepaySettings settings, string? country)
    {
        var charge = await chargeCalculator.OfAsync(order, settings);
        var isTotalKnown = order.OrderTotal > 0;
        var customer = await customerService.GetCustomerByIdAsync(order.CustomerId);
        var credentials = storeSettings.Credentials(settings, settings.Environment);
        return new CartFacts
        {
            HasApiKey = credentials is not null,
            IsKeyRefused = credentials is not null && refusedKeys.IsRefused(credentials),
            Currency = charge.Currency,
            EuroCents = isTotalKnown ? await EuroCentsAsync(charge, order.OrderTotal) : null,
            Total = isTotalKnown ? order.OrderTotal : null,
            Country = await CountryAsync(order.BillingAddressId) ?? country,
            Roles = customer is null ? null : await customerService.GetCustomerRoleIdsAsync(customer)
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

    private async Task<string?> CountryAsync(int addressId)
    {
        var address = addressId > 0 ? await addressService.GetAddressByIdAsync(addressId) : null;
        var country = address?.CountryId is { } countryId ? await countryService.GetCountryByIdAsync(countryId) : null;
        return string.IsNullOrEmpty(country?.TwoLetterIsoCode) ? null : country.TwoLetterIsoCode;
    }
}
