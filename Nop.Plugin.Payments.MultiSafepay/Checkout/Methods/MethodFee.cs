using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// The additional fee of a cart, by the method that the customer has chosen so far. nopCommerce asks on every page of the checkout, taxes the fee by its own
/// rules and keeps it with the order; what MultiSafepay is told comes from the order.
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

    /// <summary>The fee in the primary store currency, before tax rules. Until a method is chosen, and for the payment page, the general fee.</summary>
    public async Task<decimal> OfAsync(IList<ShoppingCartItem> cart)
    {
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var (fee, isPercentage) = FeeFor(_assumed ?? await ChosenAsync(storeId), await storeSettings.ForStoreAsync(storeId));
        return fee <= 0 ? 0 : await orderTotalCalculationService.CalculatePaymentAdditionalFeeAsync(cart, fee, isPercentage);
    }

    /// <summary>Has nopCommerce add something up as if this method were chosen already, within this request.</summary>
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

    /// <summary>The fee of a method as the owner set it; null for the payment page.</summary>
    internal static (decimal Fee, bool IsPercentage) FeeFor(string? gateway, MultiSafepaySettings settings) =>
        gateway is not null && !settings.HostedPageOnly && MethodRules.Parse(settings.Methods)[gateway] is { Fee: { } fee } rule
            ? (fee, rule.FeeIsPercentage)
            : (settings.AdditionalFee, settings.AdditionalFeePercentage);

    // A choice that already belongs to an order says nothing about the next one, and where the step is skipped there is none.
    private async Task<string?> ChosenAsync(int storeId)
    {
        if (paymentSettings.SkipPaymentInfoStepForRedirectionPaymentMethods)
            return null;
        var customer = await workContext.GetCurrentCustomerAsync();
        return await choiceStore.CurrentAsync(customer, storeId) is { } choice && !await IsPlacedAsync(choice, customer.Id, storeId) ? choice.Gateway : null;
    }

    // The choice is given its order before nopCommerce saves that, which can fail; the customer tries again then, with the same choice.
    private async Task<bool> IsPlacedAsync(RememberedChoice choice, int customerId, int storeId) => choice.OrderGuid is { } guid
        && (await orderService.SearchOrdersAsync(storeId, customerId: customerId, pageSize: 1)).Any(latest => latest.OrderGuid == guid);
}
