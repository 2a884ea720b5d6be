using System.Globalization;
using Nop.Core;
using Nop.Core.Caching;

namespace Sandbox.Shop.Services;

/// <summary>Fills the placeholders of a cache key.</summary>
internal static class CacheKeys
{
    public static CacheKey Prepare(CacheKey cacheKey, object[] parameters) => new(Format(cacheKey.Key, parameters)) { CacheTime = cacheKey.CacheTime };

    public static string Format(string key, object[] parameters) =>
        parameters.Length == 0 ? key : string.Format(CultureInfo.InvariantCulture, key, [.. parameters.Select(Part)]);

    private static object Part(object? parameter) => parameter switch
    {
        null => "null",
        BaseEntity entity => entity.Id,
        IEnumerable<int> ids => string.Join(",", ids),
        _ => parameter,
    };
}
