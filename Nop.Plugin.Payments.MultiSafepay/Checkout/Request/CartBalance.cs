using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>
/// Makes a cart come to the order's amount, which leads: where rounding (or an edited order) leaves a difference, one explicit row carries it.
/// </summary>
/// <remarks>
/// <para>
/// The row bears no tax and has the quantity 1, so its price p changes the sum of the prices from N to N + p and leaves the tax T alone. With
/// p = amount − round(T) − round(N), a whole number of smallest units, round(N + p) = round(N) + p, because rounding half up commutes with adding whole units.
/// The cart then comes to round(N) + p + round(T) = amount, whatever N and T are: there is no order without a solution.
/// </para>
/// <para>
/// A taxed row could not promise that: its price moves both sums, and some differences are reached by no price of ten decimals.
/// </para>
/// </remarks>
public static class CartBalance
{
    /// <summary>The <c>merchant_item_id</c> of the row.</summary>
    public const string RoundingItemId = "rounding";

    /// <summary>The most decimals that MultiSafepay reads of a price.</summary>
    public const int PriceDecimals = 10;

    /// <summary>The table of rows that bear no tax.</summary>
    internal static TaxTable Untaxed { get; } = TableOf(0);

    /// <summary>The table of a rate; its name says the percentage.</summary>
    /// <param name="rate">The rate as a fraction.</param>
    internal static TaxTable TableOf(decimal rate) => new()
    {
        Name = FormattableString.Invariant($"VAT{WithoutZeros(rate * 100)}"),
        Standalone = true,
        Rules = [new TaxRule { Rate = WithoutZeros(rate) }]
    };

    /// <summary>A number without the zeros at its end, so that equal numbers are written alike.</summary>
    internal static decimal WithoutZeros(decimal value) => value / 1.0000000000000000000000000000m;

    /// <summary>The cart and its tax tables with the row, if it needs one. A row that an earlier balancing left is dropped first.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="options">The tax tables that the cart refers to.</param>
    /// <param name="amount">The order's amount in minor units.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="texts">The name of the row.</param>
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

    /// <summary>The price of the row; 0 when the cart needs none.</summary>
    internal static decimal PriceOfRounding(CartSums sums, long amount, string currency)
    {
        // Whole units satisfy the rule as it is published, always. Its other readings (see CartRule) may need the exact difference, or a hair beside it where
        // that puts a sum on the edge between two roundings.
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

    // Each row may leave a fraction, and the shop's own rounding of the total another few units.
    private static bool IsRounding(decimal price, int rows, string currency) =>
        Math.Abs(price) <= (rows + 5) * CartRule.Unit(MinorUnits.Exponent(currency));
}
