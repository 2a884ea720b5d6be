using System.Collections.Frozen;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>
/// The payment methods for which a shop in the European Economic Area may in general not charge a fee (Directive (EU) 2015/2366, PSD2, article 62 (4)): cards whose interchange fees are
/// regulated by Regulation (EU) 2015/751, which are the consumer cards of Visa, Mastercard and other schemes of four parties, and the credit transfers and direct debits of Regulation (EU)
/// No 260/2012. MultiSafepay's documentation (Surcharges) names the same methods, and American Express, PayPal, Amazon Pay and pay later as permitted.
/// </summary>
public static class Surcharges
{
    private static readonly FrozenSet<string> _forbidden = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "CREDITCARD", "VISA", "MASTERCARD", "MAESTRO", "VPAY", "DANKORT", "CARTEBANCAIRE", "POSTEPAY", "MISTERCASH", "BANCONTACT", "BANKTRANS", "DIRDEB");

    private static readonly FrozenSet<string> _permitted = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "AMEX", "PAYPAL", "AMAZONBTN");

    private static readonly FrozenSet<string> _knownWallets = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "APPLEPAY", "GOOGLEPAY");

    /// <summary>Whether a fee for a method is in general forbidden. A wallet counts as the cards that it contains.</summary>
    public static bool AreForbidden(PaymentMethod method) =>
        _forbidden.Contains(method.Id) || (!_permitted.Contains(method.Id) && (method.IsWallet ?? _knownWallets.Contains(method.Id)));
}
