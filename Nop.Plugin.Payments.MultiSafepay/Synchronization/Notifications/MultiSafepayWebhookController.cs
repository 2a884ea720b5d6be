using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>
/// Where MultiSafepay notifies the shop. A plain controller: nopCommerce's own base classes and filters would create guests, redirect to a language or close
/// the shop under maintenance, and a payment would be missed.
/// </summary>
/// <remarks>
/// The actions have no parameters, so that nothing is bound to them: before it binds, ASP.NET Core reads a body that calls itself a form, whole, and the raw
/// bytes would be gone.
/// </remarks>
[IgnoreAntiforgeryToken]
[ServiceFilter<NotificationExceptionFilter>]
public class MultiSafepayWebhookController : Controller
{
    /// <summary>A signed notification.</summary>
    [HttpPost]
    [ServiceFilter<NotificationAuthenticator>]
    public async Task<IActionResult> MultiSafepayNotification()
    {
        var notification = HttpContext.Features.GetRequiredFeature<SignedNotification>();
        return new NotificationResult(await NewHandler().HandleAsync(
            NotificationAuthenticator.StoreIdOf(Request), notification.Environment, Request.Query["payload_type"].ToString(), notification.Body, HttpContext.RequestAborted));
    }

    /// <summary>A hint by GET that an order has changed.</summary>
    [HttpGet]
    public async Task<IActionResult> MultiSafepayHint() => new NotificationResult(await NewHandler().HandleHintAsync(
        NotificationAuthenticator.StoreIdOf(Request), Request.Query["transactionid"].ToString(), HttpContext.RequestAborted));

    // Not a parameter of the constructor: nopCommerce creates many of its services for it, and a stranger's request must not cost that.
    private NotificationHandler NewHandler() => HttpContext.RequestServices.GetRequiredService<NotificationHandler>();
}
