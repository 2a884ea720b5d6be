using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>Determines the payment methods with which an order is only authorised, to be captured by the owner.</summary>
public static class ManualCapture
{
    /// <summary>
    /// The value of <c>capture</c>; null to charge at once. Only for a method that the customer has chosen, because a payment page without a gateway offers methods that
    /// cannot be captured by hand; and never for a subscription, which goes on only once it is paid.
    /// </summary>
    public static string? ModeFor(MultiSafepaySettings settings, MethodChoice method) =>
        method is { IsSubscription: false, Gateway: { } gateway } && IsWanted(settings, gateway) && ManualCaptureSupport.Allows(gateway, method.ManualCapture) ? CaptureMode.Manual : null;

    /// <summary>Whether the owner wants to capture the method by hand and the account does not allow it, so that the payment is charged at once.</summary>
    public static bool IsRefused(MultiSafepaySettings settings, MethodChoice method) =>
        method is { Gateway: { } gateway, ManualCapture: not null } && IsWanted(settings, gateway) && !ManualCaptureSupport.Allows(gateway, method.ManualCapture);

    // The known brands have settings of their own, all other methods a rule.
    private static bool IsWanted(MultiSafepaySettings settings, string gateway) => gateway.ToUpperInvariant() switch
    {
        "VISA" => settings.ManualCaptureVisa,
        "MASTERCARD" => settings.ManualCaptureMastercard,
        "MAESTRO" => settings.ManualCaptureMaestro,
        _ => MethodRules.Parse(settings.Methods)[gateway]?.CaptureByHand == true
    };
}
