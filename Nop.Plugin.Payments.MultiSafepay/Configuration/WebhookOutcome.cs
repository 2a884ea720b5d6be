using System.Net;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>What became of a test notification that the shop sent to itself.</summary>
public enum WebhookOutcome
{
    /// <summary>The plugin received it, found its signature right and answered as MultiSafepay wants it.</summary>
    Ok,

    /// <summary>The plugin received it and found the signature wrong: the address leads to a shop with another key, or something on the way changed it.</summary>
    WrongKey,

    /// <summary>The address leads to a login.</summary>
    Login,

    /// <summary>Something in front of the shop refuses it: a firewall, a list of allowed addresses.</summary>
    Forbidden,

    /// <summary>Nothing answers at this address.</summary>
    NotFound,

    /// <summary>The answer leads to https.</summary>
    RedirectToHttps,

    /// <summary>The answer leads to the same page under a language.</summary>
    RedirectToLanguage,

    /// <summary>The answer leads to another host, such as one with or without www.</summary>
    RedirectToHost,

    /// <summary>The answer leads elsewhere.</summary>
    Redirect,

    /// <summary>Another page than the plugin's answers.</summary>
    OtherPage,

    /// <summary>The shop, or what stands in front of it, failed.</summary>
    ServerError,

    /// <summary>The certificate is not valid for this address.</summary>
    Certificate,

    /// <summary>The name of the host is not known.</summary>
    UnknownHost,

    /// <summary>Nobody answers, or not in time.</summary>
    Unreachable
}

/// <summary>Reads out of an answer what became of a test notification. MultiSafepay follows no redirect and takes only 200 with "OK" for received.</summary>
public static class WebhookOutcomes
{
    /// <summary>The outcome of an answer.</summary>
    /// <param name="asked">The notification URL, without query.</param>
    /// <param name="status">The answer's HTTP status.</param>
    /// <param name="location">Where a redirect leads, or null.</param>
    /// <param name="text">The beginning of the answer's body.</param>
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

    /// <summary>The outcome of a call that got no answer.</summary>
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

        // nopCommerce puts a language of two letters in front of the path, behind the virtual directory if there is one.
        return WithoutLanguages(target).SequenceEqual(WithoutLanguages(asked)) && target.AbsolutePath != asked.AbsolutePath
            ? WebhookOutcome.RedirectToLanguage
            : WebhookOutcome.Redirect;
    }

    private static IEnumerable<string> WithoutLanguages(Uri url) =>
        url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment.Length != 2 || !segment.All(char.IsAsciiLetter));
}
