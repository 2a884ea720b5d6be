using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>The dates of a subscription, by nopCommerce's rule: the start plus a number of intervals (4.90.6, OrderProcessingService.GetNextPaymentDateAsync). Pure functions.</summary>
public static class SubscriptionDates
{
    /// <summary>The shortest time between two orders of a subscription. A day, less an hour for a task that comes a little earlier than the day before. No source; chosen.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromHours(23);

    /// <summary>The longest time between two looks at a subscription that is not due. No source; chosen.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromDays(30);

    // More than a year of missed daily payments is no reason to count on.
    private const int MaxMissed = 1_000;

    /// <summary>The start plus a number of intervals, in UTC.</summary>
    /// <param name="recurring">The subscription.</param>
    /// <param name="count">The number of intervals.</param>
    public static DateTime After(RecurringPayment recurring, int count)
    {
        var (start, length) = (recurring.StartDateUtc, recurring.CycleLength * count);
        return recurring.CyclePeriod switch
        {
            RecurringProductCyclePeriod.Days => start.AddDays(length),
            RecurringProductCyclePeriod.Weeks => start.AddDays(7L * length),
            RecurringProductCyclePeriod.Years => start.AddYears(length),
            _ => start.AddMonths(length)
        };
    }

    /// <summary>The date of the next order, in UTC, paid or not; null if there is none. What nopCommerce answers, without its query for each subscription of a list.</summary>
    /// <param name="recurring">The subscription.</param>
    /// <param name="made">The number of its orders so far.</param>
    public static DateTime? Next(RecurringPayment recurring, int made) => recurring.IsActive && made < recurring.TotalCycles ? After(recurring, made) : null;

    /// <summary>
    /// The number of payments that were missed before the one that is due: their dates have passed as well, because the task did not run. The customer is charged for one of them only.
    /// </summary>
    /// <param name="recurring">The subscription.</param>
    /// <param name="made">The number of its orders so far.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    public static int Missed(RecurringPayment recurring, int made, DateTime nowUtc)
    {
        var missed = 0;
        while (missed < MaxMissed && recurring.CycleLength > 0 && After(recurring, made + missed + 1) <= nowUtc)
            missed++;
        return missed;
    }
}
