using System.Numerics;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>
/// Finds what notifications missed. It asks MultiSafepay about orders whose payment is still open and, a few times, about paid ones, which may have been refunded
/// or charged back since. Recent payments are asked about often and old ones rarely (<see cref="ReconciliationPlan"/>), and one run asks about at most <see cref="MaxAskedPerRun"/> orders.
/// After that, it processes as many orders with open work at most, and as many subscriptions.
/// </summary>
/// <remarks>
/// The cost does not grow with the number of the shop's past orders, only with those that are due: the table of follow-ups has an index on when.
/// </remarks>
public class Reconciler(
    IOrderService orderService,
    LockedOrders lockedOrders,
    OrderReconciler orderReconciler,
    FollowUpProcessor followUpProcessor,
    SubscriptionProcessor subscriptionProcessor,
    DeletedOrders deletedOrders,
    EarlierBuild earlierBuild,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>
    /// The maximum number of orders that one run asks MultiSafepay about, and of orders with open work that it processes. Each order takes one call for each attempt and capture.
    /// </summary>
    public const int MaxAskedPerRun = 100;

    /// <summary>The maximum number of orders that one run looks at.</summary>
    public const int MaxLookedAtPerRun = 1000;

    private const int PageSize = 50;

    // A look that the shop does not survive is made again with the next run: the warning before an authorisation ends cannot wait for the order's own interval. No source; the task's interval.
    private static readonly TimeSpan _retryAfterCrash = TimeSpan.FromSeconds(ReconciliationSchedule.IntervalInSeconds);

    /// <summary>Runs once. An order that fails is logged and counted, and does not end the run.</summary>
    /// <param name="last">The report of the last run; null before the first.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task<ReconciliationReport> RunAsync(ReconciliationReport? last, CancellationToken cancellationToken)
    {
        var takenOverFrom = await earlierBuild.TakeOverAsync(last?.TakenOverFrom);
        var run = new Run(new AccountFailures(last?.Accounts ?? new Dictionary<string, AccountFailure>(), timeProvider));

        if (await followUpList.IsAnyDueAsync())
            await LookAtDueAsync(run, cancellationToken);
        return new ReconciliationReport(timeProvider.GetUtcNow().UtcDateTime, run.Open, run.Asked, run.Changed, run.Failed, run.IsOver(MaxAskedPerRun) || run.Accounts.HasPaused, run.FollowedUp)
        {
            Accounts = run.Accounts.Result,
            TakenOverFrom = takenOverFrom
        };
    }

    private async Task LookAtDueAsync(Run run, CancellationToken cancellationToken)
    {
        // Customers of the last day may be waiting, so their orders come first. But a day with many unpaid orders must not prevent all the others from being compared.
        await CompareDueAsync(run, MaxAskedPerRun / 2, timeProvider.GetUtcNow().UtcDateTime.AddDays(-1), cancellationToken);
        await CompareDueAsync(run, MaxAskedPerRun, addedAfterUtc: null, cancellationToken);
        foreach (var due in (await followUpList.DueAsync(FollowUpKind.OpenWork, MaxAskedPerRun)).DistinctBy(row => row.OrderId))
            await LookAtAsync(due, run, async (row, order, record) => await followUpProcessor.SettleAsync(order, record, cancellationToken) ? null : row.DueOnUtc, cancellationToken);
        foreach (var due in (await followUpList.DueAsync(FollowUpKind.Subscription, MaxAskedPerRun)).DistinctBy(row => row.OrderId))
            await LookAtAsync(due, run, (_, order, _) => subscriptionProcessor.LookAsync(order, cancellationToken), cancellationToken);
    }

    private async Task CompareDueAsync(Run run, int mostAsked, DateTime? addedAfterUtc, CancellationToken cancellationToken)
    {
        while (!run.IsOver(mostAsked) && await followUpList.DueAsync(FollowUpKind.Comparison, PageSize, addedAfterUtc) is { Count: > 0 } page)
        {
            foreach (var due in page.DistinctBy(row => row.OrderId))
            {
                await LookAtAsync(due, run, (_, order, record) => CompareAsync(order, record, run, cancellationToken), cancellationToken);
                if (run.IsOver(mostAsked))
                    return;
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // The look returns when the order is due next, or null if it is settled.
    private async Task LookAtAsync(MultiSafepayFollowUp due, Run run, Func<MultiSafepayFollowUp, Order, PaymentRecord, Task<DateTime?>> look, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = timeProvider.GetUtcNow().UtcDateTime;
        if (await followUpList.TakeAsync(due, latest => now + Shorter(ReconciliationPlan.Interval(now - latest.CreatedOnUtc), _retryAfterCrash)) is not { } row)
            return;

        run.LookedAt++;
        var account = string.Empty;
        try
        {
            if (await orderService.FindOursAsync(row.OrderId) is not { } order)
            {
                await LookAtDeletedAsync(row, run, cancellationToken);
                return;
            }

            var record = await lockedOrders.RecordAsync(order);
            account = record.Current?.KeyFingerprint ?? string.Empty;
            if (run.Accounts.PausedUntilUtc(account) is { } pausedUntil)
            {
                await followUpList.PostponeAsync(row, pausedUntil > row.DueOnUtc ? pausedUntil : row.DueOnUtc, hasFailed: row.FailedTries > 0);
                return;
            }

            run.FollowedUp += row.KindId == (int)FollowUpKind.OpenWork ? 1 : 0;
            await EndAsync(row, await look(row, order, record));
        }
        catch (OrderBusyException)
        {
            // Another caller is working on the order, such as a notification, which makes this check unnecessary.
            run.Failed++;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            run.Failed++;
            await WarnAsync(row, run, account, exception);

            // The row of a subscription is as old as the subscription, and its next payment is not to wait for that.
            var age = row.KindId == (int)FollowUpKind.Subscription ? TimeSpan.Zero : now - row.CreatedOnUtc;
            await followUpList.PostponeAsync(row, now + ReconciliationPlan.Interval(age, row.FailedTries + 1), hasFailed: true);
        }
    }

    private async Task<DateTime?> CompareAsync(Order order, PaymentRecord record, Run run, CancellationToken cancellationToken)
    {
        run.Open += order.PaymentStatus is PaymentStatus.Pending or PaymentStatus.Authorized ? 1 : 0;
        if (await orderReconciler.ReconcileAsync(order, record, () => run.Asked++, cancellationToken) is { } result)
        {
            run.Changed += result.Changes > 0 ? 1 : 0;
            run.Accounts.Clear(record.Current?.KeyFingerprint ?? string.Empty);
            order = await orderService.FindOursAsync(order.Id) ?? order;
            record = await lockedOrders.RecordAsync(order);
        }

        return await orderReconciler.NextUtcAsync(order, record);
    }

    // nopCommerce publishes an event when an order is deleted, and may crash before; its searches return no deleted orders.
    private async Task LookAtDeletedAsync(MultiSafepayFollowUp row, Run run, CancellationToken cancellationToken)
    {
        if (await deletedOrders.FindAsync(row.OrderId) is not { } deleted)
        {
            await followUpList.SettleAsync(row);
            return;
        }

        run.FollowedUp += row.KindId == (int)FollowUpKind.OpenWork ? 1 : 0;
        await deletedOrders.CloseAsync(deleted, cancellationToken);
        if (row.KindId == (int)FollowUpKind.Subscription && await subscriptionProcessor.LookAsync(deleted, cancellationToken) is { } next)
        {
            await followUpList.PostponeAsync(row, next, hasFailed: false);
            return;
        }

        await EndAsync(row, await deletedOrders.FindAsync(row.OrderId) is { } still && await deletedOrders.IsOpenAsync(still) ? row.DueOnUtc : null);
    }

    private Task EndAsync(MultiSafepayFollowUp row, DateTime? nextUtc) =>
        nextUtc is { } next ? followUpList.PostponeAsync(row, next, hasFailed: false) : followUpList.SettleAsync(row);

    // Once a day for an account, and ever more rarely for an order that always fails.
    private async Task WarnAsync(MultiSafepayFollowUp row, Run run, string account, Exception exception)
    {
        var isOfAccount = AccountFailures.IsOfAccount(exception);
        if (isOfAccount ? !run.Accounts.Add(account) : !BitOperations.IsPow2(row.FailedTries + 1))
            return;
        await notesAndLog.WarnAsync(
            FormattableString.Invariant($"order {row.OrderId} could not be compared with MultiSafepay. {exception.Message}")
                + (isOfAccount ? " Further failures of the same account are not logged for a day." : string.Empty),
            exception is MultiSafepayApiException or AfterSalesException ? null : exception);
    }

    private sealed class Run(AccountFailures accounts)
    {
        public AccountFailures Accounts => accounts;

        public int LookedAt { get; set; }

        public int Open { get; set; }

        public int Asked { get; set; }

        public int Changed { get; set; }

        public int Failed { get; set; }

        public int FollowedUp { get; set; }

        public bool IsOver(int mostAsked) => Asked >= mostAsked || LookedAt >= MaxLookedAtPerRun;
    }
}
