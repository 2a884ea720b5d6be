using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>
/// Determines which orders a run of the reconciliation considers, by the time of their creation. A large shop has thousands of orders that were never paid, and only their records
/// show which of them still matter, so a run considers the most recent orders and takes turns with those of earlier days. A pure function of the time.
/// </summary>
public static class ReconciliationPlan
{
    /// <summary>The maximum age of an order, in days: a payment link may stay open for a year (<see cref="PaymentLinkLifetime.Longest"/>).</summary>
    public const int MaxAgeInDays = 370;

    // Orders that are n days old have their turn every n hours; from twelve days on, every twelve hours. A pay-after-delivery payment stays open for at most 90 days; after that, only
    // links with an unusually long lifetime are left, and their orders have their turn every ten days.
    private const int UsualTurnInHours = 12;
    private const int UsualAgeInDays = 100;
    private const int RarestTurnInHours = 10 * 24;

    private static readonly long _slot = TimeSpan.FromMinutes(15).Ticks;

    // Refunds in the dashboard usually happen within the first of these ages, most chargebacks come around the middle ones, and the last is the end of the period that banks allow for
    // them. MultiSafepay repeats a notification only for three quarters of an hour; what a shop missed for longer is found at one of these ages.
    private static readonly int[] _secondLooks = [1, 7, 30, 60, 90];

    /// <summary>The creation times of the most recent orders, which every run considers.</summary>
    /// <param name="nowUtc">The current time, in UTC.</param>
    /// <returns>The range of the last 24 hours, in UTC.</returns>
    public static (DateTime From, DateTime To) LastDay(DateTime nowUtc) => (nowUtc.AddDays(-1), nowUtc);

    /// <summary>The creation times that a run considers besides the last day.</summary>
    /// <param name="coveredUntilUtc">The time of the last complete run, in UTC; null if there was none, so that all ages have their turn.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    /// <returns>Ranges in UTC, the oldest first; adjacent days are merged.</returns>
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

    /// <summary>The creation times of the paid orders to be checked again: every order has its turn at the age of one day, and at a few later ages.</summary>
    /// <param name="coveredUntilUtc">The time of the last complete run, in UTC; null if there was none. There are no ranges then, because they would contain all orders.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    /// <returns>Ranges in UTC, one for each age.</returns>
    public static IReadOnlyList<(DateTime From, DateTime To)> SecondLooks(DateTime? coveredUntilUtc, DateTime nowUtc) =>
        coveredUntilUtc is { } covered && covered < nowUtc ? [.. _secondLooks.Select(age => (covered.AddDays(-age), nowUtc.AddDays(-age)))] : [];

    /// <summary>The minimum time between two checks of an order: a twelfth of its age, between ten minutes and a day.</summary>
    /// <param name="age">The order's age, or how long it has been on the follow-up list.</param>
    internal static TimeSpan Interval(TimeSpan age) => TimeSpan.FromTicks(Math.Clamp(age.Ticks / 12, TimeSpan.FromMinutes(10).Ticks, TimeSpan.FromDays(1).Ticks));

    /// <summary>The maximum time that an order of this age waits for its turn, if the task runs as scheduled.</summary>
    /// <param name="days">The order's age in whole days.</param>
    internal static TimeSpan LongestWait(int days) => days == 0 ? TimeSpan.Zero : TimeSpan.FromHours(days < UsualAgeInDays ? Math.Min(days, UsualTurnInHours) : RarestTurnInHours);

    // Whether a turn of this age is between the last complete run and this one. A run that is late, or that follows failed ones, also does the turns that they missed.
    private static bool IsTurn(int age, DateTime? coveredUntilUtc, DateTime nowUtc)
    {
        if (coveredUntilUtc is not { } covered || covered > nowUtc)
            return true;
        var every = LongestWait(age).Ticks / _slot;
        return Turns(nowUtc) > Turns(covered);

        long Turns(DateTime time) => (time.Ticks / _slot - age) / every;
    }
}
