using System.Security.Cryptography;
using System.Text.Json;
using Nop.Core;
using Nop.Core.Caching;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Services.Common;
using Nop.Services.Customers;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Calculates the total of a cart for a payment method.</summary>
public class CartTotal(
    IOrderTotalCalculationService orderTotalCalculationService,
    RequestTotals requestTotals,
    MethodFee methodFee,
    IWorkContext workContext,
    ICustomerService customerService,
    IGenericAttributeService genericAttributeService,
    IStaticCacheManager cache)
{
    /// <summary>The age up to which <see cref="RecentAsync"/> returns a total that was calculated before, in minutes.</summary>
    public const int MinutesOfRecent = 1;

    // What changes between the steps of the checkout without changing the total: nopCommerce's own (4.90.6, NopCustomerDefaults) and the choice of this plugin. A total without a fee does not
    // depend on the payment method.
    private static readonly string[] _irrelevant = ["SelectedPaymentMethod", "LastVisitedPage", "ProcessPaymentRequest"];

    /// <summary>Calculates the total, in the primary store currency; 0 if nopCommerce cannot calculate it yet.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="gateway">The method that is about to be chosen, whose fee is included; null for a total without a fee.</param>
    public Task<decimal> CalculateAsync(IList<ShoppingCartItem> cart, string? gateway) => requestTotals.ApartAsync(async () => (gateway is null
        ? await orderTotalCalculationService.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)
        : await methodFee.AssumingAsync(gateway, () => orderTotalCalculationService.GetShoppingCartTotalAsync(cart))).shoppingCartTotal ?? 0);

    /// <summary>
    /// The total without a fee, as it is or as it was up to <see cref="MinutesOfRecent"/> ago for the same cart, customer, addresses and choices. For the list of methods only, which the steps of the
    /// checkout ask for one after the other: nopCommerce takes longer for a total than for the rest of the step. The chosen method and the order are checked with the exact total.
    /// </summary>
    /// <param name="cart">The cart of the current customer.</param>
    public async Task<decimal> RecentAsync(IList<ShoppingCartItem> cart) =>
        await cache.GetAsync(new CacheKey($"{MultiSafepayDefaults.SystemName}.CartTotal.{await FingerprintAsync(cart)}") { CacheTime = MinutesOfRecent }, () => CalculateAsync(cart, gateway: null));

    // All that a customer can change. What the owner changes, such as a price or a discount, is noticed after a minute.
    private async Task<string> FingerprintAsync(IList<ShoppingCartItem> cart)
    {
        var customer = await workContext.GetCurrentCustomerAsync();
        var attributes = await genericAttributeService.GetAttributesForEntityAsync(customer.Id, nameof(Customer));
        return Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
        {
            customer.Id,
            customer.IsTaxExempt,
            customer.VatNumberStatusId,
            Roles = await customerService.GetCustomerRoleIdsAsync(customer),
            Currency = (await workContext.GetWorkingCurrencyAsync()).Id,
            Billing = Place(await customerService.GetCustomerBillingAddressAsync(customer)),
            Shipping = Place(await customerService.GetCustomerShippingAddressAsync(customer)),
            Attributes = attributes.Where(IsRelevant).OrderBy(row => row.Id).Select(row => new { row.StoreId, row.Key, row.Value }),
            Items = cart.Select(item => new { item.StoreId, item.ProductId, item.Quantity, item.AttributesXml, item.CustomerEnteredPrice, item.RentalStartDateUtc, item.RentalEndDateUtc })
        })));

        static object? Place(Address? address) => address is null ? null : new { address.Id, address.CountryId, address.StateProvinceId, address.City, address.ZipPostalCode };
    }

    private static bool IsRelevant(GenericAttribute row) =>
        !_irrelevant.Contains(row.Key, StringComparer.OrdinalIgnoreCase) && !row.Key.StartsWith(MethodChoiceStore.Prefix, StringComparison.OrdinalIgnoreCase);
}
