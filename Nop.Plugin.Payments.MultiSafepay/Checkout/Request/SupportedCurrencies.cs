using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>The currencies that MultiSafepay's card methods process, which are all that any method of it does.</summary>
public static class SupportedCurrencies
{
    private static readonly FrozenSet<string> _codes =
        "AED AUD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HRK HUF ILS INR ISK JPY KRW MXN MYR NOK NZD PEN PHP PLN RON RUB SEK SGD THB TRY TWD UAH USD VEF ZAR"
            .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an order may be charged in this currency; the account still has to have it enabled.</summary>
    /// <param name="code">ISO 4217 code.</param>
    public static bool Contains(string? code) => code is not null && _codes.Contains(code);
}
