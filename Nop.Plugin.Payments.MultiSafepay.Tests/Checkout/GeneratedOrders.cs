using System.Globalization;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>An order as nopCommerce would have placed it, with the rates that its lines really bear.</summary>
internal sealed record GeneratedOrder(CartSource Source, Charge Charge, IReadOnlyList<decimal> LineRates, decimal Tax, decimal RoundingLeft)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Charge.Amount} {Charge.Currency} at {Charge.CurrencyRate}, incl {Source.PricesIncludeTax}, rates [{string.Join(' ', LineRates)}] of [{string.Join(' ', Source.TaxRates)}], "
        + $"lines [{string.Join("; ", Source.Lines.Select(Show))}], discount {Source.SubtotalDiscount}, "
        + $"charges [{string.Join("; ", Source.Charges.Select(Show))}], deductions [{string.Join("; ", Source.Deductions.Select(Show))}]");

    private static string Show(CartLine line) => FormattableString.Invariant($"{line.Quantity} = {line.Amount.ExclTax}|{line.Amount.InclTax}");
}

/// <summary>Orders of every kind: prices with or without tax, several rates, exempt customers, discounts, gift cards, points, currencies.</summary>
internal static class GeneratedOrders
{
    public static readonly CartTexts Texts = new("Shipping", "Fee", "Extras", "Discount", "Gift card", "Points", "Rounding", "Adjustment");

    private static readonly decimal[][] _rateSets = [[21], [21, 9], [19, 7], [20, 10, 5.5m], [22, 10, 4], [8.875m], [25, 12, 6, 0], [0], [16, 5]];

    private sealed record Line(decimal Price, int Quantity, int Rate);

    private sealed record Extras(decimal Shipping, decimal Fee, int DiscountPercent, int TotalDiscountPercent, int GiftCardPercent, int PointsPercent);

    private sealed record Kind(int RateSet, bool PricesIncludeTax, int Decimals, bool Exempt, bool RoundsUnits);

    private static readonly Gen<decimal> _price = Gen.OneOf(
        Gen.Int[0, 100_000].Select(value => value / 100m),
        Gen.Int[1, 2_000].Select(value => value / 100m),
        Gen.Int[1, 50_000_000].Select(value => value / 10_000m));

    private static readonly Gen<Line[]> _lines = Gen.Select(
        _price, Gen.OneOf(Gen.Int[1, 5], Gen.Int[1, 1_000]), Gen.Int[0, 3]).Select((price, quantity, rate) => new Line(price, quantity, rate)).Array[1, 8];

    private static readonly Gen<int> _percent = Gen.Frequency((3, Gen.Const(0)), (2, Gen.Int[1, 60]), (1, Gen.Int[61, 100]));

    private static readonly Gen<Extras> _extras = Gen.Select(
        Gen.OneOf(Gen.Const(0m), _price), Gen.OneOf(Gen.Const(0m), _price), _percent, _percent, _percent, _percent)
        .Select((shipping, fee, discount, total, giftCard, points) => new Extras(shipping, fee, discount, total, giftCard, points));

    private static readonly Gen<Kind> _kind = Gen.Select(
        Gen.Int[0, _rateSets.Length - 1], Gen.Bool, Gen.OneOf(2, 2, 4), Gen.Frequency((5, Gen.Const(false)), (1, Gen.Const(true))), Gen.Bool)
        .Select((rates, incl, decimals, exempt, units) => new Kind(rates, incl, decimals, exempt, units));

    /// <summary>Orders charged in a currency, at rates between the least and the most.</summary>
    public static Gen<GeneratedOrder> In(string currency, decimal least, decimal most) =>
        Gen.Select(_lines, _extras, _kind, Gen.Int[0, 1_000_000]).Select((lines, extras, kind, part) =>
            Place(lines, extras, kind, currency, least == most ? least : decimal.Round(least + (most - least) * part / 1_000_000, 8)));

    /// <summary>Orders whose amount somebody changed afterwards, and whose parts no longer explain it.</summary>
    public static Gen<GeneratedOrder> Edited(string currency) =>
        Gen.Select(In(currency, 1, 1), Gen.Long[1, 10_000_000], Gen.Bool, Gen.Int[-500, 500]).Select((order, amount, knowsRates, shift) => order with
        {
            Charge = order.Charge with { Amount = amount },
            Source = order.Source with
            {
                TaxRates = knowsRates ? order.Source.TaxRates : [],
                Lines = [.. order.Source.Lines.Select(line => line with { Amount = line.Amount with { InclTax = line.Amount.InclTax + (shift / 100m) }, MayMixRates = shift % 2 == 0 })]
            }
        });

