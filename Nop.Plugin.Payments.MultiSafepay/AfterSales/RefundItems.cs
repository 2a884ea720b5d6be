using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>The names of the items that a refund adds to the cart, in the customer's language.</summary>
/// <param name="Refund">The name of an amount that belongs to no item of the order.</param>
/// <param name="Rounding">The name of the rounding difference.</param>
public sealed record RefundTexts(string Refund, string Rounding);

/// <summary>
/// Creates the cart of a refund, for methods that require one: all items of the order, and the refunded items with a negative price and their own tax rate. nopCommerce specifies only an
/// amount, so items that add up to it are looked for. If there are none, the amount becomes an item of its own for each tax rate, in proportion to the rate's share of what is left. A
/// last, untaxed item contains the rounding difference, so that the cart is reduced by exactly the amount, under MultiSafepay's rounding rule.
/// </summary>
public static class RefundItems
{
    private const string AdjustmentId = "refund";
    private const string RoundingId = "refund-rounding";
    private const int MaxRowsCombined = 12;

    /// <summary>Creates the items.</summary>
    /// <param name="cart">The cart as MultiSafepay shows it now, including the items of earlier refunds.</param>
    /// <param name="tables">The tax tables that the cart refers to; null for none.</param>
    /// <param name="amount">The amount to be refunded, in minor units of <paramref name="currency"/>.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="texts">The names of the added items.</param>
    public static RefundCheckoutData Create(ShoppingCart cart, TaxTables? tables, long amount, string currency, RefundTexts texts)
    {
        var left = Left(cart, tables);
        var money = MinorUnits.ToDecimal(amount, currency);
        var rows = (Matching(left, money, MinorUnits.ToDecimal(1, currency)) ?? Adjustments(left, money, texts)).ToList();

        var before = CartRule.SumsOf(cart, tables);
        var after = CartRule.SumsOf(new ShoppingCart { Items = [.. cart.Items, .. rows] }, tables);
        var decimals = MinorUnits.Exponent(currency);
        var target = MinorUnits.FromDecimal(CartRule.HalfUp(before.Items, decimals) + CartRule.HalfUp(before.Tax, decimals), currency) - amount;
        if (CartBalance.PriceOfRounding(after, target, currency) is var price and not 0)
        {
            (tables, var untaxed) = WithUntaxed(tables);
            rows.Add(Row(texts.Rounding, RoundingId, price, untaxed));
        }

        return new RefundCheckoutData { Items = [.. cart.Items, .. rows], TaxTables = tables };
    }

    // What is left of each item after earlier refunds. A discount is an item with a negative price, and can be refunded too.
    private static List<Line> Left(ShoppingCart cart, TaxTables? tables) =>
    [
        .. cart.Items
            .GroupBy(item => (item.MerchantItemId, item.TaxTableSelector, Price: Math.Abs(item.UnitPrice)))
            .Select(group => new Line(group.First(), group.Sum(item => Math.Sign(item.UnitPrice) * item.Quantity), CartRule.RateOf(group.First(), tables)))
            .Where(line => line.Quantity != 0)
    ];

    private static IEnumerable<CartItem>? Matching(List<Line> left, decimal money, decimal unit)
    {
        if (Comes(left.Sum(line => line.Gross * line.Quantity)))
            return left.Select(line => line.Back(line.Quantity));

        // Some pieces of one item, otherwise some complete items.
        foreach (var line in left.Where(line => line.Gross > 0 && line.Quantity > 0))
        {
            var pieces = decimal.Round(money / line.Gross);
            if (pieces >= 1 && pieces <= line.Quantity && Comes(line.Gross * pieces))
                return [line.Back((int)pieces)];
        }

        if (left.Count > MaxRowsCombined)
            return null;
        for (var set = 1; set < 1 << left.Count; set++)
        {
            var chosen = left.Where((_, index) => (set >> index & 1) == 1).ToList();
            if (Comes(chosen.Sum(line => line.Gross * line.Quantity)))
                return chosen.Select(line => line.Back(line.Quantity));
        }

        return null;

        bool Comes(decimal gross) => Math.Abs(gross - money) <= unit;
    }

    private static IEnumerable<CartItem> Adjustments(List<Line> left, decimal money, RefundTexts texts)
    {
        var rates = left.GroupBy(line => line.Rate)
            .Select(group => (Rate: group.Key, group.First().Item.TaxTableSelector, Gross: group.Sum(line => line.Gross * line.Quantity)))
            .Where(share => share.Gross > 0)
            .OrderByDescending(share => share.Gross)
            .ToList();
        var whole = rates.Sum(share => share.Gross);
        return rates.Select((share, index) => Row(
            texts.Refund,
            index == 0 ? AdjustmentId : FormattableString.Invariant($"{AdjustmentId}-{index + 1}"),
            -decimal.Round(money * share.Gross / whole / (1 + share.Rate), CartBalance.PriceDecimals, MidpointRounding.AwayFromZero),
            share.TaxTableSelector));
    }

    private static (TaxTables Tables, string? Selector) WithUntaxed(TaxTables? tables)
    {
        tables ??= new TaxTables { Default = new DefaultTaxTable { ShippingTaxed = true, Rate = 0 } };
        var known = tables.Alternate.FirstOrDefault(table => table.Name is not null && CartRule.RateOf(new CartItem { TaxTableSelector = table.Name }, tables) == 0);
        return known is not null ? (tables, known.Name) : (tables with { Alternate = [.. tables.Alternate, CartBalance.Untaxed] }, CartBalance.Untaxed.Name);
    }

    private static CartItem Row(string name, string id, decimal price, string? selector) => new()
    {
        Name = name,
        UnitPrice = CartBalance.WithoutZeros(price),
        Quantity = 1,
        MerchantItemId = id,
        TaxTableSelector = selector
    };

    private sealed record Line(CartItem Item, int Quantity, decimal Rate)
    {
        public decimal Gross => Math.Abs(Item.UnitPrice) * (1 + Rate);

        public CartItem Back(int pieces) => Item with { UnitPrice = -Math.Sign(pieces) * Math.Abs(Item.UnitPrice), Quantity = Math.Abs(pieces) };
    }
}
