using System.Linq.Expressions;
using Nop.Core;
using Nop.Core.Caching;

namespace Nop.Data;

/// <summary>The rows of one entity in the shop's database.</summary>
public interface IRepository<TEntity>
    where TEntity : BaseEntity
{
    /// <summary>The row with this number; null if there is none. Read from the database unless a cache key is given.</summary>
    Task<TEntity> GetByIdAsync(int? id, Func<ICacheKeyService, CacheKey> getCacheKey = null, bool includeDeleted = true, bool useShortTermCache = false);

    /// <summary>The rows that the query selects. The query becomes SQL: only what its provider can translate may be in it.</summary>
    Task<IList<TEntity>> GetAllAsync(Func<IQueryable<TEntity>, IQueryable<TEntity>> func = null,
        Func<ICacheKeyService, CacheKey> getCacheKey = null, bool includeDeleted = true);

    /// <summary>One page of the rows that the query selects. The query becomes SQL: only what its provider can translate may be in it.</summary>
    Task<IPagedList<TEntity>> GetAllPagedAsync(Func<IQueryable<TEntity>, IQueryable<TEntity>> func = null,
        int pageIndex = 0, int pageSize = int.MaxValue, bool getOnlyTotalCount = false, bool includeDeleted = true);

    /// <summary>Inserts a row and sets its number. The database's own exception (DbException) is the caller's, such as for a key that is there already.</summary>
    Task InsertAsync(TEntity entity, bool publishEvent = true);

    /// <summary>Writes all columns of a row; a row that is gone stays gone, without an error.</summary>
    Task UpdateAsync(TEntity entity, bool publishEvent = true);

    /// <summary>Deletes the rows that match, without an event, and answers how many there were.</summary>
    Task<int> DeleteAsync(Expression<Func<TEntity, bool>> predicate);
}