    // nopCommerce's arithmetic: the tax of each rate is lowered by the subtotal discount's share; total discount, gift card and points come off after tax.
    private static GeneratedOrder Place(Line[] lines, Extras extras, Kind kind, string currency, decimal currencyRate)
    {
        var rates = _rateSets[kind.RateSet];
        var lineRates = lines.Select(line => kind.Exempt ? 0 : rates[line.Rate % rates.Length] / 100).ToList();
        var left = 0.02m;
        var amounts = lines.Zip(lineRates, (line, rate) => Amount(line.Price, rate, line.Quantity)).ToList();
        var shipping = Amount(extras.Shipping, kind.Exempt ? 0 : rates[0] / 100, 1);
        var fee = Amount(extras.Fee, kind.Exempt ? 0 : rates[0] / 100, 1);

        var subtotal = amounts.Sum(amount => amount.ExclTax);
        var discount = Round(subtotal * extras.DiscountPercent / 100, 2);
        var share = subtotal == 0 ? 0 : discount / subtotal;
        var taxes = amounts.Zip(lineRates).GroupBy(pair => pair.Second)
            .ToDictionary(group => group.Key, group => group.Sum(pair => pair.First.InclTax - pair.First.ExclTax) * (1 - share));
        var discountIncl = discount + amounts.Sum(amount => amount.InclTax - amount.ExclTax) * share;
        var tax = Round(taxes.Values.Sum() + (shipping.InclTax - shipping.ExclTax) + (fee.InclTax - fee.ExclTax), 2);
        var whole = Round(subtotal - discount + shipping.ExclTax + fee.ExclTax + tax, 2);

        var totalDiscount = Take(whole, extras.TotalDiscountPercent);
        var giftCard = Take(whole - totalDiscount, extras.GiftCardPercent);
        var points = Take(whole - totalDiscount - giftCard, extras.PointsPercent);
        var total = Math.Max(whole - totalDiscount - giftCard - points, 0.01m);

        return new GeneratedOrder(
            new CartSource
            {
                Lines = [.. amounts.Select((amount, index) => new CartLine($"Item {index}", $"sku-{index % 3}", lines[index].Quantity, amount))],
                SubtotalDiscount = new TaxedAmount(discount, Round(discountIncl, kind.Decimals)),
                Charges = [.. new[] { new CartLine("Shipping", ShoppingCart.ShippingItemId, 1, shipping), new CartLine("Fee", "payment-fee", 1, fee) }.Where(line => !line.Amount.IsZero)],
                Deductions =
                [
                    .. new[] { totalDiscount, giftCard, points }.Where(deduction => deduction != 0)
                        .Select((deduction, index) => new CartLine("Less", $"less-{index}", 1, TaxedAmount.Untaxed(deduction)))
                ],
                TaxRates = [.. taxes.Where(pair => pair.Value > 0).Select(pair => pair.Key).Concat(Taxed(shipping, rates)).Concat(Taxed(fee, rates)).Distinct().Order().Select(rate => rate * 100)],
                PricesIncludeTax = kind.PricesIncludeTax,
                Texts = Texts
            },
            new Charge(currency, MinorUnits.FromDecimal(Round(total * currencyRate, 2), currency), currencyRate),
            lineRates,
            tax,
            left);

        TaxedAmount Amount(decimal price, decimal rate, int quantity)
        {
            left += kind.RoundsUnits ? 0.01m * (quantity + 1) : 0.02m;
            var unit = Round(price, kind.Decimals);
            var other = kind.PricesIncludeTax ? unit / (1 + rate) : unit * (1 + rate);
            var otherLine = Round((kind.RoundsUnits ? Round(other, kind.Decimals) : other) * quantity, kind.Decimals);
            return kind.PricesIncludeTax ? new TaxedAmount(otherLine, unit * quantity) : new TaxedAmount(unit * quantity, otherLine);
        }
    }

    private static IEnumerable<decimal> Taxed(TaxedAmount amount, decimal[] rates) => amount.InclTax != amount.ExclTax ? [rates[0] / 100] : [];

    private static decimal Take(decimal amount, int percent) => Round(amount * percent / 100, 2);

    // nopCommerce rounds half to even.
    private static decimal Round(decimal value, int decimals) => decimal.Round(value, decimals);
}
