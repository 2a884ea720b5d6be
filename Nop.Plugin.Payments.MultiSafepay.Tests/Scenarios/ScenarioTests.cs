using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>
/// Random scenarios of customers, owners, faults and dying nodes: whatever happens, when all has settled the shop and MultiSafepay agree to the cent, nothing was done
/// twice, and nothing that the owner must know went unnoticed. See docs/testing.md.
/// </summary>
[TestFixture]
internal sealed class ScenarioTests
{
    private const int UsualCount = 100;

    // From so many on, what the table holds must have come to pass; some of it needs a rare turn of events first.
    private const int CountForAllKinds = 500;
    private const int ScenariosPerHost = 50;
    private const int MaxFailures = 10;

    /// <summary>How many scenarios; 2000 at night.</summary>
    private const string CountVariable = "MULTISAFEPAY_SCENARIOS";

    /// <summary>The first seed, or with a count of 1 the only one.</summary>
    private const string SeedVariable = "MULTISAFEPAY_SCENARIO_SEED";

    /// <summary>After how many minutes no further scenario is begun.</summary>
    private const string MinutesVariable = "MULTISAFEPAY_SCENARIO_MINUTES";

    // Hosts with locks of their own: only the database keeps the nodes apart.
    private const int HostsPerHostWithOwnLocks = 2;

    // Each is months long.
    private const int CountOfSubscriptions = 40;

    // In each version of nopCommerce; enough for some dozen orders that are paid while a task of the shop holds them.
    private const int CountWithShopTasks = 40;

    [Test]
    public async Task The_shop_agrees_with_MultiSafepay_after_random_scenarios()
    {
        var marks = await RunAsync(UsualCount, Scenario.FromSeed);
        if (NumberVariable.Read(CountVariable, UsualCount) >= CountForAllKinds)
            Assert.That(StepTable.Steps.Select(step => step.Kind.ToString()), Is.SubsetOf(marks), "everything in the table happened");
    }

    [Test]
    [Category(EveryVersion.Category)]
    public async Task The_shop_agrees_with_MultiSafepay_while_it_cancels_unpaid_orders_and_reminds_of_them()
    {
        var marks = await RunAsync(CountWithShopTasks, Scenario.WithShopTasks);
        if (NumberVariable.Read(CountVariable, CountWithShopTasks) >= CountWithShopTasks)
            Assert.That(StepTable.ShopTasks.Select(step => step.Kind.ToString()), Is.SubsetOf(marks), "both tasks ran");
    }

    [Test]
    public async Task Subscriptions_of_months_are_paid_once_a_month_whatever_happens()
    {
        var marks = await RunAsync(CountOfSubscriptions, Scenario.OfSubscription);
        if (NumberVariable.Read(CountVariable, CountOfSubscriptions) >= CountForAllKinds)
            Assert.That(StepTable.Subscription.Select(step => step.Kind.ToString()), Is.SubsetOf(marks), "everything in the table happened");
    }

    /// <summary>Runs scenarios, by default so many; returns what came to pass in them.</summary>
    private static async Task<IReadOnlyCollection<string>> RunAsync(int usualCount, Func<ulong, Scenario> fromSeed)
    {
        var (count, seed, minutes) = (NumberVariable.Read(CountVariable, usualCount), (ulong)NumberVariable.Read(SeedVariable, 1), NumberVariable.Read(MinutesVariable, 30));
        var watch = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        var failed = new ConcurrentQueue<string>();
        var marks = new ConcurrentDictionary<string, int>();
        var done = 0;
        var hosts = Enumerable.Range(0, (count + ScenariosPerHost - 1) / ScenariosPerHost);
        await Parallel.ForEachAsync(hosts, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (number, cancellation) =>
        {
            await using var host = await ScenarioHost.StartAsync(sharedLocks: number % HostsPerHostWithOwnLocks == 0);
            for (var i = number * ScenariosPerHost; i < Math.Min(count, (number + 1) * ScenariosPerHost) && watch.Elapsed.TotalMinutes < minutes && failed.Count < MaxFailures; i++)
            {
                var result = await ScenarioExecutor.RunAsync(host, fromSeed(seed + (ulong)i));
                Interlocked.Increment(ref done);
                foreach (var mark in result.Marks)
                    marks.AddOrUpdate(mark, 1, (_, times) => times + 1);
                if (count == 1)
                    await TestContext.Out.WriteLineAsync(result.ToString());
                if (result.Wrong.Count > 0)
                {
                    var shortest = (await ScenarioExecutor.ShortenAsync(host, result)).ToString();
                    failed.Enqueue(shortest);
                    await TestContext.Progress.WriteLineAsync(shortest);
                }
            }
        });

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{done} scenarios from seed {seed} in {watch.Elapsed.TotalSeconds:0} s, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0} s of a processor"));
        await TestContext.Out.WriteLineAsync(string.Join(Environment.NewLine, marks.OrderBy(mark => mark.Key, StringComparer.Ordinal).Select(mark => $"{mark.Value,6}  {mark.Key}")));
        Assert.That(failed, Is.Empty);
        Assert.That(done, Is.EqualTo(count).Or.GreaterThanOrEqualTo(usualCount), "none was left out");
        return [.. marks.Keys];
    }
}
