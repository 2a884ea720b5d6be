using System.Globalization;
using System.Reflection;
using Nop.Core;

namespace Sandbox.Shop.Data;

/// <summary>A unique index on columns of a table. Rows are also found by the first of them.</summary>
internal sealed class UniqueIndex<T>(IReadOnlyList<string> columns) : IIndexRows<T> where T : BaseEntity
{
    private readonly PropertyInfo[] _columns = [.. columns.Select(column => typeof(T).GetProperty(column) ?? throw new ShopDatabaseException($"{typeof(T).Name} has no column {column}."))];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<object, SortedSet<int>> _byFirst = [];

    public string FirstColumn => _columns[0].Name;

    /// <summary>Fails when another row has the same key.</summary>
    public void Check(T row)
    {
        if (_ids.TryGetValue(KeyOf(row), out var id) && id != row.Id)
            throw new ShopDatabaseException($"A row of {typeof(T).Name} with {string.Join(", ", _columns.Select(column => column.Name))} = {KeyOf(row)} exists already.");
    }

    /// <summary>The ids of the rows with this value in the first column.</summary>
    public IEnumerable<int> Find(object value) => _byFirst.TryGetValue(value, out var ids) ? ids : [];

    public void Add(T row)
    {
        _ids.Add(KeyOf(row), row.Id);
        if (!_byFirst.TryGetValue(FirstOf(row), out var ids))
            _byFirst.Add(FirstOf(row), ids = []);
        ids.Add(row.Id);
    }

    public void Remove(T row)
    {
        _ids.Remove(KeyOf(row));
        if (!_byFirst.TryGetValue(FirstOf(row), out var ids))
            return;
        ids.Remove(row.Id);
        if (ids.Count == 0)
            _byFirst.Remove(FirstOf(row));
    }

    private object FirstOf(T row) => _columns[0].GetValue(row)!;

    private string KeyOf(T row) => string.Join('|', _columns.Select(column => Convert.ToString(column.GetValue(row), CultureInfo.InvariantCulture)));
}
