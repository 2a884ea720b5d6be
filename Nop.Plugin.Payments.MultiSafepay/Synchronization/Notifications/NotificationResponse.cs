using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>The response to a notification: an HTTP status and a short text. MultiSafepay stops sending the notification again only for 200 with "OK".</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Text">The response body.</param>
public sealed record NotificationResponse(int StatusCode, string Text)
{
    /// <summary>The notification was applied or will never be relevant.</summary>
    public static NotificationResponse Ok { get; } = new(StatusCodes.Status200OK, "OK");

    /// <summary>The body cannot be read.</summary>
    public static NotificationResponse Unreadable { get; } = new(StatusCodes.Status400BadRequest, "The notification cannot be read.");

    /// <summary>The signature is missing or wrong.</summary>
    public static NotificationResponse NotSigned { get; } = new(StatusCodes.Status401Unauthorized, "The signature is missing or wrong.");

    /// <summary>The shop has no such order.</summary>
    public static NotificationResponse UnknownOrder { get; } = new(StatusCodes.Status404NotFound, "No such order.");

    /// <summary>The body did not arrive in time.</summary>
    public static NotificationResponse TooSlow { get; } = new(StatusCodes.Status408RequestTimeout, "The notification took too long.");

    /// <summary>The body is larger than any notification from MultiSafepay.</summary>
    public static NotificationResponse TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, "The notification is too large.");

    /// <summary>The rate limit is exceeded.</summary>
    public static NotificationResponse TooOften { get; } = new(StatusCodes.Status429TooManyRequests, "Too many requests.");

    /// <summary>A temporary failure.</summary>
    public static NotificationResponse TryLater { get; } = new(StatusCodes.Status503ServiceUnavailable, "Try again later.");

    /// <summary>The response body as it is sent.</summary>
    internal byte[] Bytes { get; } = Encoding.UTF8.GetBytes(Text);
}

/// <summary>Writes the response to a notification and records it for the diagnostics page.</summary>
internal sealed class NotificationResult(NotificationResponse response) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;

        // Whatever a service may have set, MultiSafepay gets no cookie.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.Remove(HeaderNames.SetCookie);
            return Task.CompletedTask;
        });
        http.Response.Headers[HeaderNames.CacheControl] = "no-store";

        var activity = http.RequestServices.GetRequiredService<RecentActivity>();
        var transactionId = http.Request.QueryString.HasValue ? OrderNotesAndLog.Clean(http.Request.Query["transactionid"].ToString()) : "";
        var what = $"{http.Request.Method} {OrderNotesAndLog.Clean(http.Request.Path)} {transactionId}";
        if (HttpMethods.IsPost(http.Request.Method))
            activity.Notified(what, response.StatusCode, response.Text);
        else
            activity.Hinted(what, response.StatusCode, response.Text);

        http.Response.StatusCode = response.StatusCode;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.ContentLength = response.Bytes.Length;
        return http.Response.Body.WriteAsync(response.Bytes, http.RequestAborted).AsTask();
    }
}
