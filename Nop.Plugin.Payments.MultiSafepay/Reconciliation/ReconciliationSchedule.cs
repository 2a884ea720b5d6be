using System.Text.Json;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>The health of the scheduled task.</summary>
public enum ReconciliationHealth
{
    /// <summary>The task runs.</summary>
    Fine,

    /// <summary>The task has not completed a run for longer than <see cref="ReconciliationSchedule.MaxSilence"/>.</summary>
    Late,

    /// <summary>The task is disabled.</summary>
    Disabled,

    /// <summary>The task does not exist in the shop's schedule.</summary>
    Missing
}

/// <summary>Manages the <see cref="ReconciliationTask"/> in nopCommerce's schedule, and the report of its last run.</summary>
public class ReconciliationSchedule(IScheduleTaskService scheduleTaskService, ShopAttributes attributes, FollowUpList followUpList, TimeProvider timeProvider)
{
    /// <summary>The interval of the task, in seconds.</summary>
    public const int IntervalInSeconds = 15 * 60;

    /// <summary>The time without a completed run after which the owner is warned.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromHours(1);

    private const int SecondsOfDay = 24 * 60 * 60;

    private const string ReportAttribute = "MultiSafepay.Reconciliation";

    private static readonly string _type = typeof(ReconciliationTask).FullName!;

    /// <summary>The report of the last run; null before the first.</summary>
    /// <exception cref="JsonException">The stored text is not a report.</exception>
    public async Task<ReconciliationReport?> LastReportAsync() =>
        await attributes.FindAsync(ReportAttribute) is { } json ? JsonSerializer.Deserialize<ReconciliationReport>(json, StoredJson.Options) : null;

    /// <summary>Stores the report of a run, replacing the previous one.</summary>
    public Task SaveReportAsync(ReconciliationReport report) => attributes.SaveAsync(ReportAttribute, JsonSerializer.Serialize(report, StoredJson.Options));

    /// <summary>
    /// The health of the task. If it has never completed a run, the time counts from when it was enabled.
    /// </summary>
    /// <exception cref="JsonException">The stored report cannot be read.</exception>
    public async Task<ReconciliationHealth> HealthAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(_type) is not { } task)
            return ReconciliationHealth.Missing;
        if (!task.Enabled)
            return ReconciliationHealth.Disabled;

        var last = (await LastReportAsync())?.FinishedUtc ?? task.LastEnabledUtc;
        return last is { } time && timeProvider.GetUtcNow().UtcDateTime - time <= MaxSilence ? ReconciliationHealth.Fine : ReconciliationHealth.Late;
    }

    /// <summary>
    /// The maximum number of orders that MultiSafepay is asked about per day, including those on the <see cref="FollowUpList"/>, at the interval that is set in the shop's schedule.
    /// </summary>
    public async Task<int> MaxAskedPerDayAsync()
    {
        var seconds = (await scheduleTaskService.GetTaskByTypeAsync(_type))?.Seconds ?? IntervalInSeconds;
        return (int)Math.Min(int.MaxValue, 2L * Reconciler.MaxAskedPerRun * Math.Max(1L, SecondsOfDay / Math.Max(1, seconds)));
    }

    /// <summary>Adds the task to the shop's schedule, unless it exists.</summary>
    public async Task AddAsync()
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

    /// <summary>Removes the task from the shop's schedule, and deletes its last report and the <see cref="FollowUpList"/>.</summary>
    public async Task RemoveAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(_type) is { } task)
            await scheduleTaskService.DeleteTaskAsync(task);
        await attributes.SaveAsync(ReportAttribute, string.Empty);
        await followUpList.ClearAsync();
    }
}
