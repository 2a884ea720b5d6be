using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>
/// Converts an order into MultiSafepay's cart: prices excluding tax in the charged currency, a tax rate for each item, and a total that is exactly the charge.
/// </summary>
public static class CartFactory
{
    private const string DiscountItemId = "discount";

    /// <summary>Builds the cart and the tax tables that it refers to.</summary>
    /// <param name="source">The data of the order.</param>
    /// <param name="charge">The charge of the order.</param>
    public static (ShoppingCart Cart, CheckoutOptions Options) Create(CartSource source, Charge charge)
    {
        // nopCommerce stores two prices: the customer saw one, and the other was derived from it and rounded. The one that matches the total better is used, and
        // the one that was shown if both match equally.
        var rates = new OrderTaxRates(source.TaxRates);
        var shown = RowsOf(source, rates, charge, source.PricesIncludeTax);
        var derived = RowsOf(source, rates, charge, !source.PricesIncludeTax);
        var rows = Difference(derived, charge) < Difference(shown, charge) ? derived : shown;

        var (cart, options) = CartOf(rows);
        return CartBalance.Balance(cart, options, charge.Amount, charge.Currency, source.Texts);
    }

    private static List<Row> RowsOf(CartSource source, OrderTaxRates rates, Charge charge, bool fromInclTax)
    {
        var subtotal = source.Lines.SelectMany(line => PartsOf(line, rates).Select(part => new Row(line, part))).ToList();
        List<Row> rows =
        [
            .. subtotal,
            .. DiscountRows(source, subtotal, fromInclTax),
            .. source.Charges.SelectMany(line => PartsOf(line, rates).Select(part => new Row(line, part))),
            .. source.Deductions.Select(line => new Row(line, new RatedAmount(0, TaxedAmount.Untaxed(-line.Amount.InclTax))))
        ];

        foreach (var row in rows)
            row.Price(fromInclTax, charge.CurrencyRate);
        return rows;
    }

    private static IReadOnlyList<RatedAmount> PartsOf(CartLine line, OrderTaxRates rates) =>
        line.MayMixRates ? rates.PartsOf(line.Amount, line.Quantity) : [rates.CalculateRate(line.Amount, line.Quantity)];

    // nopCommerce reduces the tax of each rate by the discount's share of the subtotal, so the discount is distributed over the rates in proportion.
    private static IEnumerable<Row> DiscountRows(CartSource source, List<Row> subtotal, bool fromInclTax)
    {
        if (source.SubtotalDiscount.IsZero)
            return [];

        var shares = subtotal.Where(row => row.Part.Amount.ExclTax > 0).GroupBy(row => row.Part.Rate)
            .Select(group => (Rate: group.Key, Share: group.Sum(row => row.Part.Amount.ExclTax))).OrderBy(share => share.Rate).ToList();
        var whole = fromInclTax ? shares.Sum(share => share.Share * (1 + share.Rate)) : shares.Sum(share => share.Share);
        if (whole <= 0)
            (shares, whole) = ([(0, 1)], 1);

        var discount = fromInclTax ? source.SubtotalDiscount.InclTax : source.SubtotalDiscount.ExclTax;
        return shares.Select(share =>
        {
            var net = -discount * share.Share / whole;
            var line = new CartLine(source.Texts.Discount, DiscountItemId, 1, source.SubtotalDiscount);
            return new Row(line, new RatedAmount(share.Rate, new TaxedAmount(net, net * (1 + share.Rate))));
        });
    }

    private static decimal Difference(List<Row> rows, Charge charge) => Math.Abs(CartBalance.PriceOfRounding(
        new CartSums(rows.Sum(row => row.UnitPrice * row.Quantity), rows.Sum(row => row.UnitPrice * row.Quantity * row.Part.Rate)), charge.Amount, charge.Currency));

    private static (ShoppingCart Cart, CheckoutOptions Options) CartOf(List<Row> rows)
    {
        var tables = rows.Select(row => row.Part.Rate).Distinct().Order().ToDictionary(rate => rate, CartBalance.TableOf);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var items = rows.Select(row => new CartItem
        {
            Name = row.Line.Name,
            Description = row.Line.Description,
            UnitPrice = CartBalance.WithoutZeros(row.UnitPrice),
            Quantity = row.Quantity,
            MerchantItemId = Unique(row.Line.ItemId, used),
            TaxTableSelector = tables[row.Part.Rate].Name
        });
        return (
            new ShoppingCart { Items = [.. items] },
            new CheckoutOptions
            {
                TaxTables = new TaxTables { Default = new DefaultTaxTable { ShippingTaxed = true, Rate = 0 }, Alternate = [.. tables.Values] }
            });
    }

    // The same product with different attributes makes two items, which a refund has to distinguish. The shipping item must keep its exact id.
    private static string Unique(string itemId, HashSet<string> used)
    {
        var unique = itemId;
        for (var number = 2; !used.Add(unique); number++)
            unique = FormattableString.Invariant($"{itemId}-{number}");
        return unique;
    }

    private sealed class Row(CartLine line, RatedAmount part)
    {
        public CartLine Line => line;

        public RatedAmount Part => part;

        public int Quantity { get; } = Math.Max(line.Quantity, 1);

        public decimal UnitPrice { get; private set; }

        public void Price(bool fromInclTax, decimal currencyRate)
        {
            var net = fromInclTax ? part.Amount.InclTax / (1 + part.Rate) : part.Amount.ExclTax;
            UnitPrice = decimal.Round(net * currencyRate / Quantity, CartBalance.PriceDecimals, MidpointRounding.AwayFromZero);
        }
    }
}
