using Microsoft.Extensions.Time.Testing;
using Nop.Core.Domain.Orders;
using NUnit.Framework;
using Sandbox.Shop.Data;
using Sandbox.Shop.Services;

namespace Sandbox.Tests.Shop;

/// <summary>A node that is killed in the middle of its work, as the other nodes see it.</summary>
[TestFixture]
internal sealed class NodeProcessTests
{
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(1);

    [Test]
    public async Task A_killed_node_writes_and_sends_nothing_but_keeps_its_earlier_writes()
    {
        using var database = new ShopDatabase();
        var process = new NodeProcess();
        using var node = database.OpenFor(process);
        var note = new OrderNote { OrderId = 1, Note = "before" };
        await node.InsertAsync(note);

        process.Kill();
        Assert.ThrowsAsync<NodeKilledException>(() => node.InsertAsync(new OrderNote()));
        Assert.ThrowsAsync<NodeKilledException>(() => node.UpdateAsync(note));
        Assert.ThrowsAsync<NodeKilledException>(() => node.DeleteAsync(note));
        Assert.ThrowsAsync<NodeKilledException>(() => node.FindAsync<OrderNote>(note.Id));
        Assert.ThrowsAsync<NodeKilledException>(() => node.SendAsync(new SentMail(DateTime.UnixEpoch, "template", "somebody@customer.example", 1)));

        Assert.That((await database.ListAsync<OrderNote>()).Select(row => row.Note), Is.EqualTo(new[] { "before" }));
        Assert.That(database.Mails.All, Is.Empty);
    }

    [Test]
    public async Task A_node_can_be_killed_at_a_chosen_write()
    {
        using var database = new ShopDatabase();
        var process = new NodeProcess();
        using var node = database.OpenFor(process);
        var writes = 0;
        process.Passing = access =>
        {
            if (access == NodeAccess.Write && ++writes == 3)
                process.Kill();
            return Task.CompletedTask;
        };

        Assert.ThrowsAsync<NodeKilledException>(async () =>
        {
            for (var i = 0; i < 5; i++)
                await node.InsertAsync(new OrderNote());
        });
        Assert.That(await database.ListAsync<OrderNote>(), Has.Count.EqualTo(2), "the third was not made");
    }

    [Test]
    public async Task A_killed_node_does_not_release_its_lock_before_it_expires()
    {
        var time = new FakeTimeProvider();
        using var database = new ShopDatabase(time);
        var process = new NodeProcess();
        using var node = database.OpenFor(process);
        Assert.ThrowsAsync<NodeKilledException>(() => new Locker(node).PerformActionWithLockAsync("order", _long, () =>
        {
            process.Kill();
            process.ThrowIfKilled();
            return Task.CompletedTask;
        }));

        var other = new Locker(database);
        Assert.That(await other.PerformActionWithLockAsync("order", _long, () => Task.CompletedTask), Is.False, "nobody gave it back");
        time.Advance(_long);
        Assert.That(await other.PerformActionWithLockAsync("order", _long, () => Task.CompletedTask), Is.True);
    }

    [Test]
    public async Task A_database_can_be_restored_to_an_earlier_state()
    {
        using var database = new ShopDatabase();
        await database.InsertAsync(new OrderNote { Note = "old" });
        var putBack = database.Remember();

        var old = (await database.ListAsync<OrderNote>()).Single();
        old.Note = "changed";
        await database.UpdateAsync(old);
        await database.InsertAsync(new OrderNote { Note = "new" });
        await database.InsertAsync(new Order());
        await database.SendAsync(new SentMail(DateTime.UnixEpoch, "template", "somebody@customer.example", 1));
        putBack();

        Assert.That((await database.ListAsync<OrderNote>()).Select(row => row.Note), Is.EqualTo(new[] { "old" }));
        Assert.That(await database.ListAsync<Order>(), Is.Empty);
        Assert.That(database.Mails.All, Is.Empty);
        var next = new OrderNote();
        await database.InsertAsync(next);
        Assert.That(next.Id, Is.EqualTo(2));
    }
}
