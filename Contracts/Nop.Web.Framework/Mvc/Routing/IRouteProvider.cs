using Microsoft.AspNetCore.Routing;

namespace Nop.Web.Framework.Mvc.Routing;

/// <summary>Registers routes when the shop starts.</summary>
public interface IRouteProvider
{
    int Priority { get; }
    void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder);
}
