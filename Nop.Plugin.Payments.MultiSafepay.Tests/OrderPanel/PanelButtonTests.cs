using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Orders;
using Nop.Services.Security;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;

/// <summary>Each button of the panel in the right state and in wrong ones, without permission, without token, and with MultiSafepay slow or down.</summary>
[TestFixture]
internal sealed class PanelButtonTests
{
    private static readonly string[] _actions = ["Refresh", "Link", "Send", "Cancel", "WithdrawRefund", "Extend", "InvoiceUrl",
        "SubscriptionCharge", "SubscriptionPause", "SubscriptionResume", "SubscriptionCancel", "SubscriptionForget"];

    private IntegrationHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await IntegrationHost.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [Test]
    public async Task Refresh_applies_a_payment_whose_notification_is_late()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");

        var panel = await _host.PressAsync("Refresh", order);

        Assert.That(panel.Answer, Is.EqualTo(("The order was brought up to date with MultiSafepay. Reload the page to see its new state.", false)));
        Assert.That(panel.State, Is.EqualTo("Paid"));
        Assert.That((await _host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That((await _host.PressAsync("Refresh", order)).Answer.Text, Does.Contain("up to date"));
        Assert.That(panel.Buttons, Is.EqualTo(new[] { "Refresh" }), "nothing else can be done with it");
    }

    [Test]
    public async Task A_valid_payment_link_is_reused_and_shown_with_its_QR_code()
    {
        var (order, location) = await _host.BuyAsync();

        var panel = await _host.PressAsync("Link", order);

        Assert.That(panel.Answer, Is.EqualTo(("The payment link is ready.", false)));
        Assert.That(panel.Value("multisafepay-link"), Is.EqualTo(location));
        Assert.That(panel.Html, Does.Contain("<svg").And.Contain("data-multisafepay-copy=\"#multisafepay-link\""));
        Assert.That((await _host.RecordAsync(order)).Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_expired_payment_link_is_replaced()
    {
        var (order, location) = await _host.BuyAsync();
        await _host.SetAsync(settings => settings.StatusMapping = "Expired=None,-");
        _host.Simulator.Pass(TimeSpan.FromDays(31));
        Assert.That((await _host.PanelAsync(order)).Text, Does.Contain("The payment link has expired"));

        var panel = await _host.PressAsync("Link", order);

        Assert.That(panel.Value("multisafepay-link"), Is.Not.EqualTo(location).And.StartsWith("http"));
        Assert.That((await _host.RecordAsync(order)).Attempts, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_payment_link_is_emailed_in_the_language_of_the_customer_with_an_order_note()
    {
        var (order, location) = await _host.BuyAsync();
        order.CustomerLanguageId = 2;
        await _host.Shop.Database.UpdateAsync(order);

        var panel = await _host.PressAsync("Send", order);

        Assert.That(panel.Answer, Is.EqualTo(("The payment link will be e-mailed to sam@customer.example.", false)));
        var mail = _host.Shop.Database.Mails.ForOrder(order.Id).Single(mail => mail.Template == CustomerMailTemplates.PaymentLink);
        Assert.That(mail.To, Is.EqualTo("sam@customer.example"));
        Assert.That(mail.Body, Does.Contain("Hallo Sam de Vries").And.Contain(WebUtility.HtmlEncode(location)).And.Contain("EUR 39,90").And.Not.Contain("%"));
        var notes = await _host.Shop.Database.ListAsync<OrderNote>(note => note.OrderId == order.Id && note.DisplayToCustomer);
        Assert.That(notes.Select(note => note.Note), Has.One.Contains("betaallink"));
    }

    [TestCase("America/New_York")]
    [TestCase("Asia/Tokyo")]
    public async Task The_email_with_the_payment_link_has_the_time_of_the_customer(string zone)
    {
        var (order, _) = await _host.BuyAsync();
        var customer = (await _host.Shop.Database.FindAsync<Customer>(order.CustomerId))!;
        customer.TimeZoneId = zone;
        await _host.Shop.Database.UpdateAsync(customer);

        await _host.PressAsync("Send", order);

        var ends = TimeZoneInfo.ConvertTimeFromUtc((await _host.RecordAsync(order)).Current!.ExpiresUtc, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var mail = _host.Shop.Database.Mails.ForOrder(order.Id).Single(mail => mail.Template == CustomerMailTemplates.PaymentLink);
        Assert.That(WebUtility.HtmlDecode(mail.Body), Does.Contain(ends.ToString("f", CultureInfo.GetCultureInfo("en-US"))));
    }

    [Test]
    public async Task Sending_the_payment_link_is_rejected_if_the_email_template_is_disabled()
    {
        var (order, _) = await _host.BuyAsync();
        foreach (var template in await _host.Shop.Database.ListAsync<MessageTemplate>())
        {
            template.IsActive = false;
            await _host.Shop.Database.UpdateAsync(template);
        }

        var panel = await _host.PressAsync("Send", order);

        Assert.That(panel.Answer.IsError, Is.True);
        Assert.That(panel.Answer.Text, Does.Contain("switched off"));
        Assert.That(_host.Shop.Database.Mails.ForOrder(order.Id), Has.None.Matches<Sandbox.Shop.Data.SentMail>(mail => mail.Template == CustomerMailTemplates.PaymentLink));
    }

    [Test]
    public async Task Cancel_ends_the_payment_at_MultiSafepay_and_leaves_the_order_open()
    {
        var (order, _) = await _host.BuyAsync();
        var panel = await _host.PressAsync("Cancel", order);

        Assert.That(panel.Answer, Is.EqualTo(("The payment has been cancelled. The order was not changed.", false)));
        Assert.That(panel.Value("multisafepay-link"), Is.Empty);
        Assert.That(panel.Buttons, Does.Contain("Link").And.Not.Contain("Cancel"));
        Assert.That((string?)(await _host.LastBodyAsync("PATCH", $"orders/{order.CustomOrderNumber}"))["status"], Is.EqualTo("cancelled"));

        // MultiSafepay notifies of the cancellation; the owner wanted the order to stay.
        await _host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, "void", "cancelled"));
        Assert.That((await _host.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Pending));
        Assert.That(await _host.OurNotesAsync(order), Has.One.Contains("open payment was cancelled").And.None.Contains("was cancelled (transaction"));
        Assert.That((await _host.PressAsync("Cancel", order)).Answer, Is.EqualTo(("There is no open payment to cancel.", true)));
        Assert.That((await _host.PressAsync("Link", order)).Value("multisafepay-link"), Does.StartWith("http"), "and can be paid anew");
    }

    [TestCase("MBWAY", true)]
    [TestCase("MULTIBANCO", true)]
    [TestCase("BIZUM", true)]
    [TestCase("IDEAL", false)]
    public async Task Cancel_promises_nothing_for_a_begun_payment_that_cannot_be_cancelled(string gateway, bool isBeyondCancelling)
    {
        var (order, _) = await _host.BuyAsync();
        Assert.That((await _host.PanelAsync(order)).Html, Does.Contain("payment link will stop working").And.Not.Contain("cannot be cancelled any more"));

        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "started", new JsonObject { ["gateway"] = gateway });
        Assert.That((await _host.PanelAsync(order)).Html.Contains("cannot be cancelled any more", StringComparison.Ordinal), Is.EqualTo(isBeyondCancelling));
        var answer = (await _host.PressAsync("Cancel", order)).Answer;
        Assert.That((answer.IsError, answer.Text.Contains("cannot be cancelled", StringComparison.Ordinal)), Is.EqualTo((false, isBeyondCancelling)), answer.Text);
        Assert.That(await _host.OurNotesAsync(order), Has.One.Contains(isBeyondCancelling ? "the money may still arrive" : "open payment was cancelled"));
        Assert.That((string?)(await _host.Simulator.LookAsync(order.CustomOrderNumber))["status"], isBeyondCancelling ? Is.EqualTo("initialized") : Is.Not.EqualTo("initialized"));
        if (!isBeyondCancelling)
            return;

        // And it arrives.
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await _host.UntilAsync(order, PaymentStatus.Paid);
    }

    [Test]
    public async Task Cancel_is_rejected_if_the_order_was_paid_meanwhile()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");

        var panel = await _host.PressAsync("Cancel", order);

        Assert.That(panel.Answer.IsError, Is.True);
        Assert.That(panel.Answer.Text, Does.Contain("cannot be cancelled any more"));
        Assert.That((await _host.RecordAsync(order)).Current!.Closed, Is.False);
    }

    [Test]
    public async Task A_waiting_refund_can_be_withdrawn_once()
    {
        var order = await PaidAsync("IDEAL");
        await _host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "insufficient-balance" });
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = 500 });
        var waiting = await _host.PanelAsync(order);
        Assert.That(waiting.Text, Does.Contain("Withdraw the refund of EUR 5.00").And.Contain("A refund is waiting"));
        var id = System.Text.RegularExpressions.Regex.Match(waiting.Html, "name=\"refundId\" value=\"(?<id>\\d+)\"").Groups["id"].Value;

        var panel = await _host.PressAsync("WithdrawRefund", order, ("refundId", id));

        Assert.That(panel.Answer, Is.EqualTo(("The refund has been withdrawn.", false)));
        Assert.That(panel.Text, Does.Contain("Refund (withdrawn)"));
        Assert.That((await _host.PressAsync("WithdrawRefund", order, ("refundId", id))).Answer.IsError, Is.True);
        Assert.That((await _host.PressAsync("WithdrawRefund", order, ("refundId", "../../x"))).Answer.IsError, Is.True);
    }

    [Test]
    public async Task Only_a_Klarna_authorization_can_be_extended()
    {
        var order = await PaidAsync("KLARNA");
        Assert.That((await _host.PanelAsync(order)).Buttons, Does.Contain("Extend"));

        Assert.That((await _host.PressAsync("Extend", order)).Answer, Is.EqualTo(("The authorisation has been extended by six weeks.", false)));

        Assert.That((bool?)(await _host.LastBodyAsync("PATCH", $"orders/{order.CustomOrderNumber}"))["extend_expiration"], Is.True);
        var other = await PaidAsync("IDEAL");
        Assert.That((await _host.PressAsync("Extend", other)).Answer, Is.EqualTo(("This is not possible in the current state of the payment.", true)));
    }

    [Test]
    public async Task The_URL_of_an_e_invoice_is_validated_sent_and_shown()
    {
        var order = await PaidAsync("EINVOICE");
        foreach (var wrong in new[] { "", "http://shop.example/invoice", "javascript:alert(1)", "invoice.pdf" })
            Assert.That((await _host.PressAsync("InvoiceUrl", order, ("invoiceUrl", wrong))).Answer.IsError, Is.True, wrong);

        var panel = await _host.PressAsync("InvoiceUrl", order, ("invoiceUrl", "https://shop.example/invoice/1?a=1&b=2"));

        Assert.That(panel.Answer, Is.EqualTo(("MultiSafepay has the address of the invoice.", false)));
        Assert.That(panel.Value("multisafepay-invoice"), Is.EqualTo("https://shop.example/invoice/1?a=1&b=2"));
        Assert.That((await _host.PressAsync("InvoiceUrl", await PaidAsync("IDEAL"), ("invoiceUrl", "https://shop.example/1"))).Answer.IsError, Is.True);
    }

    [TestCase("Link")]
    [TestCase("Send")]
    [TestCase("Cancel")]
    public async Task No_payment_action_is_possible_on_a_paid_order(string action)
    {
        var order = await PaidAsync("IDEAL");
        var calls = (await _host.ApiCallsAsync()).Count(call => !call.StartsWith("GET", StringComparison.Ordinal));

        var panel = await _host.PressAsync(action, order);

        Assert.That(panel.Answer.IsError, Is.True);
        Assert.That(panel.State, Is.EqualTo("Paid"));
        Assert.That((await _host.ApiCallsAsync()).Count(call => !call.StartsWith("GET", StringComparison.Ordinal)), Is.EqualTo(calls));
    }

    [TestCase("Link")]
    [TestCase("Send")]
    public async Task No_payment_link_can_be_created_for_a_cancelled_order(string action)
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        await _host.Shop.InScopeAsync(async services => await services.GetRequiredService<IOrderProcessingService>()
            .CancelOrderAsync(await services.GetRequiredService<IOrderService>().GetOrderByGuidAsync(order.OrderGuid), notifyCustomer: false));
        Assert.That((await _host.PressAsync(action, order)).Answer, Is.EqualTo(("This order cannot be paid any more: it is paid or cancelled.", true)));
    }

    [TestCaseSource(nameof(_actions))]
    public async Task A_panel_action_without_the_antiforgery_token_is_rejected(string action)
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        await _host.OrderPageAsync(order);
        var calls = (await _host.ApiCallsAsync()).Count;

        Assert.That((await _host.PressAsync(action, order, token: null)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _host.PressAsync(action, order, token: "forged")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await _host.ApiCallsAsync(), Has.Count.EqualTo(calls));
    }

    [Test]
    public async Task A_user_with_view_permission_only_has_no_buttons_and_cannot_post_actions()
    {
        await using var host = await IntegrationHost.StartAsync(options => options with
        {
            ConfigureServices = services => services.Replace(
                ServiceDescriptor.Scoped<IPermissionService>(_ => new PanelReadingTests.Refusing(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)))
        });
        var order = await host.BuyWithoutNotificationsAsync();
        var panel = await host.PanelAsync(order);
        Assert.That((panel.Status, panel.Buttons.Count, panel.Value("multisafepay-link")), Is.EqualTo((HttpStatusCode.OK, 0, string.Empty)));

        var calls = (await host.ApiCallsAsync()).Count(call => !call.StartsWith("GET", StringComparison.Ordinal));
        foreach (var action in _actions)
            Assert.That((await host.PressAsync(action, order)).Status, Is.Not.EqualTo(HttpStatusCode.OK), action);
        Assert.That((await host.ApiCallsAsync()).Count(call => !call.StartsWith("GET", StringComparison.Ordinal)), Is.EqualTo(calls));
    }

    [TestCase("{\"kind\":\"status\",\"status\":503,\"times\":-1}")]
    [TestCase("{\"kind\":\"drop-before-work\",\"times\":-1}")]
    public async Task Each_button_reports_when_MultiSafepay_is_down(string fault)
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        await _host.OrderPageAsync(order);
        await _host.Simulator.SetFaultAsync(JsonNode.Parse(fault)!.AsObject());

        foreach (var action in new[] { "Refresh", "Cancel", "Extend", "WithdrawRefund" })
        {
            var panel = await _host.PressAsync(action, order, ("refundId", "1"));
            Assert.That(panel.Status, Is.EqualTo(HttpStatusCode.OK), action);
            Assert.That(panel.Answer.IsError, Is.True, action);
            Assert.That(panel.Answer.Text, Does.Contain("could not be reached").Or.Contain("may or may not have done this"), action);
            Assert.That(panel.Problem, Does.Contain("could not be reached"), action);
            Assert.That(panel.Buttons, Does.Contain("Refresh"), "to try again");
        }
    }

    [Test]
    public async Task A_button_times_out_when_MultiSafepay_is_slow()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        await _host.PanelAsync(order);
        await _host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "latency", ["milliseconds"] = 60_000, ["method"] = "GET", ["times"] = -1 });

        var clock = Stopwatch.StartNew();
        var panel = await _host.PressAsync("Extend", order);

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That((panel.Answer.IsError, panel.Problem.Length > 0), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task The_email_template_is_added_once_and_removed_with_the_plugin()
    {
        await _host.Shop.InScopeAsync(async services =>
        {
            var template = services.GetRequiredService<CustomerMailTemplates>();
            await template.AddAsync();
            Assert.That(await _host.Shop.Database.ListAsync<MessageTemplate>(), Has.One.Property(nameof(MessageTemplate.Name)).EqualTo(CustomerMailTemplates.PaymentLink));
            await template.RemoveAsync();
            Assert.That(await _host.Shop.Database.ListAsync<MessageTemplate>(), Is.Empty);
        });
    }

    private async Task<Order> PaidAsync(string gateway)
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = gateway });
        await _host.UntilAsync(order, PaymentStatus.Paid);
        return order;
    }
}
