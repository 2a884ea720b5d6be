using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Services.Helpers;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The open alerts and the report of the scheduled task's last run. This group has no settings.</summary>
public class ReconciliationGroup(OwnerWarnings warnings, ReconciliationSchedule schedule, IDateTimeHelper dateTimeHelper, ConfigurationTexts texts) : IConfigurationGroup
{
    /// <inheritdoc/>
    public IReadOnlyList<SettingField> Fields => [];

    /// <inheritdoc/>
    public async Task PrepareModelAsync(ConfigurationModel model, MultiSafepaySettings settings)
    {
        model.Alerts = await warnings.AlertsAsync();
        model.ReconciliationWarnings = await warnings.TaskAsync();
        model.ScheduleUrl = warnings.ScheduleUrl;
        model.Reconciliation = [.. await LastRunAsync(), await texts.FormatAsync("Reconciliation.Limit", await schedule.MaxAskedPerDayAsync())];
    }

    private async Task<IReadOnlyList<string>> LastRunAsync()
    {
        if (await schedule.LastReportAsync() is not { } report)
            return [await texts.TextAsync("Reconciliation.Never")];

        var finished = await dateTimeHelper.ConvertToUserTimeAsync(report.FinishedUtc, DateTimeKind.Utc);
        List<string> lines =
        [
            await texts.FormatAsync("Reconciliation.LastRun", finished),
            await texts.FormatAsync("Reconciliation.Found", report.Open, report.Asked, report.Changed, report.Failed)
        ];
        if (report.StoppedEarly)
            lines.Add(await texts.TextAsync("Reconciliation.StoppedEarly"));
        return lines;
    }
}
