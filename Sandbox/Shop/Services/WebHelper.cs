using System.Net;

namespace Sandbox.Shop.Services;

/// <summary>
/// The address that nopCommerce 5.00 gives everybody who asks for the shop's without a request: the one that was right for the first who asked. A static field there, of a node's process.
/// </summary>
internal sealed class FirstStoreAddress
{
    private string? _url;

    public string Of(Func<string> current) => LazyInitializer.EnsureInitialized(ref _url, current);
}

/// <summary>Where a request came from and where the shop is. Like the real one it believes the Host header.</summary>
internal sealed class WebHelper(IHttpContextAccessor http, StoreContext stores, FirstStoreAddress first) : IWebHelper
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
            return (ShopVersion.Is500 ? first.Of(CurrentUrl) : CurrentUrl()).TrimEnd('/') + "/";
        return Request!.PathBase.HasValue ? $"{host.TrimEnd('/')}{Request.PathBase}/" : host;
    }

    private string CurrentUrl() => stores.GetCurrentStore().Url;

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
