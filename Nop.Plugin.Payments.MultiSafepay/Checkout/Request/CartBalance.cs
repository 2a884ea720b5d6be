using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>
/// Makes a cart add up to the order's amount. If rounding (or an edited order) leaves a difference, one explicit item compensates for it.
/// </summary>
/// <remarks>
/// <para>
/// The item is untaxed and has the quantity 1, so its price p changes the sum of the prices from N to N + p and does not change the tax T. With
/// p = amount − round(T) − round(N), a whole number of minor units, round(N + p) = round(N) + p, because rounding half up commutes with adding whole units.
/// The cart then adds up to round(N) + p + round(T) = amount for all N and T: a solution always exists.
/// </para>
/// <para>
/// A taxed item would not guarantee that: its price changes both sums, and some differences cannot be reached by any price of ten decimals.
/// </para>
/// </remarks>
public static class CartBalance
{
    /// <summary>The <c>merchant_item_id</c> of the item.</summary>
    public const string RoundingItemId = "rounding";

    /// <summary>The number of decimals of a unit price that MultiSafepay processes (docs.multisafepay.com, API reference).</summary>
    public const int PriceDecimals = 10;

    /// <summary>The tax table of untaxed items.</summary>
    internal static TaxTable Untaxed { get; } = TableOf(0);

    /// <summary>The tax table of a rate, named after the percentage.</summary>
    /// <param name="rate">The rate as a fraction: 0.21 is 21 %.</param>
    internal static TaxTable TableOf(decimal rate) => new()
    {
        Name = FormattableString.Invariant($"VAT{WithoutZeros(rate * 100)}"),
        Standalone = true,
        Rules = [new TaxRule { Rate = WithoutZeros(rate) }]
    };

    /// <summary>A number without trailing zeros, so that equal numbers are written alike.</summary>
    internal static decimal WithoutZeros(decimal value) => value / 1.0000000000000000000000000000m;

    /// <summary>Returns the cart and its tax tables with the compensating item, if one is needed. An item from an earlier call is removed first.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="options">The tax tables that the cart refers to; null for none.</param>
    /// <param name="amount">The order's amount in minor units.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="texts">The names of the item.</param>
    public static (ShoppingCart Cart, CheckoutOptions Options) Balance(ShoppingCart cart, CheckoutOptions? options, long amount, string currency, CartTexts texts)
    {
        var items = cart.Items.Where(item => item.MerchantItemId != RoundingItemId).ToList();
        var tables = options?.TaxTables ?? new TaxTables { Default = new DefaultTaxTable { ShippingTaxed = true, Rate = 0 } };
        var price = PriceOfRounding(CartRule.SumsOf(new ShoppingCart { Items = items }, tables), amount, currency);
        if (price != 0)
        {
            items.Add(new CartItem
            {
                Name = IsRounding(price, items.Count, currency) ? texts.Rounding : texts.Adjustment,
                UnitPrice = WithoutZeros(price),
                Quantity = 1,
                MerchantItemId = RoundingItemId,
                TaxTableSelector = Untaxed.Name
            });
            if (tables.Alternate.All(table => table.Name != Untaxed.Name))
                tables = tables with { Alternate = [.. tables.Alternate, Untaxed] };
        }

        return (new ShoppingCart { Items = items }, (options ?? new CheckoutOptions()) with { ValidateCart = true, TaxTables = tables });
    }

    /// <summary>The price of the item, in units of the currency; 0 if the cart needs none.</summary>
    internal static decimal PriceOfRounding(CartSums sums, long amount, string currency)
    {
        // A price in whole minor units always satisfies the published rule. The other interpretations (see CartRule) may need the exact difference, or one
        // smallest decimal more or less if that difference puts a sum exactly on the edge between two roundings.
        var decimals = MinorUnits.Exponent(currency);
        var target = MinorUnits.ToDecimal(amount, currency);
        var wholeUnits = target - CartRule.HalfUp(sums.Tax, decimals) - CartRule.HalfUp(sums.Items, decimals);
        var exact = decimal.Round(target - sums.Tax - sums.Items, PriceDecimals, MidpointRounding.ToNegativeInfinity);
        foreach (var price in (ReadOnlySpan<decimal>)[0, wholeUnits, exact, exact - CartRule.Unit(PriceDecimals), exact + CartRule.Unit(PriceDecimals)])
        {
            if (CartRule.IsMet(sums with { Items = sums.Items + price }, amount, currency))
                return price;
        }

        return wholeUnits;
    }

    // Each item may leave a fraction, and the shop's own rounding of the total may add a few units.
    private static bool IsRounding(decimal price, int rows, string currency) =>
        Math.Abs(price) <= (rows + 5) * CartRule.Unit(MinorUnits.Exponent(currency));
}
