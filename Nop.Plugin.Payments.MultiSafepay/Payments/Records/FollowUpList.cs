using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// The orders that the scheduled task looks at, and when: those with open work (<see cref="IFollowUpStep"/>), such as a refund or capture whose outcome is not known, a shipment or an
/// invoice number that has not been reported to MultiSafepay, a payment link to be cancelled; and those whose payment is compared with MultiSafepay now and then.
/// A row is added before the first try and removed when nothing is left.
/// </summary>
/// <remarks>
/// No lock is needed: who adds work only inserts a row, and the task changes and deletes only rows that it has read. So what is added while the task is at work on the
/// order stays, and is looked at again.
/// </remarks>
public class FollowUpList(IRepository<MultiSafepayFollowUp> rows, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>The time from the start of a payment to its first comparison with MultiSafepay.</summary>
    public static readonly TimeSpan FirstComparisonAfter = TimeSpan.FromMinutes(10);

    /// <summary>The longest time between two looks at an order whose payment is open, or at which the task has failed.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    /// <summary>The time to the next look at an order: a twelfth of its age, between ten minutes and a day.</summary>
    /// <param name="age">The time since its payment was started, or since its open work was added.</param>
    public static TimeSpan Interval(TimeSpan age) => TimeSpan.FromTicks(Math.Clamp(age.Ticks / 12, FirstComparisonAfter.Ticks, LongestInterval.Ticks));

    /// <summary>Adds an order with open work, due at once. Call this before the first try, so that the scheduled task finishes the work if the shop crashes in between.</summary>
    /// <remarks>A second ago, because due times are rounded up.</remarks>
    public Task AddWorkAsync(int orderId) => AddAsync(orderId, FollowUpKind.OpenWork, Now.AddSeconds(-1));

    /// <summary>The same as <see cref="AddWorkAsync"/> for callers that continue without it: never throws, and logs the reason if the order is not added.</summary>
    public Task TryAddWorkAsync(int orderId) =>
        TryAddAsync(() => AddWorkAsync(orderId), FormattableString.Invariant($"order {orderId} could not be added to the orders with open work."));

    /// <summary>Adds an order whose payment is being started. Call this before MultiSafepay is asked.</summary>
    public Task AddComparisonAsync(int orderId) => AddComparisonAsync(orderId, Now + FirstComparisonAfter);

    /// <summary>Adds an order whose payment is compared with MultiSafepay from the given time on.</summary>
    /// <param name="orderId">The order's id in nopCommerce.</param>
    /// <param name="dueUtc">When it is compared first, in UTC.</param>
    public Task AddComparisonAsync(int orderId, DateTime dueUtc) => AddAsync(orderId, FollowUpKind.Comparison, dueUtc);

    /// <summary>Adds the first order of a subscription, which the task looks at from the given time on. Call this before its payment is started.</summary>
    /// <param name="orderId">The first order's id in nopCommerce.</param>
    /// <param name="dueUtc">When it is looked at first, in UTC; null for at once.</param>
    public Task AddSubscriptionAsync(int orderId, DateTime? dueUtc = null) => AddAsync(orderId, FollowUpKind.Subscription, dueUtc ?? Now.AddSeconds(-1));

    /// <summary>The same as <see cref="AddSubscriptionAsync"/>, at once, for callers that continue without it: never throws, and logs the reason if the order is not added.</summary>
    public Task TryAddSubscriptionAsync(int orderId) =>
        TryAddAsync(() => AddSubscriptionAsync(orderId), FormattableString.Invariant($"the subscription of order {orderId} could not be added to what the task looks at; it comes later."));

    /// <summary>Whether a row of any kind is due. One query, because most runs of the task find nothing.</summary>
    public async Task<bool> IsAnyDueAsync()
    {
        var (kinds, now) = (Enum.GetValues<FollowUpKind>().Select(kind => (int)kind).ToList(), Now);
        return (await rows.GetAllAsync(query => query.Where(row => kinds.Contains(row.KindId) && row.DueOnUtc <= now).Take(1))).Count > 0;
    }

    /// <summary>The rows that are due, the longest overdue first.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="most">The maximum number of rows.</param>
    /// <param name="addedAfterUtc">Only rows that were added after this time, in UTC; null for all.</param>
    public async Task<IReadOnlyList<MultiSafepayFollowUp>> DueAsync(FollowUpKind kind, int most, DateTime? addedAfterUtc = null)
    {
        var (kindId, now, after) = ((int)kind, Now, addedAfterUtc ?? DateTime.UnixEpoch);
        return [.. await rows.GetAllAsync(query => query
            .Where(row => row.KindId == kindId && row.DueOnUtc <= now && row.CreatedOnUtc > after)
            .OrderBy(row => row.DueOnUtc).ThenBy(row => row.Id)
            .Take(most))];
    }

    /// <summary>
    /// The rows that are due within <see cref="LongestInterval"/>, the soonest first: all orders whose payment is open, and all at which the task has failed, are among them.
    /// </summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="most">The maximum number of rows.</param>
    public async Task<IReadOnlyList<MultiSafepayFollowUp>> SoonAsync(FollowUpKind kind, int most)
    {
        var (kindId, until) = ((int)kind, WholeSeconds(Now + LongestInterval));
        return [.. await rows.GetAllAsync(query => query
            .Where(row => row.KindId == kindId && row.DueOnUtc <= until)
            .OrderBy(row => row.DueOnUtc).ThenBy(row => row.Id)
            .Take(most))];
    }

    /// <summary>Begins the look at an order: merges its rows of the kind, and postpones the result, so that an order that always fails does not stay the first in the list.</summary>
    /// <param name="due">A row that is due.</param>
    /// <param name="nextUtc">When the order is due again if the look does not end, in UTC. Gets the latest row.</param>
    /// <returns>The row that is left; null if another node has settled the order.</returns>
    public async Task<MultiSafepayFollowUp?> TakeAsync(MultiSafepayFollowUp due, Func<MultiSafepayFollowUp, DateTime> nextUtc)
    {
        var (orderId, kindId) = (due.OrderId, due.KindId);
        var known = await rows.GetAllAsync(query => query.Where(row => row.OrderId == orderId && row.KindId == kindId).OrderByDescending(row => row.Id));
        if (known.Count == 0)
            return null;
        known[0].DueOnUtc = WholeSeconds(nextUtc(known[0]));
        await rows.UpdateAsync(known[0], publishEvent: false);

        // What is left of them is merged by the next look.
        foreach (var id in known.Skip(1).Select(earlier => earlier.Id))
            await rows.TryDeleteAsync(row => row.Id == id);
        return known[0];
    }

    /// <summary>Ends the look at an order that has to be looked at again.</summary>
    /// <param name="row">The row from <see cref="TakeAsync"/>.</param>
    /// <param name="dueUtc">When, in UTC.</param>
    /// <param name="hasFailed">Whether the look failed.</param>
    public Task PostponeAsync(MultiSafepayFollowUp row, DateTime dueUtc, bool hasFailed)
    {
        (row.DueOnUtc, row.FailedTries) = (WholeSeconds(dueUtc), hasFailed ? row.FailedTries + 1 : 0);
        return rows.UpdateAsync(row, publishEvent: false);
    }

    /// <summary>Ends the look at an order of which nothing is left to do.</summary>
    public Task SettleAsync(MultiSafepayFollowUp row)
    {
        var id = row.Id;
        return rows.DeleteAsync(other => other.Id == id);
    }

    /// <summary>The ids of the orders with open work, due or not, in ascending order.</summary>
    public async Task<IReadOnlyList<int>> OrdersWithOpenWorkAsync()
    {
        const int work = (int)FollowUpKind.OpenWork;
        return [.. (await rows.GetAllAsync(query => query.Where(row => row.KindId == work))).Select(row => row.OrderId).Distinct().Order()];
    }

    /// <summary>Those of the orders that have a row of the kind.</summary>
    /// <param name="orderIds">The orders' ids in nopCommerce.</param>
    /// <param name="kind">The kind.</param>
    public async Task<IReadOnlySet<int>> KnownAsync(IReadOnlyCollection<int> orderIds, FollowUpKind kind)
    {
        var (kindId, ids) = ((int)kind, orderIds.ToList());
        return ids.Count == 0 ? new HashSet<int>() : (await rows.GetAllAsync(query => query.Where(row => row.KindId == kindId && ids.Contains(row.OrderId)))).Select(row => row.OrderId).ToHashSet();
    }

    // Rounded up, because MariaDB cuts off fractions of seconds in the column: the order would be due before its time.
    private static DateTime WholeSeconds(DateTime dueUtc) => new((dueUtc.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;

    private async Task TryAddAsync(Func<Task> add, string warning)
    {
        try
        {
            await add();
        }
        catch (Exception exception)
        {
            await notesAndLog.WarnAsync($"{warning} {exception.Message}");
        }
    }

    private Task AddAsync(int orderId, FollowUpKind kind, DateTime dueUtc) =>
        rows.InsertAsync(new MultiSafepayFollowUp { OrderId = orderId, KindId = (int)kind, CreatedOnUtc = Now, DueOnUtc = WholeSeconds(dueUtc) }, publishEvent: false);
}
