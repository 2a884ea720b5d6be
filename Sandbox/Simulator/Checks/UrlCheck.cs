using System.Text.RegularExpressions;
using Sandbox.Simulator.Api;

namespace Sandbox.Simulator.Checks;

/// <summary>What MultiSafepay accepts as a webhook, return and cancel URL.</summary>
public static partial class UrlCheck
{
    /// <exception cref="RefusalException">The URL breaks the rule.</exception>
    public static void CheckNotification(string? url, bool allowLoopback)
    {
        if (url is null)
            return;

        var parsed = CheckCustomer("notification_url", url);
        if (allowLoopback && parsed.IsLoopback)
            return;
        if (parsed.Scheme != Uri.UriSchemeHttps)
            throw RefusalException.General("Invalid notification_url: only https is accepted");
        if (HasPort().IsMatch(url))
            throw RefusalException.General("Invalid notification_url: a port number is not accepted");
    }

    /// <exception cref="RefusalException">The URL breaks the rule.</exception>
    public static Uri CheckCustomer(string field, string url)
    {
        if (!AllowedCharacters().IsMatch(url))
            throw RefusalException.General($"Invalid {field}: only a-z A-Z 0-9 - _ . : / are accepted");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps))
            throw RefusalException.General($"Invalid {field}: not an absolute http or https URL");
        return parsed;
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9\-_.:/]+\z")]
    private static partial Regex AllowedCharacters();

    [GeneratedRegex(@"\A[a-z]+://[^/]*:", RegexOptions.IgnoreCase)]
    private static partial Regex HasPort();
}
