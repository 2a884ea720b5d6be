using System.Text.RegularExpressions;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>A problem of a URL that MultiSafepay is to call or to send the customer to.</summary>
public enum ShopUrlProblem
{
    /// <summary>The URL is not an absolute http or https URL.</summary>
    NotAbsolute,

    /// <summary>MultiSafepay calls only https URLs.</summary>
    NotHttps,

    /// <summary>MultiSafepay calls no URL that contains a port number.</summary>
    HasPort,

    /// <summary>The URL is longer than <see cref="ShopUrls.MaxLength"/> characters.</summary>
    TooLong,

    /// <summary>The URL contains characters other than letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, <c>:</c> and <c>/</c>.</summary>
    ForbiddenCharacters
}

/// <summary>
/// The shop's URLs that are sent to MultiSafepay. They are built from the store's own URL (or, for the notification, from the owner's override), never from
/// the Host header of a request, which anybody can choose.
/// </summary>
public partial class ShopUrls(ApiEndpoints endpoints)
{
    /// <summary>The maximum length of a URL at MultiSafepay, in characters (POST orders, payment_options.notification_url).</summary>
    public const int MaxLength = 150;

    /// <summary>The URL to which MultiSafepay sends the notifications of this store.</summary>
    public static string Notification(Store store, MultiSafepaySettings settings) =>
        $"{NotificationBase(store, settings)}{MultiSafepayDefaults.Routes.Notification}/{FormattableString.Invariant($"{store.Id}")}";

    /// <summary>The URL to which the customer returns after paying. It identifies the order by its GUID, which cannot be guessed.</summary>
    public static string Return(Store store, Guid orderGuid) => $"{Base(store)}{MultiSafepayDefaults.Routes.Return}/{orderGuid:D}";

    /// <summary>The URL to which the customer returns after leaving the payment page without paying.</summary>
    public static string Cancel(Store store, Guid orderGuid) => $"{Base(store)}{MultiSafepayDefaults.Routes.Cancel}/{orderGuid:D}";

    /// <summary>The URL of the order's page in the shop, which only its customer can open: nopCommerce's route OrderDetails (4.90.6), without the language that it may be preceded by.</summary>
    public static string OrderPage(Store store, int orderId) => FormattableString.Invariant($"{Base(store)}orderdetails/{orderId}");

    /// <summary>The problems for which MultiSafepay would reject the URL; empty if there are none. http and port numbers are allowed only while the development API URL is set.</summary>
    public IReadOnlyList<ShopUrlProblem> Check(string? url) => Check(url, endpoints.IsDevelopment);

    /// <summary>The first URL of the store that MultiSafepay would not accept in an order, with its problems; null if it would accept all of them.</summary>
    public (string Url, IReadOnlyList<ShopUrlProblem> Problems)? FindRefused(Store store, MultiSafepaySettings settings)
    {
        foreach (var url in new[] { Notification(store, settings), Return(store, Guid.Empty), Cancel(store, Guid.Empty) })
        {
            if (Check(url) is [_, ..] problems)
                return (url, problems);
        }

        return null;
    }

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

    // Store.Url already contains the virtual directory, once. If SSL is on, nopCommerce serves the store by https, whatever the scheme of the URL.
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
