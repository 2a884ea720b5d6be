using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>
/// Where MultiSafepay notifies the shop. A plain controller: nopCommerce's own base classes and filters would create guests, redirect to a language or close
/// the door while the shop is under maintenance, and a payment would be missed.
/// </summary>
/// <remarks>
/// The actions have no parameters, so that nothing is bound to them: before it binds, ASP.NET Core reads a body that calls itself a form, whole, and the raw
/// bytes would be gone.
/// </remarks>
[IgnoreAntiforgeryToken]
public class MultiSafepayWebhookController(NotificationAuthenticator authenticator, RecentActivity activity, TimeProvider timeProvider) : Controller
{
    /// <summary>A signed notification.</summary>
    [HttpPost]
    public async Task<IActionResult> MultiSafepayNotification()
    {
        using var body = new NotificationBody(timeProvider);
        return Answer(await body.ReadAsync(Request, HttpContext.RequestAborted)
            ?? await authenticator.GuardAsync(StoreId, () => ReceiveAsync(body.Bytes), HttpContext.RequestAborted));
    }

    /// <summary>A hint by GET that an order has changed.</summary>
    [HttpGet]
    public async Task<IActionResult> MultiSafepayHint() =>
        Answer(await authenticator.GuardAsync(
            StoreId, () => NewHandler().HandleHintAsync(StoreId, Request.Query["transactionid"].ToString(), HttpContext.RequestAborted), HttpContext.RequestAborted));

    private async Task<NotificationResponse> ReceiveAsync(ReadOnlyMemory<byte> body) =>
        await authenticator.SignedWithAsync(StoreId, Request.Headers[NotificationSignature.HeaderName].ToString(), body) is { } environment
            ? await NewHandler().HandleAsync(StoreId, environment, Request.Query["payload_type"].ToString(), body, HttpContext.RequestAborted)
            : NotificationResponse.NotSigned;

    // Not a parameter of the constructor: nopCommerce makes many of its services for it, which nobody should get by knocking.
    private NotificationHandler NewHandler() => HttpContext.RequestServices.GetRequiredService<NotificationHandler>();

    // The route takes numbers only; where another route leads here, there is no store, and so no order.
    private int StoreId => int.TryParse(Convert.ToString(Request.RouteValues["storeId"], CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private ContentResult Answer(NotificationResponse answer)
    {
        // Whatever a service underneath has put there, MultiSafepay gets no cookie.
        Response.OnStarting(() =>
        {
            Response.Headers.Remove(HeaderNames.SetCookie);
            return Task.CompletedTask;
        });
        Response.Headers[HeaderNames.CacheControl] = "no-store";
        var what = $"{Request.Method} {OrderNotesAndLog.Clean(Request.Path)} {OrderNotesAndLog.Clean(Request.Query["transactionid"].ToString())}";
        if (HttpMethods.IsPost(Request.Method))
            activity.Notified(what, answer.StatusCode, answer.Text);
        else
            activity.Hinted(what, answer.StatusCode, answer.Text);
        return new ContentResult { StatusCode = answer.StatusCode, ContentType = "text/plain; charset=utf-8", Content = answer.Text };
    }
}
