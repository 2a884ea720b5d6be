using System.Text.RegularExpressions;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>What is wrong with a URL that MultiSafepay should call or send the customer to.</summary>
public enum ShopUrlProblem
{
    /// <summary>It is not an absolute URL.</summary>
    NotAbsolute,

    /// <summary>MultiSafepay calls https only.</summary>
    NotHttps,

    /// <summary>MultiSafepay calls no URL with a port number.</summary>
    HasPort,

    /// <summary>Longer than 150 characters.</summary>
    TooLong,

    /// <summary>Only letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, <c>:</c> and <c>/</c> are allowed.</summary>
    ForbiddenCharacters
}

/// <summary>
/// The URLs of a shop that are handed to MultiSafepay. They are built from the store's own URL (or the owner's override for the notification), never from
/// the Host header of a request, which anybody can choose.
/// </summary>
public partial class ShopUrls(ApiEndpoints endpoints)
{
    /// <summary>The longest URL that MultiSafepay accepts, in characters (POST orders, payment_options.notification_url).</summary>
    public const int MaxLength = 150;

    /// <summary>Where MultiSafepay notifies this store.</summary>
    public static string Notification(Store store, MultiSafepaySettings settings) =>
        $"{NotificationBase(store, settings)}{MultiSafepayDefaults.Routes.Notification}/{FormattableString.Invariant($"{store.Id}")}";

    /// <summary>Where the customer comes back to after paying, keyed by the order's GUID, which cannot be guessed.</summary>
    public static string Return(Store store, Guid orderGuid) => $"{Base(store)}{MultiSafepayDefaults.Routes.Return}/{orderGuid:D}";

    /// <summary>Where the customer comes back to after leaving the payment page.</summary>
    public static string Cancel(Store store, Guid orderGuid) => $"{Base(store)}{MultiSafepayDefaults.Routes.Cancel}/{orderGuid:D}";

    /// <summary>What MultiSafepay would refuse in this URL; empty when nothing. http and a port pass only while the development API URL is set.</summary>
    public IReadOnlyList<ShopUrlProblem> Check(string? url) => Check(url, endpoints.IsDevelopment);

    internal static IReadOnlyList<ShopUrlProblem> Check(string? url, bool development)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return [ShopUrlProblem.NotAbsolute];

        var problems = new List<ShopUrlProblem>();
        if (!development && uri.Scheme != Uri.UriSchemeHttps)
            problems.Add(ShopUrlProblem.NotHttps);
        if (!development && ExplicitPort().IsMatch(url))
            problems.Add(ShopUrlProblem.HasPort);
        if (url.Length > MaxLength)
            problems.Add(ShopUrlProblem.TooLong);
        if (!AllowedCharacters().IsMatch(url))
            problems.Add(ShopUrlProblem.ForbiddenCharacters);
        return problems;
    }

    private static string NotificationBase(Store store, MultiSafepaySettings settings) =>
        string.IsNullOrWhiteSpace(settings.NotificationBaseUrl) ? Base(store) : $"{settings.NotificationBaseUrl.Trim().TrimEnd('/')}/";

    // Store.Url contains the virtual directory already, once. With SSL on, nopCommerce itself serves the store by https whatever the URL's scheme says.
    private static string Base(Store store)
    {
        var url = $"{store.Url.Trim().TrimEnd('/')}/";
        return store.SslEnabled && url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? $"https://{url["http://".Length..]}" : url;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*://[^/?#]*:\d*(?:[/?#]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExplicitPort();

    [GeneratedRegex(@"^[A-Za-z0-9\-_.:/]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AllowedCharacters();
}
