using Nop.Core;
using Sandbox.Shop.Data.Schema;

namespace Sandbox.Shop.Data;

/// <summary>A table of whatever rows.</summary>
internal interface ITable
{
    IReadOnlyList<BaseEntity> Rows { get; }

    /// <summary>What puts the table back as it is now.</summary>
    Action Remember();
}

/// <summary>One table: rows by number, guarded by a lock, copied on the way in and on the way out.</summary>
internal sealed class Table<T>(IReadOnlyList<IndexDefinition> indexes) : ITable where T : BaseEntity
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, T> _rows = [];
    private readonly Dictionary<object, IIndexRows<T>> _indexes = [];
    private readonly List<ColumnIndex<T>> _columnIndexes = [.. indexes.Select(definition => new ColumnIndex<T>(definition))];
    private int _lastId;

    public IReadOnlyList<BaseEntity> Rows => List(null);

    public Action Remember()
    {
        // Rows are never changed, but replaced.
        lock (_gate)
        {
            var (rows, lastId) = (_rows.ToList(), _lastId);
            return () =>
            {
                lock (_gate)
                {
                    foreach (var id in _rows.Keys.ToList())
                        Take(id);
                    _indexes.Clear();
                    foreach (var (_, row) in rows)
                        Put(row);
                    _lastId = lastId;
                }
            };
        }
    }

    public T? Find(int id)
    {
        lock (_gate)
            return _rows.TryGetValue(id, out var row) ? RowCopy<T>.Create(row) : null;
    }

    public List<T> List(Func<T, bool>? where)
    {
        lock (_gate)
            return [.. (where is null ? _rows.Values : _rows.Values.Where(where)).Select(RowCopy<T>.Create)];
    }

    /// <summary>The rows with this key that fulfil the condition, in the order of their numbers.</summary>
    public List<T> List<TKey>(TableIndex<T, TKey> index, TKey key, Func<T, bool>? where) where TKey : IComparable<TKey>
    {
        lock (_gate)
        {
            var rows = RowsOf(index).Between(key, key).Select(entry => _rows[entry.Id]);
            return [.. (where is null ? rows : rows.Where(where)).Select(RowCopy<T>.Create)];
        }
    }

    /// <summary>A page of the rows between two keys that fulfil the condition, the greatest key first, and how many there are on all pages.</summary>
    public (List<T> Page, int Total) Page<TKey>(TableIndex<T, TKey> index, TKey least, TKey most, Func<T, bool> where, long skip, int take) where TKey : IComparable<TKey>
    {
        lock (_gate)
        {
            var page = new List<T>();
            var total = 0;
            foreach (var row in RowsOf(index).Between(least, most).Reverse().Select(entry => _rows[entry.Id]).Where(where))
            {
                if (total++ >= skip && page.Count < take)
                    page.Add(RowCopy<T>.Create(row));
            }

            return (page, total);
        }
    }

    /// <summary>A page of the rows that a query selects, and how many there are on all pages.</summary>
    public (List<T> Page, int Total) Query(RowQuery<T> query, long skip, int take)
    {
        lock (_gate)
        {
            var rows = Select(query);
            return ([.. rows.Skip((int)Math.Min(skip, int.MaxValue)).Take(take).Select(RowCopy<T>.Create)], rows.Count);
        }
    }

    /// <summary>Deletes the rows that a query selects, and answers how many there were.</summary>
    public int Delete(RowQuery<T> query)
    {
        lock (_gate)
        {
            var rows = Select(query);
            foreach (var row in rows)
                Take(row.Id);
            return rows.Count;
        }
    }

    public void Insert(T entity)
    {
        lock (_gate)
        {
            foreach (var index in _columnIndexes)
                index.Check(entity);
            entity.Id = ++_lastId;
            Put(RowCopy<T>.Rounded(entity));
        }
    }

    public void Update(T entity)
    {
        lock (_gate)
        {
            foreach (var index in _columnIndexes)
                index.Check(entity);
            if (Take(entity.Id))
                Put(RowCopy<T>.Rounded(entity));
        }
    }

    public void Delete(int id)
    {
        lock (_gate)
            Take(id);
    }

    private List<T> Select(RowQuery<T> query)
    {
        IEnumerable<T> rows = _rows.Values;
        foreach (var index in _columnIndexes)
        {
            if (query.EqualTo(index.FirstColumn) is { } value)
            {
                rows = index.Find(value, index.SecondColumn is { } second ? query.AtMost(second) : null).Select(id => _rows[id]);
                break;
            }
        }

        return [.. query.Run(rows)];
    }

    private void Put(T row)
    {
        _rows.Add(row.Id, row);
        foreach (var index in _indexes.Values.Concat(_columnIndexes))
            index.Add(row);
    }

    private bool Take(int id)
    {
        if (!_rows.Remove(id, out var row))
            return false;
        foreach (var index in _indexes.Values.Concat(_columnIndexes))
            index.Remove(row);
        return true;
    }

    // Built when it is first asked for.
    private IndexRows<T, TKey> RowsOf<TKey>(TableIndex<T, TKey> index) where TKey : IComparable<TKey>
    {
        if (_indexes.TryGetValue(index, out var known))
            return (IndexRows<T, TKey>)known;
        var rows = new IndexRows<T, TKey>(index);
        foreach (var row in _rows.Values)
            rows.Add(row);
        _indexes.Add(index, rows);
        return rows;
    }
}
