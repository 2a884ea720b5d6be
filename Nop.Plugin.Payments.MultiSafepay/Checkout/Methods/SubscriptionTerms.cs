using System.Globalization;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// Recognises a cart that is a subscription (a recurring cart of nopCommerce), and says what the customer agrees to: the amount, the interval, the number of payments, and how to cancel. Card schemes
/// want that from a shop that charges a card without the cardholder (docs.multisafepay.com, Recurring payments; chargeback reason 13.2 of Visa).
/// </summary>
public class SubscriptionTerms(
    IShoppingCartService shoppingCartService,
    IProductService productService,
    IWorkContext workContext,
    IStoreContext storeContext,
    StoreSettings storeSettings,
    CartTotal cartTotal,
    DraftOrderFactory draftOrderFactory,
    ChargeCalculator chargeCalculator,
    ILocalizationService localizationService)
{
    /// <summary>
    /// Whether a cart is a subscription. Asks nopCommerce's cache of products, because its own answer is a query each time (4.90.6, <c>ShoppingCartIsRecurringAsync</c>); it makes that when the order
    /// is placed.
    /// </summary>
    public async Task<bool> ApplyToAsync(IList<ShoppingCartItem> cart) =>
        cart.Count > 0 && (await productService.GetProductsByIdsAsync([.. cart.Select(item => item.ProductId).Distinct()])).Any(product => product.IsRecurring);

    /// <summary>Whether the current customer's cart is a subscription.</summary>
    public async Task<bool> ApplyAsync() => await ApplyToAsync(await CartAsync());

    /// <summary>What the current customer agrees to, in the customer's language; null if the cart is no subscription.</summary>
    /// <param name="offer">The methods that are offered; their fees are mentioned.</param>
    public async Task<string?> TextAsync(MethodAvailability offer)
    {
        var cart = await CartAsync();
        if (!await ApplyToAsync(cart))
            return null;
        var settings = await storeSettings.ForStoreAsync((await storeContext.GetCurrentStoreAsync()).Id);
        return await InWordsAsync(await TermsAsync(cart, settings), offer.Methods.Any(method => MethodFee.FeeFor(method.Id, settings).Fee > 0));
    }

    /// <summary>
    /// Whether the current customer still agrees to what the cart is now: the owner may have changed the price or the interval since, or the customer the cart or the language, in another window.
    /// </summary>
    /// <param name="agreed">What the customer agreed to (<see cref="TextAsync(MethodAvailability)"/>).</param>
    /// <param name="gateway">The method that the customer chose.</param>
    public async Task<bool> IsStillAgreedAsync(string agreed, string gateway)
    {
        var settings = await storeSettings.ForStoreAsync((await storeContext.GetCurrentStoreAsync()).Id);
        var terms = await TermsAsync(await CartAsync(), settings);

        // The fee may have been that of another method that was offered.
        return agreed == await InWordsAsync(terms, hasFee: true) || (MethodFee.FeeFor(gateway, settings).Fee <= 0 && agreed == await InWordsAsync(terms, hasFee: false));
    }

    /// <summary>An interval in words, in the current language: <c>every month</c>.</summary>
    /// <param name="length">The number of periods.</param>
    /// <param name="period">The period.</param>
    public Task<string> IntervalAsync(int length, RecurringProductCyclePeriod period) =>
        FilledAsync($"Subscription.Interval.{(length == 1 ? period.ToString()[..^1] : period)}", length.ToString(CultureInfo.CurrentCulture));

    private async Task<Terms> TermsAsync(IList<ShoppingCartItem> cart, MultiSafepaySettings settings)
    {
        var total = await cartTotal.CalculateAsync(cart, gateway: null);
        var charge = await chargeCalculator.OfAsync(await draftOrderFactory.CreateAsync((await storeContext.GetCurrentStoreAsync()).Id, total), settings);
        var (_, length, period, payments) = await shoppingCartService.GetRecurringCycleInfoAsync(cart);
        return new Terms(MoneyText.ForPeople(charge.Amount, charge.Currency, CultureInfo.CurrentCulture), await IntervalAsync(length, period), payments);
    }

    private async Task<string> InWordsAsync(Terms terms, bool hasFee)
    {
        var amount = hasFee ? await FilledAsync("Checkout.Subscription.PlusFee", terms.Amount) : terms.Amount;
        return terms.Payments == 1
            ? await FilledAsync("Checkout.Subscription.TermsOnce", amount)
            : await FilledAsync("Checkout.Subscription.Terms", amount, terms.Interval, terms.Payments.ToString(CultureInfo.CurrentCulture));
    }

    private async Task<IList<ShoppingCartItem>> CartAsync() => await shoppingCartService.GetShoppingCartAsync(
        await workContext.GetCurrentCustomerAsync(), ShoppingCartType.ShoppingCart, (await storeContext.GetCurrentStoreAsync()).Id);

    private async Task<string> FilledAsync(string key, params string[] arguments) => EditableText.Fill(
        CultureInfo.CurrentCulture, await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}"), [.. arguments]);

    // The amount without a fee, and the interval, in the customer's language.
    private readonly record struct Terms(string Amount, string Interval, int Payments);
}
