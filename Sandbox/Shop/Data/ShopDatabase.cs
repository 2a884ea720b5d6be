using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;
using Nop.Core;
using Sandbox.Shop.Data.Schema;

namespace Sandbox.Shop.Data;

/// <summary>
/// The shop's database, in memory. It behaves as a relational database behind nopCommerce's repositories does: every read hands out fresh copies, an update writes the
/// whole row (the last writer wins), money is kept with four decimals. So a bug with a stale entity shows up here as it would in a real shop.
/// Two shops may share one instance, as two nodes of a web farm share one database server.
/// </summary>
public sealed class ShopDatabase : IDisposable
{
    private readonly ConcurrentDictionary<Type, object> _tables;
    private readonly NodeProcess? _process;
    private long _reads;
    private long _writes;

    /// <summary>An empty database. The clock is that of the shared locks.</summary>
    public ShopDatabase(TimeProvider? time = null)
    {
        _tables = new();
        SharedCache = new MemoryCache(new MemoryCacheOptions { Clock = new CacheClock(time ?? TimeProvider.System) });
        DataProtection = new EphemeralDataProtectionProvider();
        EncryptionKey = RandomNumberGenerator.GetBytes(32);
        Mails = new();
        Setup = new(1, 1);
        Schema = new();
    }

    private ShopDatabase(ShopDatabase shared, NodeProcess process)
    {
        _tables = shared._tables;
        _process = process;
        (SharedCache, DataProtection, EncryptionKey, Mails, Setup, Schema) = (shared.SharedCache, shared.DataProtection, shared.EncryptionKey, shared.Mails, shared.Setup, shared.Schema);
    }

    /// <summary>How long each read and each write takes; for tests that want two requests to meet in the middle.</summary>
    public TimeSpan Latency { get; set; }

    public long Reads => Interlocked.Read(ref _reads);

    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>What the locks of all nodes live in: the stand-in for a shared (Redis) cache.</summary>
    public IMemoryCache SharedCache { get; }

    /// <summary>The keys that protect cookies; all nodes of a web farm must read each other's.</summary>
    public IDataProtectionProvider DataProtection { get; }

    /// <summary>The key of the shop's encryption service; nopCommerce keeps it among the settings.</summary>
    internal byte[] EncryptionKey { get; }

    /// <summary>The mails the shop would have sent, oldest first.</summary>
    public SentMails Mails { get; }

    /// <summary>Held while the first node fills the database and installs the plugin.</summary>
    internal SemaphoreSlim Setup { get; }

    /// <summary>The tables of plugins.</summary>
    internal DatabaseSchema Schema { get; }

    internal bool IsKilled => _process is { IsKilled: true };

    /// <summary>The same database as one node sees it: the node passes its process before each access.</summary>
    public ShopDatabase OpenFor(NodeProcess process) => new(this, process);

    /// <summary>
    /// Remembers what the database holds, and answers what puts it back, as a backup does; shared locks are free then. Nobody may be at work meanwhile, and nodes that stay
    /// have to clear their caches.
    /// </summary>
    public Action Remember()
    {
        var mails = Mails.Remember();
        var tables = _tables.ToDictionary(pair => pair.Key, pair => (Table: pair.Value, PutBack: ((ITable)pair.Value).Remember()));
        return () =>
        {
            foreach (var newer in _tables.Keys.Except(tables.Keys).ToList())
                _tables.TryRemove(newer, out _);
            foreach (var (_, putBack) in tables.Values)
                putBack();
            mails();
            ((MemoryCache)SharedCache).Clear();
        };
    }

    public async Task<T?> FindAsync<T>(int id) where T : BaseEntity
    {
        await CountReadAsync();
        return TableOf<T>().Find(id);
    }

    /// <summary>The rows with these numbers, in their order, by one read.</summary>
    public async Task<IReadOnlyList<T>> FindAsync<T>(IReadOnlyCollection<int> ids) where T : BaseEntity
    {
        await CountReadAsync();
        return [.. ids.Select(id => TableOf<T>().Find(id)).OfType<T>()];
    }

    public async Task<List<T>> ListAsync<T>(Func<T, bool>? where = null) where T : BaseEntity
    {
        await CountReadAsync();
        return TableOf<T>().List(where);
    }

    /// <summary>The rows with this key, found by an index.</summary>
    internal async Task<List<T>> ListAsync<T, TKey>(TableIndex<T, TKey> index, TKey key, Func<T, bool>? where = null) where T : BaseEntity where TKey : IComparable<TKey>
    {
        await CountReadAsync();
        return TableOf<T>().List(index, key, where);
    }

