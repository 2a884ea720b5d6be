using Microsoft.AspNetCore.Mvc.Filters;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>
/// Answers an exception in the webhook with "try again later": it may work then, and MultiSafepay sends the notification again. nopCommerce's own handler would log
/// the exception with a guest that it creates for the purpose.
/// </summary>
public class NotificationExceptionFilter(Deferred<ILogger> logger) : IAsyncExceptionFilter
{
    /// <inheritdoc/>
    public async Task OnExceptionAsync(ExceptionContext context)
    {
        var http = context.HttpContext;
        context.ExceptionHandled = true;
        context.Result = new NotificationResult(NotificationResponse.TryLater);

        // The caller has disconnected, so nobody reads the response.
        if (context.Exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
            return;
        try
        {
            await logger.Value.ErrorAsync(FormattableString.Invariant(
                $"{MultiSafepayDefaults.SystemName}: a notification for store {NotificationAuthenticator.StoreIdOf(http.Request)} failed; MultiSafepay will send it again."), context.Exception);
        }
        catch (Exception)
        {
            // The log itself cannot be written, so there is nowhere to report this.
        }
    }
}
