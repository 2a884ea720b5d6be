using Nop.Core.Caching;

namespace Nop.Services.Common;

/// <summary>Names that the services share.</summary>
public static class NopCommonDefaults
{
    /// <summary>Under which the attributes of a row are cached: by the row's number and the name of its type.</summary>
    public static CacheKey GenericAttributeCacheKey => new("Nop.genericattribute.{0}-{1}");
}
