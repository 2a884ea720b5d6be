using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Reconciliation;

/// <summary>What notifications missed is found, politely.</summary>
[TestFixture]
internal sealed class ReconciliationTests : IntegrationFixture
{
    [Test]
    public async Task A_payment_whose_notifications_were_all_lost_is_found()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));

        var report = await Host.ReconcileAsync();

        Assert.That((report.Open, report.Asked, report.Changed, report.Failed, report.StoppedEarly), Is.EqualTo((1, 1, 1, 0, false)));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That((await Host.ReconcileAsync()).Open, Is.Zero, "a paid order is not looked at again");
    }

    // MultiSafepay gives an order id that was never paid to whoever uses it next.
    [TestCase("completed")]
    [TestCase("expired")]
    public async Task A_transaction_of_another_shop_under_the_same_order_id_is_ignored(string theirs)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var other = Host.Simulator.Order(order.CustomOrderNumber, (long)(order.OrderTotal * 100));
        other["var1"] = new OrderReference(Guid.NewGuid(), order.Id).ToString();
        await Host.Simulator.MakeAsync(other, theirs);
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));

        var report = await Host.ReconcileAsync();

        Assert.That((report.Asked, report.Changed, report.Failed), Is.EqualTo((1, 0, 0)));
        var now = await Host.ReloadAsync(order);
        Assert.That((now.OrderStatus, now.PaymentStatus), Is.EqualTo((OrderStatus.Pending, PaymentStatus.Pending)));
        Assert.That(await Host.WarningsAsync(), Has.One.Contains("for another order"));
    }

    [Test]
    public async Task An_expired_payment_without_a_notification_cancels_the_order()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "expired");
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));

        await Host.ReconcileAsync();

        Assert.That((await Host.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Cancelled));
    }

    // The customer closed the window. What MultiSafepay then answers about the order is not documented.
    [Test]
    public async Task A_link_that_was_never_opened_ends_as_the_mapping_says_for_expired_payments(
        [Values("unopened_is_unknown", "unopened_stays_initialized")] string shape, [Values(OrderStatus.Cancelled, OrderStatus.Pending)] OrderStatus expected)
    {
        await Host.Simulator.ShapeAsync(shape);
        if (expected == OrderStatus.Pending)
            await Host.SetAsync(settings => settings.StatusMapping = "Expired=None,Leave");
        var order = await Host.BuyWithoutNotificationsAsync();
        var attempt = (await Host.RecordAsync(order)).Current!;

        Host.Simulator.Time.Advance(attempt.ExpiresUtc.AddMinutes(30) - Host.Simulator.Time.GetUtcNow().UtcDateTime);
        await Host.ReconcileAsync();
        Assert.That((await Host.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Pending), "the customer may still be on the payment page");

        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(45));
        var report = await Host.ReconcileAsync();
        Assert.That((report.Asked, report.Changed, report.Failed), Is.EqualTo((1, 1, 0)));
        Assert.That((await Host.ReloadAsync(order)).OrderStatus, Is.EqualTo(expected));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("was not made in time"));
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True);

        Host.Simulator.Time.Advance(TimeSpan.FromDays(2));
        Assert.That((await Host.ReconcileAsync()).Asked, Is.Zero);
    }

    [Test]
    public async Task Recent_orders_are_checked_often_and_old_ones_rarely()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var asked = new List<TimeSpan>();
        var start = Host.Simulator.Time.GetUtcNow();
        for (var run = 0; run < 4 * 24 * 2; run++)
        {
            Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
            if ((await Host.ReconcileAsync()).Asked > 0)
                asked.Add(Host.Simulator.Time.GetUtcNow() - start);
        }

        Assert.That(asked.Count(age => age <= TimeSpan.FromHours(2)), Is.EqualTo(8), "in each run at first");
        Assert.That(asked.Count(age => age > TimeSpan.FromDays(1)), Is.InRange(6, 12), "every few hours on the second day");
        Assert.That(asked, Has.Count.LessThan(50));
        Assert.That((await Host.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Pending));
    }

    [TestCase("refunded", PaymentStatus.Refunded)]
    [TestCase("chargeback", PaymentStatus.Paid)]
    public async Task A_refund_or_chargeback_with_lost_notifications_is_found_when_the_order_is_a_day_old(string what, PaymentStatus expected)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        var report = await Host.ReconcileAsync();
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, what);

        Host.Simulator.Time.Advance(TimeSpan.FromHours(20));
        report = await Host.ReconcileAsync(report);
        Assert.That(report.Asked, Is.Zero, "not before");
        Host.Simulator.Time.Advance(TimeSpan.FromHours(4));
        report = await Host.ReconcileAsync(report);
        Assert.That((report.Asked, report.Changed, report.Failed), Is.EqualTo((1, 1, 0)));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(expected));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains(what == "refunded" ? "refunded" : "chargeback"));

        Host.Simulator.Time.Advance(TimeSpan.FromHours(3));
        Assert.That((await Host.ReconcileAsync(report)).Asked, Is.Zero, "once");
    }

    // The shop was killed between nopCommerce's saving of the order and the revocation of its link; no event reports that change any more.
    [TestCase(PaymentStatus.Pending, TestName = "{m}(edited total)")]
    [TestCase(PaymentStatus.Paid, TestName = "{m}(order marked as paid)")]
    public async Task A_payment_link_left_open_by_a_crash_is_revoked_by_the_task(PaymentStatus status)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var changed = await Host.ReloadAsync(order);
        (changed.PaymentStatus, changed.OrderTotal) = (status, status == PaymentStatus.Pending ? changed.OrderTotal - 1 : changed.OrderTotal);
        await Host.Shop.Database.UpdateAsync(changed);

        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        var report = await Host.ReconcileAsync();
        Host.Simulator.Time.Advance(TimeSpan.FromHours(24));
        await Host.ReconcileAsync(report);

        Assert.That(await Host.ApiCallsAsync(), Has.One.EqualTo($"PATCH orders/{order.CustomOrderNumber}"));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(status));
    }

    // Nobody who places orders by the hundred keeps the shop from hearing of the others.
    [Test]
    public async Task Many_unpaid_orders_of_one_day_do_not_crowd_out_earlier_ones()
    {
        var old = await Host.BuyWithoutNotificationsAsync();
        Host.Simulator.Time.Advance(TimeSpan.FromDays(5));
        await Host.Shop.InScopeAsync(async services =>
        {
            var (records, followUps) = (services.GetRequiredService<PaymentRecordStore>(), services.GetRequiredService<FollowUpList>());
            var record = await records.LoadAsync(old);
            for (var i = 0; i < Reconciler.MaxAskedPerRun + 20; i++)
            {
                var order = await Host.ReloadAsync(old);
                (order.Id, order.OrderGuid, order.CreatedOnUtc) = (0, Guid.NewGuid(), Host.Simulator.Time.GetUtcNow().UtcDateTime.AddHours(-1));
                await Host.Shop.Database.InsertAsync(order);
                await records.SaveAsync(order, record with { Revision = 0, Attempts = [record.Current! with { OrderId = $"many-{i}", CreatedUtc = order.CreatedOnUtc }] });
                await followUps.AddComparisonAsync(order.Id, order.CreatedOnUtc);
            }
        });

        var report = await Host.ReconcileAsync();

        Assert.That((report.Asked, report.StoppedEarly), Is.EqualTo((Reconciler.MaxAskedPerRun, true)));
        Assert.That(await Host.ApiCallsAsync(), Has.One.EqualTo($"GET orders/{old.CustomOrderNumber}"));
        Assert.That(await Host.ReconcileAsync(), Has.Property("Asked").EqualTo(21), "the others come with the next run");
    }

    [Test]
    public async Task A_run_stops_early_when_MultiSafepay_is_down()
    {
        for (var i = 0; i < 6; i++)
            await Host.BuyWithoutNotificationsAsync();
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["times"] = 1000 });

        var report = await Host.ReconcileAsync();

        Assert.That((report.StoppedEarly, report.Failed), Is.EqualTo((true, 3)));
    }

    // Three old orders whose state MultiSafepay cannot tell, and one that was paid in the meantime.
    [Test]
    public async Task Orders_that_always_fail_do_not_keep_the_others_from_being_compared()
    {
        var failing = new List<Order>();
        for (var i = 0; i < AccountFailures.MaxInARow; i++)
            failing.Add(await Host.BuyWithoutNotificationsAsync());
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(1));
        var paid = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(paid.CustomOrderNumber, "completed");
        foreach (var order in failing)
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["path"] = $"orders/{order.CustomOrderNumber}", ["status"] = 500, ["times"] = 1000 });

        var report = IntegrationHost.NothingToTakeOver;
        for (var run = 0; run < 3; run++)
        {
            Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
            report = await Host.ReconcileAsync(report);
        }

        Assert.That((await Host.ReloadAsync(paid)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
    }

    [Test]
    public async Task A_refused_API_key_is_one_warning_a_day_and_its_orders_are_found_when_it_works_again()
    {
        for (var i = 0; i < 5; i++)
            await Host.BuyWithoutNotificationsAsync();
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 401, ["times"] = 100_000 });

        var report = IntegrationHost.NothingToTakeOver;
        var asked = 0;
        for (var run = 0; run < 96 * 2; run++)
        {
            Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
            report = await Host.ReconcileAsync(report);
            asked += report.Asked;
        }

        Assert.That((await Host.WarningsAsync()).Count(warning => warning.Contains("could not be compared", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(asked, Is.LessThan(3 * 24 * 6), "an account that refuses is not asked for each of its orders");

        await Host.Simulator.DeleteAsync("faults");
        for (var run = 0; run < 96; run++)
        {
            Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
            report = await Host.ReconcileAsync(report);
        }

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(report.Accounts.Values.All(account => account.Pauses == 0), Is.True);
    }

    [Test]
    public async Task The_failure_of_one_order_is_logged_ever_more_rarely()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Shop.Database.InsertAsync(new MultiSafepayPayment { OrderId = order.Id, Version = 1000, Record = "no record" });
        for (var run = 0; run < 40; run++)
        {
            Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
            Assert.That((await Host.ReconcileAsync()).Failed, Is.LessThanOrEqualTo(1));
        }

        Assert.That((await Host.WarningsAsync()).Count(warning => warning.Contains("could not be compared", StringComparison.Ordinal)), Is.InRange(4, 6));
    }
}
