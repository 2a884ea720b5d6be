using FluentMigrator.Builders.Create;
using FluentMigrator.Builders.Create.Index;
using FluentMigrator.Builders.Create.Table;
using FluentMigrator.Builders.Schema;
using FluentMigrator.Builders.Schema.Table;

namespace Sandbox.Shop.Data.Schema;

/// <summary>What a migration creates. Columns are those of the entity, so only tables and unique indexes matter here.</summary>
internal sealed class CreateExpressions(DatabaseSchema schema) : ICreateExpressionRoot
{
    public ICreateTableWithColumnOrSchemaOrDescriptionSyntax Table(string tableName)
    {
        schema.AddTable(tableName);
        return new Column();
    }

    public ICreateIndexForTableSyntax Index(string indexName) => new IndexExpression(schema);

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

    private sealed class IndexExpression(DatabaseSchema schema)
        : ICreateIndexForTableSyntax, ICreateIndexOnColumnOrInSchemaSyntax, ICreateIndexColumnOptionsSyntax, ICreateIndexMoreColumnOptionsSyntax, ICreateIndexOptionsSyntax
    {
        private readonly List<string> _columns = [];
        private string _table = "";

        public ICreateIndexOnColumnOrInSchemaSyntax OnTable(string tableName)
        {
            _table = tableName;
            return this;
        }

        public ICreateIndexColumnOptionsSyntax OnColumn(string columnName)
        {
            _columns.Add(columnName);
            return this;
        }

        public ICreateIndexMoreColumnOptionsSyntax Ascending() => this;

        public ICreateIndexOptionsSyntax WithOptions() => this;

        public ICreateIndexOnColumnSyntax Unique()
        {
            schema.AddUniqueIndex(_table, _columns);
            return this;
        }
    }
}

/// <summary>What a migration asks of the schema.</summary>
internal sealed class SchemaExpressions(DatabaseSchema schema) : ISchemaExpressionRoot
{
    public ISchemaTableSyntax Table(string tableName) => new TableExpression(schema.HasTable(tableName));

    private sealed class TableExpression(bool exists) : ISchemaTableSyntax
    {
        public bool Exists() => exists;
    }
}
