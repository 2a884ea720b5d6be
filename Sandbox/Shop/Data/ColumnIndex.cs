using System.Globalization;
using System.Reflection;
using Nop.Core;
using Sandbox.Shop.Data.Schema;

namespace Sandbox.Shop.Data;

/// <summary>An index on one or two columns of a table. Rows are found by the first column, and by a limit of the second.</summary>
internal sealed class ColumnIndex<T> : IIndexRows<T> where T : BaseEntity
{
    private static readonly Comparer<(IComparable First, IComparable? Second, int Id)> _order = Comparer<(IComparable First, IComparable? Second, int Id)>.Create((one, other) =>
        one.First.CompareTo(other.First) is not 0 and var first ? first
        : Compare(one.Second, other.Second) is not 0 and var second ? second
        : one.Id.CompareTo(other.Id));

    private readonly IndexDefinition _definition;
    private readonly PropertyInfo[] _columns;
    private readonly SortedSet<(IComparable First, IComparable? Second, int Id)> _rows = new(_order);
    private readonly Dictionary<string, int> _unique = new(StringComparer.Ordinal);

    public ColumnIndex(IndexDefinition definition)
    {
        if (definition.Columns.Count is not (1 or 2))
            throw new ShopDatabaseException("The sandbox has indexes on one or two columns.");
        _definition = definition;
        _columns = [.. definition.Columns.Select(column => typeof(T).GetProperty(column) ?? throw new ShopDatabaseException($"{typeof(T).Name} has no column {column}."))];
    }

    public string FirstColumn => _columns[0].Name;

    public string? SecondColumn => _columns.Length > 1 ? _columns[1].Name : null;

    /// <summary>Fails when the index is unique and another row has the same key.</summary>
    public void Check(T row)
    {
        if (_definition.IsUnique && _unique.TryGetValue(KeyOf(row), out var id) && id != row.Id)
            throw new ShopDatabaseException($"A row of {typeof(T).Name} with {string.Join(", ", _definition.Columns)} = {KeyOf(row)} exists already.");
    }

    /// <summary>The ids of the rows with this value in the first column and, if there is a limit, at most that value in the second.</summary>
    public IEnumerable<int> Find(object value, object? limit)
    {
        var first = (IComparable)value;
        return _rows.GetViewBetween((first, null, int.MinValue), (first, limit as IComparable ?? Greatest.Instance, int.MaxValue)).Select(row => row.Id);
    }

    public void Add(T row)
    {
        if (_definition.IsUnique)
            _unique.Add(KeyOf(row), row.Id);
        _rows.Add(EntryOf(row));
    }

    public void Remove(T row)
    {
        _unique.Remove(KeyOf(row));
        _rows.Remove(EntryOf(row));
    }

    private static int Compare(IComparable? one, IComparable? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (Greatest, Greatest) => 0,
        (_, Greatest) => -1,
        _ => one.CompareTo(other)
    };

    private (IComparable First, IComparable? Second, int Id) EntryOf(T row) =>
        ((IComparable)_columns[0].GetValue(row)!, _columns.Length > 1 ? (IComparable)_columns[1].GetValue(row)! : null, row.Id);

    private string KeyOf(T row) => string.Join('|', _columns.Select(column => Convert.ToString(column.GetValue(row), CultureInfo.InvariantCulture)));

    private sealed class Greatest : IComparable
    {
        public static readonly Greatest Instance = new();

        public int CompareTo(object? obj) => obj is Greatest ? 0 : 1;
    }
}
