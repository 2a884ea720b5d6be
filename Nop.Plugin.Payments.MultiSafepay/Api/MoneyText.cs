using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>Amounts as people read them in notes: <c>EUR 12.34</c>, with the decimals that ISO 4217 gives the currency, whatever the culture.</summary>
public static class MoneyText
{
    /// <summary>Writes an amount.</summary>
    /// <param name="minorUnits">In the currency's smallest unit.</param>
    /// <param name="currency">ISO 4217 code; a question mark is written where there is none.</param>
    public static string Format(long minorUnits, string? currency)
    {
        var code = string.IsNullOrWhiteSpace(currency) ? "?" : currency;
        return $"{code} {MinorUnits.ToDecimal(minorUnits, code).ToString($"F{MinorUnits.Exponent(code)}", CultureInfo.InvariantCulture)}";
    }
}
