using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.ScheduleTasks;
using Nop.Web.Areas.Admin.Models.Common;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>What informs the owner besides the order notes: system warnings, alerts on the configuration page, and how the scheduled task is doing.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class MerchantAlertTests : IntegrationFixture
{
    private const string Page = "Admin/MultiSafepay/Configure";

    [Test]
    public async Task A_healthy_shop_has_no_warnings()
    {
        await Host.Browser.ReadAsync("/");
        Assert.That(await WarningsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_payment_of_a_wrong_amount_warns_until_the_owner_dismisses_it()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.NotifyAsync(Integration.IntegrationHost.Body(order, order.CustomOrderNumber, amount: 1));
        await Host.NotifyAsync(Integration.IntegrationHost.Body(order, order.CustomOrderNumber, amount: 1));

        var warning = (await WarningsAsync()).Single();
        Assert.That(warning.Level, Is.EqualTo(SystemWarningLevel.Warning));
        Assert.That(warning.Text, Does.Contain(order.CustomOrderNumber).And.Contain($"Admin/Order/Edit/{order.Id}\""));
        var page = await Host.Browser.ReadAsync(Page);
        Assert.That(page, Does.Contain($"value=\"{order.Id}.WrongAmount\"").And.Contain($"Admin/Order/Edit/{order.Id}"));

        await Host.Browser.PostFromAsync(Page, "Admin/MultiSafepay/DismissAlert", ("id", $"{order.Id}.WrongAmount"));
        Assert.That(await WarningsAsync(), Is.Empty);
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Not.Contain(".WrongAmount"));
    }

    [Test]
    public async Task Concurrently_raised_alerts_are_all_kept()
    {
        var orders = Enumerable.Range(1, 20).Select(id => new Order { Id = id, CustomOrderNumber = $"N{id}" }).ToList();
        await Task.WhenAll(orders.SelectMany(order => new[] { "Chargeback", "SecondPayment" }.Select(kind => Task.Run(() => RaiseAsync(order, kind)))));
        Assert.That((await OpenAsync()).Select(alert => alert.Id), Is.EquivalentTo(orders.SelectMany(order => new[] { $"{order.Id}.Chargeback", $"{order.Id}.SecondPayment" })));

        await Task.WhenAll(orders.Select(order => Task.Run(() => DismissAsync($"{order.Id}.Chargeback"))));
        Assert.That((await OpenAsync()).Select(alert => alert.Kind), Is.EqualTo(Enumerable.Repeat("SecondPayment", 20)));
    }

    [Test]
    public async Task The_latest_alerts_are_shown_and_earlier_ones_when_those_are_dismissed()
    {
        for (var id = 1; id <= MerchantAlerts.MaxShown + 5; id++)
        {
            Host.Simulator.Pass(TimeSpan.FromSeconds(1));
            await RaiseAsync(new Order { Id = id }, "Chargeback");
        }

        Assert.That((await OpenAsync()).Select(alert => alert.OrderId), Is.EqualTo(Enumerable.Range(6, MerchantAlerts.MaxShown).Reverse()));
        for (var id = 6; id <= MerchantAlerts.MaxShown + 5; id++)
            await DismissAsync($"{id}.Chargeback");
        Assert.That((await OpenAsync()).Select(alert => alert.OrderId), Is.EqualTo(new[] { 5, 4, 3, 2, 1 }));
    }

    [Test]
    public async Task A_repeated_alert_stays_one_alert()
    {
        var order = new Order { Id = 7, StoreId = 2 };
        Assert.That((await RaiseAsync(order, "Chargeback"), await RaiseAsync(order, "Chargeback")), Is.EqualTo((true, true)));
        Assert.That(await Host.Shop.Database.ListAsync<MultiSafepayAlert>(), Has.One.Matches<MultiSafepayAlert>(row => row is { StoreId: 2, OrderId: 7, Kind: "Chargeback" }));
    }

    [Test]
    public async Task An_emoji_in_an_order_number_is_replaced_in_alerts()
    {
        await RaiseAsync(new Order { Id = 7, CustomOrderNumber = "A\U0001F340-é" }, "Chargeback");
        Assert.That((await OpenAsync()).Single().OrderNumber, Is.EqualTo("A??-é"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("7")]
    [TestCase("seven.Chargeback")]
    [TestCase("-7.Chargeback")]
    public async Task A_malformed_alert_id_dismisses_nothing(string? id)
    {
        await RaiseAsync(new Order { Id = 7 }, "Chargeback");
        await DismissAsync(id);
        Assert.That(await OpenAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_order_number_with_HTML_is_encoded_in_alerts()
    {
        await RaiseAsync(new Order { Id = 7, CustomOrderNumber = "<b>7" }, "Chargeback");
        Assert.That((await WarningsAsync()).Single().Text, Does.Contain("&lt;b&gt;7").And.Not.Contain("<b>"));
    }

    [TestCase("SecondPayment", "paid twice")]
    [TestCase("PaidByHandBefore", "by hand")]
    [TestCase("Chargeback", "chargeback")]
    [TestCase("Subscription.NoDetails", "cannot be made automatically")]
    [TestCase("Subscription.Failed", "an order that was not paid")]
    [TestCase("Subscription.OtherEnvironment", "in the other environment")]
    [TestCase("SomethingOfALaterVersion", "notes")]
    public async Task Every_kind_of_alert_has_its_own_text(string kind, string words)
    {
        await RaiseAsync(new Order { Id = 7, CustomOrderNumber = "7" }, kind);
        Assert.That((await WarningsAsync()).Single().Text, Does.Contain(words));
    }

    [Test]
    public async Task An_unreadable_API_key_is_a_system_warning_of_level_fail()
    {
        await Host.SetAsync(settings => settings.TestApiKey = "no key at all");
        var warnings = await WarningsAsync();
        Assert.That(warnings, Is.Not.Empty.And.All.Property(nameof(SystemWarningModel.Level)).EqualTo(SystemWarningLevel.Fail));
        Assert.That(warnings[0].Text, Does.Contain("test").And.Not.Contain("no key at all"));
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("cannot be read"));
    }

    [Test]
    public async Task The_configuration_page_shows_the_last_report_of_the_task()
    {
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("It has not run yet.").And.Contain("19,200"));

        await Host.BuyWithoutNotificationsAsync();
        Host.Simulator.Pass(TimeSpan.FromMinutes(20));
        await RunTaskAsync();
        var report = (await Host.Shop.InScopeAsync(services => services.GetRequiredService<ReconciliationSchedule>().LastReportAsync()))!;
        var page = await Host.Browser.ReadAsync(Page);
        Assert.That(page, Does.Contain(report.FinishedUtc.ToString("g", CultureInfo.GetCultureInfo("en-US"))));
        Assert.That(page, Does.Contain("1 open order(s)").And.Contain("Admin/ScheduleTask/List").And.Not.Contain("alert-warning"));
    }

    [Test]
    public async Task A_task_that_does_not_run_raises_a_warning()
    {
        await RunTaskAsync();
        Assert.That(await WarningsAsync(), Is.Empty);

        Host.Simulator.Pass(TimeSpan.FromMinutes(61));
        await ExpectTaskWarningAsync("has not run for an hour");

        await ChangeTaskAsync((tasks, task) =>
        {
            task.Enabled = false;
            return tasks.UpdateTaskAsync(task);
        });
        await ExpectTaskWarningAsync("switched off");

        await ChangeTaskAsync((tasks, task) => tasks.DeleteTaskAsync(task));
        await ExpectTaskWarningAsync("missing");
    }

    [Test]
    public async Task The_displayed_number_of_API_calls_a_day_follows_the_schedule()
    {
        await ChangeTaskAsync((tasks, task) =>
        {
            task.Seconds = 3600;
            return tasks.UpdateTaskAsync(task);
        });
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("4,800"));
    }

    [Test]
    public async Task A_failed_refund_is_an_alert_until_it_succeeds()
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = CancelledThenPaidPolicy.Refund);
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<Nop.Services.Orders.IOrderProcessingService>().CancelOrderAsync(order, notifyCustomer: false));
        await Host.Simulator.SetFaultAsync(new System.Text.Json.Nodes.JsonObject { ["kind"] = "status", ["method"] = "POST", ["path"] = "orders/*/refunds", ["status"] = 500, ["times"] = 1 });

        await Host.NotifyAsync(Integration.IntegrationHost.Body(order, order.CustomOrderNumber));
        Assert.That((await OpenAsync()).Select(alert => alert.Kind), Is.EqualTo(new[] { MerchantAlerts.RefundFailed }));

        await Host.NotifyAsync(Integration.IntegrationHost.Body(order, order.CustomOrderNumber));
        Assert.That((await OpenAsync()).Select(alert => alert.Kind), Is.EqualTo(new[] { "PaidAfterCancellationRefunded" }));
    }

    private async Task ExpectTaskWarningAsync(string words)
    {
        var warning = (await WarningsAsync()).Single();
        Assert.That(warning.Text, Does.Contain(words).And.Contain("Admin/ScheduleTask/List"));
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain(words).And.Contain("alert-warning"));
    }

    private Task RunTaskAsync() => Host.Shop.InScopeAsync(services => services.GetRequiredService<ReconciliationTask>().ExecuteAsync());

    private Task ChangeTaskAsync(Func<IScheduleTaskService, ScheduleTask, Task> change) => Host.Shop.InScopeAsync(async services =>
    {
        var tasks = services.GetRequiredService<IScheduleTaskService>();
        await change(tasks, (await tasks.GetTaskByTypeAsync(typeof(ReconciliationTask).FullName!))!);
    });

    private Task DismissAsync(string? id) => Host.Shop.InScopeAsync(services => services.GetRequiredService<MerchantAlerts>().DismissAsync(id));

    private Task<bool> RaiseAsync(Order order, string kind) => Host.Shop.InScopeAsync(services => services.GetRequiredService<MerchantAlerts>().RaiseAsync(order, kind));

    private Task<IReadOnlyList<MerchantAlert>> OpenAsync() => Host.Shop.InScopeAsync(services => services.GetRequiredService<MerchantAlerts>().OpenAsync());

    private async Task<IList<SystemWarningModel>> WarningsAsync()
    {
        var collected = new SystemWarningCreatedEvent();
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<IEventPublisher>().PublishAsync(collected));
        return collected.SystemWarnings;
    }
}
