using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>Formats amounts for order notes: <c>EUR 12.34</c>, with the currency's ISO 4217 decimals, independent of the culture.</summary>
public static class MoneyText
{
    /// <summary>Formats an amount with its currency code.</summary>
    /// <param name="minorUnits">The amount in minor units.</param>
    /// <param name="currency">ISO 4217 code; a question mark is written if it is null or blank.</param>
    public static string Format(long minorUnits, string? currency)
    {
        var code = string.IsNullOrWhiteSpace(currency) ? "?" : currency;
        return $"{code} {MinorUnits.ToDecimal(minorUnits, code).ToString($"F{MinorUnits.Exponent(code)}", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Formats an amount for people: <c>EUR 1,234.50</c>, with the culture's separators.</summary>
    /// <param name="minorUnits">The amount in minor units.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="culture">The culture.</param>
    public static string ForPeople(long minorUnits, string currency, CultureInfo culture) =>
        $"{currency} {MinorUnits.ToDecimal(minorUnits, currency).ToString($"N{MinorUnits.Exponent(currency)}", culture)}";
}
