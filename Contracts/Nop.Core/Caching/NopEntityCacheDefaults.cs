namespace Nop.Core.Caching;

/// <summary>The names under which rows of a table are cached.</summary>
public static class NopEntityCacheDefaults<TEntity>
    where TEntity : BaseEntity
{
    /// <summary>What the names of all lists of rows begin with.</summary>
    public static string AllPrefix => $"Nop.{typeof(TEntity).Name.ToLowerInvariant()}.all.";
}
