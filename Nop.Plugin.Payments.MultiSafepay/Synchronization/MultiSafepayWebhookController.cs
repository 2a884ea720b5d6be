using System.Buffers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Nop.Plugin.Payments.MultiSafepay.Configuration;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>
/// Where MultiSafepay notifies the shop. A plain controller: nopCommerce's own base classes and filters would create guests, redirect to a language or close
/// the door while the shop is under maintenance, and a payment would be missed.
/// </summary>
[IgnoreAntiforgeryToken]
public class MultiSafepayWebhookController(NotificationHandler handler, PullGate pullGate, RecentActivity activity) : Controller
{
    /// <summary>A signed notification.</summary>
    [HttpPost]
    public async Task<IActionResult> MultiSafepayNotification(int storeId, CancellationToken cancellationToken)
    {
        var (body, length) = await ReadBodyAsync(cancellationToken);
        try
        {
            return Answer(length > MultiSafepayDefaults.MaxNotificationBytes
                ? NotificationAnswer.TooLarge
                : await handler.HandleAsync(storeId, Request.Headers["Auth"].ToString(), Request.Query["payload_type"].ToString(), body.AsMemory(0, length), cancellationToken));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    /// <summary>A hint by GET that an order has changed.</summary>
    [HttpGet]
    public async Task<IActionResult> MultiSafepayHint(int storeId, CancellationToken cancellationToken) =>
        Answer(await handler.HandleHintAsync(storeId, Request.Query["transactionid"].ToString(), pullGate.TryEnter, cancellationToken));

    // Read once, as they came: the signature is over these bytes. One byte more than allowed is enough to know that it is too much.
    private async Task<(byte[] Body, int Length)> ReadBodyAsync(CancellationToken cancellationToken)
    {
        var body = ArrayPool<byte>.Shared.Rent(MultiSafepayDefaults.MaxNotificationBytes + 1);
        var length = 0;
        try
        {
            for (int read; length <= MultiSafepayDefaults.MaxNotificationBytes; length += read)
            {
                read = await Request.Body.ReadAsync(body.AsMemory(length, MultiSafepayDefaults.MaxNotificationBytes + 1 - length), cancellationToken);
                if (read == 0)
                    break;
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(body);
            throw;
        }

        return (body, length);
    }

    private ContentResult Answer(NotificationAnswer answer)
    {
        // Whatever a service underneath has put there, MultiSafepay gets no cookie.
        Response.OnStarting(() =>
        {
            Response.Headers.Remove(HeaderNames.SetCookie);
            return Task.CompletedTask;
        });
        Response.Headers[HeaderNames.CacheControl] = "no-store";
        activity.Notified($"{Request.Method} {Request.Path} {PaymentJournal.Clean(Request.Query["transactionid"].ToString())}", answer.StatusCode, answer.Text);
        return new ContentResult { StatusCode = answer.StatusCode, ContentType = "text/plain; charset=utf-8", Content = answer.Text };
    }
}
