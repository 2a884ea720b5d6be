namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// MultiSafepay's words for the state of an order (<see cref="Transaction.Status"/>) and of its money (<see cref="Transaction.FinancialStatus"/>).
/// Constants rather than an enum, because MultiSafepay may add one and a payment must not be lost over a new word.
/// </summary>
public static class TransactionStatus
{
    /// <summary>Started, not paid yet; as a financial status beside <see cref="Completed"/>: authorised, not captured.</summary>
    public const string Initialized = "initialized";

    /// <summary>Paid.</summary>
    public const string Completed = "completed";

    /// <summary>Held for a fraud review: to be accepted or declined by hand.</summary>
    public const string Uncleared = "uncleared";

    /// <summary>Shipped; with pay-later methods the money follows.</summary>
    public const string Shipped = "shipped";

    /// <summary>Refused by the issuer or the acquirer.</summary>
    public const string Declined = "declined";

    /// <summary>Cancelled by the customer or the shop (one of two words for it).</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Cancelled, charged back, or an authorisation given back (the other word for cancelled).</summary>
    public const string Void = "void";

    /// <summary>Not paid in time.</summary>
    public const string Expired = "expired";

    /// <summary>A refund that waits for the bank or for balance.</summary>
    public const string Reserved = "reserved";

    /// <summary>Refunded in full.</summary>
    public const string Refunded = "refunded";

    /// <summary>Refunded in part.</summary>
    public const string PartialRefunded = "partial_refunded";

    /// <summary>Taken back by the customer's bank (the spelling of the OpenAPI description).</summary>
    public const string Chargeback = "chargeback";

    /// <summary>Taken back by the customer's bank (the spelling of the documentation).</summary>
    public const string Chargedback = "chargedback";
}
