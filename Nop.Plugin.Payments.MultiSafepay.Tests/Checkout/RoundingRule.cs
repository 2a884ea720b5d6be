using System.Numerics;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>
/// MultiSafepay's rounding rule, written a second time and in whole numbers only: the prices of all rows, rounded half up, plus the tax of all rows, rounded
/// half up. It shares no code with the plugin.
/// </summary>
internal static class RoundingRule
{
    private const int PriceDecimals = 10;
    private const int RateDecimals = 10;

    /// <summary>What the cart comes to, in units of so many decimals.</summary>
    public static BigInteger Total(ShoppingCart cart, CheckoutOptions options, int decimals)
    {
        BigInteger items = 0, tax = 0;
        foreach (var item in cart.Items)
        {
            var table = options.TaxTables!.Alternate.Single(table => table.Name == item.TaxTableSelector);
            var price = Scaled(item.UnitPrice, PriceDecimals) * item.Quantity;
            items += price;
            tax += price * Scaled(table.Rules.Single().Rate, RateDecimals);
        }

        return RoundHalfUp(items, PriceDecimals - decimals) + RoundHalfUp(tax, PriceDecimals + RateDecimals - decimals);
    }

    /// <summary>A decimal as a whole number of its last digits; fails when it has more digits than that.</summary>
    public static BigInteger Scaled(decimal value, int decimals)
    {
        var bits = decimal.GetBits(value);
        var number = new BigInteger((uint)bits[2]) << 64 | new BigInteger((uint)bits[1]) << 32 | (uint)bits[0];
        var scale = (bits[3] >> 16) & 0xFF;
        if (bits[3] < 0)
            number = -number;
        if (scale <= decimals)
            return number * BigInteger.Pow(10, decimals - scale);

        var shortened = BigInteger.DivRem(number, BigInteger.Pow(10, scale - decimals), out var lost);
        return lost.IsZero ? shortened : throw new InvalidOperationException($"{value} has more than {decimals} decimals.");
    }

    // floor(x + 1/2)
    private static BigInteger RoundHalfUp(BigInteger value, int digits)
    {
        var unit = BigInteger.Pow(10, digits);
        var raised = value + (unit / 2);
        var quotient = BigInteger.DivRem(raised, unit, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
