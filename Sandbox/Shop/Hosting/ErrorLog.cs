using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Diagnostics;
using Nop.Core;
using ILogger = Nop.Services.Logging.ILogger;

namespace Sandbox.Shop.Hosting;

/// <summary>
/// What happens to an exception that nobody catches, as in nopCommerce: a row in the log, with the name of the visitor. Asking for it makes a guest of whoever has no
/// cookie, so a public page that lets an exception through costs two rows for each request.
/// </summary>
internal static class ErrorLog
{
    public static async Task WriteAsync(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is not { } error)
            return;
        try
        {
            var customer = await context.RequestServices.GetRequiredService<IWorkContext>().GetCurrentCustomerAsync();
            await context.RequestServices.GetRequiredService<ILogger>().ErrorAsync(error.Message, error, customer);
        }
        finally
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }
}
