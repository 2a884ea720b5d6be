using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>What MultiSafepay is answered: an HTTP status and a short text. Only 200 with "OK" stops it from sending again.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Text">The body.</param>
public sealed record NotificationResponse(int StatusCode, string Text)
{
    /// <summary>Applied, or for ever irrelevant.</summary>
    public static NotificationResponse Ok { get; } = new(StatusCodes.Status200OK, "OK");

    /// <summary>The body cannot be read.</summary>
    public static NotificationResponse Unreadable { get; } = new(StatusCodes.Status400BadRequest, "The notification cannot be read.");

    /// <summary>The signature is missing or wrong.</summary>
    public static NotificationResponse NotSigned { get; } = new(StatusCodes.Status401Unauthorized, "The signature is missing or wrong.");

    /// <summary>The shop has no such order.</summary>
    public static NotificationResponse UnknownOrder { get; } = new(StatusCodes.Status404NotFound, "No such order.");

    /// <summary>The body did not come in time.</summary>
    public static NotificationResponse TooSlow { get; } = new(StatusCodes.Status408RequestTimeout, "The notification took too long.");

    /// <summary>The body is larger than any notification of MultiSafepay.</summary>
    public static NotificationResponse TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, "The notification is too large.");

    /// <summary>Asked too often.</summary>
    public static NotificationResponse TooOften { get; } = new(StatusCodes.Status429TooManyRequests, "Too many requests.");

    /// <summary>A passing failure.</summary>
    public static NotificationResponse TryLater { get; } = new(StatusCodes.Status503ServiceUnavailable, "Try again later.");
}

/// <summary>Writes the response to a notification, and shows it on the diagnostics page.</summary>
internal sealed class NotificationResult(NotificationResponse response) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;

        // Whatever a service underneath has put there, MultiSafepay gets no cookie.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.Remove(HeaderNames.SetCookie);
            return Task.CompletedTask;
        });
        http.Response.Headers[HeaderNames.CacheControl] = "no-store";

        var activity = http.RequestServices.GetRequiredService<RecentActivity>();
        var what = $"{http.Request.Method} {OrderNotesAndLog.Clean(http.Request.Path)} {OrderNotesAndLog.Clean(http.Request.Query["transactionid"].ToString())}";
        if (HttpMethods.IsPost(http.Request.Method))
            activity.Notified(what, response.StatusCode, response.Text);
        else
            activity.Hinted(what, response.StatusCode, response.Text);

        return new ContentResult { StatusCode = response.StatusCode, ContentType = "text/plain; charset=utf-8", Content = response.Text }.ExecuteResultAsync(context);
    }
}
