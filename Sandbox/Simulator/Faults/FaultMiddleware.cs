using Sandbox.Simulator.Api;

namespace Sandbox.Simulator.Faults;

/// <summary>Lets the faults strike that are set for an API call. Runs inside the request log, which holds the answer back until the call is over.</summary>
public sealed class FaultMiddleware(RequestDelegate next, FaultRegistry faults, TimeProvider time)
{
    private const string DroppedItem = "Simulator.Dropped";

    /// <summary>Whether the connection was broken on purpose.</summary>
    public static bool WasDropped(HttpContext context) => context.Items.ContainsKey(DroppedItem);

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value![SimulatorApiEndpoints.Root.Length..];
        var struck = faults.TakeForCall(context.Request.Method, path);

        foreach (var fault in struck.Where(fault => fault.Kind == FaultKind.Latency))
            await Task.Delay(TimeSpan.FromMilliseconds(fault.Milliseconds), time, context.RequestAborted);

        foreach (var fault in struck)
        {
            switch (fault.Kind)
            {
                case FaultKind.DropBeforeWork:
                    Drop(context);
                    return;

                case FaultKind.BlockSite:
                    await Refuse(fault.ErrorCode ?? ErrorCode.SiteInactive, fault.ErrorInfo ?? "Site is inactive", StatusCodes.Status403Forbidden, context);
                    return;

                case FaultKind.Status when fault.ErrorCode is { } code:
                    await Refuse(code, fault.ErrorInfo ?? "Unknown error", fault.StatusCode, context);
                    return;

                case FaultKind.Status:
                    context.Response.StatusCode = fault.StatusCode;
                    context.Response.ContentType = "text/html";
                    await context.Response.WriteAsync($"<html><body>{fault.StatusCode}</body></html>", context.RequestAborted);
                    return;
            }
        }

        await next(context);

        if (struck.Any(fault => fault.Kind == FaultKind.DropAnswerAfterWork))
        {
            Drop(context);
        }
        else if (struck.Any(fault => fault.Kind == FaultKind.InvalidJson))
        {
            context.Response.Body.SetLength(0);
            await context.Response.WriteAsync("<br />\n<b>Warning</b>: this is no JSON", context.RequestAborted);
        }
    }

    private static void Drop(HttpContext context)
    {
        context.Items[DroppedItem] = true;
        context.Abort();
    }

    private static Task Refuse(int code, string info, int status, HttpContext context) => Json.Failure(code, info, status).ExecuteAsync(context);
}
