using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;
using Nop.Core;

namespace Sandbox.Shop.Data;

/// <summary>
/// The shop's database, in memory. It behaves as a relational database behind nopCommerce's repositories does: every read hands out fresh copies, an update writes the
/// whole row (the last writer wins), money is kept with four decimals. So a bug with a stale entity shows up here as it would in a real shop.
/// Two shops may share one instance, as two nodes of a web farm share one database server.
/// </summary>
public sealed class ShopDatabase : IDisposable
{
    private readonly ConcurrentDictionary<Type, object> _tables = new();
    private long _reads;
    private long _writes;

    /// <summary>How long each read and each write takes; for tests that want two requests to meet in the middle.</summary>
    public TimeSpan Latency { get; set; }

    public long Reads => Interlocked.Read(ref _reads);

    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>What the locks of all nodes live in: the stand-in for a shared (Redis) cache.</summary>
    public IMemoryCache SharedCache { get; } = new MemoryCache(new MemoryCacheOptions());

    /// <summary>The keys that protect cookies; all nodes of a web farm must read each other's.</summary>
    public IDataProtectionProvider DataProtection { get; } = new EphemeralDataProtectionProvider();

    /// <summary>The key of the shop's encryption service; nopCommerce keeps it among the settings.</summary>
    internal byte[] EncryptionKey { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>The mails the shop would have sent, oldest first.</summary>
    public SentMails Mails { get; } = new();

    /// <summary>Held while the first node fills the database and installs the plugin.</summary>
    internal SemaphoreSlim Setup { get; } = new(1, 1);

    public async Task<T?> FindAsync<T>(int id) where T : BaseEntity
    {
        await CountReadAsync();
        return TableOf<T>().Find(id);
    }

    public async Task<List<T>> ListAsync<T>(Func<T, bool>? where = null) where T : BaseEntity
    {
        await CountReadAsync();
        return TableOf<T>().List(where);
    }

    public async Task<T?> FirstOrDefaultAsync<T>(Func<T, bool> where) where T : BaseEntity => (await ListAsync(where)).FirstOrDefault();

    /// <summary>The synchronous read that nopCommerce has for stores and settings only.</summary>
    public List<T> List<T>() where T : BaseEntity
    {
        Interlocked.Increment(ref _reads);
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

    public void Dispose()
    {
        SharedCache.Dispose();
        Setup.Dispose();
    }

    private Table<T> TableOf<T>() where T : BaseEntity => (Table<T>)_tables.GetOrAdd(typeof(T), _ => new Table<T>());

    private Task CountReadAsync()
    {
        Interlocked.Increment(ref _reads);
        return Latency > TimeSpan.Zero ? Task.Delay(Latency) : Task.CompletedTask;
    }

    private Task CountWriteAsync()
    {
        Interlocked.Increment(ref _writes);
        return Latency > TimeSpan.Zero ? Task.Delay(Latency) : Task.CompletedTask;
    }
}
