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
/// Finds what notifications missed: asks MultiSafepay about orders whose payment is still open, and a few times about those that were paid, which may have been refunded
/// or charged back since. Young orders are asked about often and old ones rarely, and one run asks about <see cref="MaxAskedPerRun"/> orders at most. Which orders it looks at
/// for that, the <see cref="ReconciliationPlan"/> says. Then it works through the list of orders that have something else to do (<see cref="FollowUpList"/>), as many at most.
/// Neither grows with the number of the shop's orders: the first with what the shop sells in a few days, the second not at all.
/// </summary>
public class Reconciler(
    IOrderService orderService,
    OrderReconciler orderReconciler,
    FollowUpProcessor followUpProcessor,
    DeletedOrders deletedOrders,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>The most orders that one run asks MultiSafepay about, and the most of those on the <see cref="FollowUpList"/>. One order takes a call for each attempt and capture.</summary>
    public const int MaxAskedPerRun = 100;

    /// <summary>How many orders are read from the database at once.</summary>
    public const int PageSize = 50;

    private const int MaxFailuresInARow = 3;

    private static readonly List<int> _openPayments = [(int)PaymentStatus.Pending, (int)PaymentStatus.Authorized];
    private static readonly List<int> _paidPayments = [(int)PaymentStatus.Paid, (int)PaymentStatus.PartiallyRefunded];

    /// <summary>Runs once, and looks at all open orders.</summary>
    public Task<ReconciliationReport> RunAsync(CancellationToken cancellationToken) => RunAsync(coveredUntilUtc: null, cancellationToken);

    /// <summary>Runs once.</summary>
    /// <param name="coveredUntilUtc">What the last run's report says; null to look at all open orders.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<ReconciliationReport> RunAsync(DateTime? coveredUntilUtc, CancellationToken cancellationToken)
    {
        var run = new Run();
        var now = timeProvider.GetUtcNow().UtcDateTime;
        var (lastDay, before) = (ReconciliationPlan.LastDay(now), ReconciliationPlan.Windows(coveredUntilUtc, now));

        // The last day's customers may be waiting, so it comes first; but a day of many unpaid orders must not keep all the others from being looked at.
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

    // From the last page to the first: the oldest orders first, and orders that leave the list on the way do not move the ones still to come.
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

    // Deleted while the payment was open, and the shop crashed before the plugin was told. Nothing is asked here: what is found goes the way of all that is left to do.
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
            // A notification is being worked on at this moment; it will do.
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
