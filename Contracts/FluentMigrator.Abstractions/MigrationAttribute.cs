namespace FluentMigrator;

/// <summary>The version of a migration. A migrator applies each version once.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class MigrationAttribute : Attribute
{
    public MigrationAttribute(long version, string description)
    {
        Version = version;
        Description = description;
    }

    public long Version { get; }

    public string Description { get; }
}
