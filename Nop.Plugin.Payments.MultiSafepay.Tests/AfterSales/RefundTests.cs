using System.Text.Json.Nodes;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Localization;
using Nop.Services.Payments;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Refunds from nopCommerce's order page.</summary>
[TestFixture]
internal sealed class RefundTests : AfterSalesFixture
{
    [TestCase("EUR")]
    [TestCase("JPY")]
    [TestCase("USD")]
    [TestCase("KWD")]
    public async Task A_full_refund_returns_the_charged_amount(string currency)
    {
        var order = await PayAsync(currency);

        Assert.That(await RefundAsync(order), Is.Empty);

        var refunded = await Host.ReloadAsync(order);
        var record = await Host.RecordAsync(order);
        Assert.That((refunded.PaymentStatus, refunded.RefundedAmount), Is.EqualTo((PaymentStatus.Refunded, order.OrderTotal)));
        var body = await Host.LastBodyAsync("POST", $"orders/{order.CustomOrderNumber}/refunds");
        Assert.That(((string?)body["currency"], (long)body["amount"]!), Is.EqualTo((record.Current!.Currency, record.Current.Amount)), "0 or nothing would be a full refund as well, but of whatever");
        Assert.That((string?)body["refund_order_id"], Is.EqualTo($"{order.CustomOrderNumber}-r1"));
        await Host.AuditAsync();
        Assert.That(Host.Shop.Database.Mails.ForOrder(order.Id).Count(mail => mail.Template == "OrderRefunded.CustomerNotification"), Is.EqualTo(1));
        Assert.That((await Host.OurNotesAsync(order)).Count(note => note.Contains(" refunded (transaction ", StringComparison.Ordinal)), Is.EqualTo(1), "whoever counts it first");
    }

    [Test]
    public async Task A_mistyped_description_text_does_not_prevent_a_refund()
    {
        var order = await PayAsync();
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<ILocalizationService>().AddOrUpdateLocaleResourceAsync(
            new Dictionary<string, string> { [MultiSafepayDefaults.ResourcePrefix + ".AfterSales.RefundDescription"] = "Refund of order {0" }));

