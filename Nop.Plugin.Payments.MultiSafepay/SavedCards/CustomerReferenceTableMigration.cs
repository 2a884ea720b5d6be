using Nop.Data.Migrations;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>Creates the table of <see cref="MultiSafepayCustomerReference"/>.</summary>
[NopMigration("2026-11-30 18:00:11", "Payments.MultiSafepay: the customer references")]
public class CustomerReferenceTableMigration : TableMigration
{
    /// <summary>The maximum length of a reference.</summary>
    public const int MaxReferenceLength = 40;

    /// <inheritdoc/>
    protected override string Table => nameof(MultiSafepayCustomerReference);

    /// <inheritdoc/>
    protected override void CreateTable() => Create.Table(Table)
        .WithColumn(nameof(MultiSafepayCustomerReference.Id)).AsInt32().PrimaryKey().Identity()
        .WithColumn(nameof(MultiSafepayCustomerReference.CustomerId)).AsInt32().NotNullable()
        .WithColumn(nameof(MultiSafepayCustomerReference.EnvironmentId)).AsInt32().NotNullable()
        .WithColumn(nameof(MultiSafepayCustomerReference.Reference)).AsString(MaxReferenceLength).NotNullable()
        .WithColumn(nameof(MultiSafepayCustomerReference.StateId)).AsInt32().NotNullable();

    /// <inheritdoc/>
    protected override void CreateIndexes()
    {
        CreateIndex(nameof(MultiSafepayCustomerReference.CustomerId), nameof(MultiSafepayCustomerReference.EnvironmentId), isUnique: true);
        CreateIndex(nameof(MultiSafepayCustomerReference.StateId), nameof(MultiSafepayCustomerReference.Id), isUnique: false);
    }
}
