using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Core;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Answers why a payment method is not offered, using the same decision as the checkout.</summary>
public class MethodCheck(
    MethodCatalogue catalogue,
    MethodAvailabilityReader reader,
    StoreSettings storeSettings,
    ConfigurationTexts texts,
    ICurrencyService currencyService,
    ICountryService countryService,
    CurrencySettings currencySettings,
    IWorkContext workContext)
{
    /// <summary>Fills in the result of the check. Does nothing if the currency or the amount is invalid.</summary>
    /// <param name="question">The cart to check; receives the result.</param>
    /// <param name="storeScope">The store scope of the page.</param>
    /// <param name="cancellationToken">Cancels waiting for a catalogue.</param>
    public async Task AnswerAsync(MethodCheckModel question, int storeScope, CancellationToken cancellationToken)
    {
        var currency = await currencyService.GetCurrencyByCodeAsync(question.Currency);
        var primary = await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId);
        if (currency is null || primary is null || !MethodRows.TryRead(question.Amount, out var amount))
            return;

        var settings = await storeSettings.ForStoreAsync(storeScope);
        var cart = new Order
        {
            StoreId = storeScope,
            CustomerLanguageId = (await workContext.GetWorkingLanguageAsync()).Id,
            CustomerCurrencyCode = currency.CurrencyCode,
            CurrencyRate = primary.Rate > 0 ? currency.Rate / primary.Rate : currency.Rate,
            OrderTotal = await currencyService.ConvertToPrimaryStoreCurrencyAsync(amount ?? 0, currency)
        };
        var offer = await reader.ReadAsync(cart, settings, mayAsk: true, cancellationToken,
            new AssumedCart(Stated(question.Country), question.Category, Stated(question.ShippingMethod), question.Subscription));

        var refused = new List<(string, IReadOnlyList<string>)>();
        foreach (var method in offer.Refused)
        {
            var reasons = new List<string>();
            foreach (var reason in method.Reasons)
                reasons.Add(await texts.TextAsync($"Refusal.{reason}"));
            refused.Add((method.Name, reasons));
        }

        question.IsAnswered = true;
        question.Problem = offer.Problem is { } problem ? await texts.TextAsync($"OfferProblem.{problem}") : offer.IsKnown ? null : await texts.TextAsync("Configuration.Check.Unknown");
        question.Offered = [.. offer.Methods.Select(method => MethodAvailability.NameOf(method))];
        question.Refused = refused;
    }

    /// <summary>The payment methods that the page shows: of a store scope, in the admin's language; null if they are not known.</summary>
    public async Task<Catalogue?> KnownAsync(int storeScope, MultiSafepaySettings settings) =>
        await catalogue.GetAsync(storeScope, settings, currency: null, await LocaleAsync(), CancellationToken.None);

    /// <summary>Reads the payment methods of a store scope from MultiSafepay again.</summary>
    /// <returns>Whether the methods were read.</returns>
    public async Task<bool> ReadAgainAsync(int storeScope, CancellationToken cancellationToken)
    {
        try
        {
            return await catalogue.AskAsync(storeScope, await storeSettings.ForStoreAsync(storeScope), currency: null, await LocaleAsync(), cancellationToken) is not null;
        }
        catch (MultiSafepayApiException)
        {
            return false;
        }
    }

    /// <summary>Adds the options and default values of the form.</summary>
    public async Task PrepareModelAsync(MethodCheckModel question)
    {
        var primary = await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId);
        question.Currency ??= primary?.CurrencyCode;
        question.Currencies = [.. (await currencyService.GetAllCurrenciesAsync()).Select(currency => new SelectListItem(currency.Name, currency.CurrencyCode))];
        question.Countries = [.. (await countryService.GetAllCountriesAsync((await workContext.GetWorkingLanguageAsync()).Id))
            .Select(country => new SelectListItem(country.Name, country.TwoLetterIsoCode))];
        question.Amount ??= 100.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Stated(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task<string> LocaleAsync() => Locales.Listed((await workContext.GetWorkingLanguageAsync()).LanguageCulture, country: null);
}
