namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>The half of <see cref="OrderLock"/> that keeps callers of this process apart; one for the whole process.</summary>
public sealed class ProcessLocks
{
    private readonly Dictionary<Guid, Entry> _entries = [];

    private readonly AsyncLocal<Guid?> _held = new();

    /// <summary>Whether the caller holds the order's lock.</summary>
    public bool IsHeld(Guid orderGuid) => _held.Value == orderGuid;

    /// <summary>Runs the work when the callers before have finished theirs.</summary>
    /// <param name="orderGuid">The order.</param>
    /// <param name="wait">How long to wait for them.</param>
    /// <param name="work">The work; its exception is the caller's.</param>
    /// <param name="cancellationToken">Ends the waiting, not the work.</param>
    /// <exception cref="OrderBusyException">They took longer.</exception>
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
