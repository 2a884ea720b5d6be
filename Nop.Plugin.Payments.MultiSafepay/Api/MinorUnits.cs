using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Converts between the shop's <see cref="decimal"/> amounts and MultiSafepay's minor units (integers in a currency's smallest unit): 10 EUR is 1000, 10 JPY is 10.
/// No other code makes this conversion.
/// </summary>
public static class MinorUnits
{
    private const int UsualExponent = 2;

    // ISO 4217: the currencies whose minor unit is not a hundredth.
    private static readonly FrozenDictionary<string, int> _exponents = new (int Exponent, string Currencies)[]
        {
            (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
            (3, "BHD IQD JOD KWD LYD OMR TND"),
            (4, "CLF UYW")
        }
        .SelectMany(group => group.Currencies.Split(' ').Select(currency => (currency, group.Exponent)))
        .ToFrozenDictionary(pair => pair.currency, pair => pair.Exponent, StringComparer.OrdinalIgnoreCase);

    private static readonly decimal[] _powers = [1m, 10m, 100m, 1_000m, 10_000m];

    /// <summary>The number of decimals of a currency (ISO 4217).</summary>
    /// <param name="currency">The ISO 4217 code, in upper or lower case; an unknown code has two decimals.</param>
    /// <exception cref="ArgumentException">The currency is null or blank.</exception>
    public static int Exponent(string currency)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(currency);
        return _exponents.GetValueOrDefault(currency, UsualExponent);
    }

    /// <summary>Converts an amount to minor units; half a unit is rounded away from zero.</summary>
    /// <param name="amount">The amount in units of the currency.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    /// <exception cref="OverflowException">The result does not fit in 64 bits.</exception>
    public static long FromDecimal(decimal amount, string currency) =>
        decimal.ToInt64(decimal.Round(amount * _powers[Exponent(currency)], 0, MidpointRounding.AwayFromZero));

    /// <summary>Converts minor units to an amount in units of the currency; exact for every <see cref="long"/>.</summary>
    /// <param name="minor">The amount in minor units.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    public static decimal ToDecimal(long minor, string currency) => minor / _powers[Exponent(currency)];
}
