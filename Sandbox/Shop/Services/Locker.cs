using Microsoft.Extensions.Caching.Memory;
using Nop.Core.Caching;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>
/// A lock as nopCommerce's own: it does not wait, <c>false</c> says that somebody else has it. And with the same three traps, which a plugin must survive: two callers
/// that come at the same instant may both get it, a cancellation inside the action (a timed-out HTTP call, too) is swallowed and reported as success, and the lock
/// runs out while a slow action is still at work.
/// </summary>
internal sealed class Locker(ShopDatabase database, ShopOptions? options = null) : ILocker, IDisposable
{
    private readonly IMemoryCache _cache = options is not { SharedLocks: false } ? database.SharedCache : new MemoryCache(new MemoryCacheOptions());

    public async Task<bool> PerformActionWithLockAsync(string resource, TimeSpan expirationTime, Func<Task> action)
    {
        var started = false;
        try
        {
            await database.PassAsync(NodeAccess.Lock);

            // GetOrCreate looks, then makes: both of two simultaneous callers may find nothing.
            _cache.GetOrCreate(resource, entry =>
            {
                entry.AbsoluteExpirationRelativeToNow = expirationTime;
                entry.Priority = CacheItemPriority.NeverRemove;
                started = true;
                return resource;
            });
            if (started)
                await action();
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            // A node that is killed does not give its lock back: it runs out.
            if (started && !database.IsKilled)
            {
                await database.PassAsync(NodeAccess.Lock);
                _cache.Remove(resource);
            }
        }

        return started;
    }

    public void Dispose()
    {
        if (options is { SharedLocks: false })
            _cache.Dispose();
    }
}
