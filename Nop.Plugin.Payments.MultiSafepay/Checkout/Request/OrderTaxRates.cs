namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>An amount of an order as nopCommerce keeps it: in the primary store currency, without and with tax.</summary>
/// <param name="ExclTax">Without tax.</param>
/// <param name="InclTax">With tax.</param>
public readonly record struct TaxedAmount(decimal ExclTax, decimal InclTax)
{
    /// <summary>An amount that bears no tax.</summary>
    public static TaxedAmount Untaxed(decimal amount) => new(amount, amount);

    /// <summary>Whether nothing is left of it.</summary>
    public bool IsZero => ExclTax == 0 && InclTax == 0;
}

/// <summary>The part of an amount that bears one tax rate.</summary>
/// <param name="Rate">The rate as a fraction: 0.21 is 21 %.</param>
/// <param name="Amount">The part.</param>
public readonly record struct RatedAmount(decimal Rate, TaxedAmount Amount);

/// <summary>
/// Finds the tax rate of a line. nopCommerce keeps a line's amounts without and with tax, each rounded, but not its rate; the order as a whole keeps the
/// rates that occur in it. What the rounded amounts suggest is therefore set right by the rates of the order.
/// </summary>
public sealed class OrderTaxRates
{
    // nopCommerce rounds a price to hundredths before it multiplies it, so that each unit may be off by half of one.
    private const decimal RoundingOfAPrice = 0.005m;

    private readonly List<decimal> _rates;

    /// <summary>Takes the rates of an order.</summary>
    /// <param name="percentages">The rates in percent, as nopCommerce keeps them.</param>
    public OrderTaxRates(IEnumerable<decimal> percentages) =>
        _rates = [.. percentages.Where(percentage => percentage is > 0 and <= 100).Select(percentage => percentage / 100).Append(0).Distinct().Order()];

    /// <summary>The rate of a line that has one.</summary>
    /// <param name="amount">The line's total.</param>
    /// <param name="quantity">How many units it is for.</param>
    public RatedAmount CalculateRate(TaxedAmount amount, int quantity)
    {
        if (RateWithoutRounding(amount) is not { } suggested)
            return new RatedAmount(0, TaxedAmount.Untaxed(amount.InclTax));

        var tolerance = Tolerance(amount, quantity, suggested);
        var known = Nearest(suggested);
        return new RatedAmount(Math.Abs(known - suggested) <= tolerance ? known : Roundest(suggested, tolerance), amount);
    }

    /// <summary>The parts of a sum of lines whose rates may differ: what lies between two rates of the order is made of both.</summary>
    /// <param name="amount">The sum.</param>
    /// <param name="lines">How many lines it may be the sum of, for the tolerance.</param>
    public IReadOnlyList<RatedAmount> PartsOf(TaxedAmount amount, int lines)
    {
        var whole = CalculateRate(amount, lines);
        if (_rates.Contains(whole.Rate) || RateWithoutRounding(amount) is not { } blended || blended > _rates[^1])
            return [whole];

        var lower = _rates.Last(rate => rate < blended);
        var upper = _rates.First(rate => rate > blended);
        var upperPart = amount.ExclTax * (blended - lower) / (upper - lower);
        var lowerPart = amount.ExclTax - upperPart;
        return
        [
            new RatedAmount(lower, new TaxedAmount(lowerPart, lowerPart * (1 + lower))),
            new RatedAmount(upper, new TaxedAmount(upperPart, upperPart * (1 + upper)))
        ];
    }

    // None where there is no tax, or none that a rate could stand for.
    private static decimal? RateWithoutRounding(TaxedAmount amount)
    {
        if (amount.ExclTax == 0)
            return null;
        var rate = amount.InclTax / amount.ExclTax - 1;
        return rate is > 0 and <= 1 ? rate : null;
    }

    private static decimal Tolerance(TaxedAmount amount, int quantity, decimal rate) =>
        RoundingOfAPrice * (Math.Max(quantity, 1) + 1) * (2 + rate) / Math.Abs(amount.ExclTax);

    private decimal Nearest(decimal rate) => _rates.MinBy(known => Math.Abs(known - rate));

    // No rate of the order fits: the order was edited, or another plugin taxes it. The fewest digits that explain the amounts are the likeliest.
    private static decimal Roundest(decimal rate, decimal tolerance)
    {
        for (var decimals = 2; decimals < 6; decimals++)
        {
            var rounded = decimal.Round(rate, decimals, MidpointRounding.AwayFromZero);
            if (Math.Abs(rounded - rate) <= tolerance)
                return rounded;
        }

        return decimal.Round(rate, 6, MidpointRounding.AwayFromZero);
    }
}
