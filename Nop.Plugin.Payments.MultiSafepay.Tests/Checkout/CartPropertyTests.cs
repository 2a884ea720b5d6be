using System.Numerics;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>What holds for the cart of every order: it comes to the amount, with one rounding row at most, and each row bears its own rate.</summary>
[TestFixture]
internal sealed class CartPropertyTests
{
    private const int Orders = 12_000;

    [TestCase("EUR", "1", "1")]
    [TestCase("EUR", "0.5", "1.5")]
    [TestCase("USD", "1.02", "1.31")]
    [TestCase("GBP", "0.83", "0.91")]
    [TestCase("JPY", "110", "175")]
    [TestCase("JPY", "1", "1")]
    [TestCase("KWD", "0.28", "0.36")]
    [TestCase("KRW", "1200", "1600")]
    public void The_cart_of_every_order_adds_up_to_the_amount(string currency, string least, string most) =>
        GeneratedOrders.In(currency, Number(least), Number(most)).Sample(order =>
        {
            var (cart, options) = CartFactory.Create(order.Source, order.Charge);
            return ComesToTheAmount(cart, options, order.Charge) && IsWellFormed(cart, options) && BearsItsRates(order, cart, options)
                && RoundsNoMoreThanNecessary(order, cart) && BearsTheTaxOfTheOrder(order, cart, options);
        }, iter: Orders);

    [TestCase("EUR")]
    [TestCase("JPY")]
    [TestCase("KWD")]
    public void The_cart_of_an_edited_order_adds_up_to_the_amount(string currency) =>
        GeneratedOrders.Edited(currency).Sample(order =>
        {
            var (cart, options) = CartFactory.Create(order.Source, order.Charge);
            return ComesToTheAmount(cart, options, order.Charge) && IsWellFormed(cart, options);
        }, iter: Orders);

    // The proof in CartBalance, tried: whatever the sums are, also negative ones and ones on the edge between two roundings, a price is found.
    [TestCase("EUR")]
    [TestCase("JPY")]
    [TestCase("KWD")]
    public void Every_cart_sum_can_be_balanced_by_one_rounding_price(string currency) =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.OneOf(1L, 1_000_000L, 5_000_000L, 50_000_000L, 500_000_000L),
            Gen.Long[-1_000_000, 1_000_000])
            .Sample((items, tax, edge, amount) =>
            {
                var sums = new CartSums(items / edge * edge / 10_000_000_000m, tax / edge * edge / 10_000_000_000m);
                var price = CartBalance.PriceOfRounding(sums, amount, currency);
                var decimals = MinorUnits.Exponent(currency);
                var total = HalfUp(sums.Items + price, decimals) + HalfUp(sums.Tax, decimals);
                RoundingRule.Scaled(price, 10); // throws beyond ten decimals
                return total == amount;
            }, iter: Orders);

    private static BigInteger HalfUp(decimal value, int decimals)
    {
        var unit = BigInteger.Pow(10, 20 - decimals);
        var raised = RoundingRule.Scaled(value, 20) + (unit / 2);
        return raised.Sign < 0 && !(raised % unit).IsZero ? (raised / unit) - 1 : raised / unit;
    }

    // By the currency's own decimals always; by the two decimals of the published rule wherever the amount has no more than two.
    private static bool ComesToTheAmount(ShoppingCart cart, CheckoutOptions options, Charge charge)
    {
        var decimals = MinorUnits.Exponent(charge.Currency);
        if (RoundingRule.Total(cart, options, decimals) != charge.Amount)
            return false;
        return decimals switch
        {
            0 => RoundingRule.Total(cart, options, 2) == charge.Amount * 100,
            3 => charge.Amount % 10 != 0 || RoundingRule.Total(cart, options, 2) == charge.Amount / 10,
            _ => true
        };
    }

    private static bool IsWellFormed(ShoppingCart cart, CheckoutOptions options)
    {
        foreach (var item in cart.Items)
            RoundingRule.Scaled(item.UnitPrice, 10); // throws beyond ten decimals
        var names = options.TaxTables!.Alternate.Select(table => table.Name).ToList();
        var rounding = cart.Items.Where(item => item.MerchantItemId == CartBalance.RoundingItemId).ToList();
        return options.ValidateCart == true
            && cart.Items.All(item => item.Quantity >= 1 && !string.IsNullOrEmpty(item.Name) && names.Contains(item.TaxTableSelector))
            && cart.Items.DistinctBy(item => item.MerchantItemId).Count() == cart.Items.Count
            && names.Distinct().Count() == names.Count
            && options.TaxTables.Alternate.All(table => table.Rules.Single().Rate is >= 0 and <= 1)
            && rounding.Count <= 1
            && rounding.All(item => item is { Quantity: 1, TaxTableSelector: "VAT0" } && item.UnitPrice != 0);
    }

    // Below a price of 1 the rounded amounts no longer tell neighbouring rates apart, and where all tax is discounted away the order does not keep its rates.
    private static bool BearsItsRates(GeneratedOrder order, ShoppingCart cart, CheckoutOptions options) =>
        order.Source.Lines.Zip(order.LineRates).Zip(cart.Items).All(pair =>
        {
            var ((line, rate), item) = pair;
            return line.Amount.ExclTax / line.Quantity < 1 || (rate > 0 && !order.Source.TaxRates.Contains(rate * 100)) || RateOf(item, options) == rate;
        });

    private static bool RoundsNoMoreThanNecessary(GeneratedOrder order, ShoppingCart cart)
    {
        // One unit of a small order is kept back, so that there is something to pay; below that the order is no longer consistent.
        var rounding = cart.Items.FirstOrDefault(item => item.MerchantItemId == CartBalance.RoundingItemId);
        var unit = MinorUnits.ToDecimal(1, order.Charge.Currency);
        return rounding is null || Math.Abs(rounding.UnitPrice) <= (order.RoundingLeft + 0.02m) * order.Charge.CurrencyRate + 2 * unit;
    }

    private static bool BearsTheTaxOfTheOrder(GeneratedOrder order, ShoppingCart cart, CheckoutOptions options)
    {
        if (HasLostARate(order))
            return true;
        var tax = cart.Items.Sum(item => item.UnitPrice * item.Quantity * RateOf(item, options));
        return Math.Abs(tax - (order.Tax * order.Charge.CurrencyRate)) <= (order.RoundingLeft + 0.02m) * order.Charge.CurrencyRate;
    }

    // A discount on the subtotal that takes away all tax of a rate takes the rate out of the order; what the lines had of it can no longer be told.
    private static bool HasLostARate(GeneratedOrder order) =>
        order.Source.SubtotalDiscount.ExclTax != 0 && order.LineRates.Any(rate => rate > 0 && !order.Source.TaxRates.Contains(rate * 100));

    private static decimal RateOf(CartItem item, CheckoutOptions options) =>
        options.TaxTables!.Alternate.Single(table => table.Name == item.TaxTableSelector).Rules.Single().Rate;

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
