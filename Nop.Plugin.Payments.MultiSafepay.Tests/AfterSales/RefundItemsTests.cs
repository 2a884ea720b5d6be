using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Refunds by items: the cart loses exactly the amount, with the true tax of what goes back.</summary>
[TestFixture]
public class RefundItemsTests
{
    private static readonly RefundTexts _texts = new("Refund", "Rounding");
    private static readonly decimal[] _rates = [0, 0.09m, 0.21m];

    private static readonly TaxTables _tables = new()
    {
        Default = new DefaultTaxTable { Rate = 0 },
        Alternate = [.. _rates.Select(rate => new TaxTable { Name = Name(rate), Rules = [new TaxRule { Rate = rate }] })]
    };

    private static readonly ShoppingCart _cart = new()
    {
        Items = [Item("pan", 123.9256198347m, 1, 0.21m), Item("spoon", 0.8347107438m, 3, 0.21m), Item("book", 25.6788990826m, 2, 0.09m), Item("gift", -5m, 1, 0m)]
    };

    [Test]
    public void Successive_refunds_reduce_the_cart_by_exactly_the_refunded_amount() =>
        (from cart in Carts()
         from currency in Gen.OneOf("EUR", "JPY")
         from parts in Gen.Int[1, 20_000].Array[1, 6]
         select (cart, currency, parts)).Sample((cart, currency, parts) =>
        {
            var tables = _tables;
            foreach (var part in parts.Append(int.MaxValue))
            {
                var before = Total(cart, tables, currency);
                var amount = Math.Min(part, before);
                if (amount <= 0)
                    return;
                var refund = RefundItems.Create(cart, tables, amount, currency, _texts);
                Assert.That(refund.Items.Take(cart.Items.Count), Is.EqualTo(cart.Items), "first all that is there");
                Assert.That(refund.Items.Skip(cart.Items.Count).All(item => item.Quantity > 0 && decimal.Round(item.UnitPrice, 10) == item.UnitPrice), Is.True);
                (cart, tables) = (new ShoppingCart { Items = refund.Items }, refund.TaxTables!);
                Assert.That(Total(cart, tables, currency), Is.EqualTo(before - amount));
            }
        });

    [TestCase(14995, "pan", 1)]
    [TestCase(202, "spoon", 2)]
    [TestCase(2799, "book", 1)]
    [TestCase(5598, "book", 2)]
    public void An_amount_that_matches_pieces_of_a_row_refunds_those_pieces(long amount, string row, int pieces)
    {
        var back = Back(amount);
        Assert.That(back.Where(item => item.MerchantItemId != "refund-rounding").Select(item => (item.MerchantItemId, item.Quantity)), Is.EqualTo(new[] { (row, pieces) }));
        Assert.That(back[0].UnitPrice, Is.EqualTo(-_cart.Items.Single(item => item.MerchantItemId == row).UnitPrice));
        Assert.That(back[0].TaxTableSelector, Is.EqualTo(_cart.Items.Single(item => item.MerchantItemId == row).TaxTableSelector));
    }

    [Test]
    public void An_amount_that_matches_several_whole_rows_refunds_those_rows()
    {
        var back = Back(14995 + 5598);
        Assert.That(back.Select(item => item.MerchantItemId).Except(["refund-rounding"]), Is.EquivalentTo(new[] { "pan", "book" }));
    }

    [Test]
    public void A_full_refund_reverses_every_row_including_the_discount()
    {
        var refund = RefundItems.Create(_cart, _tables, Total(_cart, _tables, "EUR"), "EUR", _texts);
        Assert.That(refund.Items.Skip(4).Select(item => (item.MerchantItemId, item.UnitPrice > 0)), Is.EqualTo(new[] { ("pan", false), ("spoon", false), ("book", false), ("gift", true) }));
        Assert.That(Total(new ShoppingCart { Items = refund.Items }, refund.TaxTables!, "EUR"), Is.Zero);
    }

    [Test]
    public void Any_other_amount_is_refunded_as_one_row_for_each_tax_rate()
    {
        var back = Back(1000);
        Assert.That(back.Where(item => item.Name == "Refund").Select(item => item.TaxTableSelector), Is.EquivalentTo(new[] { Name(0.21m), Name(0.09m) }));
        Assert.That(back.All(item => item.Name == "Refund" || Math.Abs(item.UnitPrice) <= 0.02m), Is.True, "and no more than rounding besides");
    }

    private static IReadOnlyList<CartItem> Back(long amount) => [.. RefundItems.Create(_cart, _tables, amount, "EUR", _texts).Items.Skip(_cart.Items.Count)];

    private static Gen<ShoppingCart> Carts() =>
        from items in Gen.Select(Gen.Int[1, 2_000_000], Gen.Int[1, 5], Gen.Int[0, 2], Gen.Bool).Array[1, 6]
        select new ShoppingCart
        {
            Items = [.. items.Select((item, index) => Item($"item-{index}", (item.Item4 && index > 0 && index % 4 == 0 ? -1 : 1) * item.Item1 / 9973m, item.Item2, _rates[item.Item3]))]
        };

    private static CartItem Item(string id, decimal price, int quantity, decimal rate) => new()
    {
        Name = id,
        MerchantItemId = id,
        UnitPrice = decimal.Round(price, 10),
        Quantity = quantity,
        TaxTableSelector = Name(rate)
    };

    private static string Name(decimal rate) => FormattableString.Invariant($"BTW{rate * 100:0}");

    private static long Total(ShoppingCart cart, TaxTables tables, string currency) =>
        (long)RoundingRule.Total(cart, new CheckoutOptions { TaxTables = tables }, currency == "JPY" ? 0 : 2);
}
