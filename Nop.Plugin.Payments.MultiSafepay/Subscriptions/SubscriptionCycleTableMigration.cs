using Nop.Data.Migrations;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>Creates the table of <see cref="MultiSafepaySubscriptionCycle"/>.</summary>
[NopMigration("2026-12-01 00:30:47", "Payments.MultiSafepay: the orders of subscriptions")]
public class SubscriptionCycleTableMigration : TableMigration
{
    private const int GuidLength = 32;

    /// <inheritdoc/>
    protected override string Table => nameof(MultiSafepaySubscriptionCycle);

    /// <inheritdoc/>
    protected override void CreateTable() => Create.Table(Table)
        .WithColumn(nameof(MultiSafepaySubscriptionCycle.Id)).AsInt32().PrimaryKey().Identity()
        .WithColumn(nameof(MultiSafepaySubscriptionCycle.InitialOrderId)).AsInt32().NotNullable()
        .WithColumn(nameof(MultiSafepaySubscriptionCycle.Number)).AsInt32().NotNullable()
        .WithColumn(nameof(MultiSafepaySubscriptionCycle.OrderGuid)).AsString(GuidLength).NotNullable()
        .WithColumn(nameof(MultiSafepaySubscriptionCycle.CreatedOnUtc)).AsDateTime2().NotNullable();

    /// <inheritdoc/>
    protected override void CreateIndexes()
    {
        CreateIndex(nameof(MultiSafepaySubscriptionCycle.InitialOrderId), nameof(MultiSafepaySubscriptionCycle.Number), isUnique: true);
        CreateIndex(nameof(MultiSafepaySubscriptionCycle.OrderGuid), nameof(MultiSafepaySubscriptionCycle.InitialOrderId), isUnique: false);
    }
}
