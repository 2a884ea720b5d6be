using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;
using Nop.Services.Common;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Reconciliation;

/// <summary>What an earlier build stored in generic attributes moves into the tables, in pieces, and nothing of it is lost.</summary>
[TestFixture]
internal sealed class EarlierBuildTests : AfterSalesFixture
{
    [Test]
    public async Task Records_and_lists_of_an_earlier_build_are_taken_over()
    {
        var (paid, refunded) = (await PayAsync(), await PayAsync());
        Assert.That(await RefundAsync(refunded), Is.Empty);
        await UntilAsync(refunded, PaymentStatus.Refunded);
        var open = await Host.BuyWithoutNotificationsAsync();
        var records = new[] { await Host.RecordAsync(open), await Host.RecordAsync(paid), await Host.RecordAsync(refunded) };
        await MoveBackAsync(open, paid, refunded);
        await SaveAsync("MultiSafepay.FollowUpList",
            $$"""[{"OrderId":{{paid.Id}},"SinceUtc":"2030-01-02T03:04:05Z","CheckedUtc":"2030-01-02T03:04:05Z"},{"OrderId":4711,"SinceUtc":"2030-01-02T03:04:05Z"}]""");
        await SaveAsync($"MultiSafepay.Alert.{open.Id}.Chargeback", $$"""{"OrderId":{{open.Id}},"OrderNumber":"N1","Kind":"Chargeback","RaisedUtc":"2030-01-02T03:04:05Z"}""");
        await SaveAsync("MultiSafepay.Alert.damaged", "{");
        await SaveAsync("MultiSafepay.Reconciliation", """{"FinishedUtc":"2030-01-02T03:04:05Z","Open":1}""");

        var report = await Host.Shop.InScopeAsync(async services =>
        {
            await services.GetRequiredService<ReconciliationTask>().ExecuteAsync();
            return await services.GetRequiredService<ReconciliationSchedule>().LastReportAsync();
        });

        Assert.That(report!.TakenOverFrom, Is.Zero);
        foreach (var (order, record) in new[] { open, paid, refunded }.Zip(records))
        {
            var now = await Host.RecordAsync(order);
            Assert.That((now with { LastCheckedUtc = record.LastCheckedUtc, Applied = [.. now.Applied.Except([AppliedEvents.InvoiceSent])] }).ToJson(), Is.EqualTo(record.ToJson()));
            Assert.That(await Host.Shop.Database.ListAsync<MultiSafepayPayment>(row => row.OrderId == order.Id), Is.Not.Empty);
        }

        Assert.That((await Host.Shop.Database.ListAsync<GenericAttribute>(row => row.Key.StartsWith("MultiSafepay.", StringComparison.Ordinal) && row.KeyGroup is nameof(Store) or nameof(Order)))
            .Select(row => row.Key), Is.EqualTo(new[] { "MultiSafepay.Alert.damaged" }));
        Assert.That(await Host.AlertsAsync(open), Is.EqualTo(new[] { "Chargeback" }));
        Assert.That((await ComparisonsAsync()).Select(row => row.OrderId), Is.EquivalentTo(new[] { open.Id, paid.Id, refunded.Id }));
    }

    [Test]
    public async Task A_payment_that_an_earlier_build_started_is_found_though_its_notifications_are_lost()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await MoveBackAsync(order);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));

        await Host.Shop.InScopeAsync(services => services.GetRequiredService<ReconciliationTask>().ExecuteAsync());

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
    }

    [Test]
    public async Task Orders_are_taken_over_in_pieces_and_once()
    {
        var orders = new List<Order>();
        for (var i = 0; i < 5; i++)
            orders.Add(await Host.BuyWithoutNotificationsAsync());
        await MoveBackAsync([.. orders]);

        var (from, pieces) = ((int?)null, 0);
        while (from != 0)
        {
            from = await TakeOverAsync(from, 2);
            Assert.That(await ComparisonsAsync(), Has.Count.EqualTo(Math.Min(5, 2 * ++pieces)), "the latest orders first");
        }

        Assert.That(pieces, Is.EqualTo(3));
        Assert.That(await TakeOverAsync(0, 2), Is.Zero);
        Assert.That(await TakeOverAsync(null, 100), Is.Zero);
        Assert.That((await ComparisonsAsync()).Select(row => row.OrderId), Is.EquivalentTo(orders.Select(order => order.Id)), "the plugin was installed again");
    }

    [Test]
    public async Task A_damaged_record_does_not_keep_the_others_from_being_taken_over()
    {
        var (damaged, order) = (await Host.BuyWithoutNotificationsAsync(), await Host.BuyWithoutNotificationsAsync());
        await MoveBackAsync(damaged, order);
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<IGenericAttributeService>().SaveAttributeAsync(damaged, MultiSafepayDefaults.PaymentRecordAttribute, "{"));

        Assert.That(await TakeOverAsync(null, 100), Is.Zero);

        Assert.That((await ComparisonsAsync()).Select(row => row.OrderId), Is.EqualTo(new[] { order.Id }));
        Assert.That(await Host.WarningsAsync(), Has.One.Contains($"order {damaged.Id}: its payment record cannot be read"));
    }

    [Test]
    public async Task A_failing_database_leaves_the_takeover_to_the_next_run()
    {
        var orders = new Mock<IRepository<Order>>();
        orders.Setup(repository => repository.GetAllAsync(It.IsAny<Func<IQueryable<Order>, IQueryable<Order>>>(), null, true)).ThrowsAsync(new InvalidOperationException("No connection."));
        await Host.Shop.InScopeAsync(async services =>
        {
            var earlier = ActivatorUtilities.CreateInstance<EarlierBuild>(services, orders.Object);
            Assert.That((await earlier.TakeOverAsync(null), await earlier.TakeOverAsync(17)), Is.EqualTo(((int?)null, (int?)17)));
        });
        Assert.That(await Host.WarningsAsync(), Has.Exactly(2).Contains("could not be taken over"));
    }

    private Task<int?> TakeOverAsync(int? from, int most) => Host.Shop.InScopeAsync(services => services.GetRequiredService<EarlierBuild>().TakeOverAsync(from, most));

    private Task<List<MultiSafepayFollowUp>> ComparisonsAsync() => Host.Shop.Database.ListAsync<MultiSafepayFollowUp>(row => row.KindId == (int)FollowUpKind.Comparison);

    private Task SaveAsync(string key, string json) =>
        Host.Shop.InScopeAsync(services => services.GetRequiredService<IGenericAttributeService>().SaveAttributeAsync(new Store { Id = 1 }, key, json));

    // As the earlier build had it: records in attributes, and no rows.
    private async Task MoveBackAsync(params Order[] orders)
    {
        foreach (var order in orders)
        {
            var json = (await Host.RecordAsync(order)).ToJson();
            await Host.Shop.InScopeAsync(services => services.GetRequiredService<IGenericAttributeService>().SaveAttributeAsync(order, MultiSafepayDefaults.PaymentRecordAttribute, json));
        }

        foreach (var row in await Host.Shop.Database.ListAsync<MultiSafepayPayment>())
            await Host.Shop.Database.DeleteAsync(row);
        foreach (var row in await Host.Shop.Database.ListAsync<MultiSafepayFollowUp>())
            await Host.Shop.Database.DeleteAsync(row);
    }
}
