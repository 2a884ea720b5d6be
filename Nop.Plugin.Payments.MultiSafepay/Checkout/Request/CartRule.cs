using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>The unrounded sums of a cart, in units of the currency.</summary>
/// <param name="Items">The prices of all items, excluding tax.</param>
/// <param name="Tax">The tax of all items.</param>
public readonly record struct CartSums(decimal Items, decimal Tax);

/// <summary>
/// MultiSafepay's rule for carts: the sum of all prices, rounded half up, plus the sum of all taxes, rounded half up, must equal the order's amount (else error 1027).
/// </summary>
/// <remarks>
/// The rule is published for currencies with two decimals (docs.multisafepay.com, API reference). It does not say whether other currencies are rounded to their own
/// decimals or to two, so a cart has to add up in both ways wherever the amount allows it. Nor does it define "half up" for a negative sum, which gift cards can
/// cause; here, too, both interpretations have to give the amount.
/// </remarks>
public static class CartRule
{
    private const int PublishedDecimals = 2;

    /// <summary>Returns the unrounded sums of a cart.</summary>
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

    /// <summary>Whether the sums add up to the amount by every interpretation of the rule.</summary>
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

    /// <summary>The smallest difference between two numbers with this many decimals.</summary>
    internal static decimal Unit(int decimals) => new(1, 0, 0, false, (byte)decimals);

    private static bool Meets(CartSums sums, decimal target, int decimals) =>
        HalfUp(sums.Items, decimals) + HalfUp(sums.Tax, decimals) == target
        && HalfAwayFromZero(sums.Items, decimals) + HalfAwayFromZero(sums.Tax, decimals) == target;

    private static decimal HalfAwayFromZero(decimal value, int decimals) => decimal.Round(value, decimals, MidpointRounding.AwayFromZero);

    // The tax tables of other plugins may have rules for countries; a rule for all countries takes precedence.
    internal static decimal RateOf(CartItem item, TaxTables? taxTables)
    {
        var table = item.TaxTableSelector is { } name ? taxTables?.Alternate.FirstOrDefault(table => table.Name == name) : null;
        if (table is null)
            return taxTables?.Default?.Rate ?? 0;
        return (table.Rules.FirstOrDefault(rule => rule.Country is null) ?? (table.Rules.Count > 0 ? table.Rules[0] : null))?.Rate ?? 0;
    }
}
