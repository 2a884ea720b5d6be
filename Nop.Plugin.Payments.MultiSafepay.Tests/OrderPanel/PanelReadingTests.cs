using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.Infrastructure;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Configuration;
using Nop.Services.Security;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;

/// <summary>The panel on the admin's order page shows the state of the payment, never delays the page, and shows nothing to those who may not see it.</summary>
[TestFixture]
internal sealed class PanelReadingTests
{
    private IntegrationHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await IntegrationHost.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [Test]
    public async Task The_order_page_contains_the_panel_without_calling_the_API()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        var before = (await _host.ApiCallsAsync()).Count;

        var page = await _host.OrderPageAsync(order);

        Assert.That(page, Does.Contain("id=\"multisafepay-panel\"").And.Contain($"/Admin/MultiSafepayPanel/Show/{order.Id}"));
        Assert.That(page, Does.Contain("aria-live=\"polite\""));
        Assert.That(await _host.ApiCallsAsync(), Has.Count.EqualTo(before));
    }

    [Test]
    public async Task An_order_of_another_payment_method_has_no_panel()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        order.PaymentMethodSystemName = "Payments.Other";
        await _host.Shop.Database.UpdateAsync(order);

        Assert.That(await _host.OrderPageAsync(order), Does.Not.Contain("multisafepay-panel"));
        Assert.That((await _host.PanelAsync(order)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Without_an_active_widget_there_is_no_panel_until_an_update_activates_it()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        await _host.Shop.InScopeAsync(services => services.GetRequiredService<WidgetActivation>().RemoveAsync());
        Assert.That(await _host.OrderPageAsync(order), Does.Not.Contain("multisafepay-panel"));

        await _host.Shop.InScopeAsync(services => ActivatorUtilities.CreateInstance<MultiSafepayPaymentMethod>(services).UpdateAsync("4.90.0", "4.90.1"));
        Assert.That(await _host.OrderPageAsync(order), Does.Contain("multisafepay-panel"), "an update switches it on");
    }

    [Test]
    public async Task Uninstalling_removes_only_the_widget_of_the_plugin()
    {
        await _host.Shop.InScopeAsync(async services =>
        {
            var settings = services.GetRequiredService<ISettingService>();
            var widgets = await settings.LoadSettingAsync<WidgetSettings>();
            Assert.That(widgets.ActiveWidgetSystemNames, Has.One.EqualTo(MultiSafepayDefaults.SystemName));
            widgets.ActiveWidgetSystemNames.Add("Widgets.Other");
            await settings.SaveSettingAsync(widgets);

            await services.GetRequiredService<WidgetActivation>().AddAsync();
            await services.GetRequiredService<WidgetActivation>().RemoveAsync();

            Assert.That((await settings.LoadSettingAsync<WidgetSettings>()).ActiveWidgetSystemNames, Is.EqualTo(new[] { "Widgets.Other" }));
        });
    }

    [Test]
    public async Task The_panel_shows_state_method_amounts_costs_and_history_of_a_payment()
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = "VISA" });
        await PaidAsync(order);
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = 500 });

        var panel = await _host.PanelAsync(order);

        Assert.That(panel.State, Is.EqualTo("Partially refunded"));
        Assert.That(panel.Means, Is.EqualTo("Visa •••• 1111"));
        Assert.That(panel.Text, Does.Contain("Test environment").And.Contain("Refund (done)").And.Contain("EUR 5.00").And.Contain("Payment started by the shop"));
        Assert.That(panel.Html, Does.Contain($"\"https://testmerchant.multisafepay.com/transaction/{(await _host.RecordAsync(order)).Current!.TransactionId}\""));
        Assert.That(panel.Element("multisafepay-facts"), Does.Contain("Charged").And.Contain("Refunded").And.Contain("MultiSafepay's fees").And.Contain(order.CustomOrderNumber));
    }

    [Test]
    public async Task Times_are_shown_in_the_time_zone_of_the_user()
    {
        // The simulator's clock stands at 03:04 UTC and it writes Amsterdam's 04:04; the sandbox's admin reads UTC.
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        Assert.That((string?)(await _host.Simulator.LookAsync(order.CustomOrderNumber))["order"]!["created"], Does.Contain("T04:04"));

        Assert.That((await _host.PanelAsync(order)).Element("multisafepay-timeline").Replace('\u202f', ' '), Does.Contain("3:04 AM").And.Not.Contain("4:04 AM"));
    }

    [TestCase("uncleared", "VISA", "Held for review", "accept or decline this payment")]
    [TestCase("waiting", "PAYPAL", "Waiting for the provider", "do not have to do anything")]
    [TestCase("declined", null, "Declined", "refused the payment")]
    [TestCase("expired", null, "Expired", "did not pay in time")]
    [TestCase("giftcard", null, "Paid", "VVV Cadeaukaart + iDEAL | Wero")]
    public async Task Each_payment_state_has_its_own_explanation(string to, string? gateway, string state, string says)
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, to, gateway is null ? null : new JsonObject { ["gateway"] = gateway });

        var panel = await _host.PanelAsync(order);

        Assert.That(panel.State, Is.EqualTo(state));
        Assert.That(panel.Text, Does.Contain(says));
        Assert.That(panel.Element("multisafepay-facts"), state == "Paid" ? Does.Contain("Charged") : Does.Contain("Amount").And.Not.Contain("Charged"));
        if (to is "declined" or "expired")
            Assert.That(panel.Html, Does.Contain($">{state}</span>\n"), "a line in the timeline");
        Assert.That(panel.Html, Does.Not.Contain(">Reason<"), "MultiSafepay has none, or only repeats the state");
        if (state == "Held for review")
            Assert.That(panel.Element("multisafepay-facts"), Does.Contain("Accept or decline before").And.Match("\\((5 d 0|4 d 23) h left\\)"));
    }

    [Test]
    public async Task A_reason_is_told_in_words_with_its_code_behind_them()
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "declined", new JsonObject { ["gateway"] = "VISA", ["reason_code"] = "4002" });
        Assert.That((await _host.PanelAsync(order)).Element("multisafepay-facts"), Does.Contain("Reason").And.Contain("limit of the card is too low").And.Contain("4002"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_chargeback_names_its_amount_and_advises_to_stop_a_delivery_that_is_under_way(bool isDelivered)
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = "VISA" });
        await PaidAsync(order);
        if (isDelivered)
        {
            var delivered = await _host.ReloadAsync(order);
            delivered.ShippingStatus = ShippingStatus.Delivered;
            await _host.Shop.Database.UpdateAsync(delivered);
        }

        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "chargeback");
        var panel = await _host.PanelAsync(order);
        Assert.That(panel.Element("multisafepay-facts"), Does.Contain("Charged back").And.Not.Contain("Reason"));
        Assert.That(panel.Text, isDelivered ? Does.Not.Contain("Stop the delivery") : Does.Contain("Stop the delivery if you can."));
    }

    [TestCase("expired")]
    [TestCase("cancelled")]
    public async Task A_lost_pay_later_payment_of_a_paid_order_is_shown_as_lost_and_not_as_unpaid(string to)
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = "KLARNA" });
        await PaidAsync(order);
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, to, new JsonObject { ["status"] = "void", ["financial_status"] = "void" });

        var panel = await _host.PanelAsync(order);

        Assert.That(panel.State, Is.EqualTo("Payment lost"));
        Assert.That(panel.Text, Does.Contain("you will not receive the money").And.Not.Contain("did not pay in time"));
    }

    [Test]
    public async Task A_payment_page_not_yet_opened_is_shown_as_waiting_for_the_customer()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        var panel = await _host.PanelAsync(order);
        Assert.That((panel.State, panel.Problem), Is.EqualTo(("Waiting for the customer", string.Empty)));
    }

    [Test]
    public async Task A_slow_API_delays_neither_the_order_page_nor_the_panel_for_long()
    {
        var order = await _host.BuyWithoutNotificationsAsync();

        // The first view of a shop is compiled.
        await _host.OrderPageAsync(order);
        await _host.PanelAsync(order);
        await _host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "latency", ["milliseconds"] = 60_000, ["method"] = "GET", ["times"] = -1 });

        var clock = Stopwatch.StartNew();
        await _host.OrderPageAsync(order);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));

        var panel = await _host.PanelAsync(order);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(9)));
        Assert.That(panel.Problem, Does.Contain("not answered in time").And.Contain("try again"));
        Assert.That(panel.State, Is.EqualTo("Waiting for the customer"));
    }

    [TestCase("{\"kind\":\"status\",\"method\":\"GET\",\"status\":503,\"times\":-1}", "could not be reached")]
    [TestCase("{\"kind\":\"drop-before-work\",\"method\":\"GET\",\"times\":-1}", "could not be reached")]
    [TestCase("{\"kind\":\"status\",\"method\":\"GET\",\"status\":401,\"error_code\":1032,\"times\":-1}", "does not accept the API key")]
    public async Task An_API_failure_is_reported_and_the_last_known_state_is_shown(string fault, string says)
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = "MASTERCARD" });
        await PaidAsync(order);
        await IntegrationHost.UntilAsync(async () => (await _host.RecordAsync(order)).Current?.State is not null, "the record knows the state");
        await _host.Simulator.SetFaultAsync(JsonNode.Parse(fault)!.AsObject());

        var panel = await _host.PanelAsync(order);

        Assert.That(panel.Problem, Does.Contain(says));
        Assert.That((panel.State, panel.Means), Is.EqualTo(("Paid", "Mastercard •••• 0004")));
    }

    [Test]
    public async Task Text_from_MultiSafepay_is_HTML_encoded()
    {
        const string Script = "<script>alert('x')</script>";
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await PaidAsync(order);
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = 100, ["reason"] = Script, ["description"] = Script });
        await IntegrationHost.UntilAsync(async () => (await _host.RecordAsync(order)).Refunds.Count > 0, "the refund is booked");
        await _host.Shop.InScopeAsync(async services =>
        {
            var store = services.GetRequiredService<PaymentRecordStore>();
            var record = await store.LoadAsync(order);
            await store.SaveAsync(order, record.With(record.Current! with { Means = [new PaymentMeans("VISA", Script, "1111")] }));
        });

        Assert.That((await _host.PanelAsync(order)).Html, Does.Not.Contain("<script>"));
        var page = await RawAsync($"Admin/Order/Edit/{order.Id}");
        Assert.That(page, Does.Not.Contain(Script));
        Assert.That(page, Does.Contain("&lt;script&gt;"));
    }

    [Test]
    public async Task Without_scripts_the_panel_is_a_separate_page()
    {
        var (order, _) = await _host.BuyAsync();
        var page = await _host.PanelAsync(order, withScript: false);
        Assert.That(page.Html, Does.Contain("<html").And.Contain("__RequestVerificationToken").And.Contain("Waiting for the customer"));
        Assert.That(await _host.OrderPageAsync(order), Does.Contain("id=\"multisafepay-load\""));
    }

    [Test]
    public async Task A_user_without_permission_to_view_orders_sees_no_panel()
    {
        await using var host = await IntegrationHost.StartAsync(options => options with
        {
            ConfigureServices = services => services.Replace(ServiceDescriptor.Scoped<IPermissionService>(_ => new Refusing(StandardPermission.Orders.ORDERS_VIEW)))
        });
        var order = await host.BuyWithoutNotificationsAsync();
        Assert.That(await host.OrderPageAsync(order), Does.Not.Contain("multisafepay-panel"));
        Assert.That((await host.PanelAsync(order)).Status, Is.Not.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_vendor_sees_no_panel()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        foreach (var customer in await _host.Shop.Database.ListAsync<Customer>())
        {
            customer.VendorId = 1;
            await _host.Shop.Database.UpdateAsync(customer);
        }

        Assert.That(await _host.OrderPageAsync(order), Does.Not.Contain("multisafepay-panel"));
        Assert.That((await _host.PanelAsync(order)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private Task PaidAsync(Order order) => IntegrationHost.UntilAsync(
        async () => (await _host.ReloadAsync(order)).PaymentStatus == Nop.Core.Domain.Payments.PaymentStatus.Paid, "the order is paid");

    private async Task<string> RawAsync(string path)
    {
        using var answer = await _host.Browser.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Grants everything but some permissions.</summary>
    internal sealed class Refusing(params string[] refused) : IPermissionService
    {
        public Task<bool> AuthorizeAsync(string permissionRecordSystemName) => Task.FromResult(!refused.Contains(permissionRecordSystemName));

        public Task<bool> AuthorizeAsync(string permissionRecordSystemName, Customer customer) => AuthorizeAsync(permissionRecordSystemName);
    }
}
