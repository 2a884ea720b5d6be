using System.Text.Json.Nodes;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Tests.Journeys;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>What notifications missed is found, politely.</summary>
[TestFixture]
internal sealed class ReconciliationTests : WorldFixture
{
    [Test]
    public async Task A_payment_whose_notifications_were_all_lost_is_found()
    {
        var order = await World.BuyInSilenceAsync();
        await World.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        World.Simulator.Time.Advance(TimeSpan.FromMinutes(15));

        var report = await World.ReconcileAsync();

        Assert.That((report.Open, report.Asked, report.Changed, report.Failed, report.StoppedEarly), Is.EqualTo((1, 1, 1, 0, false)));
        Assert.That((await World.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That((await World.ReconcileAsync()).Open, Is.Zero, "a paid order is not looked at again");
    }

    [Test]
    public async Task An_expired_payment_gives_the_stock_back()
    {
        var order = await World.BuyInSilenceAsync();
        await World.Simulator.MoveAsync(order.CustomOrderNumber, "expired");
        World.Simulator.Time.Advance(TimeSpan.FromMinutes(15));

        await World.ReconcileAsync();

        Assert.That((await World.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Cancelled));
    }

    [Test]
    public async Task Young_orders_are_asked_about_often_and_old_ones_rarely()
    {
        var order = await World.BuyInSilenceAsync();
        var asked = new List<TimeSpan>();
        var start = World.Simulator.Time.GetUtcNow();
        for (var run = 0; run < 4 * 24 * 2; run++)
        {
            World.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
            if ((await World.ReconcileAsync()).Asked > 0)
                asked.Add(World.Simulator.Time.GetUtcNow() - start);
        }

        Assert.That(asked.Count(age => age <= TimeSpan.FromHours(2)), Is.EqualTo(8), "in each run at first");
        Assert.That(asked.Count(age => age > TimeSpan.FromDays(1)), Is.InRange(6, 12), "every few hours on the second day");
        Assert.That(asked, Has.Count.LessThan(50));
        Assert.That((await World.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Pending));
    }

    [Test]
    public async Task When_MultiSafepay_is_down_the_run_ends_soon()
    {
        for (var i = 0; i < 6; i++)
            await World.BuyInSilenceAsync();
        World.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        await World.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["times"] = 1000 });

        var report = await World.ReconcileAsync();

        Assert.That((report.StoppedEarly, report.Failed), Is.EqualTo((true, 3)));
    }

    [TestCase(1, 10)]
    [TestCase(60, 10)]
    [TestCase(240, 20)]
    [TestCase(60 * 24 * 30, 60 * 24)]
    public void The_interval_grows_with_the_age(int ageInMinutes, int expectedMinutes) =>
        Assert.That(Reconciler.Interval(TimeSpan.FromMinutes(ageInMinutes)), Is.EqualTo(TimeSpan.FromMinutes(expectedMinutes)));
}
