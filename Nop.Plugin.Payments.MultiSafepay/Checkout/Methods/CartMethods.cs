using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Orders;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Determines the payment methods that are available for the current customer's cart.</summary>
public class CartMethods(
    MethodAvailabilityReader reader,
    StoreSettings storeSettings,
    IWorkContext workContext,
    IStoreContext storeContext,
    IShoppingCartService shoppingCartService,
    CartTotal cartTotal,
    DraftOrderFactory draftOrderFactory,
    SubscriptionTerms subscriptionTerms)
{
    /// <summary>The available methods for the customer's own cart in the current store.</summary>
    /// <param name="cancellationToken">Cancels waiting for a catalogue.</param>
    /// <param name="gateway">The method that is about to be chosen, whose fee is included in the total; null for a total without a fee.</param>
    public async Task<MethodAvailability> ForCurrentCartAsync(CancellationToken cancellationToken, string? gateway = null) => await ForCartAsync(
        await shoppingCartService.GetShoppingCartAsync(await workContext.GetCurrentCustomerAsync(), ShoppingCartType.ShoppingCart, (await storeContext.GetCurrentStoreAsync()).Id),
        cancellationToken,
        gateway);

    /// <summary>The available methods for a given cart of the customer in the current store.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="cancellationToken">Cancels waiting for a catalogue.</param>
    /// <param name="gateway">The method that is about to be chosen; null for none.</param>
    public async Task<MethodAvailability> ForCartAsync(IList<ShoppingCartItem> cart, CancellationToken cancellationToken, string? gateway = null)
    {
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var settings = await storeSettings.ForStoreAsync(storeId);
        var draft = await draftOrderFactory.CreateAsync(storeId, gateway is null ? await cartTotal.RecentAsync(cart) : await cartTotal.CalculateAsync(cart, gateway));
        return await reader.ReadAsync(draft, settings, mayAsk: true, cancellationToken, await subscriptionTerms.ApplyToAsync(cart) ? AssumedCart.Subscription : null);
    }

    /// <summary>The available methods at the time of placing the order. Makes no API call, because nopCommerce may hold a lock on all orders.</summary>
    public async Task<MethodAvailability> ForPlacementAsync(ProcessPaymentRequest request) => await reader.ReadAsync(
        await draftOrderFactory.CreateAsync(request.StoreId, request.OrderTotal), await storeSettings.ForStoreAsync(request.StoreId), mayAsk: false, CancellationToken.None,
        IsSubscription(request) ? AssumedCart.Subscription : null);

    /// <summary>Whether an order that is being placed begins a subscription: nopCommerce gives a recurring cart its interval (4.90.6, OrderProcessingService).</summary>
    public static bool IsSubscription(ProcessPaymentRequest request) => request.RecurringCycleLength > 0;

    /// <summary>The owner's rules in the current store.</summary>
    public async Task<MethodRules> RulesAsync() => MethodRules.Parse((await storeSettings.ForStoreAsync((await storeContext.GetCurrentStoreAsync()).Id)).Methods);

    /// <summary>The display name of a method in the customer's language (<see cref="MethodRules.TitleOf"/>).</summary>
    public async Task<string> TitleAsync(PaymentMethod method) => (await RulesAsync()).TitleOf(method, (await workContext.GetWorkingLanguageAsync()).Id);
}
