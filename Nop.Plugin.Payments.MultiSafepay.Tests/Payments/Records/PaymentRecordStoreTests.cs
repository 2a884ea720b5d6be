using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Core.Caching;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Common;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Records;

/// <summary>The table of payments: who saves second reads again, nothing of an earlier build is lost, and little is kept.</summary>
[TestFixture]
internal sealed class PaymentRecordStoreTests : AfterSalesFixture
{
    [Test]
    public async Task Only_one_of_two_callers_that_read_the_same_version_can_save()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var (first, second) = (await Host.RecordAsync(order), await Host.RecordAsync(order));

        await SaveAsync(order, first.With("first"));
        Assert.That(() => SaveAsync(order, second.With("second")), Throws.TypeOf<PaymentConflictException>().With.InnerException.InstanceOf<DbException>());

        Assert.That((await Host.RecordAsync(order)).Applied, Has.Member("first").And.No.Member("second"));
    }

    // The versions that the cleanup has deleted are free in the table, and must not be taken by who has read an older one.
    [Test]
    public async Task A_caller_that_has_missed_several_versions_cannot_save([Range(1, 9)] int missed)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        for (var start = 0; start < 4; start++)
        {
            var stale = await Host.RecordAsync(order);
            for (var save = 0; save < missed; save++)
                await SaveAsync(order, (await Host.RecordAsync(order)).With($"{start}-{save}"));

            Assert.That(() => SaveAsync(order, stale.With("stale")), Throws.TypeOf<PaymentConflictException>());

            Assert.That(await Host.RecordAsync(order), Has.Property("Applied").No.Member("stale").And.Property("Applied").Member($"{start}-{missed - 1}"));
            Assert.That((await RowsAsync(order)).Select(row => row.Record), Has.None.Contains("stale"));
        }
    }

    [Test]
    public async Task Work_that_lost_to_another_node_starts_again_with_what_that_node_saved()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var seen = new List<bool>();
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<LockedOrders>().RunAsync(order, async locked =>
        {
            seen.Add(locked.Record.Has("first"));
            if (seen.Count == 1)
                await SaveAsync(order, (await Host.RecordAsync(order)).With("first"));
            await locked.SaveAsync(locked.Record.With("second"));
        }, CancellationToken.None));

        Assert.That(seen, Is.EqualTo(new[] { false, true }));
        Assert.That((await Host.RecordAsync(order)).Applied, Has.Member("first").And.Member("second"));
    }

    [Test]
    public async Task A_caller_that_always_loses_gives_up_as_busy()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var tries = 0;
        Assert.That(() => Host.Shop.InScopeAsync(services => services.GetRequiredService<LockedOrders>().RunAsync(order, async locked =>
        {
            await SaveAsync(order, (await Host.RecordAsync(order)).With($"{++tries}"));
            await locked.SaveAsync(locked.Record.With("never"));
        }, CancellationToken.None)), Throws.InstanceOf<OrderBusyException>());
        Assert.That((tries, (await Host.RecordAsync(order)).Has("never")), Is.EqualTo((5, false)));
    }

    [Test]
    public void A_database_failure_that_is_no_conflict_is_passed_on()
    {
        var failure = new Mock<DbException>("The connection was closed.").Object;
        var rows = new Mock<IRepository<MultiSafepayPayment>>();
        rows.Setup(repository => repository.InsertAsync(It.IsAny<MultiSafepayPayment>(), false)).ThrowsAsync(failure);
        rows.Setup(repository => repository.GetAllAsync(It.IsAny<Func<IQueryable<MultiSafepayPayment>, IQueryable<MultiSafepayPayment>>>(), null, true)).ReturnsAsync([]);
        var store = new PaymentRecordStore(rows.Object, Mock.Of<IGenericAttributeService>(), Mock.Of<IShortTermCacheManager>(), TimeProvider.System);
        Assert.That(() => store.SaveAsync(new Order { Id = 7 }, new PaymentRecord()), Throws.Exception.SameAs(failure));
    }

    // PostgreSQL may take the cleanups of two orders for a conflict.
    [Test]
    public async Task A_save_whose_cleanup_fails_has_succeeded([Values] bool isOfTransaction)
    {
        Exception failure = isOfTransaction ? new System.Transactions.TransactionAbortedException() : new Mock<DbException>("40001").Object;
        var saved = new List<MultiSafepayPayment>();
        var rows = new Mock<IRepository<MultiSafepayPayment>>();
        rows.Setup(repository => repository.InsertAsync(It.IsAny<MultiSafepayPayment>(), false)).Callback((MultiSafepayPayment row, bool _) => saved.Add(row)).Returns(Task.CompletedTask);
        rows.Setup(repository => repository.GetAllAsync(It.IsAny<Func<IQueryable<MultiSafepayPayment>, IQueryable<MultiSafepayPayment>>>(), null, true)).ReturnsAsync(() => [saved[^1]]);
        rows.Setup(repository => repository.DeleteAsync(It.IsAny<System.Linq.Expressions.Expression<Func<MultiSafepayPayment, bool>>>())).ThrowsAsync(failure);
        var store = new PaymentRecordStore(rows.Object, Mock.Of<IGenericAttributeService>(), Mock.Of<IShortTermCacheManager>(), TimeProvider.System);

        var record = new PaymentRecord();
        for (var save = 0; save < 8; save++)
            record = await store.SaveAsync(new Order { Id = 7 }, record);

        Assert.That((record.Revision, saved.Count), Is.EqualTo((8, 8)));
    }

    // What is left has a lower version than the one that counts.
    [Test]
    public void A_save_that_lost_is_a_conflict_although_its_row_cannot_be_deleted()
    {
        var rows = new Mock<IRepository<MultiSafepayPayment>>();
        rows.Setup(repository => repository.GetAllAsync(It.IsAny<Func<IQueryable<MultiSafepayPayment>, IQueryable<MultiSafepayPayment>>>(), null, true))
            .ReturnsAsync([new MultiSafepayPayment { OrderId = 7, Version = 9, Record = "{}" }]);
        rows.Setup(repository => repository.DeleteAsync(It.IsAny<System.Linq.Expressions.Expression<Func<MultiSafepayPayment, bool>>>()))
            .ThrowsAsync(new Mock<DbException>("40001").Object);
        var store = new PaymentRecordStore(rows.Object, Mock.Of<IGenericAttributeService>(), Mock.Of<IShortTermCacheManager>(), TimeProvider.System);

        Assert.That(() => store.SaveAsync(new Order { Id = 7 }, new PaymentRecord()), Throws.TypeOf<PaymentConflictException>());
        rows.Verify(repository => repository.DeleteAsync(It.IsAny<System.Linq.Expressions.Expression<Func<MultiSafepayPayment, bool>>>()), Times.Once);
    }

    // An earlier build kept the record in a generic attribute.
    [Test]
    public async Task A_record_of_an_earlier_build_is_read_and_moved_when_it_changes()
    {
        var order = await PayAsync();
        var record = await MoveToAttributeAsync(order);

        Assert.That((await Host.RecordAsync(order)).ToJson(), Is.EqualTo(record));
        Assert.That(await RowsAsync(order), Is.Empty, "reading moves nothing");
        Assert.That(await RefundAsync(order, 5m), Is.Empty);

        Assert.That(await RowsAsync(order), Is.Not.Empty);
        Assert.That(await AttributesAsync(order), Is.Empty);
        Assert.That((await Host.RecordAsync(order)).Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_notification_reads_the_record_of_an_earlier_build()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await MoveToAttributeAsync(order);

        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber));

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(await AttributesAsync(order), Is.Empty);
    }

    [Test]
    public async Task An_order_has_few_rows_however_often_its_record_is_saved()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        for (var save = 0; save < 50; save++)
        {
            await SaveAsync(order, (await Host.RecordAsync(order)).With($"{save}"));
            Assert.That(await RowsAsync(order), Has.Count.LessThan(5));
        }

        Assert.That((await Host.RecordAsync(order)).Applied, Has.Count.GreaterThanOrEqualTo(50));
    }

    private Task<PaymentRecord> SaveAsync(Order order, PaymentRecord record) =>
        Host.Shop.InScopeAsync(services => services.GetRequiredService<PaymentRecordStore>().SaveAsync(order, record));

    private Task<List<MultiSafepayPayment>> RowsAsync(Order order) => Host.Shop.Database.ListAsync<MultiSafepayPayment>(row => row.OrderId == order.Id);

    private Task<List<GenericAttribute>> AttributesAsync(Order order) =>
        Host.Shop.Database.ListAsync<GenericAttribute>(row => row.EntityId == order.Id && row.Key == MultiSafepayDefaults.PaymentRecordAttribute);

    private async Task<string> MoveToAttributeAsync(Order order)
    {
        var json = (await Host.RecordAsync(order)).ToJson();
        foreach (var row in await RowsAsync(order))
            await Host.Shop.Database.DeleteAsync(row);
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<IGenericAttributeService>().SaveAttributeAsync(order, MultiSafepayDefaults.PaymentRecordAttribute, json));
        return json;
    }
}
