using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>Creates the table of <see cref="MultiSafepayFollowUp"/>.</summary>
[NopMigration("2026-11-30 08:20:11", "Payments.MultiSafepay: the follow-ups")]
public class FollowUpTableMigration : TableMigration
{
    /// <inheritdoc/>
    protected override string Table => nameof(MultiSafepayFollowUp);

    /// <inheritdoc/>
    protected override void CreateTable() => Create.Table(Table)
        .WithColumn(nameof(MultiSafepayFollowUp.Id)).AsInt32().PrimaryKey().Identity()
        .WithColumn(nameof(MultiSafepayFollowUp.OrderId)).AsInt32().NotNullable()
        .WithColumn(nameof(MultiSafepayFollowUp.KindId)).AsInt32().NotNullable()
        .WithColumn(nameof(MultiSafepayFollowUp.CreatedOnUtc)).AsDateTime2().NotNullable()
        .WithColumn(nameof(MultiSafepayFollowUp.DueOnUtc)).AsDateTime2().NotNullable()
        .WithColumn(nameof(MultiSafepayFollowUp.FailedTries)).AsInt32().NotNullable();

    /// <inheritdoc/>
    protected override void CreateIndexes()
    {
        CreateIndex(nameof(MultiSafepayFollowUp.KindId), nameof(MultiSafepayFollowUp.DueOnUtc), isUnique: false);
        CreateIndex(nameof(MultiSafepayFollowUp.OrderId), nameof(MultiSafepayFollowUp.KindId), isUnique: false);
    }
}
