using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Calculates the total of a cart for a payment method.</summary>
public class CartTotal(IOrderTotalCalculationService orderTotalCalculationService, RequestTotals requestTotals, MethodFee methodFee)
{
    /// <summary>Calculates the total, in the primary store currency; 0 if nopCommerce cannot calculate it yet.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="gateway">The method that is about to be chosen, whose fee is included; null for a total without a fee.</param>
    public Task<decimal> CalculateAsync(IList<ShoppingCartItem> cart, string? gateway) => requestTotals.ApartAsync(async () => (gateway is null
        ? await orderTotalCalculationService.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)
        : await methodFee.AssumingAsync(gateway, () => orderTotalCalculationService.GetShoppingCartTotalAsync(cart))).shoppingCartTotal ?? 0);
}
