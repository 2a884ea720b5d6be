using FluentMigrator.Builders.Create;
using FluentMigrator.Builders.Schema;

namespace FluentMigrator;

/// <summary>A change of the database's schema.</summary>
public abstract class MigrationBase
{
    public ICreateExpressionRoot Create { get; init; }

    public ISchemaExpressionRoot Schema { get; init; }

    public abstract void Up();

    public abstract void Down();
}

/// <summary>A change of the database's schema that can be reverted.</summary>
public abstract class Migration : MigrationBase;
