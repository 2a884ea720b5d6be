using System.Collections.Concurrent;
using System.Globalization;
using Nop.Core;
using Nop.Core.Caching;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>
/// nopCommerce's short-term cache: lives as long as the request and hands out the same instance again, so what another request wrote meanwhile is not seen.
/// A write by this request forgets what it concerns.
/// </summary>
internal sealed class RequestCache(ShopDatabase database) : IShortTermCacheManager
{
    private readonly ConcurrentDictionary<string, object?> _values = new();

    public async Task<T> GetAsync<T>(Func<Task<T>> acquire, CacheKey cacheKey, params object[] cacheKeyParameters) =>
        await RememberAsync(CacheKeys.Format(cacheKey.Key, cacheKeyParameters), acquire);

    public void Remove(string cacheKey, params object[] cacheKeyParameters) => _values.TryRemove(CacheKeys.Format(cacheKey, cacheKeyParameters), out _);

    public void RemoveByPrefix(string prefix, params object[] prefixParameters) => ForgetPrefix(CacheKeys.Format(prefix, prefixParameters));

    public CacheKey PrepareKey(CacheKey cacheKey, params object[] cacheKeyParameters) => CacheKeys.Prepare(cacheKey, cacheKeyParameters);

    public CacheKey PrepareKeyForDefaultCache(CacheKey cacheKey, params object[] cacheKeyParameters) => CacheKeys.Prepare(cacheKey, cacheKeyParameters);

    /// <summary>An entity by its number, read once for each request.</summary>
    public Task<T?> FindAsync<T>(int id) where T : BaseEntity =>
        id == 0 ? Task.FromResult<T?>(null) : RememberAsync(EntityPrefix<T>() + id.ToString(CultureInfo.InvariantCulture), () => database.FindAsync<T>(id));

    public async Task<T> RememberAsync<T>(string key, Func<Task<T>> acquire)
    {
        if (_values.TryGetValue(key, out var known))
            return (T)known!;
        var value = await acquire();
        _values[key] = value;
        return value;
    }

    /// <summary>Called by each service after it wrote an entity of this type.</summary>
    public void Forget<T>() where T : BaseEntity => ForgetPrefix(EntityPrefix<T>());

    public void ForgetKey(string key) => _values.TryRemove(key, out _);

    private void ForgetPrefix(string prefix)
    {
        foreach (var key in _values.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)))
            _values.TryRemove(key, out _);
    }

    private static string EntityPrefix<T>() => typeof(T).Name + ".";
}