        Assert.That(await RefundAsync(order, 1m), Is.Empty);
        Assert.That((string?)(await Host.LastBodyAsync("POST", $"orders/{order.CustomOrderNumber}/refunds"))["description"], Does.Contain("{0").And.Contain(order.CustomOrderNumber));
    }

    // The advice to refund it offline would book a refund that nobody makes.
    [Test]
    public async Task Refund_capture_and_void_of_a_payment_in_another_account_explain_the_missing_API_key()
    {
        var (paid, held) = (await PayAsync(), await AuthorizeAsync());
        await Host.Shop.InScopeAsync(services =>
        {
            var storeSettings = services.GetRequiredService<StoreSettings>();
            return Host.SetAsync(settings => settings.TestApiKey = storeSettings.Protect(SimulatorRun.OtherKey));
        });

        foreach (var errors in new[] { await RefundAsync(paid), await RefundAsync(paid, 1m), await CaptureAsync(held), await VoidAsync(held) })
            Assert.That(errors, Has.One.Contains("an API key that this shop no longer has"));
    }

    [TestCase("EUR")]
    [TestCase("JPY")]
    [TestCase("USD")]
    public async Task Partial_refunds_add_up_to_the_charge(string currency)
    {
        var order = await PayAsync(currency);
        foreach (var part in new[] { 0.33m, 1.11m, 7.77m })
        {
            Assert.That(await RefundAsync(order, part), Is.Empty);
            await Host.AuditAsync();
        }

        var left = (await Host.ReloadAsync(order)) is var now ? now.OrderTotal - now.RefundedAmount : 0;
        Assert.That(now.PaymentStatus, Is.EqualTo(PaymentStatus.PartiallyRefunded));
        Assert.That(await RefundAsync(order, left), Is.Empty);

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Refunded));
        await Host.AuditAsync();
        var books = (await Host.Simulator.LookAsync(order.CustomOrderNumber))["amounts"]!;
        Assert.That((long)books["refunded"]!, Is.EqualTo((long)books["charged"]!));
    }

    [Test]
    public async Task A_waiting_refund_is_booked_only_once_it_is_completed([Values] bool byNotification)
    {
        var order = await PayAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "insufficient-balance" });
        if (!byNotification)
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification", ["times"] = 100 });

        Assert.That(await RefundAsync(order, 10m), Has.One.Contains("is waiting"));
        var waiting = await Host.ReloadAsync(order);
        Assert.That((waiting.PaymentStatus, waiting.RefundedAmount), Is.EqualTo((PaymentStatus.Paid, 0m)));
        await Host.AuditAsync();
        Assert.That(Host.Shop.Database.Mails.ForOrder(order.Id).Select(mail => mail.Template), Has.None.Contains("Refunded"), "The customer is not notified of money that did not come");
        Assert.That(await RefundAsync(order, 10m), Has.One.Contains("already waiting"), "and the impatient owner does not ask twice");
        Assert.That(await RefundAsync(order, order.OrderTotal), Has.One.Contains("more than can still be refunded"));

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refund-accepted");
        if (!byNotification)
            await RunTaskLaterAsync();

        await UntilAsync(order, PaymentStatus.PartiallyRefunded);
        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.EqualTo(10m));
        await Host.AuditAsync();
        await RunTaskLaterAsync();
        Assert.That(await OpenWorkAsync(), Is.Empty);
    }

    [TestCase("refund-declined")]
    [TestCase("withdrawn")]
    public async Task A_waiting_refund_that_is_declined_or_withdrawn_is_not_booked(string end)
    {
        var order = await PayAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "insufficient-balance" });
        await RefundAsync(order, 10m);
        var refund = (await Host.RecordAsync(order)).RefundAttempts.Single();

        if (end == "withdrawn")
            await Host.Shop.InScopeAsync(services => services.GetRequiredService<RefundService>().WithdrawAsync(order, refund.RefundOrderId, CancellationToken.None));
        else
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, end);

        await IntegrationHost.UntilAsync(async () => (await Host.RecordAsync(order)).RefundAttempts.Single().State == RefundState.Off, "the refund is off");
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("was not made"));
        await Host.AuditAsync();
        if (end == "withdrawn")
            Assert.ThrowsAsync<AfterSalesException>(() =>
                Host.Shop.InScopeAsync(services => services.GetRequiredService<RefundService>().WithdrawAsync(order, refund.RefundOrderId, CancellationToken.None)));

        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await RefundAsync(order), Is.Empty, "and all of it can be refunded still");
        await Host.AuditAsync();
    }

    [Test]
    public async Task Retrying_a_refund_of_unknown_outcome_does_not_refund_twice()
    {
        var order = await PayAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification", ["times"] = 100 });
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "drop-answer-after-work", ["method"] = "POST", ["path"] = "orders/*/refunds" });
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["method"] = "GET", ["path"] = "orders/*", ["times"] = 2 });
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(1));

        // The first look, before the refund, takes the two faults; so the refund is not even sent. The second time the answer gets lost, and the look after it.
        Assert.That(await RefundAsync(order, 10m), Has.One.Contains("cannot be reached"));
        Assert.That((await Host.RecordAsync(order)).RefundAttempts, Is.Empty);

        await LoseTheAnswerAndTheLookAsync(() => RefundAsync(order, 10m));
        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.Zero);
        Assert.That(await RefundAsync(order, 11m), Has.Some.Contains("has been updated").Or.Some.Contains("not known yet"), "Another amount waits for the first to be clear");
        var amount = (await Host.ReloadAsync(order)).RefundedAmount;
        if (amount == 0)
            Assert.That(await RefundAsync(order, 10m), Is.Empty, "The same amount is the same refund");

        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.EqualTo(10m));
        Assert.That((await Host.Simulator.LookAsync(order.CustomOrderNumber))["amounts"]!["refunded"]!.GetValue<long>(), Is.EqualTo(1000));
        await Host.AuditAsync();
    }

    [Test]
    public async Task Retrying_with_the_same_amount_adopts_the_refund_whose_response_was_lost()
    {
        var order = await PayAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification", ["times"] = 100 });
        Kill.IsArmed = true;
        await RefundAsync(order, 10m);
        Kill.IsArmed = false;
        Assert.That((await Host.RecordAsync(order)).RefundAttempts.Single().State, Is.EqualTo(RefundState.Open));

        Assert.That(await RefundAsync(order, 10m), Is.Empty);

        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.EqualTo(10m));
        Assert.That((await Host.ApiCallsAsync()).Count(call => call.EndsWith("/refunds", StringComparison.Ordinal)), Is.EqualTo(1));
        await Host.AuditAsync();
    }

    [Test]
    public async Task The_task_recovers_a_refund_after_a_crash_before_nopCommerce_saved_it()
    {
        var order = await PayAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification", ["times"] = 100 });
        var result = await Host.Shop.InScopeAsync(services => services.GetRequiredService<PaymentOperations>().RefundAsync(
            new RefundPaymentRequest { Order = order, AmountToRefund = 10m, IsPartialRefund = true }, CancellationToken.None));
        Assert.That((result.Success, result.NewPaymentStatus), Is.EqualTo((true, PaymentStatus.PartiallyRefunded)));

        // Nobody saves. The dead shop's successor finds it.
        await using var successor = await Host.StartSecondNodeAsync();
        Assert.That(await RefundAsync(order, 10m, successor), Has.One.Contains("being processed"), "It may still be alive");
        await RunTaskLaterAsync(successor);

        var saved = await Host.ReloadAsync(order);
        Assert.That((saved.RefundedAmount, saved.PaymentStatus), Is.EqualTo((10m, PaymentStatus.PartiallyRefunded)));
        await Host.AuditAsync();
    }

    [Test]
    public async Task A_dashboard_refund_before_nopCommerce_saves_is_not_overwritten()
    {
        var order = await PayAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification", ["times"] = 100 });
        await Host.Shop.InScopeAsync(async services =>
        {
            // nopCommerce's own steps, one by one.
            var orders = services.GetRequiredService<Nop.Services.Orders.IOrderService>();
            var seen = (await orders.GetOrderByIdAsync(order.Id))!;
            var result = await services.GetRequiredService<PaymentOperations>().RefundAsync(
                new RefundPaymentRequest { Order = seen, AmountToRefund = 10m, IsPartialRefund = true }, CancellationToken.None);
            Assert.That(result.Errors, Is.Empty);

            await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = 500 });
            var body = (await Host.Simulator.LookAsync(order.CustomOrderNumber))["order"]!.AsObject();
            var notification = Host.NotifyAsync(body.DeepClone().AsObject());
            await Task.Delay(300);
            Assert.That(notification.IsCompleted, Is.False, "The notification waits until nopCommerce has saved");

            seen.RefundedAmount += 10m;
            seen.PaymentStatus = result.NewPaymentStatus;
            await orders.UpdateOrderAsync(seen);
            await services.GetRequiredService<Nop.Core.Events.IEventPublisher>().PublishAsync(new OrderRefundedEvent(seen, 10m));
            Assert.That((await notification).Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
        });

        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.EqualTo(15m));
        await Host.AuditAsync();
    }

    [Test]
    public async Task A_refund_from_a_stale_page_is_rejected_and_undoes_nothing()
    {
        var order = await PayAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = 500 });
        await UntilAsync(order, PaymentStatus.PartiallyRefunded);

        var result = await Host.Shop.InScopeAsync(services => services.GetRequiredService<PaymentOperations>().RefundAsync(
            new RefundPaymentRequest { Order = order, AmountToRefund = order.OrderTotal }, CancellationToken.None));

        Assert.That(result.Errors, Has.One.Contains("has been updated"));
        Assert.That(result.NewPaymentStatus, Is.EqualTo(PaymentStatus.Paid), "as nopCommerce has it");
        await Host.AuditAsync();
    }

    [Test]
    public async Task Dashboard_refunds_without_a_notification_are_booked_before_a_new_refund()
    {
        var order = await PayAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification", ["times"] = 100 });
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = 500 });

        Assert.That(await RefundAsync(order), Has.One.Contains("has been updated"));
        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.EqualTo(5m));
        var left = order.OrderTotal - 5m;
        Assert.That(await RefundAsync(order, left), Is.Empty);
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Refunded));
        await Host.AuditAsync();
    }

    [Test]
    public async Task The_owner_is_shown_why_a_refund_is_rejected()
    {
        var order = await PayAsync();
        Assert.That(await RefundAsync(order, 10m), Is.Empty);
        Assert.That(await RefundAsync(order, 10m), Has.One.Contains("five minutes"));
        Host.Simulator.Time.Advance(TimeSpan.FromDays(731));
        Assert.That(await RefundAsync(order, 11m), Has.One.Contains("730 days"));

        var multibanco = await PayAsync(gateway: "MULTIBANCO");
        Assert.That(await RefundAsync(multibanco), Has.One.Contains("IBAN"));
        var bizum = await PayAsync(gateway: "BIZUM");
        Assert.That(await RefundAsync(bizum, 3m), Is.Empty);
        Assert.That(await RefundAsync(bizum, 4m), Has.One.Contains("only once"));
        var giftCard = await PayAsync(gateway: "VVVGIFTCRD");
        Assert.That(await RefundAsync(giftCard), Has.One.Contains("cannot refund payments"));

        await Host.SetAsync(settings => settings.TestApiKey = null);
        Assert.That(await RefundAsync(giftCard), Has.One.Contains("No API key"));
        await Host.AuditAsync();
    }

    [Test]
    public async Task A_pay_later_payment_is_refunded_by_items()
    {
        var order = await PayAsync(gateway: "KLARNA", quantity: 3);

        Assert.That(await RefundAsync(order, 34.95m), Is.Empty, "one piece");
        var body = await Host.LastBodyAsync("POST", $"orders/{order.CustomOrderNumber}/refunds");
        var items = body["checkout_data"]!["items"]!.AsArray();
        Assert.That(body["amount"], Is.Null, "the items say what goes back");
        Assert.That(items.Count(item => (decimal)item!["unit_price"]! < 0 && (string?)item["merchant_item_id"] == "STROOP-01" && (int)item["quantity"]! == 1), Is.EqualTo(1));
        await Host.AuditAsync();

        Assert.That(await RefundAsync(order, 12.34m), Is.Empty, "belongs to no row");
        await Host.AuditAsync();

        var now = await Host.ReloadAsync(order);
        Assert.That(await RefundAsync(order, now.OrderTotal - now.RefundedAmount), Is.Empty);
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Refunded));
        await Host.AuditAsync();
    }

    [Test]
    public async Task A_refund_is_rejected_while_the_order_is_locked()
    {
        var order = await PayAsync();
        Host.Shop.Database.SharedCache.GetOrCreate($"{MultiSafepayDefaults.SystemName}.{order.OrderGuid:N}", _ => "another node");
        Assert.That(await RefundAsync(order), Has.One.Contains("being processed"));
        await Host.AuditAsync();
    }

    private async Task LoseTheAnswerAndTheLookAsync(Func<Task<IList<string>>> refund)
    {
        // The look before passes; the POST's answer is dropped by the fault set before, and the two tries of the look after it fail.
        Kill.FailReadsAfterWrite = true;
        Assert.That(await refund(), Has.One.Contains("not known whether"));
        Kill.FailReadsAfterWrite = false;
    }
}
