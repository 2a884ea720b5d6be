namespace Sandbox.Simulator.Pages;

/// <summary>A page on the internet must not press buttons here: browsers say where a request comes from, scripts and shops do not.</summary>
public sealed class SameSiteMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var fromElsewhere = context.Request.Headers["Sec-Fetch-Site"] == "cross-site";
        if (!fromElsewhere || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
