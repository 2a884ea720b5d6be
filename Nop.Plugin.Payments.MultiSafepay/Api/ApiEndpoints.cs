namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// The base addresses of MultiSafepay's API: the official ones, or a single one for both environments during development against a simulator.
/// </summary>
public sealed class ApiEndpoints
{
    private readonly Uri _test;
    private readonly Uri _live;

    private ApiEndpoints(Uri test, Uri live, bool isDevelopment) => (_test, _live, IsDevelopment) = (test, live, isDevelopment);

    /// <summary>MultiSafepay's own addresses (docs.multisafepay.com, API reference, Introduction).</summary>
    public static ApiEndpoints Official { get; } =
        new(new Uri("https://testapi.multisafepay.com/v1/json/"), new Uri("https://api.multisafepay.com/v1/json/"), false);

    /// <summary>Whether a development address replaces the official ones.</summary>
    public bool IsDevelopment { get; }

    /// <summary>Returns the addresses to call.</summary>
    /// <param name="developmentUrl">The base address of a simulator, such as <c>http://localhost:5090/v1/json/</c>; null or blank for the official addresses.</param>
    /// <exception cref="ArgumentException">The development address is not an absolute http(s) address, or contains user information, a query or a fragment.</exception>
    public static ApiEndpoints From(string? developmentUrl)
    {
        if (string.IsNullOrWhiteSpace(developmentUrl))
            return Official;

        if (!Uri.TryCreate(developmentUrl.Trim().TrimEnd('/') + '/', UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw new ArgumentException("The development address of MultiSafepay's API must be a plain http(s) address, such as http://localhost:5090/v1/json/.", nameof(developmentUrl));

        return new ApiEndpoints(url, url, true);
    }

    /// <summary>The base address of an environment's API, with a trailing slash.</summary>
    public Uri For(MultiSafepayEnvironment environment) => environment switch
    {
        MultiSafepayEnvironment.Test => _test,
        MultiSafepayEnvironment.Live => _live,
        _ => throw new ArgumentOutOfRangeException(nameof(environment), environment, "MultiSafepay has a test and a live environment.")
    };
}
