namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>The part of <see cref="OrderLock"/> that excludes other callers in this process; one instance for the whole process.</summary>
public sealed class ProcessLocks
{
    private readonly Dictionary<Guid, Entry> _entries = [];

    private readonly AsyncLocal<Guid?> _held = new();

    /// <summary>Whether the caller already holds the order's lock.</summary>
    public bool IsHeld(Guid orderGuid) => _held.Value == orderGuid;

    /// <summary>Runs the work after earlier callers have finished theirs.</summary>
    /// <param name="orderGuid">The order's GUID.</param>
    /// <param name="wait">How long to wait for earlier callers.</param>
    /// <param name="work">The work; its exceptions are passed on to the caller.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, not the work.</param>
    /// <exception cref="OrderBusyException">Earlier callers did not finish in time.</exception>
    public async Task<T> RunAsync<T>(Guid orderGuid, TimeSpan wait, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var entry = Enter(orderGuid);
        try
        {
            if (!await entry.Semaphore.WaitAsync(wait, cancellationToken))
                throw new OrderBusyException(orderGuid);
            try
            {
                _held.Value = orderGuid;
                return await work();
            }
            finally
            {
                _held.Value = null;
                entry.Semaphore.Release();
            }
        }
        finally
        {
            Leave(orderGuid, entry);
        }
    }

    private Entry Enter(Guid orderGuid)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(orderGuid, out var entry))
                _entries.Add(orderGuid, entry = new Entry());
            entry.Users++;
            return entry;
        }
    }

    private void Leave(Guid orderGuid, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0)
                _entries.Remove(orderGuid);
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Semaphore { get; } = new(1, 1);

        public int Users { get; set; }
    }
}
