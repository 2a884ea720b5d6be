using FluentMigrator;

namespace Nop.Data.Migrations;

/// <summary>When a migration runs.</summary>
public enum MigrationProcessType
{
    NoMatter,
    Installation,
    Update
}

/// <summary>The migration's version as a date and time.</summary>
public class NopMigrationAttribute : MigrationAttribute
{
    public NopMigrationAttribute(string dateTime, string description, MigrationProcessType targetMigrationProcess = MigrationProcessType.NoMatter)
        : base(DateTime.Parse(dateTime, System.Globalization.CultureInfo.InvariantCulture).Ticks, description)
        => TargetMigrationProcess = targetMigrationProcess;

    public virtual MigrationProcessType TargetMigrationProcess { get; }
}
