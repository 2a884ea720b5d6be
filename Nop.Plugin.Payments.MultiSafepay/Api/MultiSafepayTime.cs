using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// MultiSafepay's times. The API writes them without an offset, and they are those of Amsterdam: its own example of a notification is signed an hour before
/// the time that stands in it, in winter.
/// </summary>
public static class MultiSafepayTime
{
    private static readonly string[] _local = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd"];

    private static readonly TimeZoneInfo _amsterdam =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Amsterdam", out var zone) || TimeZoneInfo.TryFindSystemTimeZoneById("W. Europe Standard Time", out zone)
            ? zone
            : TimeZoneInfo.CreateCustomTimeZone("CET", TimeSpan.FromHours(1), "CET", "CET");

    /// <summary>The time in UTC; null when there is none, or none that can be read.</summary>
    public static DateTime? ToUtc(string? text)
    {
        if (DateTime.TryParseExact(text?.Trim(), _local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            // The hour that a clock skips in spring belongs to no moment; the offset of before is as good as any.
            return DateTime.SpecifyKind(_amsterdam.IsInvalidTime(local) ? local - _amsterdam.BaseUtcOffset : TimeZoneInfo.ConvertTimeToUtc(local, _amsterdam), DateTimeKind.Utc);
        }

        return text?.Contains('T', StringComparison.Ordinal) == true
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact)
                ? exact.UtcDateTime
                : null;
    }
}
