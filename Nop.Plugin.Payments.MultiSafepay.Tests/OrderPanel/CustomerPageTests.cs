using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Gdpr;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;

/// <summary>What customers read of their payment on their order page, and what is forgotten of it when they want to be forgotten.</summary>
[TestFixture]
internal sealed class CustomerPageTests
{
    private IntegrationHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await IntegrationHost.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [Test]
    public async Task An_unpaid_order_shows_its_state_and_exactly_one_retry_button()
    {
        var (order, _) = await _host.BuyAsync();
        var before = (await _host.ApiCallsAsync()).Count;

        var page = await PageAsync(order);

        Assert.That(page, Does.Contain("data-state=\"Open\"").And.Contain("This order has not been paid yet.").And.Contain("\"Retry payment\""));
        Assert.That(page.Split("id=\"retry-payment\""), Has.Length.EqualTo(2));
        Assert.That(await _host.ApiCallsAsync(), Has.Count.EqualTo(before), "the page waits for nobody");
    }

    [TestCase("completed", "VISA", "Paid", "Paid with: Visa •••• 1111")]
    [TestCase("giftcard", null, "Paid", "Paid with: VVV Cadeaukaart + iDEAL | Wero")]
    public async Task A_paid_order_shows_the_payment_method(string to, string? gateway, string state, string says)
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, to, gateway is null ? null : new JsonObject { ["gateway"] = gateway });
        await IntegrationHost.UntilAsync(async () => (await _host.RecordAsync(order)).Current!.Means is not null, "the payment is known");
        await _host.UntilAsync(order, PaymentStatus.Paid);

        var page = await PageAsync(order);

        Assert.That(page, Does.Contain($"data-state=\"{state}\"").And.Contain(says).And.Not.Contain("Retry payment\""));
    }

    [Test]
    public async Task A_pending_bank_transfer_is_shown_with_its_amount()
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "started", new JsonObject { ["gateway"] = "BANKTRANS" });
        await _host.Browser.GetAsync($"multisafepay/return/{order.OrderGuid}");

        Assert.That(await PageAsync(order), Does.Contain("data-state=\"BankTransfer\"").And.Contain("your bank transfer of EUR 39.90").And.Contain("in another way, use the button \"Retry payment\""));
    }

    [TestCase("KLARNA", "expired", "void", "void")]
    [TestCase("VISA", "chargeback", null, null)]
    public async Task A_payment_that_was_taken_back_is_no_longer_called_received(string gateway, string to, string? status, string? financialStatus)
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = gateway });
        await _host.UntilAsync(order, PaymentStatus.Paid);
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, to, status is null ? null : new JsonObject { ["status"] = status, ["financial_status"] = financialStatus });
        await IntegrationHost.UntilAsync(async () => (await _host.OurNotesAsync(order)).Any(note => note.Contains("not receive", StringComparison.Ordinal)
            || note.Contains("chargeback", StringComparison.OrdinalIgnoreCase)), "the owner is warned");

        Assert.That(await PageAsync(order), Does.Contain("data-state=\"TakenBack\"").And.Contain("was reversed or did not come through").And.Not.Contain("Thank you"));
    }

    [TestCase("declined", "Declined", "The payment was declined.")]
    [TestCase("uncleared", "Busy", "You do not have to pay again.")]
    public async Task Declined_and_uncleared_payments_have_their_own_message(string to, string state, string says)
    {
        await _host.SetAsync(settings => settings.StatusMapping = "Declined=None,-");
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, to);
        await IntegrationHost.UntilAsync(async () => (await _host.RecordAsync(order)).Current!.State is not null, "the payment is known");

        Assert.That(await PageAsync(order), Does.Contain($"data-state=\"{state}\"").And.Contain(says));
    }

    [Test]
    public async Task An_order_of_another_payment_method_shows_no_message()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        order.PaymentMethodSystemName = "Payments.Other";
        await _host.Shop.Database.UpdateAsync(order);
        Assert.That(await PageAsync(order), Does.Not.Contain("multisafepay-order-payment"));
    }

    [Test]
    public async Task Deleting_a_customer_erases_payment_link_and_card_digits_but_keeps_the_payment_record()
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = "VISA" });
        await IntegrationHost.UntilAsync(async () => (await _host.RecordAsync(order)).Current!.Means is { Count: > 0 }, "the payment is known");
        var before = await _host.RecordAsync(order);

        await EraseAsync(order);

        var attempt = (await _host.RecordAsync(order)).Current!;
        Assert.That((attempt.PaymentUrl, attempt.Means!.Single().Last4), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That((attempt.Amount, attempt.OrderId, attempt.TransactionId, attempt.Means!.Single().Name),
            Is.EqualTo((before.Current!.Amount, before.Current.OrderId, before.Current.TransactionId, "Visa")));
        Assert.That((await _host.RecordAsync(order)).Applied, Is.EqualTo(before.Applied));
    }

    [Test]
    public async Task Deleting_a_customer_erases_the_earlier_versions_of_the_payment_record_as_well()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        await EraseAsync(order);

        var rows = await _host.Shop.Database.ListAsync<MultiSafepayPayment>(row => row.OrderId == order.Id);
        Assert.That(rows.Select(row => row.Record).ToList(), Has.Count.EqualTo(1).And.None.Contains("PaymentUrl"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_task_deletes_earlier_versions_that_a_crash_during_the_erasure_has_left(bool isOrderDeleted)
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        var row = (await _host.Shop.Database.ListAsync<MultiSafepayPayment>(row => row.OrderId == order.Id)).MaxBy(row => row.Version)!;
        await EraseAsync(order);
        await _host.Shop.Database.InsertAsync(row);
        if (isOrderDeleted)
        {
            order = await _host.ReloadAsync(order);
            order.Deleted = true;
            await _host.Shop.Database.UpdateAsync(order);
        }

        _host.Simulator.Time.Advance(TimeSpan.FromMinutes(1));
        await _host.ReconcileAsync();

        var rows = await _host.Shop.Database.ListAsync<MultiSafepayPayment>(row => row.OrderId == order.Id);
        Assert.That(rows.Select(row => row.Record).ToList(), Is.Not.Empty.And.None.Contains("PaymentUrl"));
    }

    [Test]
    public async Task Deleting_a_customer_erases_orders_that_are_marked_as_deleted_too()
    {
        var order = await _host.ReloadAsync(await _host.BuyWithoutNotificationsAsync());
        order.Deleted = true;
        await _host.Shop.Database.UpdateAsync(order);

        await EraseAsync(order);

        Assert.That((await _host.RecordAsync(order)).Current!.PaymentUrl, Is.Null);
    }

    [Test]
    public async Task The_last_digits_of_a_card_stay_erased_when_the_payment_is_compared_again()
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = "VISA" });
        await IntegrationHost.UntilAsync(async () => (await _host.RecordAsync(order)).Current!.Means is { Count: > 0 }, "the payment is known");
        await EraseAsync(order);

        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded");
        await _host.Shop.InScopeAsync(services => services.GetRequiredService<Synchronizer>().PullAsync(OrderReference.From(order), allowTerminalActions: true, CancellationToken.None));

        var attempt = (await _host.RecordAsync(order)).Current!;
        Assert.That((attempt.Means!.Single().Name, attempt.Means!.Single().Last4), Is.EqualTo(("Visa", (string?)null)));
    }

    [Test]
    public async Task Deleting_a_customer_warns_of_an_order_whose_record_cannot_be_read()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        foreach (var row in await _host.Shop.Database.ListAsync<MultiSafepayPayment>(row => row.OrderId == order.Id))
        {
            row.Record = "{";
            await _host.Shop.Database.UpdateAsync(row);
        }

        await EraseAsync(order);
        Assert.That(await _host.WarningsAsync(), Has.Some.Contains("could not be cleared"));
    }

    [Test]
    public async Task Deleting_a_customer_does_not_touch_the_orders_of_others()
    {
        var order = await _host.BuyWithoutNotificationsAsync();
        await _host.Shop.InScopeAsync(services => services.GetRequiredService<IEventPublisher>().PublishAsync(new CustomerPermanentlyDeleted(order.CustomerId + 1000, "other@customer.example")));
        Assert.That((await _host.RecordAsync(order)).Current!.PaymentUrl, Is.Not.Null);
    }

    [TestCase("VISA")]
    [TestCase("IDEAL")]
    [TestCase("BANKTRANS")]
    [TestCase("KLARNA")]
    public async Task A_payment_record_contains_no_personal_data(string gateway)
    {
        var (order, _) = await _host.BuyAsync();
        await _host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = gateway });
        await IntegrationHost.UntilAsync(async () => (await _host.RecordAsync(order)).Current!.Means is not null, "the payment is known");

        var rows = await _host.Shop.Database.ListAsync<MultiSafepayPayment>(row => row.OrderId == order.Id);
        var json = string.Concat(rows.OrderByDescending(row => row.Version).Select(row => row.Record));

        Assert.That(json, Does.Contain(gateway));
        foreach (var personal in new[] { "Sam", "Vries", "Test Holder", "@", "Voorbeeld", "1234 AB", "+31", "ABNA", "NL02" })
            Assert.That(json, Does.Not.Contain(personal), personal);
    }

    private Task EraseAsync(Order order) =>
        _host.Shop.InScopeAsync(services => services.GetRequiredService<IEventPublisher>().PublishAsync(new CustomerPermanentlyDeleted(order.CustomerId, "sam@customer.example")));

    private Task<string> PageAsync(Order order) => _host.Browser.ReadAsync($"orderdetails/{order.Id}");
}
