using Nop.Core;

namespace Nop.Data;

/// <summary>The rows of one entity in the shop's database.</summary>
public interface IRepository<TEntity>
    where TEntity : BaseEntity
{
    /// <summary>One page of the rows that the query selects. The query becomes SQL: only what its provider can translate may be in it.</summary>
    Task<IPagedList<TEntity>> GetAllPagedAsync(Func<IQueryable<TEntity>, IQueryable<TEntity>> func = null,
        int pageIndex = 0, int pageSize = int.MaxValue, bool getOnlyTotalCount = false, bool includeDeleted = true);
}
