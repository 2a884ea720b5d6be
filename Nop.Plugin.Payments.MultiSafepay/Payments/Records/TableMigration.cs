using FluentMigrator;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// Creates a table of the plugin, when the plugin is installed or updated. nopCommerce reverts the migrations of a plugin that is uninstalled; these keep their tables, because
/// refunds need the payments after the plugin was installed again. nopCommerce's own helpers are not used: they differ between its versions.
/// </summary>
public abstract class TableMigration : Migration
{
    /// <summary>The name of the table: that of its entity.</summary>
    protected abstract string Table { get; }

    /// <summary>Creates what is not left from an earlier installation, or from a migration that failed half-way: MySQL does not undo the creation of a table.</summary>
    public override void Up()
    {
        if (!Schema.Table(Table).Exists())
            CreateTable();
        CreateIndexes();
    }

    /// <summary>Keeps the table.</summary>
    public override void Down()
    {
    }

    /// <summary>Creates the table without its indexes.</summary>
    protected abstract void CreateTable();

    /// <summary>Creates the indexes that do not exist.</summary>
    protected abstract void CreateIndexes();

    /// <summary>Creates an index on two columns, unless it exists.</summary>
    protected void CreateIndex(string first, string second, bool isUnique)
    {
        var name = $"IX_{Table}_{first}_{second}";
        if (Schema.Table(Table).Exists() && Schema.Table(Table).Index(name).Exists())
            return;
        var index = Create.Index(name).OnTable(Table).OnColumn(first).Ascending().OnColumn(second).Ascending();
        if (isUnique)
            index.WithOptions().Unique();
    }
}
