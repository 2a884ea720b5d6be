using Nop.Core;
using Nop.Data;

namespace Sandbox.Shop.Data;

/// <summary>nopCommerce's way to the rows of one table for plugins that want more than its services offer.</summary>
internal sealed class Repository<T>(ShopDatabase database) : IRepository<T> where T : BaseEntity
{
    private static readonly System.Reflection.PropertyInfo? _deleted = typeof(T).GetProperty("Deleted", typeof(bool));

    public async Task<IPagedList<T>> GetAllPagedAsync(Func<IQueryable<T>, IQueryable<T>>? func = null, int pageIndex = 0, int pageSize = int.MaxValue,
        bool getOnlyTotalCount = false, bool includeDeleted = true)
    {
        var (page, total) = await database.QueryAsync<T>(Select, (long)pageIndex * pageSize, getOnlyTotalCount ? 0 : pageSize);
        return new PagedList<T>(page, pageIndex, pageSize, total);

        IQueryable<T> Select(IQueryable<T> rows)
        {
            rows = includeDeleted || _deleted is null ? rows : rows.Where(row => !(bool)_deleted.GetValue(row)!);
            return func?.Invoke(rows) ?? rows;
        }
    }
}
