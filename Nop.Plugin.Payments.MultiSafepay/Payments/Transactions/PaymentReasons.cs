using System.Collections.Frozen;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>Why a payment was refused, in the words of the owner. The names are the ends of the texts' keys.</summary>
public enum PaymentReason
{
    /// <summary>The customer did not pass 3-D Secure.</summary>
    Authentication,

    /// <summary>The card has expired, or its number or code is wrong.</summary>
    Card,

    /// <summary>The bank suspects fraud, or has blocked the card.</summary>
    Blocked,

    /// <summary>MultiSafepay's own filter suspects fraud.</summary>
    FraudFilter,

    /// <summary>Too little money, or a limit of the card.</summary>
    Funds,

    /// <summary>The bank does not permit this payment, or gives no reason.</summary>
    Bank,

    /// <summary>A temporary fault at the bank.</summary>
    Temporary,

    /// <summary>The shop's account does not accept this card.</summary>
    Account
}

/// <summary>Reads MultiSafepay's reason of a payment that ended badly (docs.multisafepay.com, Card payment errors, as of August 2025). Pure functions.</summary>
public static class PaymentReasons
{
    private const string Success = "SUCCESS";

    // What MultiSafepay writes where there is no reason but the state itself, which stands beside it already: "Transaction declined", "Chargeback", "Expired".
    private static readonly FrozenSet<string> _states = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        Success, "Successful approval/completion", "declined", "cancelled", "canceled", "void", "voided", "expired", "chargeback", "charged back", "chargedback", "reserved", "uncleared",
        "refunded");

    private static readonly string[] _subjects = ["transaction ", "payment ", "order ", "is ", "was ", "has been ", "has "];

    private static readonly FrozenDictionary<string, PaymentReason> _byCode = new Dictionary<string, PaymentReason>
    {
        ["3001"] = PaymentReason.Authentication,
        ["3002"] = PaymentReason.Authentication,
        ["3003"] = PaymentReason.Authentication,
        ["3004"] = PaymentReason.Authentication,
        ["3005"] = PaymentReason.Card,
        ["3006"] = PaymentReason.Card,
        ["3007"] = PaymentReason.Authentication,
        ["3008"] = PaymentReason.Card,
        ["3009"] = PaymentReason.Authentication,
        ["3010"] = PaymentReason.Blocked,
        ["3011"] = PaymentReason.Blocked,
        ["3012"] = PaymentReason.Bank,
        ["4001"] = PaymentReason.Bank,
        ["4002"] = PaymentReason.Funds,
        ["4003"] = PaymentReason.Blocked,
        ["4004"] = PaymentReason.Authentication,
        ["4005"] = PaymentReason.Card
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // The texts of code 4999, by their beginning or by what only they contain; the first that fits counts.
    private static readonly (string Part, PaymentReason Reason)[] _byText =
    [
        ("Declined by MultiSafepay", PaymentReason.FraudFilter),
        ("customer authentication required", PaymentReason.Authentication),
        ("3D Secure", PaymentReason.Authentication),
        ("3DS", PaymentReason.Authentication),
        ("Cardholder not enrolled", PaymentReason.Authentication),
        ("timed out (ACS)", PaymentReason.Authentication),
        ("not permitted to acquirer", PaymentReason.Account),
        ("Insufficient funds", PaymentReason.Funds),
        ("Invalid amount", PaymentReason.Funds),
        ("Pick up the card", PaymentReason.Blocked),
        ("Restricted card", PaymentReason.Blocked),
        ("Suspected fraud", PaymentReason.Blocked),
        ("non-existent account", PaymentReason.Blocked),
        ("tries exceeded", PaymentReason.Blocked),
        ("Invalid card", PaymentReason.Card),
        ("Invalid issuer", PaymentReason.Card),
        ("Invalid PIN", PaymentReason.Card),
        ("CVV", PaymentReason.Card),
        ("Card type verification", PaymentReason.Card),
        ("Expired card", PaymentReason.Card),
        ("Re-enter transaction", PaymentReason.Temporary),
        ("temporarily unavailable", PaymentReason.Temporary),
        ("system inoperative", PaymentReason.Temporary),
        ("System error", PaymentReason.Temporary),
        ("Unable to route", PaymentReason.Temporary),
        ("Do not honor", PaymentReason.Bank),
        ("Refer to the card issuer", PaymentReason.Bank),
        ("Invalid merchant", PaymentReason.Bank),
        ("not permitted to", PaymentReason.Bank),
        ("cannot be completed", PaymentReason.Bank),
        ("Stop payment", PaymentReason.Bank),
        ("Revocation of", PaymentReason.Bank)
    ];

    /// <summary>What the reason of a payment that was refused means; null if MultiSafepay gives none, or one that is not documented.</summary>
    /// <param name="transaction">The payment.</param>
    public static PaymentReason? Of(Transaction transaction) => Of(transaction.ReasonCode, transaction.Reason);

    /// <inheritdoc cref="Of(Transaction)"/>
    /// <param name="code">MultiSafepay's code; null if it is not known.</param>
    /// <param name="text">MultiSafepay's text, which may be a mere code; null if it is not known.</param>
    public static PaymentReason? Of(string? code, string? text)
    {
        if ((OfCode(code) ?? OfCode(text)) is { } byCode)
            return byCode;
        foreach (var (part, reason) in _byText)
        {
            if (text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true)
                return reason;
        }

        return null;
    }

    /// <summary>MultiSafepay's text of the reason, for people; empty for none, for a mere code, and for a text that says no more than the state of the payment.</summary>
    /// <param name="transaction">The payment.</param>
    public static string TextOf(Transaction transaction) =>
        transaction.Reason?.Trim() is { Length: > 0 } text && text.Any(char.IsLetter) && !IsState(text) ? text : string.Empty;

    /// <summary>MultiSafepay's code and text of the reason, as they stand in its dashboard; empty for none.</summary>
    /// <param name="transaction">The payment.</param>
    public static string RawOf(Transaction transaction)
    {
        var reason = transaction.Reason?.Trim() is { Length: > 0 } text && !text.Equals(Success, StringComparison.OrdinalIgnoreCase) ? text : string.Empty;
        return $"{transaction.ReasonCode?.Trim()} {reason}".Trim();
    }

    private static bool IsState(string text)
    {
        var rest = text.TrimEnd('.', '!', ' ');
        foreach (var subject in _subjects)
        {
            if (rest.StartsWith(subject, StringComparison.OrdinalIgnoreCase))
                rest = rest[subject.Length..].TrimStart();
        }

        return _states.Contains(rest);
    }

    // Null for a code that is not documented, and for 4999, which its text explains.
    private static PaymentReason? OfCode(string? code) => code is not null && _byCode.TryGetValue(code.Trim(), out var reason) ? reason : null;
}
