using FluentMigrator.Builders.Create;
using FluentMigrator.Builders.Create.Index;
using FluentMigrator.Builders.Create.Table;
using FluentMigrator.Builders.Schema;
using FluentMigrator.Builders.Schema.Index;
using FluentMigrator.Builders.Schema.Table;

namespace Sandbox.Shop.Data.Schema;

/// <summary>What a migration creates. Columns are those of the entity, so only tables and indexes matter here.</summary>
internal sealed class CreateExpressions : ICreateExpressionRoot
{
    private readonly List<Action<DatabaseSchema>> _created = [];

    public ICreateTableWithColumnOrSchemaOrDescriptionSyntax Table(string tableName)
    {
        _created.Add(schema => schema.AddTable(tableName));
        return new Column();
    }

    public ICreateIndexForTableSyntax Index(string indexName)
    {
        var index = new IndexExpression();
        _created.Add(schema => schema.AddIndex(index.OfTable, indexName, new IndexDefinition(index.Columns, index.IsUnique)));
        return index;
    }

    public void Apply(DatabaseSchema schema) => _created.ForEach(create => create(schema));

    private sealed class Column : ICreateTableWithColumnOrSchemaOrDescriptionSyntax, ICreateTableColumnAsTypeSyntax, ICreateTableColumnOptionOrForeignKeyCascadeOrWithColumnSyntax
    {
        public ICreateTableColumnAsTypeSyntax WithColumn(string name) => this;

        public ICreateTableColumnOptionOrWithColumnSyntax AsDateTime2() => this;

        public ICreateTableColumnOptionOrWithColumnSyntax AsInt32() => this;

        public ICreateTableColumnOptionOrWithColumnSyntax AsString(int size) => this;

        public ICreateTableColumnOptionOrWithColumnSyntax Identity() => this;

        public ICreateTableColumnOptionOrWithColumnSyntax NotNullable() => this;

        public ICreateTableColumnOptionOrWithColumnSyntax PrimaryKey() => this;
    }

    private sealed class IndexExpression
        : ICreateIndexForTableSyntax, ICreateIndexOnColumnOrInSchemaSyntax, ICreateIndexColumnOptionsSyntax, ICreateIndexMoreColumnOptionsSyntax, ICreateIndexOptionsSyntax
    {
        public string OfTable { get; private set; } = "";

        public List<string> Columns { get; } = [];

        public bool IsUnique { get; private set; }

        public ICreateIndexOnColumnOrInSchemaSyntax OnTable(string tableName)
        {
            OfTable = tableName;
            return this;
        }

        public ICreateIndexColumnOptionsSyntax OnColumn(string columnName)
        {
            Columns.Add(columnName);
            return this;
        }

        public ICreateIndexMoreColumnOptionsSyntax Ascending() => this;

        public ICreateIndexOptionsSyntax WithOptions() => this;

        public ICreateIndexOnColumnSyntax Unique()
        {
            IsUnique = true;
            return this;
        }
    }
}

/// <summary>What a migration asks of the schema.</summary>
internal sealed class SchemaExpressions(DatabaseSchema schema) : ISchemaExpressionRoot
{
    public ISchemaTableSyntax Table(string tableName) => new TableExpression(schema, tableName);

    private sealed class TableExpression(DatabaseSchema schema, string name) : ISchemaTableSyntax
    {
        public bool Exists() => schema.HasTable(name);

        public ISchemaIndexSyntax Index(string indexName) => new IndexExpression(schema.HasIndex(name, indexName));
    }

    private sealed class IndexExpression(bool exists) : ISchemaIndexSyntax
    {
        public bool Exists() => exists;
    }
}
