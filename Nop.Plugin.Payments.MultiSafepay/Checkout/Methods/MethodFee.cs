using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// Calculates the additional fee of a cart for the method that the customer has chosen so far. nopCommerce asks for it on every page of the checkout, taxes it by its
/// own rules and stores it with the order; the request to MultiSafepay is built from the order.
/// </summary>
public class MethodFee(
    MethodChoiceStore choiceStore,
    StoreSettings storeSettings,
    IWorkContext workContext,
    IStoreContext storeContext,
    IOrderTotalCalculationService orderTotalCalculationService,
    IOrderService orderService,
    PaymentSettings paymentSettings)
{
    private string? _assumed;

    /// <summary>The fee in the primary store currency, before tax rules: the general fee until a method is chosen and for the payment page.</summary>
    public async Task<decimal> OfAsync(IList<ShoppingCartItem> cart)
    {
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var (fee, isPercentage) = FeeFor(_assumed ?? await ChosenAsync(storeId), await storeSettings.ForStoreAsync(storeId));
        return fee <= 0 ? 0 : await orderTotalCalculationService.CalculatePaymentAdditionalFeeAsync(cart, fee, isPercentage);
    }

    /// <summary>Runs a calculation as if this method were already chosen, within this request.</summary>
    public async Task<T> AssumingAsync<T>(string gateway, Func<Task<T>> calculate)
    {
        _assumed = gateway;
        try
        {
            return await calculate();
        }
        finally
        {
            _assumed = null;
        }
    }

    /// <summary>The owner's fee setting for a method; a null gateway stands for the payment page.</summary>
    internal static (decimal Fee, bool IsPercentage) FeeFor(string? gateway, MultiSafepaySettings settings) =>
        gateway is not null && !settings.HostedPageOnly && MethodRules.Parse(settings.Methods)[gateway] is { Fee: { } fee } rule
            ? (fee, rule.FeeIsPercentage)
            : (settings.AdditionalFee, settings.AdditionalFeePercentage);

    // A choice that already belongs to an order does not apply to the next one. If the payment step is skipped, there is no choice.
    private async Task<string?> ChosenAsync(int storeId)
    {
        if (paymentSettings.SkipPaymentInfoStepForRedirectionPaymentMethods)
            return null;
        var customer = await workContext.GetCurrentCustomerAsync();
        return await choiceStore.CurrentAsync(customer, storeId) is { } choice && !await IsPlacedAsync(choice, customer.Id, storeId) ? choice.Gateway : null;
    }

    // The order's GUID is stored with the choice before nopCommerce saves the order, which can fail; the customer then tries again with the same choice.
    private async Task<bool> IsPlacedAsync(RememberedChoice choice, int customerId, int storeId) => choice.OrderGuid is { } guid
        && (await orderService.SearchOrdersAsync(storeId, customerId: customerId, pageSize: 1)).Any(latest => latest.OrderGuid == guid);
}
