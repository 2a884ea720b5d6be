using System.Collections.Frozen;

namespace Sandbox.Simulator.Gateways;

/// <summary>Why a card payment was declined: the code and the text of an order's reason_code and reason (docs.multisafepay.com, Card payment errors; getOrderFailed3DS.json for the form).</summary>
public static class CardErrors
{
    /// <summary>Declined for one of many reasons, which the text alone tells.</summary>
    public const string Other = "4999";

    public static FrozenDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["3001"] = "3DS Authentication Failed / Card authentication failed",
        ["3002"] = "3DS Authentication Failed / Unknown device",
        ["3003"] = "Authentication Failed / Unsupported device",
        ["3004"] = "3DS Authentication Failed / Exceeds authentication frequency limit",
        ["3005"] = "3DS Authentication Failed / Expired card",
        ["3006"] = "3DS Authentication Failed / Invalid card number",
        ["3007"] = "3DS Authentication Failed / Invalid transaction",
        ["3008"] = "3DS Authentication Failed / No Card record",
        ["3009"] = "3DS Authentication Failed / Security failure",
        ["3010"] = "3DS Authentication Failed / Stolen card",
        ["3011"] = "3DS Authentication Failed / Suspected fraud",
        ["3012"] = "3DS Authentication Failed / Transaction not permitted to the cardholder",
        ["4001"] = "Do not honor",
        ["4002"] = "Insufficient funds",
        ["4003"] = "Suspected fraud",
        ["4004"] = "Soft decline",
        ["4005"] = "Expired card, or Invalid Account Number",
        [Other] = "Declined",
    }.ToFrozenDictionary();
}
