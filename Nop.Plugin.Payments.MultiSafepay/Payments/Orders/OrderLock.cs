using Nop.Core.Caching;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>
/// Lets one caller at a time work on an order's payment. Two layers: callers of this process wait in line for a bounded time (<see cref="ProcessLocks"/>); callers of other
/// nodes are kept out by nopCommerce's <see cref="ILocker"/>, which does not wait, so it is tried again for a bounded time.
/// </summary>
/// <remarks>
/// Work that is called back while it holds the lock (nopCommerce publishes its events in the middle of an operation) does not wait for itself.
/// ILocker keeps nodes apart only where the shop runs with a distributed cache (Redis or SQL Server), as nopCommerce's web farms do.
/// </remarks>
public class OrderLock(ProcessLocks processLocks, ILocker locker, TimeProvider timeProvider)
{
    /// <summary>How long a caller waits for the callers of the same process before it.</summary>
    public static readonly TimeSpan LocalWait = TimeSpan.FromSeconds(25);

    /// <summary>How long a caller waits for another node.</summary>
    public static readonly TimeSpan NodeWait = TimeSpan.FromSeconds(10);

    /// <summary>After this time other nodes take the lock even when its holder never gave it back, because it was killed. Work under it usually takes a second;
    /// calls that all run into their time limits can take longer than this, and then two nodes may be at work: ids that MultiSafepay takes once keep the money right.</summary>
    public static readonly TimeSpan NodeExpiration = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan _nodeRetry = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the caller holds the order's lock: it was called back in the middle of work under it.</summary>
    public bool IsHeld(Guid orderGuid) => processLocks.IsHeld(orderGuid);

    /// <summary>Runs the work alone for this order.</summary>
    /// <param name="orderGuid">The order.</param>
    /// <param name="work">The work; its exception is the caller's.</param>
    /// <param name="cancellationToken">Ends the waiting, not the work.</param>
    /// <exception cref="OrderBusyException">Somebody else kept the order for longer than the bounds above.</exception>
    public Task<T> RunAsync<T>(Guid orderGuid, Func<Task<T>> work, CancellationToken cancellationToken) =>
        IsHeld(orderGuid) ? work() : processLocks.RunAsync(orderGuid, LocalWait, () => RunOnThisNodeAsync(orderGuid, work, cancellationToken), cancellationToken);

    private async Task<T> RunOnThisNodeAsync<T>(Guid orderGuid, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var giveUpAt = timeProvider.GetTimestamp() + (long)(NodeWait.TotalSeconds * timeProvider.TimestampFrequency);
        while (true)
        {
            // The outcome is carried in a task of our own: nopCommerce's lockers swallow an OperationCanceledException and still report success.
            Task<T>? outcome = null;
            await locker.PerformActionWithLockAsync($"{MultiSafepayDefaults.SystemName}.{orderGuid:N}", NodeExpiration, async () =>
            {
                outcome = work();
                await Task.WhenAny(outcome);
            });
            if (outcome is not null)
                return await outcome;

            if (timeProvider.GetTimestamp() >= giveUpAt)
                throw new OrderBusyException(orderGuid);
            await Task.Delay(_nodeRetry, timeProvider, cancellationToken);
        }
    }
}

/// <summary>Somebody else is working on the order; try again later.</summary>
public sealed class OrderBusyException(Guid orderGuid) : Exception($"The payment of order {orderGuid:D} is being worked on by somebody else.");
