using FluentMigrator.Builders.Create.Index;
using FluentMigrator.Builders.Create.Table;
using FluentMigrator.Builders.Schema.Index;
using FluentMigrator.Builders.Schema.Table;

namespace FluentMigrator.Builders
{
    /// <summary>The type of a column.</summary>
    public interface IColumnTypeSyntax<TNext>
    {
        TNext AsDateTime2();

        TNext AsInt32();

        TNext AsString(int size);
    }

    /// <summary>What else holds for a column.</summary>
    public interface IColumnOptionSyntax<TNext, TNextFk>
    {
        TNext Identity();

        TNext NotNullable();

        TNext PrimaryKey();
    }
}

namespace FluentMigrator.Builders.Create
{
    /// <summary>What can be created.</summary>
    public interface ICreateExpressionRoot
    {
        ICreateTableWithColumnOrSchemaOrDescriptionSyntax Table(string tableName);

        ICreateIndexForTableSyntax Index(string indexName);
    }
}

namespace FluentMigrator.Builders.Create.Table
{
    /// <summary>A table's next column.</summary>
    public interface ICreateTableWithColumnSyntax
    {
        ICreateTableColumnAsTypeSyntax WithColumn(string name);
    }

    public interface ICreateTableWithColumnOrSchemaSyntax : ICreateTableWithColumnSyntax;

    public interface ICreateTableWithColumnOrSchemaOrDescriptionSyntax : ICreateTableWithColumnOrSchemaSyntax;

    public interface ICreateTableColumnAsTypeSyntax : IColumnTypeSyntax<ICreateTableColumnOptionOrWithColumnSyntax>;

    public interface ICreateTableColumnOptionOrWithColumnSyntax
        : IColumnOptionSyntax<ICreateTableColumnOptionOrWithColumnSyntax, ICreateTableColumnOptionOrForeignKeyCascadeOrWithColumnSyntax>, ICreateTableWithColumnSyntax;

    public interface ICreateTableColumnOptionOrForeignKeyCascadeOrWithColumnSyntax : ICreateTableColumnOptionOrWithColumnSyntax;
}

namespace FluentMigrator.Builders.Create.Index
{
    /// <summary>The table of an index.</summary>
    public interface ICreateIndexForTableSyntax
    {
        ICreateIndexOnColumnOrInSchemaSyntax OnTable(string tableName);
    }

    /// <summary>An index's next column.</summary>
    public interface ICreateIndexOnColumnSyntax
    {
        ICreateIndexColumnOptionsSyntax OnColumn(string columnName);

        ICreateIndexOptionsSyntax WithOptions();
    }

    public interface ICreateIndexOnColumnOrInSchemaSyntax : ICreateIndexOnColumnSyntax;

    public interface ICreateIndexColumnOptionsSyntax
    {
        ICreateIndexMoreColumnOptionsSyntax Ascending();
    }

    public interface ICreateIndexMoreColumnOptionsSyntax : ICreateIndexOnColumnSyntax;

    /// <summary>What else holds for an index.</summary>
    public interface ICreateIndexOptionsSyntax
    {
        ICreateIndexOnColumnSyntax Unique();
    }
}

namespace FluentMigrator.Builders.Schema
{
    /// <summary>What is there already.</summary>
    public interface ISchemaExpressionRoot
    {
        ISchemaTableSyntax Table(string tableName);
    }
}

namespace FluentMigrator.Builders.Schema.Table
{
    public interface ISchemaTableSyntax
    {
        bool Exists();

        ISchemaIndexSyntax Index(string indexName);
    }
}

namespace FluentMigrator.Builders.Schema.Index
{
    public interface ISchemaIndexSyntax
    {
        bool Exists();
    }
}
