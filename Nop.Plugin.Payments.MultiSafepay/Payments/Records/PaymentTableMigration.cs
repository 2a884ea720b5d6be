using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>Creates the table of <see cref="MultiSafepayPayment"/>.</summary>
[NopMigration("2026-11-30 05:17:43", "Payments.MultiSafepay: the payments")]
public class PaymentTableMigration : TableMigration
{
    /// <inheritdoc/>
    protected override string Table => nameof(MultiSafepayPayment);

    /// <inheritdoc/>
    protected override void CreateTable() => Create.Table(Table)
        .WithColumn(nameof(MultiSafepayPayment.Id)).AsInt32().PrimaryKey().Identity()
        .WithColumn(nameof(MultiSafepayPayment.OrderId)).AsInt32().NotNullable()
        .WithColumn(nameof(MultiSafepayPayment.Version)).AsInt32().NotNullable()
        .WithColumn(nameof(MultiSafepayPayment.Record)).AsString(int.MaxValue).NotNullable()
        .WithColumn(nameof(MultiSafepayPayment.SavedOnUtc)).AsDateTime2().NotNullable();

    /// <inheritdoc/>
    protected override void CreateIndexes() => CreateIndex(nameof(MultiSafepayPayment.OrderId), nameof(MultiSafepayPayment.Version), isUnique: true);
}
