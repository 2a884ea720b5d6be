using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Configuration;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Infrastructure;

/// <summary>What the installation of a released version leaves in a shop, as it was recorded then (TestData/installed-*.json).</summary>
/// <param name="Version">The version.</param>
/// <param name="Settings">The rows of the settings, by name.</param>
/// <param name="Task">The row of the scheduled task.</param>
/// <param name="Template">The message template, in the shop's first language.</param>
/// <param name="Widgets">The widgets that it switched on.</param>
/// <param name="Texts">The names of the texts, the same in each language.</param>
internal sealed record InstalledState(
    string Version, SortedDictionary<string, string> Settings, InstalledTask Task, InstalledTemplate Template, IReadOnlyList<string> Widgets, IReadOnlyList<string> Texts)
{
    public const string SettingPrefix = "multisafepaysettings.";
    public const string TextPrefix = "plugins.payments.multisafepay.";

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The versions that are recorded.</summary>
    public static IEnumerable<string> Recorded =>
        Directory.EnumerateFiles(Folder(), "installed-*.json").Order(StringComparer.Ordinal).Select(file => Path.GetFileNameWithoutExtension(file)["installed-".Length..]);

    [JsonIgnore]
    public string WidgetSetting => $"{nameof(WidgetSettings)}.{nameof(WidgetSettings.ActiveWidgetSystemNames)}".ToLowerInvariant();

    public static InstalledState Load(string version) => JsonSerializer.Deserialize<InstalledState>(File.ReadAllText(FileOf(version)), _json)!;

    /// <summary>Reads it out of a shop in which the plugin was just installed.</summary>
    public static async Task<InstalledState> ReadAsync(ShopDatabase database, string version)
    {
        var task = (await database.ListAsync<ScheduleTask>(row => row.Type.Contains("MultiSafepay", StringComparison.Ordinal))).Single();
        var template = (await database.ListAsync<MessageTemplate>(row => row.Name == CustomerMailTemplates.PaymentLink)).Single();
        var settings = await database.ListAsync<Setting>(row => row.Name.StartsWith(SettingPrefix, StringComparison.Ordinal) && row.StoreId == 0);
        var texts = await database.ListAsync<LocaleStringResource>(row => row.LanguageId == 1 && row.ResourceName.StartsWith(TextPrefix, StringComparison.Ordinal));
        return new InstalledState(
            version,
            new SortedDictionary<string, string>(settings.ToDictionary(row => row.Name, row => row.Value), StringComparer.Ordinal),
            new InstalledTask(task.Name, task.Type, task.Seconds, task.Enabled, task.StopOnError),
            new InstalledTemplate(template.Name, template.Subject, template.Body, template.IsActive),
            [MultiSafepayDefaults.SystemName],
            [.. texts.Select(row => row.ResourceName).Order(StringComparer.Ordinal)]);
    }

    public void Save() => File.WriteAllText(FileOf(Version), JsonSerializer.Serialize(this, _json) + "\n");

    private static string FileOf(string version) => Path.Combine(Folder(), $"installed-{version}.json");

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "TestData");
}

/// <summary>The scheduled task of an installation.</summary>
internal sealed record InstalledTask(string Name, string Type, int Seconds, bool Enabled, bool StopOnError);

/// <summary>The message template of an installation.</summary>
internal sealed record InstalledTemplate(string Name, string Subject, string Body, bool IsActive);
