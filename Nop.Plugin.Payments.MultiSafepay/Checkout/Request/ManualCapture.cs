using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>For which methods an order is only authorised, and captured by the owner later.</summary>
public static class ManualCapture
{
    /// <summary>
    /// What to send as <c>capture</c>. Only for a method that the customer has chosen: with none, every method of the payment page would have to hold money, and
    /// MultiSafepay describes the field for card payments alone.
    /// </summary>
    public static string? ModeFor(MultiSafepaySettings settings, MethodChoice method) => method.Gateway?.ToUpperInvariant() switch
    {
        "VISA" when settings.ManualCaptureVisa => CaptureMode.Manual,
        "MASTERCARD" when settings.ManualCaptureMastercard => CaptureMode.Manual,
        "MAESTRO" when settings.ManualCaptureMaestro => CaptureMode.Manual,
        _ => null
    };
}
