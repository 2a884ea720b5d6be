using System.Collections.Concurrent;
using System.Reflection;
using FluentMigrator;
using Nop.Data.Migrations;

namespace Sandbox.Shop.Data.Schema;

/// <summary>
/// The tables of plugins, as their migrations created them, with their unique indexes. nopCommerce's own tables are always there. As in nopCommerce, a plugin's migrations run before it is
/// installed or updated, each version once, and are reverted when it is uninstalled.
/// </summary>
internal sealed class DatabaseSchema
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<IReadOnlyList<string>>> _tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, bool> _applied = [];

    public bool HasTable(string name) => _tables.ContainsKey(name);

    /// <summary>The columns of each of the table's unique indexes.</summary>
    public IReadOnlyList<IReadOnlyList<string>> UniqueIndexesOf(string table) => _tables.TryGetValue(table, out var indexes) ? [.. indexes] : [];

    public void ApplyUp(Assembly plugin, MigrationProcessType process)
    {
        foreach (var (type, attribute) in MigrationsOf(plugin).OrderBy(migration => migration.Attribute.Version))
        {
            if ((attribute.TargetMigrationProcess == MigrationProcessType.NoMatter || attribute.TargetMigrationProcess == process) && _applied.TryAdd(attribute.Version, true))
                Create(type).Up();
        }
    }

    public void ApplyDown(Assembly plugin)
    {
        foreach (var (type, attribute) in MigrationsOf(plugin).OrderByDescending(migration => migration.Attribute.Version))
        {
            if (_applied.TryRemove(attribute.Version, out _))
                Create(type).Down();
        }
    }

    internal void AddTable(string name)
    {
        if (!_tables.TryAdd(name, []))
            throw new ShopDatabaseException($"The table {name} exists already.");
    }

    internal void AddUniqueIndex(string table, IReadOnlyList<string> columns)
    {
        if (!_tables.TryGetValue(table, out var indexes))
            throw new ShopDatabaseException($"There is no table {table}.");
        indexes.Add(columns);
    }

    private static IEnumerable<(Type Type, NopMigrationAttribute Attribute)> MigrationsOf(Assembly plugin) =>
        from type in plugin.GetTypes()
        let attribute = type.GetCustomAttribute<NopMigrationAttribute>()
        where attribute is not null && type.IsSubclassOf(typeof(MigrationBase))
        select (type, attribute);

    private MigrationBase Create(Type type)
    {
        var migration = (MigrationBase)Activator.CreateInstance(type)!;
        typeof(MigrationBase).GetProperty(nameof(MigrationBase.Create))!.SetValue(migration, new CreateExpressions(this));
        typeof(MigrationBase).GetProperty(nameof(MigrationBase.Schema))!.SetValue(migration, new SchemaExpressions(this));
        return migration;
    }
}
