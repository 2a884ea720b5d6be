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
    public async Task A_lock_held_by_another_caller_is_denied_without_waiting()
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
    public async Task A_cancelled_action_is_reported_as_success()
    {
        using var database = new ShopDatabase();
        var reported = await new Locker(database).PerformActionWithLockAsync("order", _long, () => throw new TaskCanceledException("the HTTP call timed out"));
        Assert.That(reported, Is.True);
    }

    [Test]
    public async Task Other_exceptions_are_rethrown_and_release_the_lock()
    {
        using var database = new ShopDatabase();
        var locker = new Locker(database);
        Assert.That(() => locker.PerformActionWithLockAsync("order", _long, () => throw new InvalidOperationException()), Throws.InvalidOperationException);
        Assert.That(await locker.PerformActionWithLockAsync("order", _long, () => Task.CompletedTask), Is.True);
    }

    [Test]
    public async Task A_lock_expires_while_a_slow_holder_still_runs()
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
