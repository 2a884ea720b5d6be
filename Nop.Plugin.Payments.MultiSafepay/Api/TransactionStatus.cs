namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// MultiSafepay's values of an order's status (<see cref="Transaction.Status"/>) and financial status (<see cref="Transaction.FinancialStatus"/>), from
/// docs.multisafepay.com, Payment statuses. Constants rather than an enum, because MultiSafepay may add a value, which must not cause a payment to be lost.
/// </summary>
public static class TransactionStatus
{
    /// <summary>Started, not paid yet. As the financial status of a <see cref="Completed"/> card payment: authorised, not captured; of other methods: paid, collected by the provider.</summary>
    public const string Initialized = "initialized";

    /// <summary>Paid.</summary>
    public const string Completed = "completed";

    /// <summary>Held for a fraud review, to be accepted or declined by hand; for other methods: waiting for the customer or the provider.</summary>
    public const string Uncleared = "uncleared";

    /// <summary>Shipped; with pay-later methods the funds follow.</summary>
    public const string Shipped = "shipped";

    /// <summary>Declined by the issuer or the acquirer.</summary>
    public const string Declined = "declined";

    /// <summary>Cancelled by the customer or the shop; <see cref="Void"/> is the other value for this.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Cancelled, charged back, or an authorisation that was cancelled or has expired.</summary>
    public const string Void = "void";

    /// <summary>Not paid in time.</summary>
    public const string Expired = "expired";

    /// <summary>A refund that is waiting for the bank or for balance.</summary>
    public const string Reserved = "reserved";

    /// <summary>Refunded in full.</summary>
    public const string Refunded = "refunded";

    /// <summary>Refunded in part.</summary>
    public const string PartialRefunded = "partial_refunded";

    /// <summary>Charged back by the customer's bank (spelling of the OpenAPI description).</summary>
    public const string Chargeback = "chargeback";

    /// <summary>Charged back by the customer's bank (spelling of the documentation).</summary>
    public const string Chargedback = "chargedback";
}
