using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Configuration;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Infrastructure;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.ScheduleTasks;
using Nop.Services.Security;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Data;
using Sandbox.Shop.Hosting;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Infrastructure;

/// <summary>
/// A shop with any released version in it, configured and reworded by its owner, gets this version as nopCommerce updates plugins: at the start, because the version
/// in the folder is another one. Nothing of the owner's is lost, all that is new is there, and the next start finds nothing left to do.
/// </summary>
[TestFixtureSource(typeof(InstalledState), nameof(InstalledState.Recorded))]
internal sealed class UpdateTests(string version)
{
    private const string Key = "made-up-key-of-the-owner";

    // The payment link, and four about subscriptions.
    private const int Templates = 5;

    private readonly InstalledState _state = InstalledState.Load(version);
    private ShopDatabase _database = null!;

    [SetUp]
    public async Task InstallTheOldVersionAsync()
    {
        _database = new ShopDatabase();
        await using var shop = await TestShop.StartAsync(new ShopOptions { Database = _database, ApiKey = null, Plugins = [] });
        foreach (var (name, value) in _state.Settings)
            await _database.InsertAsync(new Setting { Name = name, Value = value });
        foreach (var language in await _database.ListAsync<Language>())
        {
            foreach (var name in _state.Texts)
                await _database.InsertAsync(new LocaleStringResource { LanguageId = language.Id, ResourceName = name, ResourceValue = $"{name} as {version} said it" });
        }

        var task = _state.Task;
        await _database.InsertAsync(new ScheduleTask { Name = task.Name, Type = task.Type, Seconds = task.Seconds, Enabled = task.Enabled, StopOnError = task.StopOnError });
        var template = _state.Template;
        await _database.InsertAsync(new MessageTemplate { Name = template.Name, Subject = template.Subject, Body = template.Body, IsActive = template.IsActive });
        await _database.InsertAsync(new Setting { Name = _state.WidgetSetting, Value = string.Join(',', [.. _state.Widgets, "Widgets.Other"]) });
        await _database.InsertAsync(new InstalledPlugin { SystemName = MultiSafepayDefaults.SystemName, Version = version });
    }

    [TearDown]
    public void Forget() => _database.Dispose();

    [Test]
    public async Task An_update_keeps_the_settings_of_the_owner()
    {
        string encrypted;
        await using (var shop = await TestShop.StartAsync(new ShopOptions { Database = _database, Plugins = [] }))
            encrypted = await shop.InScopeAsync(services => Task.FromResult(services.GetRequiredService<IEncryptionService>().EncryptText(Key)));
        await ChangeAsync("testapikey", encrypted);
        await ChangeAsync("linklifetime", "12");
        await _database.InsertAsync(new Setting { Name = InstalledState.SettingPrefix + "enabled", Value = "False", StoreId = 2 });
        var before = await SettingsAsync();

        await using var updated = await UpdateAsync("4.90.1000");

        Assert.That(before.Except(await SettingsAsync()), Is.Empty);
        var (all, second, key) = await updated.InScopeAsync(async services =>
        {
            var settings = services.GetRequiredService<StoreSettings>();
            var all = await settings.ForStoreAsync(1);
            return (all, await settings.ForStoreAsync(2), settings.Credentials(all, MultiSafepayEnvironment.Test)?.ApiKey);
        });
        Assert.That((all.LinkLifetime, all.Enabled, second.Enabled, second.LinkLifetime, key), Is.EqualTo((12, true, false, 12, Key)));
    }

    [Test]
    public async Task A_setting_unknown_to_the_old_version_gets_its_default()
    {
        foreach (var row in await _database.ListAsync<Setting>(row => row.Name is InstalledState.SettingPrefix + "authorizationwarningdays" or InstalledState.SettingPrefix + "groupcards"))
            await _database.DeleteAsync(row);
        await using var updated = await UpdateAsync("4.90.1000");
        var settings = await updated.InScopeAsync(services => services.GetRequiredService<ISettingService>().LoadSettingAsync<MultiSafepaySettings>());
        Assert.That((settings.AuthorizationWarningDays, settings.GroupCards), Is.EqualTo((new MultiSafepaySettings().AuthorizationWarningDays, new MultiSafepaySettings().GroupCards)));
    }

