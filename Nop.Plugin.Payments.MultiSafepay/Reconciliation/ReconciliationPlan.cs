namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

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

    // When a refund in the dashboard is usually over, when most chargebacks come, and at the end of the time that banks give for them. MultiSafepay repeats a notification for
    // three quarters of an hour only; what a shop missed for longer is found by then.
    private static readonly int[] _secondLooks = [1, 7, 30, 60, 90];

    /// <summary>The times of creation of the youngest orders, which every run looks at.</summary>
    /// <param name="nowUtc">The time now.</param>
    public static (DateTime From, DateTime To) LastDay(DateTime nowUtc) => (nowUtc.AddDays(-1), nowUtc);

    /// <summary>The times of creation to look at besides the last day, from the oldest on.</summary>
    /// <param name="coveredUntilUtc">When the last complete run was; null when there was none: then everything is looked at.</param>
    /// <param name="nowUtc">The time now.</param>
    public static IReadOnlyList<(DateTime From, DateTime To)> Windows(DateTime? coveredUntilUtc, DateTime nowUtc)
    {
        List<(DateTime From, DateTime To)> windows = [];
        for (var age = MaxAgeInDays - 1; age > 0; age--)
        {
            if (!IsTurn(age, coveredUntilUtc, nowUtc))
                continue;
            var (from, to) = (nowUtc.AddDays(-age - 1), nowUtc.AddDays(-age));
            if (windows is [.., var last] && last.To == from)
                windows[^1] = (last.From, to);
            else
                windows.Add((from, to));
        }

        return windows;
    }

    /// <summary>The times of creation of paid orders to look at once more: each order has its turn at the age of one day, and at a few later ones.</summary>
    /// <param name="coveredUntilUtc">When the last complete run was; null when there was none: then nothing is, because it would be all orders.</param>
    /// <param name="nowUtc">The time now.</param>
    public static IReadOnlyList<(DateTime From, DateTime To)> SecondLooks(DateTime? coveredUntilUtc, DateTime nowUtc) =>
        coveredUntilUtc is { } covered && covered < nowUtc ? [.. _secondLooks.Select(age => (covered.AddDays(-age), nowUtc.AddDays(-age)))] : [];

    /// <summary>How long to leave an order alone after it was compared: a twelfth of its age, between ten minutes and a day.</summary>
    /// <param name="age">The order's age.</param>
    internal static TimeSpan Interval(TimeSpan age) => TimeSpan.FromTicks(Math.Clamp(age.Ticks / 12, TimeSpan.FromMinutes(10).Ticks, TimeSpan.FromDays(1).Ticks));

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
