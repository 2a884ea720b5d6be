namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>
/// Which orders a run of the reconciliation looks at, by the time of their creation. A large shop has thousands of orders that were never paid, and only their records
/// tell which of them are still of interest; so a run looks at the young ones, and at a few of the days before in turn. It is a pure function of the time.
/// </summary>
public static class ReconciliationPlan
{
    /// <summary>How old an order may be, in days. The longest that a payment stays open at MultiSafepay is 90 days (pay after delivery).</summary>
    public const int MaxAgeInDays = 100;

    // Orders that are so many days old have their turn every so many hours, and from the twelfth day on every twelve.
    private const int RarestTurnInHours = 12;

    private static readonly long _slot = TimeSpan.FromMinutes(15).Ticks;

    /// <summary>The times of creation to look at: the last day first, because its customers may be waiting, then from the oldest on.</summary>
    /// <param name="coveredUntilUtc">When the last complete run was; null when there was none: then everything is looked at.</param>
    /// <param name="nowUtc">The time now.</param>
    public static IReadOnlyList<(DateTime From, DateTime To)> Windows(DateTime? coveredUntilUtc, DateTime nowUtc)
    {
        List<(DateTime From, DateTime To)> windows = [(nowUtc.AddDays(-1), nowUtc)];
        for (var age = MaxAgeInDays - 1; age > 0; age--)
        {
            if (!IsTurn(age, coveredUntilUtc, nowUtc))
                continue;
            var (from, to) = (nowUtc.AddDays(-age - 1), nowUtc.AddDays(-age));
            if (windows[^1].To == from)
                windows[^1] = (windows[^1].From, to);
            else
                windows.Add((from, to));
        }

        return windows;
    }

    /// <summary>How long an order of this age waits for its turn at most, when the task runs as it should.</summary>
    /// <param name="days">The order's age in whole days.</param>
    internal static TimeSpan LongestWait(int days) => days == 0 ? TimeSpan.Zero : TimeSpan.FromHours(Math.Min(days, RarestTurnInHours));

    // Whether a turn of this age lies between the last run and this one. A run that comes late, or after others that failed, has theirs to do as well.
    private static bool IsTurn(int age, DateTime? coveredUntilUtc, DateTime nowUtc)
    {
        if (coveredUntilUtc is not { } covered || covered > nowUtc)
            return true;
        var every = LongestWait(age).Ticks / _slot;
        return Turns(nowUtc) > Turns(covered);

        long Turns(DateTime time) => (time.Ticks / _slot - age) / every;
    }
}
