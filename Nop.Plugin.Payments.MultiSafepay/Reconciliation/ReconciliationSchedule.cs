using System.Text.Json;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Common;
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
public class ReconciliationSchedule(IScheduleTaskService scheduleTaskService, IGenericAttributeService genericAttributeService, TimeProvider timeProvider)
{
    /// <summary>The interval of the task, in seconds.</summary>
    public const int IntervalInSeconds = 15 * 60;

    /// <summary>The name of the task; the owner may give it another one.</summary>
    public const string Name = "MultiSafepay: compare open payments";

    /// <summary>The time without a completed run after which the owner is warned.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromHours(1);

    private const int SecondsOfDay = 24 * 60 * 60;

    private const string ReportAttribute = "MultiSafepay.Reconciliation";

    private const string EarlierType = "Nop.Plugin.Payments.MultiSafepay.Synchronization.ReconciliationTask";

    private static readonly string _type = typeof(ReconciliationTask).FullName!;

    private ScheduleTask? _reported;

    /// <summary>The report of the last run; null before the first, or if the task does not exist.</summary>
    public async Task<ReconciliationReport?> LastReportAsync() => (_reported = await FindTaskAsync()) is { } task ? await LastReportAsync(task) : null;

    /// <summary>Stores the report of a run with the task, replacing the previous one: the task of <see cref="LastReportAsync()"/> if that was asked before, which is not read again.</summary>
    public async Task SaveReportAsync(ReconciliationReport report)
    {
        if ((_reported ?? await FindTaskAsync()) is { } task)
            await genericAttributeService.SaveAttributeAsync(task, ReportAttribute, JsonSerializer.Serialize(report, StoredJson.Options));
    }

    /// <summary>
    /// The health of the task. If it has never completed a run, the time counts from when it was enabled.
    /// </summary>
    public async Task<ReconciliationHealth> HealthAsync()
    {
        if (await FindTaskAsync() is not { } task)
            return ReconciliationHealth.Missing;
        if (!task.Enabled)
            return ReconciliationHealth.Disabled;

        var last = (await LastReportAsync(task))?.FinishedUtc ?? task.LastEnabledUtc;
        return last is { } time && timeProvider.GetUtcNow().UtcDateTime - time <= MaxSilence ? ReconciliationHealth.Fine : ReconciliationHealth.Late;
    }

    /// <summary>
    /// The maximum number of orders that MultiSafepay is asked about per day, including those with open work, at the interval that is set in the shop's schedule.
    /// </summary>
    public async Task<int> MaxAskedPerDayAsync()
    {
        var seconds = (await FindTaskAsync())?.Seconds ?? IntervalInSeconds;
        return (int)Math.Min(int.MaxValue, 2L * Reconciler.MaxAskedPerRun * Math.Max(1L, SecondsOfDay / Math.Max(1, seconds)));
    }

    /// <summary>Adds the task to the shop's schedule, unless it exists, and removes that of a build from before the first release, whose type does not exist any more.</summary>
    public async Task AddAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(EarlierType) is { } earlier)
            await scheduleTaskService.DeleteTaskAsync(earlier);
        if (await FindTaskAsync() is null)
        {
            await scheduleTaskService.InsertTaskAsync(new ScheduleTask
            {
                Name = Name,
                Type = _type,
                Seconds = IntervalInSeconds,
                Enabled = true,
                LastEnabledUtc = timeProvider.GetUtcNow().UtcDateTime,
                StopOnError = false
            });
        }
    }

    /// <summary>Removes the task from the shop's schedule, with its last report. The <see cref="FollowUpList"/> stays: open work is done after the plugin was installed again.</summary>
    public async Task RemoveAsync()
    {
        if (await FindTaskAsync() is not { } task)
            return;
        await genericAttributeService.SaveAttributeAsync(task, ReportAttribute, string.Empty);
        await scheduleTaskService.DeleteTaskAsync(task);
    }

    private Task<ScheduleTask?> FindTaskAsync() => scheduleTaskService.GetTaskByTypeAsync(_type)!;

    // A damaged report is as good as none: it must not keep the task from running.
    private async Task<ReconciliationReport?> LastReportAsync(ScheduleTask task)
    {
        try
        {
            return await genericAttributeService.GetAttributeAsync<string>(task, ReportAttribute) is { Length: > 0 } json
                ? JsonSerializer.Deserialize<ReconciliationReport>(json, StoredJson.Options)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
