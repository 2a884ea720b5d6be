using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Money between the shop's <see cref="decimal"/> and MultiSafepay's integers in a currency's smallest unit: 10 EUR is 1000, 10 JPY is 10.
/// The one place where this conversion is made.
/// </summary>
public static class MinorUnits
{
    private const int UsualExponent = 2;

    // ISO 4217: the currencies whose smallest unit is not a hundredth.
    private static readonly FrozenDictionary<string, int> _exponents = new (int Exponent, string Currencies)[]
        {
            (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
            (3, "BHD IQD JOD KWD LYD OMR TND"),
            (4, "CLF UYW")
        }
        .SelectMany(group => group.Currencies.Split(' ').Select(currency => (currency, group.Exponent)))
        .ToFrozenDictionary(pair => pair.currency, pair => pair.Exponent, StringComparer.OrdinalIgnoreCase);

    private static readonly decimal[] _powers = [1m, 10m, 100m, 1_000m, 10_000m];

    /// <summary>How many decimals a currency has.</summary>
    /// <param name="currency">The ISO 4217 code, in any case; an unknown one counts as having two decimals.</param>
    /// <exception cref="ArgumentException">No currency was given.</exception>
    public static int Exponent(string currency)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(currency);
        return _exponents.GetValueOrDefault(currency, UsualExponent);
    }

    /// <summary>An amount in the currency's smallest unit; half a unit is rounded away from zero.</summary>
    /// <param name="amount">The amount in the currency itself.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    /// <exception cref="OverflowException">The amount does not fit in 64 bits.</exception>
    public static long FromDecimal(decimal amount, string currency) =>
        decimal.ToInt64(decimal.Round(amount * _powers[Exponent(currency)], 0, MidpointRounding.AwayFromZero));

    /// <summary>An amount in the currency itself; exact for every <see cref="long"/>.</summary>
    /// <param name="minor">The amount in the currency's smallest unit.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    public static decimal ToDecimal(long minor, string currency) => minor / _powers[Exponent(currency)];
}
