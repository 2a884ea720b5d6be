using Nop.Data.Migrations;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>Creates the table of <see cref="MultiSafepayAlert"/>.</summary>
[NopMigration("2026-11-30 12:40:07", "Payments.MultiSafepay: the alerts")]
public class AlertTableMigration : TableMigration
{
    /// <summary>The maximum length of a kind, so that a unique index can contain it.</summary>
    public const int MaxKindLength = 100;

    /// <summary>The maximum length of an order number.</summary>
    public const int MaxOrderNumberLength = 200;

    /// <inheritdoc/>
    protected override string Table => nameof(MultiSafepayAlert);

    /// <inheritdoc/>
    protected override void CreateTable() => Create.Table(Table)
        .WithColumn(nameof(MultiSafepayAlert.Id)).AsInt32().PrimaryKey().Identity()
        .WithColumn(nameof(MultiSafepayAlert.StoreId)).AsInt32().NotNullable()
        .WithColumn(nameof(MultiSafepayAlert.OrderId)).AsInt32().NotNullable()
        .WithColumn(nameof(MultiSafepayAlert.OrderNumber)).AsString(MaxOrderNumberLength).NotNullable()
        .WithColumn(nameof(MultiSafepayAlert.Kind)).AsString(MaxKindLength).NotNullable()
        .WithColumn(nameof(MultiSafepayAlert.RaisedOnUtc)).AsDateTime2().NotNullable();

    /// <inheritdoc/>
    protected override void CreateIndexes()
    {
        CreateIndex(nameof(MultiSafepayAlert.OrderId), nameof(MultiSafepayAlert.Kind), isUnique: true);
        CreateIndex(nameof(MultiSafepayAlert.RaisedOnUtc), nameof(MultiSafepayAlert.Id), isUnique: false);
    }
}
