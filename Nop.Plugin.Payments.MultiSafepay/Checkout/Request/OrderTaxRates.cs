using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>An amount of an order as nopCommerce stores it: in the primary store currency, excluding and including tax.</summary>
/// <param name="ExclTax">The amount excluding tax.</param>
/// <param name="InclTax">The amount including tax.</param>
public readonly record struct TaxedAmount(decimal ExclTax, decimal InclTax)
{
    /// <summary>Creates an untaxed amount.</summary>
    public static TaxedAmount Untaxed(decimal amount) => new(amount, amount);

    /// <summary>Whether both amounts are zero.</summary>
    public bool IsZero => ExclTax == 0 && InclTax == 0;
}

/// <summary>A part of an amount, with its tax rate.</summary>
/// <param name="Rate">The rate as a fraction: 0.21 is 21 %.</param>
/// <param name="Amount">The part.</param>
public readonly record struct RatedAmount(decimal Rate, TaxedAmount Amount);

/// <summary>
/// Determines the tax rate of a line. nopCommerce stores a line's amounts excluding and including tax, both rounded, but not its rate; only the order as a whole
/// has a list of rates. The rate that follows from the rounded amounts is therefore corrected to the matching rate of the order.
/// </summary>
public sealed class OrderTaxRates
{
    // nopCommerce rounds a unit price to hundredths before it multiplies it, so each unit may be off by half a hundredth.
    private const decimal RoundingOfAPrice = 0.005m;

    private readonly List<decimal> _rates;

    /// <summary>Creates an instance for the tax rates of an order.</summary>
    /// <param name="percentages">The rates in percent, as nopCommerce stores them.</param>
    public OrderTaxRates(IEnumerable<decimal> percentages) =>
        _rates = [.. percentages.Where(percentage => percentage is > 0 and <= 100).Select(percentage => percentage / 100).Append(0).Distinct().Order()];

    /// <summary>
    /// Reads the rates that nopCommerce has stored with an order, as in <c>9:1.20;   21:4.55;   </c>: each rate in percent and its tax, in the invariant culture. nopCommerce's own method
    /// for it may go away after 4.90, and a rate may then have a name before it (<c>GST 5:1.23;</c>). What is no rate is left out.
    /// </summary>
    /// <param name="taxRates"><c>Order.TaxRates</c>; null or empty if nothing is taxed.</param>
    /// <returns>The rates in percent.</returns>
    public static IReadOnlyCollection<decimal> Read(string? taxRates) =>
    [
        .. (taxRates ?? string.Empty).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(rate => rate.Split(':')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault())
            .Select(text => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) ? rate : -1)
            .Where(rate => rate >= 0).Distinct()
    ];

    /// <summary>Determines the rate of a line with a single rate.</summary>
    /// <param name="amount">The line's total.</param>
    /// <param name="quantity">The number of units that the amount is for.</param>
    public RatedAmount CalculateRate(TaxedAmount amount, int quantity)
    {
        if (RateWithoutRounding(amount) is not { } suggested)
            return new RatedAmount(0, TaxedAmount.Untaxed(amount.InclTax));

        var tolerance = Tolerance(amount, quantity, suggested);
        var known = Nearest(suggested);
        return new RatedAmount(Math.Abs(known - suggested) <= tolerance ? known : Roundest(suggested, tolerance), amount);
    }

    /// <summary>Splits a sum that may combine different rates: an average rate between two rates of the order is divided between both.</summary>
    /// <param name="amount">The sum.</param>
    /// <param name="lines">The number of lines that the sum may combine, for the tolerance.</param>
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

    // Null if there is no tax, or if the amounts do not correspond to a rate between 0 and 100 %.
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

    // No rate of the order matches: the order was edited, or another plugin taxes it. The rate with the fewest digits that matches the amounts is the most likely.
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
