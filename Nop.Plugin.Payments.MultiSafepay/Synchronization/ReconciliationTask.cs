using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Core;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Services.Common;
using Nop.Services.Customers;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>nopCommerce's scheduled task that runs the <see cref="Reconciler"/>, and what is known of its runs.</summary>
public class ReconciliationTask(
    Reconciler reconciler,
    OpenAffairs openAffairs,
    IScheduleTaskService scheduleTaskService,
    IGenericAttributeService genericAttributeService,
    IStoreService storeService,
    ICustomerService customerService,
    IWorkContext workContext,
    PaymentJournal journal,
    TimeProvider timeProvider) : IScheduleTask
{
    /// <summary>How often the task runs, in seconds.</summary>
    public const int IntervalInSeconds = 15 * 60;

    private const string ReportAttribute = "MultiSafepay.Reconciliation";

    private static readonly string _type = typeof(ReconciliationTask).FullName!;

    /// <inheritdoc/>
    public async Task ExecuteAsync()
    {
        // As in the webhook: nopCommerce asks who works on an order, and would create a guest.
        await workContext.SetCurrentCustomerAsync(await customerService.GetOrCreateBackgroundTaskUserAsync());

        var report = await reconciler.RunAsync(CancellationToken.None);
        if (await FirstStoreAsync() is { } store)
            await genericAttributeService.SaveAttributeAsync(store, ReportAttribute, JsonSerializer.Serialize(report, ReconciliationJson.Default.ReconciliationReport));
        if (report.Changed + report.Failed > 0)
            await journal.WarnAsync($"the reconciliation found orders that notifications had missed: {report}.");
    }

    /// <summary>What the last run found, or null before the first.</summary>
    public async Task<ReconciliationReport?> LastReportAsync() =>
        await FirstStoreAsync() is { } store && await genericAttributeService.GetAttributeAsync<string>(store, ReportAttribute) is { Length: > 0 } json
            ? JsonSerializer.Deserialize(json, ReconciliationJson.Default.ReconciliationReport)
            : null;

    /// <summary>Adds the task to the shop's schedule, unless it is there.</summary>
    public async Task ScheduleAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(_type) is null)
        {
            await scheduleTaskService.InsertTaskAsync(new ScheduleTask
            {
                Name = "MultiSafepay: compare open payments",
                Type = _type,
                Seconds = IntervalInSeconds,
                Enabled = true,
                LastEnabledUtc = timeProvider.GetUtcNow().UtcDateTime,
                StopOnError = false
            });
        }
    }

    /// <summary>Takes the task, and what is known of its runs, out of the shop.</summary>
    public async Task UnscheduleAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(_type) is { } task)
            await scheduleTaskService.DeleteTaskAsync(task);
        if (await FirstStoreAsync() is { } store)
            await genericAttributeService.SaveAttributeAsync(store, ReportAttribute, string.Empty);
        await openAffairs.ClearAsync();
    }

    private async Task<Core.Domain.Stores.Store?> FirstStoreAsync() => (await storeService.GetAllStoresAsync()).OrderBy(store => store.Id).FirstOrDefault();
}

[JsonSerializable(typeof(ReconciliationReport))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;
