using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>An order cancelled in the shop cannot be paid any more; and when it was paid all the same, the owner's policy holds.</summary>
[TestFixture]
internal sealed class CancellationTests : IntegrationFixture
{
    [Test]
    public async Task Cancelling_an_order_in_the_shop_cancels_it_at_MultiSafepay()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await CancelAsync(order);

        var body = await Host.LastBodyAsync("PATCH", $"orders/{order.CustomOrderNumber}");
        Assert.That(((string?)body["status"], (bool?)body["exclude_order"]), Is.EqualTo(("cancelled", true)));
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True);
    }

    [Test]
    public async Task An_uncleared_payment_is_cancelled_with_its_order()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "uncleared");
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        await Host.ReconcileAsync();
        Assert.That((await Host.RecordAsync(order)).Current!.State, Is.EqualTo(TransactionState.Uncleared));

        await CancelAsync(order);

        Assert.That((string?)(await Host.LastBodyAsync("PATCH", $"orders/{order.CustomOrderNumber}"))["status"], Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task Deleting_an_order_in_the_shop_cancels_it_at_MultiSafepay()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await DeleteAsync(order);

        Assert.That((string?)(await Host.LastBodyAsync("PATCH", $"orders/{order.CustomOrderNumber}"))["status"], Is.EqualTo("cancelled"));
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True);
    }

    // nopCommerce has saved the order as deleted, and the shop crashed before any plugin was told.
    [Test]
    public async Task A_payment_link_of_an_order_deleted_in_a_crash_is_cancelled_by_the_task([Values(0, 5)] int days)
    {
        await Host.SetAsync(settings => (settings.LinkLifetime, settings.LinkLifetimeUnit) = (30, LifetimeUnit.Days));
        var order = await Host.BuyWithoutNotificationsAsync();
        var row = await Host.ReloadAsync(order);
        row.Deleted = true;
        await Host.Shop.Database.UpdateAsync(row);
        Host.Simulator.Time.Advance(TimeSpan.FromDays(days) + TimeSpan.FromMinutes(15));
        await Host.ReconcileAsync();

        Assert.That((await Host.Simulator.LookAsync(order.CustomOrderNumber))["status"]!.GetValue<string>(), Is.EqualTo("cancelled"));
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True);
        await Host.Simulator.DeleteAsync("requests");
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.That((await Host.ReconcileAsync()).FollowedUp, Is.Zero, "and then forgotten");
        Assert.That(await Host.ApiCallsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_failed_cancellation_of_a_deleted_order_is_retried_by_the_task()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["method"] = "PATCH", ["status"] = 503, ["times"] = 1 });
        await DeleteAsync(order);
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.False);
        Assert.That(await Host.WarningsAsync(), Has.One.Contains("was deleted"));

        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        await Host.ReconcileAsync();

        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True);
        Assert.That((await Host.ReconcileAsync()).FollowedUp, Is.Zero, "and then forgotten");
    }

    [Test]
    public async Task An_order_of_another_shop_with_the_same_order_id_is_not_cancelled()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var other = Host.Simulator.Order(order.CustomOrderNumber, (long)(order.OrderTotal * 100));
        other["var1"] = new OrderReference(Guid.NewGuid(), order.Id).ToString();
        await Host.Simulator.MakeAsync(other, "started");

        await CancelAsync(order);

        Assert.That(await Host.ApiCallsAsync(), Has.None.StartsWith("PATCH"));
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True);
    }

    [Test]
    public async Task A_retry_uses_a_new_order_id_when_another_shop_has_used_the_first()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var other = Host.Simulator.Order(order.CustomOrderNumber, (long)(order.OrderTotal * 100));
        other["var1"] = new OrderReference(Guid.NewGuid(), order.Id).ToString();
        await Host.Simulator.MakeAsync(other, "completed");

        var link = await Host.Shop.InScopeAsync(services => services.GetRequiredService<PaymentLinkService>().StartAsync(OrderReference.From(order), CancellationToken.None));

        var attempts = (await Host.RecordAsync(order)).Attempts;
        Assert.That(attempts.Select(attempt => attempt.Closed), Is.EqualTo(new[] { true, false }));
        Assert.That((link.AbsoluteUri, attempts[1].OrderId), Is.EqualTo((attempts[1].PaymentUrl, $"{order.CustomOrderNumber}-2")));
    }

    [TestCase(CancelledThenPaidPolicy.Warn, false)]
    [TestCase(CancelledThenPaidPolicy.Reopen, false)]
    [TestCase(CancelledThenPaidPolicy.Refund, true)]
    public async Task A_payment_of_a_deleted_order_warns_the_owner_and_is_refunded_only_by_the_refund_policy(CancelledThenPaidPolicy policy, bool isGivenBack)
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = policy);
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await DeleteAsync(order);

        Assert.That((int)(await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(200));
        Assert.That((int)(await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(200));

        var now = await Host.ReloadAsync(order);
        Assert.That((now.Deleted, now.OrderStatus, now.PaymentStatus), Is.EqualTo((true, OrderStatus.Pending, PaymentStatus.Pending)));
        Assert.That(await Host.WarningsAsync(), Has.One.Contains("PaidAfterCancellation"));
        Assert.That((await Host.ApiCallsAsync()).Count(call => call == $"POST orders/{order.CustomOrderNumber}/refunds"), Is.EqualTo(isGivenBack ? 1 : 0));
    }

    // The customer's transfer was on its way when the owner called the payment off, and a new link was made.
    [Test]
    public async Task A_late_payment_of_a_cancelled_attempt_closes_the_newer_attempt([Values] bool isTriedAgain)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Shop.InScopeAsync(async services =>
        {
            Assert.That(await services.GetRequiredService<OrderCancellation>().CallOffAsync(order, CancellationToken.None), Is.True);
            await services.GetRequiredService<PaymentLinkService>().StartAsync(OrderReference.From(order), CancellationToken.None);
        });
        var (first, second) = ((await Host.RecordAsync(order)).Attempts[0], (await Host.RecordAsync(order)).Attempts[1]);
        Assert.That((first.Closed, second.Closed), Is.EqualTo((true, false)));
        if (isTriedAgain)
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["method"] = "PATCH", ["path"] = $"orders/{second.OrderId}", ["status"] = 503, ["times"] = 1 });

        Assert.That((int)(await Host.NotifyAsync(IntegrationHost.Body(order, first.OrderId))).Status, Is.EqualTo(200));

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That((await Host.RecordAsync(order)).Attempts.Select(attempt => attempt.Closed), Is.EqualTo(new[] { false, !isTriedAgain }));
        if (isTriedAgain)
        {
            // The attempt that was called off cannot be paid at the simulator; as the API shows it, it was cancelled.
            Assert.That(await Host.WarningsAsync(), Has.One.Contains("the task tries again"));
            Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
            await Host.NotifyAsync(IntegrationHost.Body(order, first.OrderId));
        }

        Assert.That((await Host.RecordAsync(order)).Attempts.Select(attempt => attempt.Closed), Is.EqualTo(new[] { false, true }));
        Assert.That((await Host.ApiCallsAsync()).Count(call => call == $"PATCH orders/{second.OrderId}"), Is.EqualTo(isTriedAgain ? 2 : 1));
    }

    [Test]
    public async Task A_failed_cancellation_is_retried_by_the_task()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["method"] = "PATCH", ["status"] = 503, ["times"] = 1 });
        await CancelAsync(order);
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.False);
        Assert.That(await Host.NotesAsync(order), Has.Some.Contains("tried again"));

        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        await Host.ReconcileAsync();

        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True);
        Assert.That((await Host.ReconcileAsync()).Asked, Is.Zero, "and then left alone");
    }

    [Test]
    public async Task An_order_that_the_task_reopens_is_not_cancelled_at_MultiSafepay()
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = CancelledThenPaidPolicy.Reopen);
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["method"] = "PATCH", ["status"] = 503, ["times"] = 1 });
        await CancelAsync(order);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(11));

        await Host.ReconcileAsync();

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        var cancelled = (await Host.Simulator.ListAsync("requests")).Where(request => (string)request!["method"]! == "PATCH" && (string?)request["body"]?["status"] == "cancelled");
        Assert.That(cancelled.Count(), Is.EqualTo(1), "the one that failed");
    }

    [Test]
    public async Task An_order_cancelled_by_a_notification_is_closed_without_a_deadlock()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "expired");

        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, "expired"));

        Assert.That((await Host.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Cancelled));
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True);
        Assert.That((await Host.RecordAsync(order)).Applied, Has.Some.StartsWith("cancelled:"));
    }

    [Test]
    public async Task The_warn_policy_leaves_a_late_payment_to_the_owner()
    {
        var order = await PayLateAsync(CancelledThenPaidPolicy.Warn);
        Assert.That((order.OrderStatus, order.PaymentStatus), Is.EqualTo((OrderStatus.Cancelled, PaymentStatus.Pending)));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("after the order was cancelled"));
        Assert.That(await Host.WarningsAsync(), Has.One.Contains("PaidAfterCancellation"));
    }

    // Who sells on account wants to be told what comes back.
    [Test]
    public async Task The_refund_policy_refunds_a_late_payment_once([Values("IDEAL", "KLARNA")] string gateway)
    {
        var order = await PayLateAsync(CancelledThenPaidPolicy.Refund, gateway);
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber));

        var amounts = (await Host.Simulator.LookAsync(order.CustomOrderNumber))["amounts"]!;
        Assert.That((long)amounts["refunded"]!, Is.EqualTo((long)amounts["charged"]!));
        Assert.That((await Host.ApiCallsAsync()).Count(call => call == $"POST orders/{order.CustomOrderNumber}/refunds"), Is.EqualTo(1));
        Assert.That(order.OrderStatus, Is.EqualTo(OrderStatus.Cancelled));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("it was refunded"));
    }

    [Test]
    public async Task The_refund_policy_refunds_the_rest_of_a_partially_refunded_late_payment([Values] bool isToldLast)
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = CancelledThenPaidPolicy.Refund);
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await CancelAsync(order);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = 523 });

        // The notification of the payment itself may come late, or never.
        if (isToldLast)
            Assert.That((int)(await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(200));
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        await Host.ReconcileAsync();

        var amounts = (await Host.Simulator.LookAsync(order.CustomOrderNumber))["amounts"]!;
        Assert.That((long)amounts["refunded"]!, Is.EqualTo((long)amounts["charged"]!));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("it was refunded"));
    }

    // The word of the payment comes after the owner has given it back in the dashboard.
    [Test]
    public async Task A_fully_refunded_late_payment_is_not_refunded_again()
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = CancelledThenPaidPolicy.Refund);
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await CancelAsync(order);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded");

        Assert.That((int)(await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(200));

        Assert.That(await Host.ApiCallsAsync(), Has.None.EqualTo($"POST orders/{order.CustomOrderNumber}/refunds"));
    }

    [Test]
    public async Task A_refund_whose_response_was_lost_is_not_repeated()
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = CancelledThenPaidPolicy.Refund);
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await CancelAsync(order);
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "drop-answer-after-work", ["method"] = "POST", ["path"] = $"orders/{order.CustomOrderNumber}/refunds", ["times"] = 1 });

        var body = IntegrationHost.Body(order, order.CustomOrderNumber);
        Assert.That((int)(await Host.NotifyAsync(body)).Status, Is.EqualTo(503));
        Assert.That((int)(await Host.NotifyAsync(body)).Status, Is.EqualTo(200));

        var amounts = (await Host.Simulator.LookAsync(order.CustomOrderNumber))["amounts"]!;
        Assert.That((long)amounts["refunded"]!, Is.EqualTo((long)amounts["charged"]!));
    }

    private async Task<Order> PayLateAsync(CancelledThenPaidPolicy policy, string gateway = "IDEAL")
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = policy);
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = gateway });
        await CancelAsync(order);
        var (status, _, _) = await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber));
        Assert.That((int)status, Is.EqualTo(200));
        return await Host.ReloadAsync(order);
    }

    // As nopCommerce deletes: the row stays, and its event is published.
    private async Task DeleteAsync(Order order)
    {
        var row = await Host.ReloadAsync(order);
        row.Deleted = true;
        await Host.Shop.Database.UpdateAsync(row);
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<IEventPublisher>().PublishAsync(new EntityDeletedEvent<Order>(row)));
    }

    private Task CancelAsync(Order order) => Host.Shop.InScopeAsync(async services =>
    {
        var fresh = await services.GetRequiredService<IOrderService>().GetOrderByGuidAsync(order.OrderGuid);
        await services.GetRequiredService<IOrderProcessingService>().CancelOrderAsync(fresh, notifyCustomer: true);
    });
}
