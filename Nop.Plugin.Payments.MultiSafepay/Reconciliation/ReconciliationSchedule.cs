using System.Text.Json;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>How the scheduled task is doing.</summary>
public enum ReconciliationHealth
{
    /// <summary>It runs.</summary>
    Fine,

    /// <summary>It has not run for an hour.</summary>
    Late,

    /// <summary>It is switched off.</summary>
    Disabled,

    /// <summary>It is not in the shop's schedule.</summary>
    Missing
}

/// <summary>The place of the <see cref="ReconciliationTask"/> in nopCommerce's schedule, and what is known of its runs.</summary>
public class ReconciliationSchedule(IScheduleTaskService scheduleTaskService, ShopAttributes attributes, FollowUpList followUpList, TimeProvider timeProvider)
{
    /// <summary>How often the task runs, in seconds.</summary>
    public const int IntervalInSeconds = 15 * 60;

    /// <summary>After how long without a run the owner is warned.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromHours(1);

    private const int SecondsOfDay = 24 * 60 * 60;

    private const string ReportAttribute = "MultiSafepay.Reconciliation";

    private static readonly string _type = typeof(ReconciliationTask).FullName!;

    /// <summary>What the last run found, or null before the first.</summary>
    public async Task<ReconciliationReport?> LastReportAsync() =>
        await attributes.FindAsync(ReportAttribute) is { } json ? JsonSerializer.Deserialize<ReconciliationReport>(json, StoredJson.Options) : null;

    /// <summary>Keeps what a run found.</summary>
    public Task SaveReportAsync(ReconciliationReport report) => attributes.SaveAsync(ReportAttribute, JsonSerializer.Serialize(report, StoredJson.Options));

    /// <summary>How the task is doing. One that has never run is given the same time from the moment when it was switched on.</summary>
    public async Task<ReconciliationHealth> HealthAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(_type) is not { } task)
            return ReconciliationHealth.Missing;
        if (!task.Enabled)
            return ReconciliationHealth.Disabled;

        var last = (await LastReportAsync())?.FinishedUtc ?? task.LastEnabledUtc;
        return last is { } time && timeProvider.GetUtcNow().UtcDateTime - time <= MaxSilence ? ReconciliationHealth.Fine : ReconciliationHealth.Late;
    }

    /// <summary>The most orders that MultiSafepay is asked about in a day, those on the <see cref="FollowUpList"/> included, as often as the shop's schedule runs the task.</summary>
    public async Task<int> MaxAskedPerDayAsync()
    {
        var seconds = (await scheduleTaskService.GetTaskByTypeAsync(_type))?.Seconds ?? IntervalInSeconds;
        return (int)Math.Min(int.MaxValue, 2L * Reconciler.MaxAskedPerRun * Math.Max(1L, SecondsOfDay / Math.Max(1, seconds)));
    }

    /// <summary>Adds the task to the shop's schedule, unless it is there.</summary>
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

    /// <summary>Takes the task, and what is known of its runs, out of the shop.</summary>
    public async Task RemoveAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(_type) is { } task)
            await scheduleTaskService.DeleteTaskAsync(task);
        await attributes.SaveAsync(ReportAttribute, string.Empty);
        await followUpList.ClearAsync();
    }
}
