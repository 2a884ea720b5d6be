using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Converts MultiSafepay's times to UTC. The API writes them without an offset, in Amsterdam time. This is observed, not documented: the timestamp of
/// MultiSafepay's example notification (in UTC, in winter) is an hour earlier than the time in its body.
/// </summary>
public static class MultiSafepayTime
{
    private static readonly string[] _local = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd"];

    private static readonly TimeZoneInfo _amsterdam =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Amsterdam", out var zone) || TimeZoneInfo.TryFindSystemTimeZoneById("W. Europe Standard Time", out zone)
            ? zone
            : TimeZoneInfo.CreateCustomTimeZone("CET", TimeSpan.FromHours(1), "CET", "CET");

    /// <summary>Returns a time in UTC; null if it is missing or cannot be read.</summary>
    public static DateTime? ToUtc(string? text)
    {
        if (DateTime.TryParseExact(text?.Trim(), _local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            // An hour that is skipped in spring does not exist; the offset from before the change is used.
            return DateTime.SpecifyKind(_amsterdam.IsInvalidTime(local) ? local - _amsterdam.BaseUtcOffset : TimeZoneInfo.ConvertTimeToUtc(local, _amsterdam), DateTimeKind.Utc);
        }

        return text?.Contains('T', StringComparison.Ordinal) == true
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact)
                ? exact.UtcDateTime
                : null;
    }
}
