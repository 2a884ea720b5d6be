using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Reconciliation;

/// <summary>What a run of the task costs the shop's database, which most runs are for nothing: it runs 96 times a day.</summary>
[TestFixture]
internal sealed class TaskCostTests : IntegrationFixture
{
    // The user of background tasks, the task itself, its last report, the customers whose cards are to be deleted, and whether anything is due.
    private const int Reads = 5;

    [Test]
    public async Task A_run_with_nothing_to_do_makes_five_reads_and_saves_its_report()
    {
        await RunAsync();

        Assert.That(await CostAsync(), Is.EqualTo((Reads, 1)));
    }

    [Test]
    public async Task Orders_that_are_not_due_yet_cost_nothing()
    {
        await RunAsync();
        for (var id = 1; id <= 200; id++)
            await Host.Shop.InScopeAsync(services => services.GetRequiredService<FollowUpList>().AddComparisonAsync(id));

        Assert.That(await CostAsync(), Is.EqualTo((Reads, 1)));
    }

    private async Task<(long Reads, long Writes)> CostAsync()
    {
        var (reads, writes) = (Host.Shop.Database.Reads, Host.Shop.Database.Writes);
        await RunAsync();
        return (Host.Shop.Database.Reads - reads, Host.Shop.Database.Writes - writes);
    }

    private Task RunAsync() => Host.Shop.InScopeAsync(services => services.GetRequiredService<ReconciliationTask>().ExecuteAsync());
}
