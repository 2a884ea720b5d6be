using Nop.Core;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Directory;
using Nop.Services.Orders;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>The payment methods for the cart of the current customer.</summary>
public class CartMethods(
    MethodAvailabilityReader reader,
    StoreSettings storeSettings,
    IWorkContext workContext,
    IStoreContext storeContext,
    IShoppingCartService shoppingCartService,
    IOrderTotalCalculationService orderTotalCalculationService,
    RequestTotals requestTotals,
    MethodFee methodFee,
    ICurrencyService currencyService,
    CurrencySettings currencySettings)
{
    /// <summary>The offer for the customer's cart in the current store.</summary>
    /// <param name="cancellationToken">Ends the waiting for a catalogue.</param>
    /// <param name="gateway">The method that is about to be chosen, whose fee counts then; without one no fee counts, since each method has its own.</param>
    public async Task<MethodAvailability> ForCurrentCartAsync(CancellationToken cancellationToken, string? gateway = null) => await ForCartAsync(
        await shoppingCartService.GetShoppingCartAsync(await workContext.GetCurrentCustomerAsync(), ShoppingCartType.ShoppingCart, (await storeContext.GetCurrentStoreAsync()).Id),
        cancellationToken,
        gateway);

    /// <summary>The offer for a cart of the customer in the current store.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="cancellationToken">Ends the waiting for a catalogue.</param>
    /// <param name="gateway">The method that is about to be chosen, if any.</param>
    public async Task<MethodAvailability> ForCartAsync(IList<ShoppingCartItem> cart, CancellationToken cancellationToken, string? gateway = null)
    {
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var settings = await storeSettings.ForStoreAsync(storeId);
        var total = await requestTotals.ApartAsync(() => TotalAsync(cart, gateway));
        return await reader.ReadAsync(await DraftAsync(storeId, total), settings, mayAsk: true, cancellationToken);
    }

    /// <summary>The offer at the moment when the order is placed: nothing is asked of MultiSafepay, because nopCommerce may hold a lock over all orders.</summary>
    public async Task<MethodAvailability> ForPlacementAsync(ProcessPaymentRequest request) => await reader.ReadAsync(
        await DraftAsync(request.StoreId, request.OrderTotal), await storeSettings.ForStoreAsync(request.StoreId), mayAsk: false, CancellationToken.None);

    /// <summary>What the customer reads: the owner's own name in the customer's language, else MultiSafepay's.</summary>
    public async Task<string> TitleAsync(PaymentMethod method)
    {
        var settings = await storeSettings.ForStoreAsync((await storeContext.GetCurrentStoreAsync()).Id);
        return MethodRules.Parse(settings.Methods)[method.Id]?.TitleIn((await workContext.GetWorkingLanguageAsync()).Id) ?? MethodAvailability.NameOf(method);
    }

    private async Task<decimal> TotalAsync(IList<ShoppingCartItem> cart, string? gateway) => (gateway is null
        ? await orderTotalCalculationService.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)
        : await methodFee.AssumingAsync(gateway, () => orderTotalCalculationService.GetShoppingCartTotalAsync(cart))).shoppingCartTotal ?? 0;

    // The order as nopCommerce would place it now.
    private async Task<Order> DraftAsync(int storeId, decimal total)
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
