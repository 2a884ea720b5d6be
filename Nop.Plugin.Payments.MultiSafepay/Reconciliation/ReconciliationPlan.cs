using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>
/// Determines when a payment is compared with MultiSafepay: an open one often while it is recent and rarely later, until its link or authorisation must have ended; a paid one at a few
/// ages. What counts is when the payment was started, not when the order was placed: a link may be created for an order that is months old. A pure function of the order, its record and the time.
/// </summary>
public static class ReconciliationPlan
{
    /// <summary>The number of days after its start until which a payment can be open: a payment link may stay open for a year (<see cref="PaymentLinkLifetime.Longest"/>).</summary>
    public const int MaxAgeInDays = 370;

    // Refunds in the dashboard usually happen within the first of these ages, most chargebacks come around the middle ones, and the last is the end of the period that banks allow for
    // them. MultiSafepay repeats a notification only for three quarters of an hour; what a shop missed for longer is found at one of these ages.
    private static readonly int[] _agesInDays = [1, 7, 30, 60, 90];

    // A look that asks MultiSafepay nothing, unless the order has lost its payment: a page may have saved it with what it had read before.
    private static readonly TimeSpan _firstLookAfter = TimeSpan.FromHours(1);

    private static readonly TimeSpan _longestAfterFailure = TimeSpan.FromHours(1);

    /// <summary>When the order is due next.</summary>
    /// <param name="order">The order.</param>
    /// <param name="record">Its payment record.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    /// <returns>A later time, in UTC; null if the payment need not be compared any more.</returns>
    public static DateTime? NextUtc(Order order, PaymentRecord record, DateTime nowUtc)
    {
        if (Open(order, record, nowUtc) is not { } open)
            return LastStart(record) is null ? null : Ages(order, record).Prepend(Start(order, record) + _firstLookAfter).Where(age => age > nowUtc).Cast<DateTime?>().FirstOrDefault();

        var next = DueUtc(open, record) is var due && due > nowUtc ? due : nowUtc + Interval(nowUtc - open.CreatedUtc);
        return open.LinkOverUtc > nowUtc && open.LinkOverUtc < next ? open.LinkOverUtc : next;
    }

    /// <summary>Whether MultiSafepay is to be asked about the order now.</summary>
    /// <param name="order">The order.</param>
    /// <param name="record">Its payment record.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    public static bool IsDue(Order order, PaymentRecord record, DateTime nowUtc)
    {
        var last = record.LastCheckedUtc ?? DateTime.MinValue;
        if (Open(order, record, nowUtc) is { } open)
            return DueUtc(open, record) <= nowUtc || (last < open.LinkOverUtc && open.IsLinkOver(nowUtc));

        // A refunded payment cannot change any more; who refunded one that the shop voided wants to hear of nothing.
        return order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded && Ages(order, record).Any(age => age <= nowUtc && age > last);
    }

    /// <summary>The time to the next look at an order: a twelfth of its age, between ten minutes and a day.</summary>
    /// <param name="age">The time since its payment was started, or since its open work was added.</param>
    public static TimeSpan Interval(TimeSpan age) => FollowUpList.Interval(age);

    /// <summary>The time to the next look at an order after a failure: it doubles with each failure, up to an hour, so that orders that always fail come after the others.</summary>
    /// <param name="age">The time since its payment was started, or since its open work was added.</param>
    /// <param name="failedTries">The number of failures in a row.</param>
    public static TimeSpan Interval(TimeSpan age, int failedTries)
    {
        var interval = Interval(age);
        var doubled = TimeSpan.FromTicks(Math.Min(interval.Ticks << Math.Min(failedTries, 10), _longestAfterFailure.Ticks));
        return doubled > interval ? doubled : interval;
    }

    // When the latest attempt is to be compared again after the last time.
    private static DateTime DueUtc(PaymentAttempt open, PaymentRecord record)
    {
        var last = record.LastCheckedUtc is { } checkedUtc && checkedUtc > open.CreatedUtc ? checkedUtc : open.CreatedUtc;
        return last + Interval(last - open.CreatedUtc);
    }

    // The latest attempt that can still be paid or that holds money.
    private static PaymentAttempt? Open(Order order, PaymentRecord record, DateTime nowUtc) => order.PaymentStatus is PaymentStatus.Pending or PaymentStatus.Authorized
        ? record.Attempts.LastOrDefault(attempt => attempt.IsOfInterest && nowUtc - attempt.CreatedUtc < TimeSpan.FromDays(MaxAgeInDays))
        : null;

    private static IEnumerable<DateTime> Ages(Order order, PaymentRecord record) => _agesInDays.Select(days => Start(order, record).AddDays(days));

    private static DateTime Start(Order order, PaymentRecord record) => order.PaidDateUtc ?? LastStart(record) ?? order.CreatedOnUtc;

    private static DateTime? LastStart(PaymentRecord record) => record.Attempts.Count == 0 ? null : record.Attempts.Max(attempt => attempt.CreatedUtc);
}
