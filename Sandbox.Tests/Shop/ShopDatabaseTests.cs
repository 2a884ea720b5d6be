using System.Diagnostics;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using NUnit.Framework;
using Sandbox.Shop.Data;

namespace Sandbox.Tests.Shop;

/// <summary>The database must make stale entities show up as they do in a real shop.</summary>
[TestFixture]
internal sealed class ShopDatabaseTests
{
    [Test]
    public async Task Each_read_returns_a_separate_copy()
    {
        using var database = new ShopDatabase();
        var inserted = new Order { OrderTotal = 10 };
        await database.InsertAsync(inserted);

        inserted.OrderTotal = 20;
        var first = (await database.FindAsync<Order>(inserted.Id))!;
        first.OrderTotal = 30;
        var listed = (await database.ListAsync<Order>()).Single();
        listed.OrderTotal = 40;

        Assert.That((await database.FindAsync<Order>(inserted.Id))!.OrderTotal, Is.EqualTo(10));
        Assert.That(database.List<Order>().Single().OrderTotal, Is.EqualTo(10));
    }

    [Test]
    public async Task An_update_from_a_stale_copy_overwrites_the_changes_of_others()
    {
        using var database = new ShopDatabase();
        await database.InsertAsync(new Order { PaymentStatus = PaymentStatus.Pending, CustomOrderNumber = "1" });
        var stale = (await database.FindAsync<Order>(1))!;
        var fresh = (await database.FindAsync<Order>(1))!;

        fresh.PaymentStatus = PaymentStatus.Paid;
        await database.UpdateAsync(fresh);
        stale.CustomOrderNumber = "2";
        await database.UpdateAsync(stale);

        var row = (await database.FindAsync<Order>(1))!;
        Assert.That((row.PaymentStatus, row.CustomOrderNumber), Is.EqualTo((PaymentStatus.Pending, "2")));
    }

    [Test]
    public async Task Amounts_are_stored_with_four_decimals()
    {
        using var database = new ShopDatabase();
        await database.InsertAsync(new OrderItem { UnitPriceExclTax = 20.61983471074m, PriceInclTax = 0.00005m });
        var row = (await database.FindAsync<OrderItem>(1))!;
        Assert.That((row.UnitPriceExclTax, row.PriceInclTax), Is.EqualTo((20.6198m, 0.0001m)));
    }

    [Test]
    public async Task An_update_of_a_deleted_row_changes_nothing()
    {
        using var database = new ShopDatabase();
        await database.InsertAsync(new OrderNote { Note = "a" });
        var note = (await database.FindAsync<OrderNote>(1))!;
        await database.DeleteAsync(note);
        await database.UpdateAsync(note);
        Assert.That(await database.FindAsync<OrderNote>(1), Is.Null);
    }

    [Test]
    public async Task Reads_and_writes_are_counted_and_take_the_configured_latency()
    {
        using var database = new ShopDatabase { Latency = TimeSpan.FromMilliseconds(50) };
        var watch = Stopwatch.StartNew();
        await database.InsertAsync(new OrderNote());
        await database.FindAsync<OrderNote>(1);
        await database.ListAsync<OrderNote>();

        Assert.That((database.Reads, database.Writes), Is.EqualTo((2L, 1L)));
        Assert.That(watch.Elapsed, Is.GreaterThan(TimeSpan.FromMilliseconds(140)));
    }

    [Test]
    public async Task Concurrent_inserts_get_distinct_ids()
    {
        using var database = new ShopDatabase();
        await Parallel.ForAsync(0, 500, async (_, _) => await database.InsertAsync(new OrderNote()));
        Assert.That((await database.ListAsync<OrderNote>()).Select(note => note.Id), Is.EqualTo(Enumerable.Range(1, 500)));
    }
}
