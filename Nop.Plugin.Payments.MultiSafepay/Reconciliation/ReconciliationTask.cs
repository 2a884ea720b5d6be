using Nop.Core;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Services.Customers;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>nopCommerce's scheduled task that runs the <see cref="Reconciler"/>.</summary>
public class ReconciliationTask(
    Reconciler reconciler,
    ReconciliationSchedule schedule,
    IUnfinishedInstallation unfinishedInstallation,
    CustomerCardEraser cardEraser,
    ICustomerService customerService,
    IWorkContext workContext,
    OrderNotesAndLog notesAndLog) : IScheduleTask
{
    /// <inheritdoc/>
    public async Task ExecuteAsync()
    {
        // nopCommerce asks for the current customer while it works on an order, and would otherwise create a guest, as in the webhook.
        await workContext.SetCurrentCustomerAsync(await customerService.GetOrCreateBackgroundTaskUserAsync());

        await unfinishedInstallation.RetryAsync();
        await cardEraser.RetryAsync(CancellationToken.None);
        var report = await reconciler.RunAsync(await schedule.LastReportAsync(), CancellationToken.None);
        await schedule.SaveReportAsync(report);
        if (report.Changed > 0)
            await notesAndLog.WarnAsync($"the reconciliation found orders that notifications had missed: {report}.");
    }
}
