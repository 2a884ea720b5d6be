namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The values of an order's <c>capture</c> field, which MultiSafepay repeats in a transaction's <c>payment_details</c>.</summary>
public static class CaptureMode
{
    /// <summary>The payment is authorised only; the merchant captures it later.</summary>
    public const string Manual = "manual";
}
