using Nop.Core.Caching;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>
/// Lets one caller at a time work on an order's payment. The lock has two layers: callers in this process queue for a limited time (<see cref="ProcessLocks"/>), and callers on other
/// nodes are excluded by nopCommerce's <see cref="ILocker"/>, which does not wait and is therefore retried for a limited time.
/// </summary>
/// <remarks>
/// The lock is reentrant: nopCommerce publishes its events in the middle of an operation, and work that is called back under the lock runs without waiting.
/// ILocker excludes other nodes only if the shop uses a distributed cache (Redis or SQL Server), as nopCommerce's web farms do.
/// </remarks>
public class OrderLock(ProcessLocks processLocks, ILocker locker, TimeProvider timeProvider)
{
    /// <summary>How long a caller waits for earlier callers in the same process.</summary>
    public static readonly TimeSpan LocalWait = TimeSpan.FromSeconds(25);

    /// <summary>How long a caller waits for another node.</summary>
    public static readonly TimeSpan NodeWait = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time after which other nodes can take the lock although its holder has not released it, because the holder crashed. Work under the lock usually takes a second. If several
    /// calls run into their timeouts, it can take longer than this, and two nodes may then work on the order. The amounts remain right even then,
    /// because MultiSafepay accepts an id only once.
    /// </summary>
    public static readonly TimeSpan NodeExpiration = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan _nodeRetry = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the caller already holds the order's lock, because it was called back in the middle of work under it.</summary>
    public bool IsHeld(Guid orderGuid) => processLocks.IsHeld(orderGuid);

    /// <summary>Runs the work under the order's lock.</summary>
    /// <param name="orderGuid">The order's GUID.</param>
    /// <param name="work">The work; its exceptions are passed on to the caller.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, not the work.</param>
    /// <exception cref="OrderBusyException">Another caller held the lock for longer than <see cref="LocalWait"/> or <see cref="NodeWait"/>.</exception>
    public Task<T> RunAsync<T>(Guid orderGuid, Func<Task<T>> work, CancellationToken cancellationToken) =>
        IsHeld(orderGuid) ? work() : processLocks.RunAsync(orderGuid, LocalWait, () => RunOnThisNodeAsync(orderGuid, work, cancellationToken), cancellationToken);

    private async Task<T> RunOnThisNodeAsync<T>(Guid orderGuid, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var giveUpAt = timeProvider.GetTimestamp() + (long)(NodeWait.TotalSeconds * timeProvider.TimestampFrequency);
        while (true)
        {
            // The outcome is kept in a separate task, because nopCommerce's lockers swallow an OperationCanceledException and still report success.
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

/// <summary>Another caller is working on the order; try again later.</summary>
public class OrderBusyException(Guid orderGuid, Exception? innerException = null)
    : Exception($"The payment of order {orderGuid:D} is being worked on by somebody else.", innerException);