    /// <summary>A page of the rows between two keys, the greatest first: one read counts them, one fetches the page, as in nopCommerce.</summary>
    internal async Task<(List<T> Page, int Total)> PageAsync<T, TKey>(TableIndex<T, TKey> index, TKey least, TKey most, Func<T, bool> where, long skip, int take)
        where T : BaseEntity where TKey : IComparable<TKey>
    {
        await CountReadAsync();
        await CountReadAsync();
        return TableOf<T>().Page(index, least, most, where, skip, take);
    }

    /// <summary>The rows that a query selects, in its order.</summary>
    internal async Task<List<T>> QueryAsync<T>(RowQuery<T> query) where T : BaseEntity
    {
        await CountReadAsync();
        return TableOf<T>().Query(query, 0, int.MaxValue).Page;
    }

    /// <summary>A page of the rows that a query selects, in its order: one read counts them, one fetches the page, as in nopCommerce.</summary>
    internal async Task<(List<T> Page, int Total)> PageAsync<T>(RowQuery<T> query, long skip, int take) where T : BaseEntity
    {
        await CountReadAsync();
        await CountReadAsync();
        return TableOf<T>().Query(query, skip, take);
    }

    public async Task<T?> FirstOrDefaultAsync<T>(Func<T, bool> where) where T : BaseEntity => (await ListAsync(where)).FirstOrDefault();

    /// <summary>The synchronous read that nopCommerce has for stores and settings only. It answers from its cache, so this does not count as a read.</summary>
    public List<T> List<T>() where T : BaseEntity
    {
        _process?.ThrowIfKilled();
        return TableOf<T>().List(null);
    }

    /// <summary>Every row of every table, for a test that looks for what must not be there.</summary>
    public IEnumerable<BaseEntity> Everything() => _tables.Values.Cast<ITable>().SelectMany(table => table.Rows);

    public async Task InsertAsync<T>(T entity) where T : BaseEntity
    {
        await CountWriteAsync();
        TableOf<T>().Insert(entity);
    }

    /// <summary>Writes the whole row; a row that is gone stays gone, without an error.</summary>
    public async Task UpdateAsync<T>(T entity) where T : BaseEntity
    {
        await CountWriteAsync();
        TableOf<T>().Update(entity);
    }

    public async Task DeleteAsync<T>(T entity) where T : BaseEntity
    {
        await CountWriteAsync();
        TableOf<T>().Delete(entity.Id);
    }

    /// <summary>Deletes the rows that a query selects, in one statement, and answers how many there were.</summary>
    internal async Task<int> DeleteAsync<T>(RowQuery<T> query) where T : BaseEntity
    {
        await CountWriteAsync();
        return TableOf<T>().Delete(query);
    }

    /// <summary>Writes a mail down instead of sending it. nopCommerce queues its mails in the database.</summary>
    internal async Task SendAsync(SentMail mail)
    {
        await CountWriteAsync();
        Mails.Add(mail);
    }

    internal Task PassAsync(NodeAccess access) => _process?.PassAsync(access) ?? Task.CompletedTask;

    public void Dispose()
    {
        // A node's handle is no database of its own.
        if (_process is not null)
            return;
        SharedCache.Dispose();
        Setup.Dispose();
    }

    private Table<T> TableOf<T>() where T : BaseEntity => (Table<T>)_tables.GetOrAdd(typeof(T), type => IsOfPlugin(type) && !Schema.HasTable(type.Name)
        ? throw new ShopDatabaseException($"There is no table {type.Name}.")
        : new Table<T>(Schema.IndexesOf(type.Name)));

    private static bool IsOfPlugin(Type type) => type.Assembly != typeof(BaseEntity).Assembly && type.Assembly != typeof(ShopDatabase).Assembly;

    private Task CountReadAsync()
    {
        Interlocked.Increment(ref _reads);
        return WaitAsync(NodeAccess.Read);
    }

    private Task CountWriteAsync()
    {
        Interlocked.Increment(ref _writes);
        return WaitAsync(NodeAccess.Write);
    }

    private async Task WaitAsync(NodeAccess access)
    {
        if (Latency > TimeSpan.Zero)
            await Task.Delay(Latency);
        await PassAsync(access);
    }

    private sealed class CacheClock(TimeProvider time) : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
