using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>What a cart comes to before it is rounded, in the currency itself.</summary>
/// <param name="Items">The prices of all rows, without tax.</param>
/// <param name="Tax">The tax of all rows.</param>
public readonly record struct CartSums(decimal Items, decimal Tax);

/// <summary>
/// MultiSafepay's rule: the prices of all rows rounded once, plus the tax of all rows rounded once, half up, must be the order's amount (else 1027).
/// </summary>
/// <remarks>
/// The rule is published for currencies with two decimals. Whether the others are rounded to their own decimals or to two as well is not said, so a cart
/// has to add up both ways wherever the amount allows it. Neither is it said what "half up" does to a negative sum, which gift cards can cause; again both
/// ways have to lead to the amount.
/// </remarks>
public static class CartRule
{
    private const int PublishedDecimals = 2;

    /// <summary>Adds up a cart.</summary>
    public static CartSums SumsOf(ShoppingCart cart, TaxTables? taxTables)
    {
        decimal items = 0, tax = 0;
        foreach (var item in cart.Items)
        {
            var price = item.UnitPrice * item.Quantity;
            items += price;
            tax += price * RateOf(item, taxTables);
        }

        return new CartSums(items, tax);
    }

    /// <summary>Whether the sums come to the amount, by every reading of the rule.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="amount">The order's amount in minor units.</param>
    /// <param name="currency">ISO 4217 code.</param>
    public static bool IsMet(CartSums sums, long amount, string currency)
    {
        var target = MinorUnits.ToDecimal(amount, currency);
        var decimals = MinorUnits.Exponent(currency);
        return Meets(sums, target, decimals)
            && (decimals == PublishedDecimals || decimal.Round(target, PublishedDecimals) != target || Meets(sums, target, PublishedDecimals));
    }

    /// <summary>Rounds half up: towards positive infinity.</summary>
    internal static decimal HalfUp(decimal value, int decimals)
    {
        var rounded = decimal.Round(value, decimals, MidpointRounding.ToNegativeInfinity);
        return value - rounded >= Unit(decimals) / 2 ? rounded + Unit(decimals) : rounded;
    }

    /// <summary>The smallest step of so many decimals.</summary>
    internal static decimal Unit(int decimals) => new(1, 0, 0, false, (byte)decimals);

    private static bool Meets(CartSums sums, decimal target, int decimals) =>
        HalfUp(sums.Items, decimals) + HalfUp(sums.Tax, decimals) == target
        && HalfAwayFromZero(sums.Items, decimals) + HalfAwayFromZero(sums.Tax, decimals) == target;

    private static decimal HalfAwayFromZero(decimal value, int decimals) => decimal.Round(value, decimals, MidpointRounding.AwayFromZero);

    // Tables of other plugins may name countries; the rule for all countries is taken before any of those.
    internal static decimal RateOf(CartItem item, TaxTables? taxTables)
    {
        var table = item.TaxTableSelector is { } name ? taxTables?.Alternate.FirstOrDefault(table => table.Name == name) : null;
        if (table is null)
            return taxTables?.Default?.Rate ?? 0;
        return (table.Rules.FirstOrDefault(rule => rule.Country is null) ?? (table.Rules.Count > 0 ? table.Rules[0] : null))?.Rate ?? 0;
    }
}
