using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>Determines the payment methods with which an order is only authorised, to be captured by the owner.</summary>
public static class ManualCapture
{
    /// <summary>
    /// The value of <c>capture</c>; null to charge at once. Only for a method that the customer has chosen, because the field applies to Visa, Mastercard and Maestro
    /// only (docs.multisafepay.com, Manual capture) and a payment page without a gateway offers every method.
    /// </summary>
    public static string? ModeFor(MultiSafepaySettings settings, MethodChoice method) => method.Gateway?.ToUpperInvariant() switch
    {
        "VISA" when settings.ManualCaptureVisa => CaptureMode.Manual,
        "MASTERCARD" when settings.ManualCaptureMastercard => CaptureMode.Manual,
        "MAESTRO" when settings.ManualCaptureMaestro => CaptureMode.Manual,
        _ => null
    };
}
