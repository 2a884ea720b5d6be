using Nop.Core;

namespace Sandbox.Shop.Data;

/// <summary>A column by which rows are found without looking at all of them.</summary>
internal sealed class TableIndex<T, TKey>(Func<T, TKey> column) where T : BaseEntity where TKey : IComparable<TKey>
{
    public TKey KeyOf(T row) => column(row);
}

/// <summary>The rows of one index, in the order of their keys. The table keeps it up to date.</summary>
internal interface IIndexRows<in T> where T : BaseEntity
{
    void Add(T row);

    void Remove(T row);
}

internal sealed class IndexRows<T, TKey>(TableIndex<T, TKey> index) : IIndexRows<T> where T : BaseEntity where TKey : IComparable<TKey>
{
    private readonly SortedSet<(TKey Key, int Id)> _ids = [];

    public void Add(T row) => _ids.Add((index.KeyOf(row), row.Id));

    public void Remove(T row) => _ids.Remove((index.KeyOf(row), row.Id));

    /// <summary>The numbers of the rows between two keys, bounds included, the smallest key first.</summary>
    public SortedSet<(TKey Key, int Id)> Between(TKey least, TKey most) =>
        least.CompareTo(most) > 0 ? [] : _ids.GetViewBetween((least, int.MinValue), (most, int.MaxValue));
}

/// <summary>
/// The indexes that nopCommerce's schema has, as far as the plugin's ways lead over large tables. It has none on an order's number: who looks for one
/// makes the database read every order.
/// </summary>
internal static class Indexes
{
    public static readonly TableIndex<Nop.Core.Domain.Orders.Order, DateTime> OrdersByCreation = new(order => order.CreatedOnUtc);

    public static readonly TableIndex<Nop.Core.Domain.Orders.Order, Guid> OrdersByGuid = new(order => order.OrderGuid);

    public static readonly TableIndex<Nop.Core.Domain.Orders.OrderItem, int> ItemsOfOrder = new(item => item.OrderId);

    public static readonly TableIndex<Nop.Core.Domain.Orders.OrderNote, int> NotesOfOrder = new(note => note.OrderId);

    public static readonly TableIndex<Nop.Core.Domain.Orders.RecurringPaymentHistory, int> HistoryOfRecurringPayment = new(entry => entry.RecurringPaymentId);

    public static readonly TableIndex<Nop.Core.Domain.Common.GenericAttribute, int> AttributesOfEntity = new(attribute => attribute.EntityId);
}
