namespace Sandbox.Simulator.State;

/// <summary>MultiSafepay's words for what became of an order, a transaction or a refund.</summary>
public static class Status
{
    public const string Initialized = "initialized";
    public const string Completed = "completed";
    public const string Uncleared = "uncleared";
    public const string Declined = "declined";
    public const string Cancelled = "cancelled";
    public const string Void = "void";
    public const string Expired = "expired";
    public const string Shipped = "shipped";
    public const string Refunded = "refunded";
    public const string PartialRefunded = "partial_refunded";
    public const string Chargeback = "chargeback";
    public const string Chargedback = "chargedback";
    public const string Reserved = "reserved";
}

/// <summary>What a transaction that hangs on another one is.</summary>
public static class RelatedType
{
    public const string Refund = "refund";
    public const string Capture = "capture";
    public const string Chargeback = "chargeback";
    public const string ReverseChargeback = "reverse-chargeback";
    public const string AuthCancellation = "auth-cancellation";
}
