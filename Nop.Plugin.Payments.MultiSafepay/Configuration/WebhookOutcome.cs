using System.Net;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The outcome of a test notification.</summary>
public enum WebhookOutcome
{
    /// <summary>The plugin received it, accepted its signature and answered as MultiSafepay expects.</summary>
    Ok,

    /// <summary>The plugin received it and rejected its signature: the address belongs to a shop with another key, or the request was changed on its way.</summary>
    WrongKey,

    /// <summary>The address leads to a login page.</summary>
    Login,

    /// <summary>Something in front of the shop blocks it, such as a firewall or an allow list.</summary>
    Forbidden,

    /// <summary>Nothing answers at this address.</summary>
    NotFound,

    /// <summary>The answer redirects to https.</summary>
    RedirectToHttps,

    /// <summary>The answer redirects to the same page with a language prefix.</summary>
    RedirectToLanguage,

    /// <summary>The answer redirects to another host, such as one with or without www.</summary>
    RedirectToHost,

    /// <summary>The answer redirects elsewhere.</summary>
    Redirect,

    /// <summary>The answer comes from another page than the plugin's.</summary>
    OtherPage,

    /// <summary>The shop or a server in front of it failed.</summary>
    ServerError,

    /// <summary>The certificate is not valid for this address.</summary>
    Certificate,

    /// <summary>The host name cannot be resolved.</summary>
    UnknownHost,

    /// <summary>There is no answer, or not in time.</summary>
    Unreachable
}

/// <summary>Determines the outcome of a test notification. MultiSafepay follows no redirect and expects status 200 with "OK" (docs.multisafepay.com, Webhook).</summary>
public static class WebhookOutcomes
{
    /// <summary>Returns the outcome of an answer.</summary>
    /// <param name="asked">The notification URL, without query.</param>
    /// <param name="status">The HTTP status of the answer.</param>
    /// <param name="location">The target of a redirect; null for none.</param>
    /// <param name="text">The beginning of the body.</param>
    public static WebhookOutcome From(Uri asked, HttpStatusCode status, Uri? location, string text) => (int)status switch
    {
        200 => text.Trim() == NotificationResponse.Ok.Text ? WebhookOutcome.Ok : WebhookOutcome.OtherPage,
        >= 300 and < 400 => location is null ? WebhookOutcome.Redirect : OfRedirect(asked, new Uri(asked, location)),
        401 => text.Trim() == NotificationResponse.NotSigned.Text ? WebhookOutcome.WrongKey : WebhookOutcome.Login,
        403 or 407 => WebhookOutcome.Forbidden,
        404 or 405 or 410 => WebhookOutcome.NotFound,
        >= 500 => WebhookOutcome.ServerError,
        _ => WebhookOutcome.OtherPage
    };

    /// <summary>Returns the outcome of a call without an answer.</summary>
    public static WebhookOutcome From(HttpRequestError error) => error switch
    {
        HttpRequestError.SecureConnectionError => WebhookOutcome.Certificate,
        HttpRequestError.NameResolutionError => WebhookOutcome.UnknownHost,
        _ => WebhookOutcome.Unreachable
    };

    private static WebhookOutcome OfRedirect(Uri asked, Uri target)
    {
        if (target.AbsolutePath.Contains("login", StringComparison.OrdinalIgnoreCase) || target.AbsolutePath.Contains("signin", StringComparison.OrdinalIgnoreCase))
            return WebhookOutcome.Login;
        if (!string.Equals(target.Host, asked.Host, StringComparison.OrdinalIgnoreCase))
            return WebhookOutcome.RedirectToHost;
        if (asked.Scheme == Uri.UriSchemeHttp && target.Scheme == Uri.UriSchemeHttps)
            return WebhookOutcome.RedirectToHttps;

        // nopCommerce inserts a two-letter language at the beginning of the path, after the virtual directory if there is one.
        return WithoutLanguages(target).SequenceEqual(WithoutLanguages(asked)) && target.AbsolutePath != asked.AbsolutePath
            ? WebhookOutcome.RedirectToLanguage
            : WebhookOutcome.Redirect;
    }

    private static IEnumerable<string> WithoutLanguages(Uri url) =>
        url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment.Length != 2 || !segment.All(char.IsAsciiLetter));
}
