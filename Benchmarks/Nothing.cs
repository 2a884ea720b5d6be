using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Nop.Services.Plugins;
using Nop.Web.Framework.Mvc.Routing;

namespace Benchmarks;

/// <summary>A plugin that brings one action which does nothing: what any webhook costs that is a route of a plugin's controller.</summary>
internal sealed class NothingPlugin : BasePlugin;

/// <summary>The action. It gets the same bytes as the webhook, reads none of them and answers what the webhook answers.</summary>
public class NothingController : Controller
{
    /// <summary>Where it is.</summary>
    public const string Path = "/benchmarks/nothing";

    [HttpPost]
    [IgnoreAntiforgeryToken]
    public IActionResult Nothing() => new ContentResult { Content = "OK", ContentType = "text/plain; charset=utf-8" };
}

/// <summary>Its route.</summary>
internal sealed class NothingRoutes : IRouteProvider
{
    public int Priority => 0;

    public void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder) => endpointRouteBuilder.MapControllerRoute(
        "Benchmarks.Nothing", NothingController.Path.TrimStart('/'), new { controller = "Nothing", action = nameof(NothingController.Nothing) });
}
