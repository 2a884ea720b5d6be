using System.Collections.Concurrent;
using System.Reflection;
using FluentMigrator;
using Nop.Data.Migrations;

namespace Sandbox.Shop.Data.Schema;

/// <summary>
/// The tables of plugins, as their migrations created them, with their indexes. nopCommerce's own tables are always there. As in nopCommerce, a plugin's migrations run before it is
/// installed or updated, each version once, and are reverted when it is uninstalled. As in MySQL, what a migration has created before it failed stays.
/// </summary>
internal sealed class DatabaseSchema
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, IndexDefinition>> _tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, bool> _applied = [];

    public bool HasTable(string name) => _tables.ContainsKey(name);

    public bool HasIndex(string table, string name) => _tables.TryGetValue(table, out var indexes) && indexes.ContainsKey(name);

    public IReadOnlyList<IndexDefinition> IndexesOf(string table) => _tables.TryGetValue(table, out var indexes) ? [.. indexes.Values] : [];

    /// <summary>The name of an index whose creation fails, once.</summary>
    public string? FailingIndex { get; set; }

    public void ApplyUp(Assembly plugin, MigrationProcessType process)
    {
        foreach (var (type, attribute) in MigrationsOf(plugin).OrderBy(migration => migration.Attribute.Version))
        {
            if ((attribute.TargetMigrationProcess != MigrationProcessType.NoMatter && attribute.TargetMigrationProcess != process) || _applied.ContainsKey(attribute.Version))
                continue;
            Run(type, migration => migration.Up());
            _applied.TryAdd(attribute.Version, true);
        }
    }

    public void ApplyDown(Assembly plugin)
    {
        foreach (var (type, attribute) in MigrationsOf(plugin).OrderByDescending(migration => migration.Attribute.Version))
        {
            if (_applied.TryRemove(attribute.Version, out _))
                Run(type, migration => migration.Down());
        }
    }

    internal void AddTable(string name)
    {
        if (!_tables.TryAdd(name, []))
            throw new ShopDatabaseException($"The table {name} exists already.");
    }

    internal void AddIndex(string table, string name, IndexDefinition index)
    {
        if (!_tables.TryGetValue(table, out var indexes))
            throw new ShopDatabaseException($"There is no table {table}.");
        if (name == FailingIndex)
        {
            FailingIndex = null;
            throw new ShopDatabaseException($"The index {name} cannot be created.");
        }

        if (!indexes.TryAdd(name, index))
            throw new ShopDatabaseException($"The index {name} exists already.");
    }

    private static IEnumerable<(Type Type, NopMigrationAttribute Attribute)> MigrationsOf(Assembly plugin) =>
        from type in plugin.GetTypes()
        let attribute = type.GetCustomAttribute<NopMigrationAttribute>()
        where attribute is not null && type.IsSubclassOf(typeof(MigrationBase))
        select (type, attribute);

    // A migration describes what is to be created, which happens after it has returned.
    private void Run(Type type, Action<MigrationBase> run)
    {
        var migration = (MigrationBase)Activator.CreateInstance(type)!;
        var create = new CreateExpressions();
        typeof(MigrationBase).GetProperty(nameof(MigrationBase.Create))!.SetValue(migration, create);
        typeof(MigrationBase).GetProperty(nameof(MigrationBase.Schema))!.SetValue(migration, new SchemaExpressions(this));
        run(migration);
        create.Apply(this);
    }
}

/// <summary>An index on columns of a table.</summary>
internal sealed record IndexDefinition(IReadOnlyList<string> Columns, bool IsUnique);
