using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nop.Core.Caching;
using Nop.Core.Configuration;
using Nop.Core.Domain.Configuration;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Orders;
using Nop.Services.ScheduleTasks;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Hosting;
using Sandbox.Testing;

namespace Sandbox.Tests.Shop;

/// <summary>The traps in nopCommerce's services that the sandbox keeps: caches within a request, settings for each store, texts, tasks.</summary>
[TestFixture]
internal sealed class ShopServicesTests
{
    private TestShop _shop = null!;

    [SetUp]
    public async Task StartAsync() => _shop = await TestShop.StartAsync(new ShopOptions { ApiKey = null, Plugins = [PluginSource.From("Misc.Tasks", typeof(EmptyPlugin), typeof(CountingTask))] });

    [TearDown]
    public async Task StopAsync() => await _shop.DisposeAsync();

    [Test]
    public async Task Store_settings_override_shared_settings()
    {
        await _shop.InScopeAsync(async services =>
        {
            var settings = services.GetRequiredService<ISettingService>();
            await settings.SaveSettingAsync(new SampleSettings { Fee = 1.25m, Names = ["a", "b"], Kind = DayOfWeek.Friday });
            var own = new SampleSettings { Fee = 2.5m };
            await settings.SaveSettingOverridablePerStoreAsync(own, values => values.Fee, overrideForStore: true, storeId: 2);

            var first = await settings.LoadSettingAsync<SampleSettings>(1);
            var second = await settings.LoadSettingAsync<SampleSettings>(2);
            Assert.That((first.Fee, second.Fee, second.Kind, second.Names), Is.EqualTo((1.25m, 2.5m, DayOfWeek.Friday, new List<string> { "a", "b" })));
            Assert.That((await settings.SettingExistsAsync(own, values => values.Fee, 1), await settings.SettingExistsAsync(own, values => values.Fee, 2)), Is.EqualTo((false, true)));

            await settings.SaveSettingOverridablePerStoreAsync(own, values => values.Fee, overrideForStore: false, storeId: 2);
            Assert.That((await settings.LoadSettingAsync<SampleSettings>(2)).Fee, Is.EqualTo(1.25m));

            await settings.DeleteSettingAsync<SampleSettings>();
            Assert.That(await _shop.Database.ListAsync<Setting>(row => row.Name.StartsWith("samplesettings", StringComparison.Ordinal)), Is.Empty);
        });
    }

    [Test]
    [SetCulture("nl-NL")]
    public async Task Settings_are_stored_independently_of_the_culture()
    {
        await _shop.InScopeAsync(async services =>
        {
            await services.GetRequiredService<ISettingService>().SaveSettingAsync(new SampleSettings { Fee = 1.25m });
            Assert.That((await _shop.Database.ListAsync<Setting>(row => row.Name == "samplesettings.fee")).Single().Value, Is.EqualTo("1.25"));
            Assert.That((await services.GetRequiredService<ISettingService>().LoadSettingAsync<SampleSettings>()).Fee, Is.EqualTo(1.25m));
        });
    }

    [Test]
    public async Task A_setting_saved_without_clearing_the_cache_is_not_seen_until_it_is_cleared()
    {
        await _shop.InScopeAsync(async services =>
        {
            var settings = services.GetRequiredService<ISettingService>();
            await settings.SaveSettingAsync(new SampleSettings { Fee = 1 });
            await settings.LoadSettingAsync<SampleSettings>();
            await settings.SaveSettingAsync(new SampleSettings { Fee = 2 }, values => values.Fee, clearCache: false);
            Assert.That((await settings.LoadSettingAsync<SampleSettings>()).Fee, Is.EqualTo(1m));
            await settings.ClearCacheAsync();
            Assert.That((await settings.LoadSettingAsync<SampleSettings>()).Fee, Is.EqualTo(2m));
        });
    }

    [Test]
    public async Task Attributes_and_orders_by_id_are_cached_within_a_request()
    {
        var order = new Order { OrderGuid = Guid.NewGuid(), CustomOrderNumber = "before" };
        await _shop.Database.InsertAsync(order);
        await _shop.InScopeAsync(async mine =>
        {
            var attributes = mine.GetRequiredService<IGenericAttributeService>();
            await attributes.SaveAttributeAsync(order, "key", 1);
            Assert.That(await attributes.GetAttributeAsync<int>(order, "key"), Is.EqualTo(1));
            var known = await mine.GetRequiredService<IOrderService>().GetOrderByIdAsync(order.Id);

            await _shop.InScopeAsync(async others =>
            {
                await others.GetRequiredService<IGenericAttributeService>().SaveAttributeAsync(order, "key", 2);
                var theirs = await others.GetRequiredService<IOrderService>().GetOrderByIdAsync(order.Id);
                theirs.CustomOrderNumber = "after";
                await others.GetRequiredService<IOrderService>().UpdateOrderAsync(theirs);
            });

            Assert.That(await attributes.GetAttributeAsync<int>(order, "key"), Is.EqualTo(1), "remembered for the length of the request");
            Assert.That(await mine.GetRequiredService<IOrderService>().GetOrderByIdAsync(order.Id), Is.SameAs(known));
            Assert.That((await mine.GetRequiredService<IOrderService>().GetOrderByGuidAsync(order.OrderGuid)).CustomOrderNumber, Is.EqualTo("after"), "by GUID it is read afresh");
            mine.GetRequiredService<IShortTermCacheManager>().Remove(NopCommonDefaults.GenericAttributeCacheKey.Key, order.Id, nameof(Order));
            Assert.That(await attributes.GetAttributeAsync<int>(order, "key"), Is.EqualTo(2), "unless the cache is told to forget");
        });
    }

