using FluentMigrator;
using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// Creates the table of <see cref="MultiSafepayPayment"/>, when the plugin is installed or updated. nopCommerce reverts the migrations of a plugin that is uninstalled;
/// this one keeps the table, because refunds need the payments after the plugin was installed again.
/// </summary>
[NopMigration("2026-11-30 05:17:43", "Payments.MultiSafepay: the payments")]
public class PaymentTableMigration : Migration
{
    /// <summary>The name of the unique index on the order's id and the version.</summary>
    public const string UniqueIndex = "IX_MultiSafepayPayment_OrderId_Version";

    /// <summary>Creates the table and its unique index, unless the table is left from an earlier installation.</summary>
    public override void Up()
    {
        const string table = nameof(MultiSafepayPayment);
        if (Schema.Table(table).Exists())
            return;

        // Without nopCommerce's helpers, which differ between its versions. This is what they create for the entity.
        Create.Table(table)
            .WithColumn(nameof(MultiSafepayPayment.Id)).AsInt32().PrimaryKey().Identity()
            .WithColumn(nameof(MultiSafepayPayment.OrderId)).AsInt32().NotNullable()
            .WithColumn(nameof(MultiSafepayPayment.Version)).AsInt32().NotNullable()
            .WithColumn(nameof(MultiSafepayPayment.Record)).AsString(int.MaxValue).NotNullable()
            .WithColumn(nameof(MultiSafepayPayment.SavedOnUtc)).AsDateTime2().NotNullable();
        Create.Index(UniqueIndex).OnTable(table)
            .OnColumn(nameof(MultiSafepayPayment.OrderId)).Ascending()
            .OnColumn(nameof(MultiSafepayPayment.Version)).Ascending()
            .WithOptions().Unique();
    }

    /// <summary>Keeps the table.</summary>
    public override void Down()
    {
    }
}
