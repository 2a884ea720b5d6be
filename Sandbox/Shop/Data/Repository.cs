using System.Linq.Expressions;
using Nop.Core;
using Nop.Core.Caching;
using Nop.Data;

namespace Sandbox.Shop.Data;

/// <summary>nopCommerce's way to the rows of one table for plugins that want more than its services offer, or have tables of their own.</summary>
internal sealed class Repository<T>(ShopDatabase database) : IRepository<T> where T : BaseEntity
{
    private static readonly System.Reflection.PropertyInfo? _deleted = typeof(T).GetProperty("Deleted", typeof(bool));

    public async Task<T> GetByIdAsync(int? id, Func<ICacheKeyService, CacheKey>? getCacheKey = null, bool includeDeleted = true, bool useShortTermCache = false) =>
        id is { } number && await database.FindAsync<T>(number) is { } row && (includeDeleted || _deleted is null || !(bool)_deleted.GetValue(row)!) ? row : null!;

    public async Task<IList<T>> GetAllAsync(Func<IQueryable<T>, IQueryable<T>>? func = null, Func<ICacheKeyService, CacheKey>? getCacheKey = null, bool includeDeleted = true) =>
        await database.QueryAsync(Query(func, includeDeleted));

    public async Task<IPagedList<T>> GetAllPagedAsync(Func<IQueryable<T>, IQueryable<T>>? func = null, int pageIndex = 0, int pageSize = int.MaxValue,
        bool getOnlyTotalCount = false, bool includeDeleted = true)
    {
        var (page, total) = await database.PageAsync(Query(func, includeDeleted), (long)pageIndex * pageSize, getOnlyTotalCount ? 0 : pageSize);
        return new PagedList<T>(page, pageIndex, pageSize, total);
    }

    public Task InsertAsync(T entity, bool publishEvent = true) =>
        publishEvent ? throw new NotSupportedException("The sandbox publishes no event for a plugin's rows.") : database.InsertAsync(entity);

    public Task UpdateAsync(T entity, bool publishEvent = true) =>
        publishEvent ? throw new NotSupportedException("The sandbox publishes no event for a plugin's rows.") : database.UpdateAsync(entity);

    public Task<int> DeleteAsync(Expression<Func<T, bool>> predicate) => database.DeleteAsync(new RowQuery<T>(rows => rows.Where(predicate)));

    private static RowQuery<T> Query(Func<IQueryable<T>, IQueryable<T>>? func, bool includeDeleted) => new(rows =>
    {
        rows = includeDeleted || _deleted is null ? rows : rows.Where(row => !(bool)_deleted.GetValue(row)!);
        return func?.Invoke(rows) ?? rows;
    });
}
