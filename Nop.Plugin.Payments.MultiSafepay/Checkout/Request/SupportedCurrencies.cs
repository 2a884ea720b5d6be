using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>The currencies that MultiSafepay processes: those of the card methods in the example response of <c>GET payment-methods</c> (OpenAPI description).</summary>
public static class SupportedCurrencies
{
    private static readonly FrozenSet<string> _codes =
        "AED AUD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HRK HUF ILS INR ISK JPY KRW MXN MYR NOK NZD PEN PHP PLN RON RUB SEK SGD THB TRY TWD UAH USD VEF ZAR"
            .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an order can be charged in this currency. It must also be enabled in the MultiSafepay account.</summary>
    /// <param name="code">ISO 4217 code, in upper or lower case.</param>
    public static bool Contains(string? code) => code is not null && _codes.Contains(code);
}
