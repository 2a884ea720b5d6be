using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Services.Logging;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>A section of the report: a heading, and lines with a name and a value.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Lines">The lines.</param>
public sealed record DiagnosticSection(string Title, IReadOnlyList<(string Name, string Value)> Lines);

/// <summary>
/// Creates the report for support: versions, settings without secrets, the last run of the task, recent notifications and failed calls, and the plugin's log
/// entries. Settings have their technical names, because the reader may not speak the owner's language.
/// </summary>
public class DiagnosticReport(
    StoreSettings storeSettings,
    IStoreService storeService,
    ReconciliationSchedule reconciliationSchedule,
    RecentActivity activity,
    ILogger logger,
    ConfigurationTexts texts,
    TimeProvider timeProvider)
{
    private const int MaxLogLines = 30;

    private static readonly string[] _secrets = [nameof(MultiSafepaySettings.TestApiKey), nameof(MultiSafepaySettings.LiveApiKey)];

    /// <summary>Creates the report of the current state.</summary>
    public async Task<IReadOnlyList<DiagnosticSection>> CreateAsync()
    {
        var sections = new List<DiagnosticSection> { await VersionsAsync() };
        foreach (var store in await storeService.GetAllStoresAsync())
            sections.Add(new DiagnosticSection($"{store.Name} ({store.Id})", await SettingsAsync(store)));
        sections.Add(await TaskAsync());
        sections.Add(await ActivityAsync("Diagnostics.Notifications", activity.Accepted));
        sections.Add(await ActivityAsync("Diagnostics.Refused", activity.Refused));
        sections.Add(await ActivityAsync("Diagnostics.Hints", activity.Hints));
        sections.Add(await ActivityAsync("Diagnostics.FailedCalls", activity.FailedCalls));
        sections.Add(await LogAsync());
        return sections;
    }

    /// <summary>Returns the report as a UTF-8 text file. Times are in UTC.</summary>
    public static byte[] ToFile(IEnumerable<DiagnosticSection> sections)
    {
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            text.Append("== ").AppendLine(section.Title);
            foreach (var (name, value) in section.Lines)
                text.Append(name).Append(": ").AppendLine(value.ReplaceLineEndings(" "));
            text.AppendLine();
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task<DiagnosticSection> VersionsAsync() => new(await texts.TextAsync("Diagnostics.Versions"),
    [
        ("nopCommerce", PluginVersions.Shop ?? "?"),
        (MultiSafepayDefaults.SystemName, PluginVersions.Plugin),
        (".NET", RuntimeInformation.FrameworkDescription),
        ("OS", RuntimeInformation.OSDescription),
        (await texts.TextAsync("Diagnostics.Now"), Time(timeProvider.GetUtcNow().UtcDateTime)),
        (await texts.TextAsync("Diagnostics.Clock"), activity.ClockDifference is { } difference ? string.Create(CultureInfo.InvariantCulture, $"{difference.TotalSeconds:0} s") : "?")
    ]);

    private async Task<IReadOnlyList<(string Name, string Value)>> SettingsAsync(Store store)
    {
        var settings = await storeSettings.ForStoreAsync(store.Id);
        var lines = new List<(string, string)> { (await texts.TextAsync("Configuration.Notifications"), ShopUrls.Notification(store, settings)) };
        foreach (var property in typeof(MultiSafepaySettings).GetProperties().Where(property => property.CanWrite))
        {
            var value = Convert.ToString(property.GetValue(settings), CultureInfo.InvariantCulture) ?? string.Empty;
            if (_secrets.Contains(property.Name))
                value = value.Length > 0 ? "***" : string.Empty;
            lines.Add((property.Name, value.Length > 0 ? value : "-"));
        }

        return lines;
    }

    private async Task<DiagnosticSection> TaskAsync()
    {
        var report = await reconciliationSchedule.LastReportAsync();
        return new DiagnosticSection(await texts.TextAsync("Diagnostics.Task"), report is null ? [] : [(Time(report.FinishedUtc), report.ToString())]);
    }

    private async Task<DiagnosticSection> ActivityAsync(string title, IEnumerable<ActivityEntry> entries) =>
        new(await texts.TextAsync(title), [.. entries.Select(entry => (Time(entry.AtUtc), $"{entry.What} → {entry.Outcome}"))]);

    private async Task<DiagnosticSection> LogAsync()
    {
        var log = await logger.GetAllLogsAsync(message: MultiSafepayDefaults.SystemName, pageSize: MaxLogLines);
        return new DiagnosticSection(await texts.TextAsync("Diagnostics.Log"), [.. log.Select(line => (Time(line.CreatedOnUtc), $"{line.LogLevel}: {line.ShortMessage}"))]);
    }

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
