using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Records;

/// <summary>The list of orders that the task looks at, and when.</summary>
[TestFixture]
internal sealed class FollowUpListTests : AfterSalesFixture
{
    [Test]
    public async Task Concurrent_additions_on_two_nodes_lose_no_order()
    {
        await using var second = await Host.StartSecondNodeAsync();
        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => (number % 2 == 0 ? Host.Shop : second).InScopeAsync(services =>
            services.GetRequiredService<FollowUpList>().AddWorkAsync(number))));
        Assert.That(await OpenWorkAsync(), Is.EqualTo(Enumerable.Range(1, 20)));
    }

    [Test]
    public async Task Looking_at_an_order_merges_its_rows_and_postpones_it() => await WithListAsync(async list =>
    {
        await list.AddWorkAsync(1);
        await list.AddWorkAsync(2);
        await list.AddWorkAsync(1);
        var due = await list.DueAsync(FollowUpKind.OpenWork, 10);
        Assert.That(due.Select(row => row.OrderId), Is.EqualTo(new[] { 1, 2, 1 }));

        var taken = await list.TakeAsync(due[0], row => row.CreatedOnUtc.AddHours(1));

        Assert.That(taken!.Id, Is.EqualTo(due[2].Id), "the latest row");
        Assert.That((await list.DueAsync(FollowUpKind.OpenWork, 10)).Select(row => row.OrderId), Is.EqualTo(new[] { 2 }));
        Host.Simulator.Time.Advance(TimeSpan.FromHours(1));
        Assert.That((await list.DueAsync(FollowUpKind.OpenWork, 10)).Select(row => row.OrderId), Is.EqualTo(new[] { 2, 1 }), "the longest overdue first");

        await list.SettleAsync(taken);
        Assert.That(await list.OrdersWithOpenWorkAsync(), Is.EqualTo(new[] { 2 }));
        Assert.That(await list.TakeAsync(taken, row => row.DueOnUtc), Is.Null, "another node settled it");
    });

    // MariaDB cuts off fractions of seconds.
    [Test]
    public async Task An_order_is_due_at_a_whole_second_that_is_not_before_its_time() => await WithListAsync(async list =>
    {
        var time = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        await list.AddComparisonAsync(1, time);
        await list.AddComparisonAsync(2, time.AddTicks(1));
        var rows = await Host.Shop.Database.ListAsync<MultiSafepayFollowUp>();
        Assert.That(rows.Select(row => row.DueOnUtc), Is.EqualTo(new[] { time, time.AddSeconds(1) }));
        await list.PostponeAsync(rows[0], time.AddMilliseconds(1500), hasFailed: false);
        Assert.That((await Host.Shop.Database.FindAsync<MultiSafepayFollowUp>(rows[0].Id))!.DueOnUtc, Is.EqualTo(time.AddSeconds(2)));
    });

    [Test]
    public async Task Work_that_is_added_during_a_look_stays() => await WithListAsync(async list =>
    {
        await list.AddWorkAsync(1);
        var taken = await list.TakeAsync((await list.DueAsync(FollowUpKind.OpenWork, 10))[0], row => row.DueOnUtc.AddDays(1));
        await list.AddWorkAsync(1);
        await list.SettleAsync(taken!);
        Assert.That(await list.DueAsync(FollowUpKind.OpenWork, 10), Has.Count.EqualTo(1));
    });

    [Test]
    public async Task Work_and_comparisons_are_separate_and_failed_tries_are_counted_in_a_row() => await WithListAsync(async list =>
    {
        await list.AddWorkAsync(1);
        await list.AddComparisonAsync(1);
        Assert.That(await list.DueAsync(FollowUpKind.Comparison, 10), Is.Empty, "not yet");
        Host.Simulator.Time.Advance(FollowUpList.FirstComparisonAfter);

        var comparison = (await list.DueAsync(FollowUpKind.Comparison, 10)).Single();
        var now = Host.Simulator.Time.GetUtcNow().UtcDateTime;
        await list.PostponeAsync(comparison, now, hasFailed: true);
        await list.PostponeAsync(comparison, now, hasFailed: true);
        Assert.That((await list.DueAsync(FollowUpKind.Comparison, 10)).Single().FailedTries, Is.EqualTo(2));
        await list.PostponeAsync(comparison, now, hasFailed: false);
        Assert.That((await list.DueAsync(FollowUpKind.Comparison, 10)).Single().FailedTries, Is.Zero);
        Assert.That(await list.DueAsync(FollowUpKind.Comparison, 10, addedAfterUtc: now), Is.Empty);
        Assert.That(await list.OrdersWithOpenWorkAsync(), Is.EqualTo(new[] { 1 }));
        Assert.That(await list.KnownAsync([1, 2], FollowUpKind.Comparison), Is.EquivalentTo(new[] { 1 }));
    });

    [Test]
    public async Task Work_that_has_been_open_for_long_is_looked_at_rarely_and_new_work_soon()
    {
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<FollowUpList>().AddWorkAsync(4711));
        var order = await PayAsync();
        await RunTaskLaterAsync();
        Assert.That(await OpenWorkAsync(), Is.Empty, "no such order, and an order of which nothing is open");

        await WithListAsync(list => list.AddWorkAsync(order.Id));
        Host.Simulator.Time.Advance(TimeSpan.FromDays(5));
        var row = await WithListAsync(async list => (await list.TakeAsync((await list.DueAsync(FollowUpKind.OpenWork, 1))[0],
            latest => Host.Simulator.Time.GetUtcNow().UtcDateTime + MultiSafepay.Reconciliation.ReconciliationPlan.Interval(Host.Simulator.Time.GetUtcNow().UtcDateTime - latest.CreatedOnUtc)))!);
        Assert.That(row.DueOnUtc - Host.Simulator.Time.GetUtcNow().UtcDateTime, Is.EqualTo(TimeSpan.FromHours(10)));
        await WithListAsync(list => list.AddWorkAsync(order.Id));
        Assert.That(await WithListAsync(list => list.DueAsync(FollowUpKind.OpenWork, 10)), Has.Count.EqualTo(1));
    }

    private Task WithListAsync(Func<FollowUpList, Task> work) => Host.Shop.InScopeAsync(services => work(services.GetRequiredService<FollowUpList>()));

    private Task<T> WithListAsync<T>(Func<FollowUpList, Task<T>> work) => Host.Shop.InScopeAsync(services => work(services.GetRequiredService<FollowUpList>()));
}
