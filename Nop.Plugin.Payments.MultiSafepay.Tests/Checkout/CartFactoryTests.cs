using System.Globalization;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>Carts of orders that can be followed with pencil and paper.</summary>
[TestFixture]
internal sealed class CartFactoryTests
{
    private static CartSource Order => new() { Texts = GeneratedOrders.Texts, PricesIncludeTax = true, TaxRates = [9, 21] };

    // The worked example of MultiSafepay's documentation.
    [Test]
    public void The_published_example_adds_up_to_its_amount()
    {
        var options = new CheckoutOptions { TaxTables = new TaxTables { Alternate = [CartBalance.TableOf(0.09m), CartBalance.TableOf(0.21m)] } };
        var cart = new ShoppingCart
        {
            Items =
            [
                new CartItem { UnitPrice = 13.761467889m, Quantity = 2, TaxTableSelector = "VAT9" },
                new CartItem { UnitPrice = 8.2644628099m, Quantity = 4, TaxTableSelector = "VAT21" },
                new CartItem { UnitPrice = 4.5412844037m, Quantity = 1, TaxTableSelector = "VAT9" }
            ]
        };

        var sums = CartRule.SumsOf(cart, options.TaxTables);
        Assert.That((CartRule.HalfUp(sums.Items, 2), CartRule.HalfUp(sums.Tax, 2)), Is.EqualTo((65.12m, 9.83m)));
        Assert.That(CartRule.IsMet(sums, 7495, "EUR"), Is.True);
        Assert.That(CartBalance.Balance(cart, options, 7495, "EUR", GeneratedOrders.Texts).Cart.Items, Has.Count.EqualTo(3));
    }

    [Test]
    public void The_order_of_the_published_example_gets_the_published_prices()
    {
        var (cart, _) = CartFactory.Create(
            Order with { Lines = [Line("a", 2, 27.5229m, 30), Line("b", 4, 33.0579m, 40), Line("c", 1, 4.5413m, 4.95m)] }, new Charge("EUR", 7495, 1));

        Assert.That(Rows(cart), Is.EqualTo(new[]
        {
            "a 2 13.7614678899 VAT9", "b 4 8.2644628099 VAT21", "c 1 4.5412844037 VAT9"
        }));
    }

    [Test]
    public void A_discount_is_spread_over_the_tax_rates()
    {
        var (cart, _) = CartFactory.Create(
            Order with { Lines = [Line("a", 1, 100, 121), Line("b", 1, 300, 327)], SubtotalDiscount = new TaxedAmount(40, 44.8m), PricesIncludeTax = false },
            new Charge("EUR", 40320, 1));

        Assert.That(Rows(cart), Is.EqualTo(new[] { "a 1 100 VAT21", "b 1 300 VAT9", "discount 1 -30 VAT9", "discount-2 1 -10 VAT21" }));
    }

    [Test]
    public void Gift_card_deductions_bear_no_tax()
    {
        var (cart, options) = CartFactory.Create(
            Order with
            {
                Lines = [Line("a", 1, 100, 121)],
                Charges = [Line(ShoppingCart.ShippingItemId, 1, 5, 6.05m), Line("payment-fee", 1, 1, 1)],
                Deductions = [Line("gift-card", 1, 110, 110), Line("gift-card", 1, 10, 10)]
            },
            new Charge("EUR", 805, 1));

        Assert.That(Rows(cart), Is.EqualTo(new[]
        {
            "a 1 100 VAT21", "msp-shipping 1 5 VAT21", "payment-fee 1 1 VAT0", "gift-card 1 -110 VAT0", "gift-card-2 1 -10 VAT0"
        }));
        Assert.That(RoundingRule.Total(cart, options, 2), Is.EqualTo(new System.Numerics.BigInteger(805)));
    }

    [Test]
    public void A_rounding_difference_goes_into_one_rounding_row()
    {
        var (cart, _) = CartFactory.Create(Order with { Lines = [Line("a", 1, 10.5m, 12.71m)], PricesIncludeTax = false }, new Charge("EUR", 1270, 1));

        Assert.That(Rows(cart), Is.EqualTo(new[] { "a 1 10.5 VAT21", "rounding 1 -0.01 VAT0" }));
        Assert.That(cart.Items[^1].Name, Is.EqualTo("Rounding"));
    }