    [Test]
    public async Task Texts_fall_back_to_their_key_and_are_deleted_by_prefix()
    {
        await _shop.InScopeAsync(async services =>
        {
            var texts = services.GetRequiredService<ILocalizationService>();
            var dutch = (await _shop.Database.ListAsync<Language>(language => language.LanguageCulture == "nl-NL")).Single().Id;
            var english = (await _shop.Database.ListAsync<Language>(language => language.LanguageCulture == "en-US")).Single().Id;
            await texts.AddOrUpdateLocaleResourceAsync(new Dictionary<string, string> { ["Sample.Hello"] = "Hello", ["Sample.Bye"] = "Bye" });
            await texts.AddOrUpdateLocaleResourceAsync(new Dictionary<string, string> { ["Sample.Hello"] = "Hallo" }, dutch);

            Assert.That((await texts.GetResourceAsync("sample.HELLO", dutch), await texts.GetResourceAsync("Sample.Hello", english), await texts.GetResourceAsync("Sample.None", dutch)),
                Is.EqualTo(("Hallo", "Hello", "Sample.None")));
            await texts.DeleteLocaleResourcesAsync("Sample.");
            Assert.That(await texts.GetResourceAsync("Sample.Bye", english), Is.EqualTo("Sample.Bye"));
        });
    }

    [TestCase("EUR", 1.005, 1.00)]
    [TestCase("EUR", 1.015, 1.02)]
    [TestCase("JPY", 6478.49, 6478)]
    [TestCase("JPY", 6478.50, 6479)]
    [TestCase("KWD", 1.2345, 1.23)]
    public async Task Prices_are_rounded_by_the_rule_of_the_currency(string code, decimal value, decimal rounded)
    {
        await _shop.InScopeAsync(async services =>
        {
            var currency = (await _shop.Database.ListAsync<Nop.Core.Domain.Directory.Currency>(currency => currency.CurrencyCode == code)).Single();
            Assert.That(await services.GetRequiredService<IPriceCalculationService>().RoundPriceAsync(value, currency), Is.EqualTo(rounded));
        });
    }

    [Test]
    public async Task A_task_can_be_run_manually_and_records_the_time()
    {
        CountingTask.Runs = 0;
        var task = new ScheduleTask { Name = "Counting", Seconds = 60, Type = typeof(CountingTask).FullName, Enabled = false };
        await _shop.InScopeAsync(services => services.GetRequiredService<IScheduleTaskService>().InsertTaskAsync(task));
        using var browser = _shop.NewBrowser();
        await browser.PostFromAsync("Admin/System/Tasks", $"Admin/System/RunTask/{task.Id}");
        task = (await _shop.Database.FindAsync<ScheduleTask>(task.Id))!;
        Assert.That((CountingTask.Runs, task.LastSuccessUtc.HasValue), Is.EqualTo((1, true)));
        Assert.That(await browser.ReadAsync("Admin/System/Tasks"), Does.Contain(task.LastSuccessUtc!.Value.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
    }

    [Test]
    public async Task A_due_task_runs_automatically_and_creates_no_guest()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var shop = await TestShop.StartAsync(new ShopOptions
        {
            ApiKey = null,
            Time = time,
            RunScheduledTasks = true,
            Plugins = [PluginSource.From("Misc.Tasks", typeof(EmptyPlugin), typeof(CountingTask))],
        });
        CountingTask.Runs = 0;
        await shop.Database.InsertAsync(new ScheduleTask
        {
            Name = "Counting",
            Seconds = 600,
            Type = typeof(CountingTask).FullName,
            Enabled = true,
            LastEnabledUtc = time.GetUtcNow().UtcDateTime,
        });

        time.Advance(TimeSpan.FromSeconds(599));
        await Task.Delay(200);
        Assert.That(CountingTask.Runs, Is.Zero, "not due yet");
        for (var i = 0; i < 100 && CountingTask.Runs == 0; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50);
        }

        Assert.That((CountingTask.Runs, (await shop.GuestsAsync()).Count), Is.EqualTo((1, 0)));
    }

    [TestCase("127.0.0.1", "/Admin/Order/List", true)]
    [TestCase("::1", "/admin/order/list", true)]
    [TestCase("192.0.2.7", "/Admin/Order/List", false)]
    [TestCase("192.0.2.7", "/admin/multisafepay/configure", false)]
    [TestCase("192.0.2.7", "/cart", true)]
    public async Task The_admin_area_is_accessible_only_from_the_local_machine(string address, string path, bool opens)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Path = path;
        var opened = false;
        await new AdminGate(_ =>
        {
            opened = true;
            return Task.CompletedTask;
        }).InvokeAsync(context);
        Assert.That((opened, context.Response.StatusCode), Is.EqualTo((opens, opens ? 200 : 403)));
    }

    /// <summary>Settings of several kinds.</summary>
    internal sealed class SampleSettings : ISettings
    {
        public decimal Fee { get; set; }

        public List<string> Names { get; set; } = [];

        public DayOfWeek Kind { get; set; }
    }

    /// <summary>Counts how often it was run.</summary>
    internal sealed class CountingTask : IScheduleTask
    {
        public static int Runs { get; set; }

        public Task ExecuteAsync()
        {
            Runs++;
            return Task.CompletedTask;
        }
    }
}
