using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Nop.Core.Caching;

namespace Sandbox.Shop.Services;

/// <summary>nopCommerce's long-term cache, one for each node.</summary>
internal sealed class StaticCache : IStaticCacheManager
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions());
    private readonly ConcurrentDictionary<string, byte> _keys = new();

    public async Task<T> GetAsync<T>(CacheKey key, Func<Task<T>> acquire)
    {
        if (_cache.TryGetValue(key.Key, out T? known))
            return known!;
        var value = await acquire();
        await SetAsync(key, value);
        return value;
    }

    public Task<T> GetAsync<T>(CacheKey key, T defaultValue) => Task.FromResult(_cache.TryGetValue(key.Key, out T? known) ? known! : defaultValue);

    public Task SetAsync<T>(CacheKey key, T data)
    {
        if (key.CacheTime > 0 && data is not null)
        {
            _keys[key.Key] = 0;
            _cache.Set(key.Key, data, TimeSpan.FromMinutes(key.CacheTime));
        }

        return Task.CompletedTask;
    }

    public Task RemoveAsync(CacheKey cacheKey, params object[] cacheKeyParameters)
    {
        _cache.Remove(CacheKeys.Format(cacheKey.Key, cacheKeyParameters));
        return Task.CompletedTask;
    }

    public Task RemoveByPrefixAsync(string prefix, params object[] prefixParameters)
    {
        var start = CacheKeys.Format(prefix, prefixParameters);
        foreach (var key in _keys.Keys.Where(key => key.StartsWith(start, StringComparison.Ordinal)))
        {
            _keys.TryRemove(key, out _);
            _cache.Remove(key);
        }

        return Task.CompletedTask;
    }

    public CacheKey PrepareKey(CacheKey cacheKey, params object[] cacheKeyParameters) => CacheKeys.Prepare(cacheKey, cacheKeyParameters);

    public CacheKey PrepareKeyForDefaultCache(CacheKey cacheKey, params object[] cacheKeyParameters) => CacheKeys.Prepare(cacheKey, cacheKeyParameters);

    public void Dispose() => _cache.Dispose();
}
