using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>When a payment of a subscription that has failed is tried again, as the owner has entered it: numbers of days after the first failure, separated by commas.</summary>
public static class SubscriptionRetries
{
    /// <summary>The days if the owner has entered none. No source; chosen.</summary>
    public const string Default = "1,3,7";

    /// <summary>The maximum number of tries after the first one. No source; chosen: banks charge shops for repeating what was refused.</summary>
    public const int MaxTries = 5;

    /// <summary>The latest day. No source; chosen.</summary>
    public const int MaxDays = 30;

    // What a customer gets who can pay by link only, if the owner wants no further try. No source; chosen.
    private const int DaysToPayByLink = 7;

    /// <summary>The days in ascending order; empty for no further try. Text that cannot be read counts as <see cref="Default"/>.</summary>
    public static IReadOnlyList<int> Parse(string? text) => TryParse(text, out var days) || TryParse(Default, out days) ? days : [];

    /// <summary>Reads the days.</summary>
    /// <param name="text">The text; empty for no further try.</param>
    /// <param name="days">The days in ascending order.</param>
    /// <returns>Whether each is a whole number from 1 to <see cref="MaxDays"/>, and there are at most <see cref="MaxTries"/>.</returns>
    public static bool TryParse(string? text, out IReadOnlyList<int> days)
    {
        var parts = (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        List<int> read = [];
        foreach (var part in parts)
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= MaxDays)
                read.Add(day);
        }

        days = [.. read.Distinct().Order()];
        return read.Count == parts.Length && days.Count <= MaxTries;
    }

    /// <summary>When the last of the days is over, or a customer who can pay by link only has had time enough.</summary>
    /// <param name="days">The days.</param>
    public static TimeSpan LastAfter(IReadOnlyList<int> days) => TimeSpan.FromDays(days.Count == 0 ? DaysToPayByLink : days[^1]);
}
