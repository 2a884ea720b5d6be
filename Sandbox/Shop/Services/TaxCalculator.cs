using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Tax;
using Nop.Services.Directory;
using Nop.Services.Tax;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>A price with and without tax, and the rate in percent between them.</summary>
internal sealed record TaxedPrice(decimal ExclTax, decimal InclTax, decimal Rate)
{
    public decimal Tax => InclTax - ExclTax;
}

/// <summary>Tax by category, where the customer's country is subject to VAT. The shop enters its prices with tax, so the price without is not a round number.</summary>
internal sealed class TaxCalculator(ShopDatabase database, ICountryService countries, TaxSettings settings) : ITaxService
{
    public const int Standard = 1;
    public const int Reduced = 2;
    public const int Zero = 3;

    public async Task<decimal> RateAsync(int categoryId, Address? address) =>
        address is null || await countries.GetCountryByAddressAsync(address) is null or { SubjectToVat: true }
            ? (await database.FindAsync<TaxCategory>(categoryId))?.Rate ?? 0
            : 0;

    public async Task<TaxedPrice> SplitAsync(decimal price, bool priceIncludesTax, int categoryId, Address? address)
    {
        var rate = await RateAsync(categoryId, address);
        if (!priceIncludesTax)
            return new TaxedPrice(price, price * (1 + (rate / 100)), rate);

        // The price tag holds for customers who pay the tax; others pay what is left without the shop's own rate.
        var own = (await database.FindAsync<TaxCategory>(categoryId))?.Rate ?? 0;
        var net = price / (1 + (own / 100));
        return rate == own ? new TaxedPrice(net, price, rate) : new TaxedPrice(net, net * (1 + (rate / 100)), rate);
    }

    public async Task<(decimal price, decimal taxRate)> GetCheckoutAttributePriceAsync(CheckoutAttribute ca, CheckoutAttributeValue cav, bool includingTax, Customer customer)
    {
        var address = customer?.BillingAddressId is { } id ? await database.FindAsync<Address>(id) : null;
        var split = await SplitAsync(cav.PriceAdjustment, settings.PricesIncludeTax, ca.IsTaxExempt ? Zero : ca.TaxCategoryId, address);
        return (includingTax ? split.InclTax : split.ExclTax, split.Rate);
    }
}