    [Test]
    public async Task An_update_keeps_existing_texts_and_adds_new_ones()
    {
        var gone = await _database.ListAsync<LocaleStringResource>(row => row.ResourceName.StartsWith(InstalledState.TextPrefix + "panel", StringComparison.Ordinal));
        foreach (var row in gone)
            await _database.DeleteAsync(row);
        var before = await TextsAsync();

        await using var updated = await UpdateAsync("4.90.1000");

        var after = await TextsAsync();
        Assert.That(gone, Is.Not.Empty);
        Assert.That(before.Except(after), Is.Empty);
        foreach (var (id, language) in new[] { (1, "en"), (2, "nl") })
        {
            var texts = TextResources.Read(language);
            Assert.That(texts.Keys.Select(key => key.ToLowerInvariant()).Except(after.Where(text => text.Language == id).Select(text => text.Name)), Is.Empty);
            Assert.That(after.Except(before).Where(text => text.Language == id).Select(text => text.Value).Except(texts.Values), Is.Empty, "new ones in their language");
        }
    }

    [Test]
    public async Task An_update_keeps_changes_to_task_template_and_widgets()
    {
        var task = (await _database.ListAsync<ScheduleTask>()).Single();
        (task.Seconds, task.Enabled) = (3600, false);
        await _database.UpdateAsync(task);
        var template = (await _database.ListAsync<MessageTemplate>()).Single();
        (template.Subject, template.IsActive) = ("Our own subject", false);
        await _database.UpdateAsync(template);

        await using var updated = await UpdateAsync("4.90.1000");

        Assert.That((await _database.ListAsync<ScheduleTask>()).Select(row => (row.Type, row.Seconds, row.Enabled)), Is.EqualTo(new[] { (_state.Task.Type, 3600, false) }));
        Assert.That((await _database.ListAsync<MessageTemplate>(row => row.Name == _state.Template.Name)).Select(row => (row.Subject, row.IsActive)),
            Is.EqualTo(new[] { ("Our own subject", false) }));
        Assert.That(await WidgetsAsync(updated), Is.EquivalentTo(new[] { MultiSafepayDefaults.SystemName, "Widgets.Other" }));
    }

    [Test]
    public async Task An_update_removes_the_task_of_a_build_from_before_the_first_release()
    {
        const string Earlier = "Nop.Plugin.Payments.MultiSafepay.Synchronization.ReconciliationTask";
        await _database.InsertAsync(new ScheduleTask { Name = "MultiSafepay: compare open payments", Type = Earlier, Seconds = 900, Enabled = true });
        await using var updated = await UpdateAsync("4.90.1000");
        Assert.That((await _database.ListAsync<ScheduleTask>()).Select(task => task.Type), Has.None.EqualTo(Earlier).And.Some.EndsWith(".Reconciliation.ReconciliationTask"));
    }

    [Test]
    public async Task An_update_restores_a_missing_task_and_template()
    {
        foreach (var row in await _database.ListAsync<ScheduleTask>())
            await _database.DeleteAsync(row);
        foreach (var row in await _database.ListAsync<MessageTemplate>())
            await _database.DeleteAsync(row);
        await using var updated = await UpdateAsync("4.90.1000");

        // As a fresh installation has it.
        await using var fresh = await TestShop.StartAsync();
        var (expected, actual) = (await InstalledState.ReadAsync(fresh.Database, version), await InstalledState.ReadAsync(_database, version));
        Assert.That((actual.Task, actual.Template), Is.EqualTo((expected.Task, expected.Template)));
        Assert.That(expected.Texts.Except(actual.Texts), Is.Empty);
    }

