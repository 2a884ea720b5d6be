namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The values of an order's <c>capture</c>, which MultiSafepay also shows in a transaction's <c>payment_details</c>.</summary>
public static class CaptureMode
{
    /// <summary>The payment is only authorised; the merchant captures it later.</summary>
    public const string Manual = "manual";
}