    [Test]
    public void A_larger_difference_is_named_adjustment_instead_of_rounding()
    {
        var (cart, _) = CartFactory.Create(Order with { Lines = [Line("a", 1, 100, 121)] }, new Charge("EUR", 10_000, 1));

        Assert.That(Rows(cart), Is.EqualTo(new[] { "a 1 100 VAT21", "rounding 1 -21 VAT0" }));
        Assert.That(cart.Items[^1].Name, Is.EqualTo("Adjustment"));
    }

    [Test]
    public void A_row_with_mixed_tax_rates_is_split_by_rate()
    {
        var (cart, _) = CartFactory.Create(
            Order with { Lines = [Line("checkout-attributes", 1, 30, 34.5m) with { MayMixRates = true }], PricesIncludeTax = false }, new Charge("EUR", 3450, 1));

        // 15 % is half of 9 % and half of 21 %.
        Assert.That(Rows(cart), Is.EqualTo(new[] { "checkout-attributes 1 15 VAT9", "checkout-attributes-2 1 15 VAT21" }));
    }

    [Test]
    public void A_converted_order_is_not_rounded_line_by_line()
    {
        var (cart, _) = CartFactory.Create(Order with { Lines = [Line("a", 3, 30, 36.3m)] }, new Charge("USD", 3993, 1.1m));

        Assert.That(Rows(cart), Is.EqualTo(new[] { "a 3 11 VAT21" }));
    }

    [Test]
    public void Free_items_and_zero_quantities_do_not_divide_by_zero()
    {
        var (cart, _) = CartFactory.Create(
            Order with { Lines = [Line("free", 3, 0, 0), Line("gone", 0, 10, 12.1m)], SubtotalDiscount = new TaxedAmount(0, 1) }, new Charge("EUR", 1110, 1));

        Assert.That(Rows(cart)[0], Is.EqualTo("free 3 0 VAT0"));
        Assert.That(Rows(cart)[1], Is.EqualTo("gone 1 10 VAT21"));
    }

    [TestCase("9:1.20;   21:4.55;   ", "9 21")]
    [TestCase("21:4.55", "21")]
    [TestCase("8.875:0.10;8.875:0.20;", "8.875")]
    [TestCase("0:0;   ", "0")]
    [TestCase("GST 5:1.23;QST 9.975:2;", "5 9.975")]
    [TestCase("-5:1;;:;1,5:2;abc:1;1e3:4;21:1;", "21")]
    [TestCase("", "")]
    [TestCase(null, "")]
    public void The_tax_rates_of_an_order_are_read_as_nopCommerce_stores_them(string? stored, string rates) =>
        Assert.That(string.Join(' ', OrderTaxRates.Read(stored).Select(rate => rate.ToString(CultureInfo.InvariantCulture))), Is.EqualTo(rates));

    [Test]
    public void A_missing_tax_rate_is_inferred_as_the_roundest_that_fits() =>
        Assert.Multiple(() =>
        {
            var rates = new OrderTaxRates([]);
            Assert.That(rates.CalculateRate(new TaxedAmount(8.26m, 10), 1).Rate, Is.EqualTo(0.21m));
            Assert.That(rates.CalculateRate(new TaxedAmount(1000, 1088.75m), 1).Rate, Is.EqualTo(0.08875m));
            Assert.That(rates.CalculateRate(new TaxedAmount(10, 10), 1).Rate, Is.Zero);
            Assert.That(rates.CalculateRate(new TaxedAmount(10, 9), 1), Is.EqualTo(new RatedAmount(0, TaxedAmount.Untaxed(9))));
            Assert.That(rates.CalculateRate(new TaxedAmount(0, 9), 1), Is.EqualTo(new RatedAmount(0, TaxedAmount.Untaxed(9))));
        });

    [Test]
    public void Balancing_again_drops_the_earlier_rounding_row()
    {
        var (cart, options) = CartFactory.Create(Order with { Lines = [Line("a", 1, 10.5m, 12.71m)], PricesIncludeTax = false }, new Charge("EUR", 1270, 1));
        var again = CartBalance.Balance(cart, options, 1271, "EUR", GeneratedOrders.Texts);

        Assert.That(Rows(again.Cart), Is.EqualTo(new[] { "a 1 10.5 VAT21" }));
    }

    private static CartLine Line(string id, int quantity, decimal exclTax, decimal inclTax) => new(id, id, quantity, new TaxedAmount(exclTax, inclTax));

    private static string[] Rows(ShoppingCart cart) =>
        [.. cart.Items.Select(item => FormattableString.Invariant($"{item.MerchantItemId} {item.Quantity} {item.UnitPrice} {item.TaxTableSelector}"))];
}
