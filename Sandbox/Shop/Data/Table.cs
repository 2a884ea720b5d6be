using Nop.Core;

namespace Sandbox.Shop.Data;

/// <summary>A table of whatever rows.</summary>
internal interface ITable
{
    IReadOnlyList<BaseEntity> Rows { get; }

    /// <summary>What puts the table back as it is now.</summary>
    Action Remember();
}

/// <summary>One table: rows by number, guarded by a lock, copied on the way in and on the way out.</summary>
internal sealed class Table<T> : ITable where T : BaseEntity
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, T> _rows = [];
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
                    _rows.Clear();
                    foreach (var (id, row) in rows)
                        _rows.Add(id, row);
                    _lastId = lastId;
                }
            };
        }
    }

    public T? Find(int id)
    {
        lock (_gate)
            return _rows.TryGetValue(id, out var row) ? RowCopy<T>.Of(row) : null;
    }

    public List<T> List(Func<T, bool>? where)
    {
        lock (_gate)
            return [.. (where is null ? _rows.Values : _rows.Values.Where(where)).Select(RowCopy<T>.Of)];
    }

    public void Insert(T entity)
    {
        lock (_gate)
        {
            entity.Id = ++_lastId;
            _rows.Add(entity.Id, RowCopy<T>.Rounded(entity));
        }
    }

    public void Update(T entity)
    {
        lock (_gate)
        {
            if (_rows.ContainsKey(entity.Id))
                _rows[entity.Id] = RowCopy<T>.Rounded(entity);
        }
    }

    public void Delete(int id)
    {
        lock (_gate)
            _rows.Remove(id);
    }
}
