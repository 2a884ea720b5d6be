using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>
/// Finds what notifications missed. It asks MultiSafepay about orders whose payment is still open and, a few times, about paid ones, which may have been refunded
/// or charged back since. Recent orders are asked about often and old ones rarely, and one run asks about at most <see cref="MaxAskedPerRun"/> orders.
/// <see cref="ReconciliationPlan"/> determines which orders a run considers. After that, it processes as many orders at most of the <see cref="FollowUpList"/>.
/// </summary>
/// <remarks>
/// The cost does not grow with the number of the shop's past orders: that of the first part grows with the orders of a few days, that of the second part not at all.
/// </remarks>
public class Reconciler(
    IOrderService orderService,
    OrderReconciler orderReconciler,
    FollowUpProcessor followUpProcessor,
    DeletedOrders deletedOrders,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>
    /// The maximum number of orders that one run asks MultiSafepay about, and of orders on the <see cref="FollowUpList"/> that it processes. Each order takes one call for each
    /// attempt and capture.
    /// </summary>
    public const int MaxAskedPerRun = 100;

    /// <summary>The number of orders that are read from the database at once.</summary>
    public const int PageSize = 50;

    private const int MaxFailuresInARow = 3;

    private static readonly List<int> _openPayments = [(int)PaymentStatus.Pending, (int)PaymentStatus.Authorized];
    private static readonly List<int> _paidPayments = [(int)PaymentStatus.Paid, (int)PaymentStatus.PartiallyRefunded];

    /// <summary>
    /// Runs once and considers all open orders of the last <see cref="ReconciliationPlan.MaxAgeInDays"/> days, up to <see cref="MaxAskedPerRun"/>.
    /// </summary>
    public Task<ReconciliationReport> RunAsync(CancellationToken cancellationToken) => RunAsync(coveredUntilUtc: null, cancellationToken);

    /// <summary>Runs once. An order that fails is logged and counted, and does not end the run.</summary>
    /// <param name="coveredUntilUtc">
    /// <see cref="ReconciliationReport.CoveredUntilUtc"/> of the last run, in UTC; null to consider all open orders.
    /// </param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task<ReconciliationReport> RunAsync(DateTime? coveredUntilUtc, CancellationToken cancellationToken)
    {
        var run = new Run();
        var now = timeProvider.GetUtcNow().UtcDateTime;
        var (lastDay, before) = (ReconciliationPlan.LastDay(now), ReconciliationPlan.Windows(coveredUntilUtc, now));

        // Customers of the last day may be waiting, so their orders come first. But a day with many unpaid orders must not prevent all the others from being checked.
        await ReconcileAsync(lastDay, _openPayments, run, MaxAskedPerRun / 2, cancellationToken);
        foreach (var window in before)
            await ReconcileAsync(window, _openPayments, run, MaxAskedPerRun, cancellationToken);
        foreach (var window in ReconciliationPlan.SecondLooks(coveredUntilUtc, now))
            await ReconcileAsync(window, _paidPayments, run, MaxAskedPerRun, cancellationToken, secondLook: now - window.To);
        if (!run.IsOver(MaxAskedPerRun))
            coveredUntilUtc = now;
        if (run.Asked >= MaxAskedPerRun / 2)
            await ReconcileAsync(lastDay, _openPayments, run, MaxAskedPerRun, cancellationToken);

        foreach (var window in before.Append(lastDay))
            await EnqueueDeletedAsync(window, run, cancellationToken);
        foreach (var followUp in await followUpProcessor.DueAsync(MaxAskedPerRun))
        {
            if (run.FailedInARow >= MaxFailuresInARow)
                break;
            run.FollowedUp++;
            await TryAsync(followUp.OrderId, run, () => followUpProcessor.SettleAsync(followUp, cancellationToken), cancellationToken);
        }

        return new ReconciliationReport(timeProvider.GetUtcNow().UtcDateTime, run.Open, run.Asked, run.Changed, run.Failed, run.IsOver(MaxAskedPerRun), run.FollowedUp, coveredUntilUtc);
    }

    // From the last page to the first, so that the oldest orders come first, and orders that drop out of the search on the way do not move those still to come.
    private async Task ReconcileAsync(
        (DateTime From, DateTime To) window, List<int> payments, Run run, int mostAsked, CancellationToken cancellationToken, TimeSpan? secondLook = null)
    {
        if (run.IsOver(mostAsked))
            return;
        var first = await PageAsync(window, payments, 0);
        for (var page = first.TotalPages - 1; page >= 0; page--)
        {
            foreach (var order in (page == 0 && first.TotalPages == 1 ? first : await PageAsync(window, payments, page)).Reverse())
            {
                await ReconcileAsync(order, run, secondLook, cancellationToken);
                if (run.IsOver(mostAsked))
                    return;
            }
        }
    }

    // Orders that were deleted while their payment was open, if the shop crashed before the plugin's event handler ran. MultiSafepay is not asked here; the follow-up does that.
    private async Task EnqueueDeletedAsync((DateTime From, DateTime To) window, Run run, CancellationToken cancellationToken)
    {
        var pages = 1;
        for (var page = 0; page < pages; page++)
        {
            var orders = await deletedOrders.PageAsync(window, page, PageSize);
            pages = orders.TotalPages;
            foreach (var order in orders)
            {
                await TryAsync(order.Id, run, async () =>
                {
                    if (await deletedOrders.IsOpenAsync(order))
                        await followUpList.EnqueueAsync(order.Id, cancellationToken);
                }, cancellationToken);
            }
        }
    }

    private Task<Nop.Core.IPagedList<Order>> PageAsync((DateTime From, DateTime To) window, List<int> payments, int page) => orderService.SearchOrdersAsync(
        paymentMethodSystemName: MultiSafepayDefaults.SystemName, createdFromUtc: window.From, createdToUtc: window.To, psIds: payments, pageIndex: page, pageSize: PageSize);

    private Task ReconcileAsync(Order order, Run run, TimeSpan? secondLook, CancellationToken cancellationToken)
    {
        if (order.PaymentStatus is PaymentStatus.Pending or PaymentStatus.Authorized)
            run.Seen.Add(order.Id);
        return TryAsync(order.Id, run, async () =>
        {
            if (await orderReconciler.ReconcileAsync(order, secondLook, () => run.Asked++, cancellationToken) is not { } result)
                return;
            run.Changed += result.Changes > 0 ? 1 : 0;
            run.FailedInARow = 0;
        }, cancellationToken);
    }

    private async Task TryAsync(int orderId, Run run, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (OrderBusyException)
        {
            // Another caller is working on the order, such as a notification, which makes this check unnecessary.
            run.Failed++;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            run.Failed++;
            run.FailedInARow += exception is MultiSafepayApiException { IsTransient: true } ? 1 : 0;
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {orderId} could not be compared with MultiSafepay. {exception.Message}"),
                exception is MultiSafepayApiException or AfterSalesException ? null : exception);
        }
    }

    private sealed class Run
    {
        public HashSet<int> Seen { get; } = [];

        public int Open => Seen.Count;

        public int Asked { get; set; }

        public int Changed { get; set; }

        public int Failed { get; set; }

        public int FailedInARow { get; set; }

        public int FollowedUp { get; set; }

        public bool IsOver(int mostAsked) => Asked >= mostAsked || FailedInARow >= MaxFailuresInARow;
    }
}
