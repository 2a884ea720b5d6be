using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Localization;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Determines the <see cref="MethodAvailability"/> of an order or of a cart that is about to become one.</summary>
public class MethodAvailabilityReader(
    MethodCatalogue catalogue,
    StoreSettings storeSettings,
    RefusedKeys refusedKeys,
    ShopUrls shopUrls,
    CartFactsReader cartFacts,
    IStoreService storeService,
    ILanguageService languageService)
{
    /// <summary>Determines the available methods for an order.</summary>
    /// <param name="order">The order, or a draft of it while it is still a cart; a total of 0 means that it is not known yet.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="mayAsk">Whether to call MultiSafepay if no catalogue is known; the customer then waits for a limited time.</param>
    /// <param name="cancellationToken">Cancels waiting for the catalogue.</param>
    /// <param name="assumed">What to assume where the order says nothing; null for nothing.</param>
    public async Task<MethodAvailability> ReadAsync(Order order, MultiSafepaySettings settings, bool mayAsk, CancellationToken cancellationToken, AssumedCart? assumed = null)
    {
        var facts = await FactsAsync(order, settings, assumed);

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

    private async Task<CartFacts> FactsAsync(Order order, MultiSafepaySettings settings, AssumedCart? assumed)
    {
        var credentials = storeSettings.Credentials(settings, settings.Environment);
        var store = order.StoreId > 0 ? await storeService.GetStoreByIdAsync(order.StoreId) : null;
        return await cartFacts.ReadAsync(order, settings, assumed) with
        {
            HasApiKey = credentials is not null,
            IsKeyRefused = credentials is not null && refusedKeys.IsRefused(credentials),
            AreUrlsRefused = store is not null && shopUrls.FindRefused(store, settings) is not null
        };
    }
}
