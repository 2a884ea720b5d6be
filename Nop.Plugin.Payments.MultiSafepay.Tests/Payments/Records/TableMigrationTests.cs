using Nop.Data.Migrations;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using NUnit.Framework;
using Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Records;

/// <summary>The plugin's tables: created when it is installed or updated, whatever is there already, and kept when it is uninstalled.</summary>
[TestFixture]
internal sealed class TableMigrationTests
{
    private static readonly string[] _indexes =
    [
        "IX_MultiSafepayPayment_OrderId_Version", "IX_MultiSafepayFollowUp_KindId_DueOnUtc", "IX_MultiSafepayFollowUp_OrderId_KindId",
        "IX_MultiSafepayAlert_OrderId_Kind", "IX_MultiSafepayAlert_RaisedOnUtc_Id"
    ];

    // MySQL keeps a table that was created before the migration failed.
    [TestCaseSource(nameof(_indexes))]
    public void A_migration_that_failed_half_way_is_completed_by_the_next_try(string failing)
    {
        using var database = new ShopDatabase();
        database.Schema.FailingIndex = failing;
        Assert.That(() => Apply(database, MigrationProcessType.Installation), Throws.InstanceOf<System.Data.Common.DbException>());
        Apply(database, MigrationProcessType.Installation);
        AssertComplete(database);
    }

    [Test]
    public void Updating_and_reinstalling_meet_the_existing_tables()
    {
        using var database = new ShopDatabase();
        Apply(database, MigrationProcessType.Update);
        AssertComplete(database);

        database.Schema.ApplyDown(typeof(PaymentTableMigration).Assembly);
        AssertComplete(database);
        Apply(database, MigrationProcessType.Installation);
        AssertComplete(database);
    }

    private static void Apply(ShopDatabase database, MigrationProcessType process) => database.Schema.ApplyUp(typeof(PaymentTableMigration).Assembly, process);

    private static void AssertComplete(ShopDatabase database)
    {
        var indexes = new[] { nameof(MultiSafepayPayment), nameof(MultiSafepayFollowUp), nameof(MultiSafepayAlert) }
            .SelectMany(table => database.Schema.IndexesOf(table).Select(index => $"IX_{table}_{string.Join('_', index.Columns)}{(index.IsUnique ? " unique" : "")}"));
        string[] unique = ["IX_MultiSafepayPayment_OrderId_Version", "IX_MultiSafepayAlert_OrderId_Kind"];
        Assert.That(indexes, Is.EquivalentTo(_indexes.Select(name => unique.Contains(name) ? name + " unique" : name)));
    }
}
