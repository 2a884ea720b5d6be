using System.Net;
using Nop.Core;

namespace Sandbox.Shop.Services;

/// <summary>Where a request came from and where the shop is. Like the real one it believes the Host header.</summary>
internal sealed class WebHelper(IHttpContextAccessor http, IStoreContext stores) : IWebHelper
{
    private HttpRequest? Request => http.HttpContext?.Request;

    public string GetCurrentIpAddress() => http.HttpContext?.Connection.RemoteIpAddress switch
    {
        null => "",
        { } loopback when IPAddress.IsLoopback(loopback) => IPAddress.Loopback.ToString(),
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { } address => address.ToString(),
    };

    public string GetStoreHost(bool useSsl) => Request is { Host.HasValue: true } request ? $"{(useSsl ? "https" : "http")}://{request.Host}/" : "";

    public string GetStoreLocation(bool? useSsl = null)
    {
        var host = GetStoreHost(useSsl ?? IsCurrentConnectionSecured());
        if (host.Length == 0)
            return stores.GetCurrentStore().Url.TrimEnd('/') + "/";
        return Request!.PathBase.HasValue ? $"{host.TrimEnd('/')}{Request.PathBase}/" : host;
    }

    public string GetThisPageUrl(bool includeQueryString, bool? useSsl = null, bool lowercaseUrl = false)
    {
        if (Request is null)
            return "";
        var url = GetStoreLocation(useSsl).TrimEnd('/') + Request.Path + (includeQueryString ? Request.QueryString : default);
        return lowercaseUrl ? url.ToLowerInvariant() : url;
    }

    public string GetUrlReferrer() => Request?.Headers.Referer.ToString() ?? "";

    public bool IsCurrentConnectionSecured() => Request?.IsHttps ?? false;
}
