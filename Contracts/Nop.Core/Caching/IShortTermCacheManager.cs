namespace Nop.Core.Caching;

/// <summary>What has been read in this request already.</summary>
public interface IShortTermCacheManager : ICacheKeyService
{
    Task<T> GetAsync<T>(Func<Task<T>> acquire, CacheKey cacheKey, params object[] cacheKeyParameters);
    void Remove(string cacheKey, params object[] cacheKeyParameters);
    void RemoveByPrefix(string prefix, params object[] prefixParameters);
}