    /// <summary>In nopCommerce 4.90.7 and later, an exception in the update of a plugin keeps the shop from starting.</summary>
    [Test]
    public async Task A_failure_in_an_update_leaves_the_shop_running_and_is_made_good_later([Values("templates", "texts", "tasks")] string fails)
    {
        foreach (var row in await _database.ListAsync<MessageTemplate>())
            await _database.DeleteAsync(row);
        foreach (var row in await _database.ListAsync<ScheduleTask>())
            await _database.DeleteAsync(row);
        var failure = new InvalidOperationException("the database does not answer");
        var templates = new Mock<IMessageTemplateService>();
        templates.Setup(service => service.GetMessageTemplatesByNameAsync(It.IsAny<string>(), It.IsAny<int?>())).ThrowsAsync(failure);
        var languages = new Mock<ILanguageService>();
        languages.Setup(service => service.GetAllLanguagesAsync(It.IsAny<bool>(), It.IsAny<int>())).ThrowsAsync(failure);
        var tasks = new Mock<IScheduleTaskService>();
        tasks.Setup(service => service.GetTaskByTypeAsync(It.IsAny<string>())).ThrowsAsync(failure);

        await using (var broken = await UpdateAsync("4.90.1000", services => _ = fails switch
        {
            "templates" => services.AddScoped(_ => templates.Object),
            "texts" => services.AddScoped(_ => languages.Object),
            _ => services.AddScoped(_ => tasks.Object)
        }))
        {
            Assert.That(await _database.ListAsync<MessageTemplate>(), Has.Count.EqualTo(fails == "tasks" ? Templates : 0), "a template is in each language");
            Assert.That(await _database.ListAsync<ScheduleTask>(), Has.Count.EqualTo(fails == "tasks" ? 0 : 1), "the other steps are done");
            Assert.That((await _database.ListAsync<Log>(log => log.LogLevel == LogLevel.Error)).Select(log => log.ShortMessage), Has.Some.Contains("a part of the update failed"));
        }

        await using var mended = await UpdateAsync("4.90.1000");
        Assert.That(await mended.InScopeAsync(services => services.GetRequiredService<IUnfinishedInstallation>().RetryAsync()), Is.False, "nothing is left");
        Assert.That((await _database.ListAsync<MessageTemplate>()).Count + (await _database.ListAsync<ScheduleTask>()).Count, Is.EqualTo(Templates + 1));
        Assert.That((await mended.InScopeAsync(services => services.GetRequiredService<ISettingService>().LoadSettingAsync<InstallationSettings>())).IsIncomplete, Is.False);
    }

    [Test]
    public async Task Another_start_or_update_changes_nothing()
    {
        await (await UpdateAsync("4.90.1000")).DisposeAsync();
        var before = await EverythingAsync();
        await (await UpdateAsync("4.90.1000")).DisposeAsync();
        Assert.That(await EverythingAsync(), Is.EqualTo(before));
        await (await UpdateAsync("4.90.1001")).DisposeAsync();
        Assert.That(await EverythingAsync(), Is.EqualTo(before));
        Assert.That((await _database.ListAsync<InstalledPlugin>()).Select(row => row.Version), Is.EqualTo(new[] { "4.90.1001" }));
    }

    // The first start with another version in the folder.
    private Task<TestShop> UpdateAsync(string target, Action<IServiceCollection>? replace = null)
    {
        var plugin = PluginSource.FromAssembly(typeof(MultiSafepayPaymentMethod).Assembly);
        plugin.Descriptor.Version = target;
        return TestShop.StartAsync(new ShopOptions { Database = _database, ApiKey = null, Plugins = [plugin], ConfigureServices = replace });
    }

    private async Task ChangeAsync(string setting, string value)
    {
        var row = (await _database.ListAsync<Setting>(row => row.Name == InstalledState.SettingPrefix + setting)).Single();
        row.Value = value;
        await _database.UpdateAsync(row);
    }

    private async Task<List<(string Name, string Value, int Store)>> SettingsAsync() =>
        [.. (await _database.ListAsync<Setting>(row => row.Name.StartsWith(InstalledState.SettingPrefix, StringComparison.Ordinal))).Select(row => (row.Name, row.Value, row.StoreId))];

    private async Task<List<(int Language, string Name, string Value)>> TextsAsync() =>
        [.. (await _database.ListAsync<LocaleStringResource>(row => row.ResourceName.StartsWith(InstalledState.TextPrefix, StringComparison.Ordinal)))
            .Select(row => (row.LanguageId, row.ResourceName, row.ResourceValue))];

    private async Task<List<string>> EverythingAsync() =>
    [
        .. (await SettingsAsync()).Select(row => $"{row}"), .. (await TextsAsync()).Select(row => $"{row}"),
        .. (await _database.ListAsync<ScheduleTask>()).Select(row => $"{row.Id} {row.Type} {row.Seconds} {row.Enabled}"),
        .. (await _database.ListAsync<MessageTemplate>()).Select(row => $"{row.Id} {row.Name} {row.Subject} {row.Body}")
    ];

    private static Task<List<string>> WidgetsAsync(TestShop shop) =>
        shop.InScopeAsync(async services => (await services.GetRequiredService<ISettingService>().LoadSettingAsync<WidgetSettings>()).ActiveWidgetSystemNames);
}

/// <summary>Writes down what this version installs, before it is released. How: CONTRIBUTING.md, "A release".</summary>
[Explicit("Writes TestData/installed-<version>.json")]
internal sealed class InstallationRecorder
{
    [Test]
    public async Task The_installed_state_of_this_version_is_recorded()
    {
        await using var shop = await TestShop.StartAsync(new ShopOptions { ApiKey = null });
        (await InstalledState.ReadAsync(shop.Database, PluginVersions.Plugin.Split('+')[0])).Save();
    }
}
