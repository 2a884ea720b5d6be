using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>
/// Receives MultiSafepay's notifications. It is a plain controller, because nopCommerce's base classes and filters would create guests, redirect to a language or close
/// the shop for maintenance, and a payment would be missed.
/// </summary>
/// <remarks>
/// The actions have no parameters, so that there is no model binding: ASP.NET Core reads the whole body of a request that claims to be a form before it binds, and the raw
/// bytes would be lost.
/// </remarks>
[IgnoreAntiforgeryToken]
[ServiceFilter<NotificationExceptionFilter>]
public class MultiSafepayWebhookController : Controller
{
    /// <summary>Handles a signed notification by POST.</summary>
    [HttpPost]
    [ServiceFilter<NotificationAuthenticator>]
    public async Task<IActionResult> MultiSafepayNotification()
    {
        var notification = HttpContext.Features.GetRequiredFeature<SignedNotification>();
        return new NotificationResult(await NewHandler().HandleAsync(
            NotificationAuthenticator.StoreIdOf(Request), notification.Environment, Request.Query["payload_type"].ToString(), notification.Body, HttpContext.RequestAborted));
    }

    /// <summary>Handles an unsigned notification by GET, a hint that an order has changed.</summary>
    [HttpGet]
    public async Task<IActionResult> MultiSafepayHint() => new NotificationResult(await NewHandler().HandleHintAsync(
        NotificationAuthenticator.StoreIdOf(Request), Request.Query["transactionid"].ToString(), HttpContext.RequestAborted));

    // Not a constructor parameter: nopCommerce creates many of its services for the handler, and a request without a valid signature must not cause that cost.
    private NotificationHandler NewHandler() => HttpContext.RequestServices.GetRequiredService<NotificationHandler>();
}
