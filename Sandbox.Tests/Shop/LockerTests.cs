using NUnit.Framework;
using Sandbox.Shop.Data;
using Sandbox.Shop.Services;

namespace Sandbox.Tests.Shop;

/// <summary>The traps of nopCommerce's locker, which the sandbox's must have.</summary>
[TestFixture]
internal sealed class LockerTests
{
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Does_not_wait_and_says_that_somebody_else_has_it()
    {
        using var database = new ShopDatabase();
        var locker = new Locker(database);
        var inside = new TaskCompletionSource();
        var leave = new TaskCompletionSource();

        var first = locker.PerformActionWithLockAsync("order", _long, async () =>
        {
            inside.SetResult();
            await leave.Task;
        });
        await inside.Task;
        var ran = false;
        var second = await locker.PerformActionWithLockAsync("order", _long, () => Task.FromResult(ran = true));
        var other = await locker.PerformActionWithLockAsync("another order", _long, () => Task.CompletedTask);
        leave.SetResult();

        Assert.That((await first, second, ran, other), Is.EqualTo((true, false, false, true)));
        Assert.That(await locker.PerformActionWithLockAsync("order", _long, () => Task.CompletedTask), Is.True, "free again");
    }

    [Test]
    public async Task Two_nodes_share_the_lock()
    {
        using var database = new ShopDatabase();
        var (one, other) = (new Locker(database), new Locker(database));
        bool? second = null;
        await one.PerformActionWithLockAsync("order", _long, async () => second = await other.PerformActionWithLockAsync("order", _long, () => Task.CompletedTask));
        Assert.That(second, Is.False);
    }

    [Test]
    public async Task Swallows_a_cancellation_and_reports_success()
    {
        using var database = new ShopDatabase();
        var reported = await new Locker(database).PerformActionWithLockAsync("order", _long, () => throw new TaskCanceledException("the HTTP call timed out"));
        Assert.That(reported, Is.True);
    }

    [Test]
    public async Task Lets_other_exceptions_through_and_gives_the_lock_back()
    {
        using var database = new ShopDatabase();
        var locker = new Locker(database);
        Assert.That(() => locker.PerformActionWithLockAsync("order", _long, () => throw new InvalidOperationException()), Throws.InvalidOperationException);
        Assert.That(await locker.PerformActionWithLockAsync("order", _long, () => Task.CompletedTask), Is.True);
    }

    [Test]
    public async Task Runs_out_under_a_slow_holder()
    {
        using var database = new ShopDatabase();
        var locker = new Locker(database);
        var second = false;
        await locker.PerformActionWithLockAsync("order", TimeSpan.FromMilliseconds(50), async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            second = await locker.PerformActionWithLockAsync("order", _long, () => Task.CompletedTask);
        });
        Assert.That(second, Is.True);
    }
}
