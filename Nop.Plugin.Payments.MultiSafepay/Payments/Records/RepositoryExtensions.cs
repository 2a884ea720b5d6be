using System.Data.Common;
using System.Linq.Expressions;
using System.Transactions;
using Nop.Core;
using Nop.Data;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>Deletes rows that nobody reads any more.</summary>
internal static class RepositoryExtensions
{
    /// <summary>
    /// Deletes the rows, unless the database refuses it: nopCommerce deletes in a serializable transaction, and while a table is small, PostgreSQL takes two of these for a conflict (40001)
    /// although they are about different orders, as was seen in a nopCommerce 4.90.6. What is left must be harmless, and deleted by a later call.
    /// </summary>
    public static async Task TryDeleteAsync<T>(this IRepository<T> rows, Expression<Func<T, bool>> predicate) where T : BaseEntity
    {
        try
        {
            await rows.DeleteAsync(predicate);
        }
        catch (Exception exception) when (exception is DbException or TransactionException)
        {
        }
    }
}
