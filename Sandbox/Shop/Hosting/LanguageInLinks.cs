namespace Sandbox.Shop.Hosting;

/// <summary>Puts the language of the page at hand into the links on it; a link that is made elsewhere gets the route's default.</summary>
internal sealed class LanguageInLinks(IHttpContextAccessor http) : IOutboundParameterTransformer
{
    public const string Name = "lang";

    public string? TransformOutbound(object? value) => http.HttpContext?.Request.RouteValues[ShopRoutes.LanguageKey] as string ?? value as string;
}
