using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Records;

/// <summary>The list of orders with something still to do.</summary>
[TestFixture]
internal sealed class FollowUpListTests : AfterSalesFixture
{
    [Test]
    public async Task Concurrent_additions_on_two_nodes_lose_no_order()
    {
        await using var second = await Host.StartSecondNodeAsync();
        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => (number % 2 == 0 ? Host.Shop : second).InScopeAsync(services =>
            services.GetRequiredService<FollowUpList>().EnqueueAsync(number, CancellationToken.None))));
        Assert.That((await FollowUpsAsync()).Select(followUp => followUp.OrderId).Order(), Is.EqualTo(Enumerable.Range(1, 20)));
    }

    [Test]
    public async Task A_checked_order_moves_to_the_end_and_a_settled_one_is_removed()
    {
        await WithFollowUpsAsync(async followUps =>
        {
            await followUps.EnqueueAsync(1, default);
            await followUps.EnqueueAsync(2, default);
            await followUps.EnqueueAsync(1, default);
            await followUps.CheckedAsync(1, isSettled: false, default);
        });
        Assert.That((await FollowUpsAsync()).Select(followUp => followUp.OrderId), Is.EqualTo(new[] { 2, 1 }));
        await WithFollowUpsAsync(async followUps =>
        {
            await followUps.CheckedAsync(2, isSettled: false, default);
            await followUps.CheckedAsync(2, isSettled: true, default);
        });
        Assert.That((await FollowUpsAsync()).Select(followUp => followUp.OrderId), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task An_order_requeued_while_it_is_being_checked_stays_on_the_list()
    {
        await WithFollowUpsAsync(async followUps =>
        {
            await followUps.EnqueueAsync(1, default);
            await followUps.CheckedAsync(1, isSettled: false, default);
            await followUps.RequeueAsync(1, default);
            await followUps.CheckedAsync(1, isSettled: true, default);
        });
        Assert.That((await FollowUpsAsync()).Select(followUp => followUp.OrderId), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task A_requeued_order_is_due_soon_even_if_it_has_been_listed_for_long()
    {
        await WithFollowUpsAsync(followUps => followUps.EnqueueAsync(1, default));
        Host.Simulator.Time.Advance(TimeSpan.FromDays(5));
        await WithFollowUpsAsync(followUps => followUps.CheckedAsync(1, isSettled: false, default));
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.That(await DueAsync(), Is.Empty, "what has been open for long is looked at rarely");

        await WithFollowUpsAsync(followUps => followUps.RequeueAsync(1, default));
        Assert.That(await DueAsync(), Is.EqualTo(new[] { 1 }));
        await WithFollowUpsAsync(followUps => followUps.CheckedAsync(1, isSettled: false, default));
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.That(await DueAsync(), Is.EqualTo(new[] { 1 }), "and again with the next run");
    }

    [Test]
    public async Task A_full_list_accepts_requeued_orders_and_reports_others_as_not_added()
    {
        await Host.Shop.InScopeAsync(async services => await services.GetRequiredService<ShopAttributes>().SaveAsync("MultiSafepay.FollowUpList",
            JsonSerializer.Serialize(Enumerable.Range(1, FollowUpList.MaxLength).Select(number => new FollowUp(number, DateTime.UnixEpoch)), StoredJson.Options)));
        await WithFollowUpsAsync(async followUps =>
        {
            Assert.That(await followUps.EnqueueAsync(1, default), Is.True, "it is there");
            Assert.That(await followUps.EnqueueAsync(9001, default), Is.False);
            await followUps.RequeueAsync(9002, default);
        });
        Assert.That((await FollowUpsAsync()).Select(followUp => followUp.OrderId), Does.Contain(9002).And.Not.Contain(9001));
    }

    [Test]
    public async Task An_order_that_no_longer_exists_is_removed_from_the_list()
    {
        await WithFollowUpsAsync(followUps => followUps.EnqueueAsync(4711, default));
        await RunTaskLaterAsync();
        Assert.That(await FollowUpsAsync(), Is.Empty);
    }

    private Task<IEnumerable<int>> DueAsync() => Host.Shop.InScopeAsync(async services =>
        (await services.GetRequiredService<FollowUpProcessor>().DueAsync(10)).Select(followUp => followUp.OrderId));

    private Task WithFollowUpsAsync(Func<FollowUpList, Task> work) => Host.Shop.InScopeAsync(services => work(services.GetRequiredService<FollowUpList>()));
}
