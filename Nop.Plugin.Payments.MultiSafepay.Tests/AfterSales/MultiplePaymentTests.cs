using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Localization;
using Nop.Services.Orders;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Orders with more than one way to be paid: by an attempt that was called off, by hand, into another account, twice.</summary>
[TestFixture]
internal sealed class MultiplePaymentTests : AfterSalesFixture
{
    // The customer's transfer was on its way when the order was cancelled; then the owner set the order to pending by hand.
    [Test]
    public async Task A_retry_finds_the_payment_of_a_cancelled_attempt_and_opens_no_second_payment_page()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "started", new JsonObject { ["gateway"] = "BANKTRANS" });
        await ChangeAsync(order, async (processing, seen) => await processing.CancelOrderAsync(seen, notifyCustomer: false));
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "paid-late");
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, transactionId: await TransactionIdAsync(order.CustomOrderNumber)));
        await SetStatusAsync(order, OrderStatus.Pending);

        Assert.That(async () => await StartAsync(order), Throws.TypeOf<PaymentStartException>());
        Assert.That((await Host.RecordAsync(order)).Attempts, Has.Count.EqualTo(1));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid), "looking at it is enough");
    }

    [Test]
    public async Task The_task_finds_the_payment_of_a_cancelled_attempt()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "started", new JsonObject { ["gateway"] = "BANKTRANS" });
        await ChangeAsync(order, async (processing, seen) => await processing.CancelOrderAsync(seen, notifyCustomer: false));
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "paid-late");
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, transactionId: await TransactionIdAsync(order.CustomOrderNumber)));
        await SetStatusAsync(order, OrderStatus.Pending);

        await RunTaskLaterAsync();
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
    }

    [Test]
    public async Task Marking_an_order_as_paid_revokes_its_payment_link([Values] bool isOutOfReach)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        if (isOutOfReach)
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["method"] = "PATCH", ["times"] = 1 });
        await ChangeAsync(order, (processing, seen) => processing.MarkOrderAsPaidAsync(seen));
        if (isOutOfReach)
            await RunTaskLaterAsync();

        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True);
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("because the order was marked as paid"));
        await RunTaskLaterAsync();
        Assert.That(await OpenWorkAsync(), Is.Empty);

        // At MultiSafepay: no reminders, and no page.
        var shown = await Host.Simulator.LookAsync(order.CustomOrderNumber);
        Assert.That(((bool)shown["excluded"]!, (string?)shown["sessions"]!.AsArray().Single()!["closed_as"]), Is.EqualTo((true, "cancelled")));
        using var page = await Host.Simulator.OpenAsync((await Host.RecordAsync(order)).Current!.PaymentUrl!);
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
    }

    [Test]
    public async Task The_note_on_a_payment_of_an_order_marked_as_paid_names_the_transaction_to_refund()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await ChangeAsync(order, (processing, seen) => processing.MarkOrderAsPaidAsync(seen));
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("refund transaction 990001").And.None.Contains("transaction -"));
    }

    [Test]
    public async Task Either_of_two_payments_can_be_refunded_while_the_other_keeps_the_order_paid()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, transactionId: "71"));
        await AddAttemptAsync(order);
        await Host.NotifyAsync(IntegrationHost.Body(order, $"{order.CustomOrderNumber}-2", transactionId: "72"));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("Please refund transaction 72"));

        // The owner refunds the other one: the customer's money for the order is kept all the same.
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, "refunded", transactionId: "71"));
        var now = await Host.ReloadAsync(order);
        Assert.That((now.PaymentStatus, now.RefundedAmount, now.CaptureTransactionId), Is.EqualTo((PaymentStatus.Paid, 0m, "72")));

        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, "refunded", transactionId: "71"));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("remains paid"));

        // When that one goes back as well, nothing is kept.
        await Host.NotifyAsync(IntegrationHost.Body(order, $"{order.CustomOrderNumber}-2", "refunded", transactionId: "72"));
        now = await Host.ReloadAsync(order);
        Assert.That((now.PaymentStatus, now.RefundedAmount), Is.EqualTo((PaymentStatus.Refunded, now.OrderTotal)));
    }

    [Test]
    public async Task After_switching_accounts_a_retry_opens_a_new_payment_and_alerts_the_owner_of_the_old_one()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await EnterKeyAsync(SimulatorRun.OtherKey);
        await Host.Simulator.DeleteAsync("requests");

        await StartAsync(order);
        var record = await Host.RecordAsync(order);
        Assert.That(record.Attempts.Select(attempt => attempt.Closed), Is.EqualTo(new[] { false, false }), "nobody knows whether the old one can be paid");
        Assert.That(record.Attempts[0].KeyFingerprint, Is.Not.EqualTo(record.Attempts[1].KeyFingerprint));
        await AssertAlertedOnceAsync(order);

        await StartAsync(order);
        Assert.That((await Host.RecordAsync(order)).Attempts, Has.Count.EqualTo(2), "the new link is used again");
        await AssertAlertedOnceAsync(order);
    }

    // In the other account the same order id may be another shop's.
    [Test]
    public async Task After_switching_accounts_no_updates_are_sent_for_orders_of_the_first_account([Values] bool isSameAccount)
    {
        var order = await PayAsync();
        if (isSameAccount)
            await ForgeAttemptAsync(order, attempt => attempt with { KeyFingerprint = "0123456789ab" });
        else
            await EnterKeyAsync(SimulatorRun.OtherKey);
        await Host.Simulator.DeleteAsync("requests");
        await RunTaskLaterAsync();

        Assert.That((await Host.ApiCallsAsync()).Where(call => call.StartsWith("PATCH", StringComparison.Ordinal)), isSameAccount ? Has.Exactly(1).Items : Is.Empty);
        Assert.That(await OpenWorkAsync(), Is.Empty);
    }

    [Test]
    public async Task A_new_API_key_of_the_same_account_keeps_using_the_open_payment_link()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await ForgeAttemptAsync(order, attempt => attempt with { KeyFingerprint = "0123456789ab" });
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "started");

        var link = await StartAsync(order);
        Assert.That(link.AbsoluteUri, Is.EqualTo((await Host.RecordAsync(order)).Attempts.Single().PaymentUrl));
        Assert.That((await Host.RecordAsync(order)).Current!.KeyFingerprint, Is.Not.EqualTo("0123456789ab"), "the account knows the payment");
    }

    [Test]
    public async Task A_retry_without_the_original_API_key_opens_a_new_payment_and_leaves_the_old_one_open()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.SetAsync(settings =>
            (settings.LiveApiKey, settings.TestApiKey, settings.Environment) = (settings.TestApiKey, string.Empty, Nop.Plugin.Payments.MultiSafepay.Api.MultiSafepayEnvironment.Live));

        await StartAsync(order);
        Assert.That((await Host.RecordAsync(order)).Attempts.Select(attempt => attempt.Closed), Is.EqualTo(new[] { false, false }));
        await AssertAlertedOnceAsync(order);
    }

    [Test]
    public async Task Cancelling_an_order_without_an_API_key_does_not_mark_its_attempt_as_closed()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.SetAsync(settings => settings.TestApiKey = string.Empty);
        await ChangeAsync(order, (processing, seen) => processing.CancelOrderAsync(seen, notifyCustomer: false));
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.False);
        await AssertAlertedOnceAsync(order);
    }

    // nopCommerce lets customers cancel an order that is authorised.
    [Test]
    public async Task Cancelling_an_authorized_order_voids_the_authorization_or_alerts_the_owner([Values] bool isRefused)
    {
        var order = await AuthorizeAsync();
        if (isRefused)
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 400, ["error_code"] = 1000, ["method"] = "PATCH", ["path"] = "capture/*", ["times"] = -1 });
        await ChangeAsync(order, (processing, seen) => processing.CancelOrderAsync(seen, notifyCustomer: true));

        var now = await Host.ReloadAsync(order);
        Assert.That((now.OrderStatus, now.PaymentStatus), Is.EqualTo((OrderStatus.Cancelled, isRefused ? PaymentStatus.Authorized : PaymentStatus.Voided)));
        Assert.That(await Host.AlertsAsync(order), isRefused ? Is.EqualTo(new[] { "CancelledStillHeld" }) : Is.Empty);
        Assert.That((long)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["amounts"]!["authorized"]!, isRefused ? Is.Positive : Is.Zero);
    }

    // Another plugin refunds with more decimals than the database keeps. What is rounded down is less in the order than was asked for.
    [TestCase(10.12341)]
    [TestCase(10.12344)]
    public async Task A_refund_with_five_decimals_is_counted_once(decimal amount)
    {
        var order = await PayAsync();
        Assert.That(await RefundAsync(order, amount), Is.Empty);
        var mails = Host.Shop.Database.Mails.ForOrder(order.Id).Count;
        for (var times = 0; times < 3; times++)
            await RunPullAsync(order);

        Assert.That(Host.Shop.Database.Mails.ForOrder(order.Id), Has.Count.EqualTo(mails));
        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.EqualTo(10.12m).Within(0.005m));
    }

    // A text that the owner has mistyped keeps no payment from being booked, and what is to be told stands behind it.
    [Test]
    public async Task A_mistyped_note_text_does_not_prevent_a_payment_from_being_applied()
    {
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<ILocalizationService>().AddOrUpdateLocaleResourceAsync(
            new Dictionary<string, string> { [$"{MultiSafepayDefaults.ResourcePrefix}.Note.Paid"] = "Paid {0 with {7}", [$"{MultiSafepayDefaults.ResourcePrefix}.Note.State.Expired"] = "Late {" }));
        var order = await PayAsync();
        Assert.That(await Host.NotesAsync(order), Has.One.StartsWith("Paid {0 with {7} (EUR "));

        var second = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(second.CustomOrderNumber, "expired");
        Assert.That((int)(await Host.NotifyAsync(IntegrationHost.Body(second, second.CustomOrderNumber, "expired"))).Status, Is.EqualTo(200));
        Assert.That((await Host.ReloadAsync(second)).OrderStatus, Is.EqualTo(OrderStatus.Cancelled));
    }

    private async Task AssertAlertedOnceAsync(Order order)
    {
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "LinkOfOtherKey" }));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("an API key that this shop no longer has"));
    }

    private async Task<string> TransactionIdAsync(string orderId) => (await Host.Simulator.LookAsync(orderId))["order"]!["transaction_id"]!.ToString();

    private Task<Uri> StartAsync(Order order) =>
        Host.Shop.InScopeAsync(services => services.GetRequiredService<PaymentLinkService>().StartAsync(OrderReference.From(order), CancellationToken.None));

    private Task RunPullAsync(Order order) =>
        Host.Shop.InScopeAsync(services => services.GetRequiredService<Synchronizer>().PullAsync(OrderReference.From(order), allowTerminalActions: true, CancellationToken.None));

    private Task EnterKeyAsync(string key) => Host.Shop.InScopeAsync(async services =>
    {
        var encrypted = services.GetRequiredService<StoreSettings>().Protect(key);
        await Host.SetAsync(settings => settings.TestApiKey = encrypted);
    });

    private Task SetStatusAsync(Order order, OrderStatus status) => Host.Shop.InScopeAsync(async services =>
    {
        var orders = services.GetRequiredService<IOrderService>();
        var seen = (await orders.GetOrderByIdAsync(order.Id))!;
        seen.OrderStatus = status;
        await orders.UpdateOrderAsync(seen);
    });

    private Task AddAttemptAsync(Order order) => Host.Shop.InScopeAsync(async services =>
    {
        var store = services.GetRequiredService<PaymentRecordStore>();
        var record = await store.LoadAsync(order);
        await store.SaveAsync(order, record.With(record.Current! with { OrderId = $"{order.CustomOrderNumber}-2", State = null, TransactionId = null, Means = null, Closed = true }));
    });

    private Task ForgeAttemptAsync(Order order, Func<PaymentAttempt, PaymentAttempt> change) => Host.Shop.InScopeAsync(async services =>
    {
        var store = services.GetRequiredService<PaymentRecordStore>();
        var record = await store.LoadAsync(order);
        await store.SaveAsync(order, record.With(change(record.Current!)));
    });
}
