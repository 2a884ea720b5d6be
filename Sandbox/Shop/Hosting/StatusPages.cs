using Microsoft.AspNetCore.Diagnostics;
using Nop.Core;
using ILogger = Nop.Services.Logging.ILogger;

namespace Sandbox.Shop.Hosting;

/// <summary>
/// What happens to an answer without a body, as in nopCommerce: 404 shows the shop's page, 400 is logged with the name of the visitor. Both ask who the visitor is, so a
/// webhook that answers so leaves a guest behind.
/// </summary>
internal static class StatusPages
{
    public static async Task ShowAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        switch (http.Response.StatusCode)
        {
            case StatusCodes.Status404NotFound:
                http.SetEndpoint(null);
                http.Request.RouteValues.Clear();
                http.Request.Path = "/page-not-found";
                http.Request.QueryString = QueryString.Empty;
                await context.Next(http);
                break;
            case StatusCodes.Status400BadRequest:
                var customer = await http.RequestServices.GetRequiredService<IWorkContext>().GetCurrentCustomerAsync();
                await http.RequestServices.GetRequiredService<ILogger>().ErrorAsync("Error 400. Bad request", null, customer);
                break;
        }
    }
}
