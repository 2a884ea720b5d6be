using System.Net;

namespace Sandbox.Shop.Hosting;

/// <summary>The admin pages have no login, so they open on this machine only.</summary>
internal sealed class AdminGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var isLocal = context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
        if (isLocal || !context.Request.Path.StartsWithSegments("/Admin", StringComparison.OrdinalIgnoreCase))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("The admin pages of the sandbox open on the machine it runs on, nowhere else.");
    }
}
