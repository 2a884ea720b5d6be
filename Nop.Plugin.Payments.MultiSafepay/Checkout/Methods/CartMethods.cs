using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
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
    CartTotal cartTotal,
    DraftOrderFactory draftOrderFactory)
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
        var draft = await draftOrderFactory.CreateAsync(storeId, await cartTotal.CalculateAsync(cart, gateway));
        return await reader.ReadAsync(draft, settings, mayAsk: true, cancellationToken);
    }

    /// <summary>The offer at the moment when the order is placed: nothing is asked of MultiSafepay, because nopCommerce may hold a lock over all orders.</summary>
    public async Task<MethodAvailability> ForPlacementAsync(ProcessPaymentRequest request) => await reader.ReadAsync(
        await draftOrderFactory.CreateAsync(request.StoreId, request.OrderTotal), await storeSettings.ForStoreAsync(request.StoreId), mayAsk: false, CancellationToken.None);

    /// <summary>What the customer reads: the owner's own name in the customer's language, else MultiSafepay's.</summary>
    public async Task<string> TitleAsync(PaymentMethod method)
    {
        var settings = await storeSettings.ForStoreAsync((await storeContext.GetCurrentStoreAsync()).Id);
        return MethodRules.Parse(settings.Methods)[method.Id]?.TitleIn((await workContext.GetWorkingLanguageAsync()).Id) ?? MethodAvailability.NameOf(method);
    }
}
