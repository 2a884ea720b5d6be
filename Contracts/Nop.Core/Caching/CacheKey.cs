namespace Nop.Core.Caching;

/// <summary>A name in the cache, with holes for parameters.</summary>
public class CacheKey
{
#if NOP_480
    public CacheKey(string key, params string[] prefixes)
    {
        Key = key;
        Prefixes = [.. prefixes];
    }

    public List<string> Prefixes { get; protected set; }
#else
    public CacheKey(string key) => Key = key;
#endif

    public string Key { get; protected set; }

    /// <summary>In minutes.</summary>
    public int CacheTime { get; set; } = 60;
}
