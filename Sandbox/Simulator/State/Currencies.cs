namespace Sandbox.Simulator.State;

/// <summary>The currencies the simulated account supports, how many decimals each has, and the rounding of MultiSafepay's cart rule.</summary>
public static class Currencies
{
    private static readonly HashSet<string> _twoDecimals = new(StringComparer.Ordinal)
    {
        "AED", "AUD", "BGN", "BRL", "CAD", "CHF", "CNY", "COP", "CZK", "DKK", "EUR", "GBP", "HKD", "HRK", "HUF", "ILS", "INR", "MXN", "MYR",
        "NOK", "NZD", "PEN", "PHP", "PLN", "RON", "RUB", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VEF", "ZAR",
    };

    private static readonly HashSet<string> _noDecimals = new(StringComparer.Ordinal) { "CLP", "ISK", "JPY", "KRW" };

    public static IEnumerable<string> All => _twoDecimals.Concat(_noDecimals).Order(StringComparer.Ordinal);

    public static bool IsSupported(string? currency) => currency is not null && (_twoDecimals.Contains(currency) || _noDecimals.Contains(currency));

    public static int Decimals(string currency) => _noDecimals.Contains(currency) ? 0 : 2;

    /// <summary>1234 in EUR becomes 12.34, 1234 in JPY stays 1234.</summary>
    public static decimal ToDecimal(long minorUnits, string currency) => Decimals(currency) == 0 ? minorUnits : minorUnits / 100m;

    /// <summary>Half up: 0.005 becomes 0.01, and -0.005 becomes -0.01.</summary>
    public static decimal Round(decimal value, string currency) => Math.Round(value, Decimals(currency), MidpointRounding.AwayFromZero);

    public static string Show(long minorUnits, string currency) =>
        ToDecimal(minorUnits, currency).ToString(Decimals(currency) == 0 ? "N0" : "N2", System.Globalization.CultureInfo.InvariantCulture) + " " + currency;
}
