using Microsoft.Extensions.DependencyInjection;

namespace Nop.Web.Framework.Infrastructure.Extensions;

/// <summary>Makes HTTP clients follow the settings of the shop.</summary>
public static class HttpClientBuilderExtensions
{
    /// <summary>In nopCommerce the client goes through the proxy of the shop's settings; here there is none.</summary>
    public static void WithProxy(this IHttpClientBuilder httpClientBuilder)
    {
    }
}
