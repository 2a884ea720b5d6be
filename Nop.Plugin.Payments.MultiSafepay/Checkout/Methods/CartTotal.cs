using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>What a cart costs with one payment method or another.</summary>
public class CartTotal(IOrderTotalCalculationService orderTotalCalculationService, RequestTotals requestTotals, MethodFee methodFee)
{
    /// <summary>The total in the primary store currency; 0 where nopCommerce cannot tell it yet.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="gateway">The method that is about to be chosen, whose fee counts then; without one no fee counts, since each method has its own.</param>
    public Task<decimal> CalculateAsync(IList<ShoppingCartItem> cart, string? gateway) => requestTotals.ApartAsync(async () => (gateway is null
        ? await orderTotalCalculationService.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)
        : await methodFee.AssumingAsync(gateway, () => orderTotalCalculationService.GetShoppingCartTotalAsync(cart))).shoppingCartTotal ?? 0);
}
