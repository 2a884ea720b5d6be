using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Discounts;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Tax;
using Nop.Services.Catalog;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Adds up a cart in nopCommerce's order: lines, attributes, discount on them, shipping, fee, tax by rate, then discount and gift card on the whole.</summary>
internal sealed class CartCalculator(
    ShopDatabase database,
    TaxCalculator taxes,
    IPriceCalculationService prices,
    IPaymentService payments,
    TaxTotalMemory taxMemory,
    TaxSettings taxSettings) : IOrderTotalCalculationService
{
    public async Task<CartTotals> CalculateAsync(IList<ShoppingCartItem> cart, CheckoutChoices choices, bool withPaymentFee = true)
    {
        var address = choices.BillingAddressId == 0 ? null : await database.FindAsync<Address>(choices.BillingAddressId);
        var lines = new List<ShopCartLine>();
        foreach (var item in cart)
            lines.Add(await LineAsync(item, address));

        var wrapping = choices.GiftWrapping ? await WrappingAsync(address) : null;
        var shipping = await ShippingAsync(choices.ShippingMethod, lines, address);
        var fee = withPaymentFee ? await FeeAsync(cart, choices.PaymentMethodSystemName, address) : new TaxedPrice(0, 0, 0);

        var parts = lines.Select(line => line.Line).Concat(wrapping is null ? [] : [wrapping]).ToList();
        var subtotalExcl = await prices.RoundPriceAsync(parts.Sum(part => part.ExclTax));
        var subtotalIncl = await prices.RoundPriceAsync(parts.Sum(part => part.InclTax));
        var share = choices.CouponCode == Coupons.TenPercentOffItems ? 0.10m : 0;
        var discountExcl = await prices.RoundPriceAsync(subtotalExcl * share);
        var discountIncl = await prices.RoundPriceAsync(subtotalIncl * share);

        var taxed = parts.Select(part => (part.Rate, part.Tax * (1 - share))).Append((shipping.Rate, shipping.Tax));
        var (byRate, taxTotal) = taxMemory.Find(withPaymentFee) ?? await AddUpTaxAsync(taxed, withPaymentFee ? fee : null);
        var whole = await prices.RoundPriceAsync(subtotalExcl - discountExcl + shipping.ExclTax + fee.ExclTax + taxTotal);
        var orderDiscount = choices.CouponCode == Coupons.FiveOffTotal ? Math.Min(Coupons.FiveOffTotalAmount, whole) : 0;
        var giftCard = Math.Min(await GiftCardBalanceAsync(choices.GiftCardCode), whole - orderDiscount);

        return new CartTotals
        {
            Lines = lines,
            GiftWrapping = wrapping,
            SubtotalExclTax = subtotalExcl,
            SubtotalInclTax = subtotalIncl,
            SubtotalDiscountExclTax = discountExcl,
            SubtotalDiscountInclTax = discountIncl,
            Shipping = shipping,
            PaymentFee = fee,
            Tax = taxTotal,
            TaxByRate = byRate,
            OrderDiscount = orderDiscount,
            GiftCardAmount = giftCard,
            Total = whole - orderDiscount - giftCard,
        };
    }

    public async Task<(decimal? shoppingCartTotal, decimal discountAmount, List<Discount> appliedDiscounts, List<AppliedGiftCard> appliedGiftCards, int redeemedRewardPoints,
        decimal redeemedRewardPointsAmount)> GetShoppingCartTotalAsync(IList<ShoppingCartItem> cart, bool? useRewardPoints = null, bool usePaymentMethodAdditionalFee = true)
    {
        var customerId = cart.Count == 0 ? 0 : cart[0].CustomerId;
        var choices = await database.FirstOrDefaultAsync<CheckoutChoices>(row => row.CustomerId == customerId) ?? new CheckoutChoices();
        var totals = await CalculateAsync(cart, choices, usePaymentMethodAdditionalFee);
        return (totals.Total, totals.OrderDiscount, [], [], 0, 0);
    }

    /// <summary>A percentage goes through single precision in nopCommerce, and so it does here.</summary>
    public async Task<decimal> CalculatePaymentAdditionalFeeAsync(IList<ShoppingCartItem> cart, decimal fee, bool usePercentage)
    {
        if (!usePercentage || fee == 0)
            return fee;
        var total = (await GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)).shoppingCartTotal ?? 0;
        return (decimal)((float)total * (float)fee / 100f);
    }

    public async Task<decimal> GiftCardBalanceAsync(string code)
    {
        if (string.IsNullOrEmpty(code))
            return 0;
        if (await database.FirstOrDefaultAsync<GiftCard>(card => card.GiftCardCouponCode == code && card.IsGiftCardActivated) is not { } card)
            return 0;
        return card.Amount - (await database.ListAsync<GiftCardUsageHistory>(usage => usage.GiftCardId == card.Id)).Sum(usage => usage.UsedValue);
    }

    private async Task<(SortedDictionary<decimal, decimal> ByRate, decimal Total)> AddUpTaxAsync(IEnumerable<(decimal Rate, decimal Tax)> taxed, TaxedPrice? fee)
    {
        var byRate = new SortedDictionary<decimal, decimal>();
        foreach (var (rate, tax) in fee is null ? taxed : taxed.Append((fee.Rate, fee.Tax)))
        {
            if (rate > 0 && tax > 0)
                byRate[rate] = byRate.GetValueOrDefault(rate) + tax;
        }

        foreach (var rate in byRate.Keys.ToList())
            byRate[rate] = await prices.RoundPriceAsync(byRate[rate]);
        if (fee is not null)
            taxMemory.Keep(byRate, fee.Tax);
        return (byRate, byRate.Values.Sum());
    }

    private async Task<ShopCartLine> LineAsync(ShoppingCartItem item, Address? address)
    {
        var product = await database.FindAsync<Product>(item.ProductId) ?? throw new InvalidOperationException($"Product {item.ProductId} is gone.");
        var price = await prices.RoundPriceAsync(product.Price);
        var category = product.IsTaxExempt ? TaxCalculator.Zero : product.TaxCategoryId;
        return new ShopCartLine(item, product,
            await taxes.SplitAsync(price, taxSettings.PricesIncludeTax, category, address),
            await taxes.SplitAsync(price * item.Quantity, taxSettings.PricesIncludeTax, category, address));
    }

    private async Task<TaxedPrice> WrappingAsync(Address? address)
    {
        var attribute = (await database.ListAsync<CheckoutAttribute>()).First();
        var value = (await database.ListAsync<CheckoutAttributeValue>(value => value.AttributeId == attribute.Id && value.PriceAdjustment > 0)).First();
        return await taxes.SplitAsync(value.PriceAdjustment, taxSettings.PricesIncludeTax, attribute.TaxCategoryId, address);
    }

    private async Task<TaxedPrice> ShippingAsync(string method, List<ShopCartLine> lines, Address? address) =>
        lines.Exists(line => line.Product.IsShipEnabled) && ShippingOption.Find(method) is { } option
            ? await RoundAsync(await taxes.SplitAsync(option.Price, taxSettings.ShippingPriceIncludesTax, TaxCalculator.Standard, address))
            : new TaxedPrice(0, 0, 0);

    private async Task<TaxedPrice> FeeAsync(IList<ShoppingCartItem> cart, string systemName, Address? address)
    {
        var fee = await payments.GetAdditionalHandlingFeeAsync(cart, systemName);
        var category = taxSettings.PaymentMethodAdditionalFeeIsTaxable ? TaxCalculator.Standard : TaxCalculator.Zero;
        return await RoundAsync(await taxes.SplitAsync(fee, taxSettings.PaymentMethodAdditionalFeeIncludesTax, category, address));
    }

    private async Task<TaxedPrice> RoundAsync(TaxedPrice price) =>
        price with { ExclTax = await prices.RoundPriceAsync(price.ExclTax), InclTax = await prices.RoundPriceAsync(price.InclTax) };
}
