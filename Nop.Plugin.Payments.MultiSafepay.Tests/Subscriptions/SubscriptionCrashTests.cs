using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Data;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;

/// <summary>
/// Kills the node that makes and charges the next order of a subscription, at its accesses to the database, to a lock and to the network, one after the other. Whatever it was at, there is one order
/// and one payment in the end. The suite tries a sample; see docs/testing.md.
/// </summary>
internal sealed class SubscriptionCrashTests : SubscriptionsFixture
{
    private const int UsualCount = 12;
    private const int Days = 2;

    /// <summary>How many points: a number, or "all", or one as "#number".</summary>
    private const string PointsVariable = "MULTISAFEPAY_KILL_POINTS";

    /// <summary>Chooses the sample.</summary>
    private const string SeedVariable = "MULTISAFEPAY_KILL_SEED";

    [Test]
    public async Task Wherever_a_node_is_killed_a_cycle_has_one_order_and_one_payment()
    {
        // Every second day: with months, the simulator's cards would expire before the last point.
        var product = (await Host.Shop.Database.FindAsync<Product>(CoffeeBox))!;
        (product.RecurringCycleLength, product.RecurringCyclePeriod) = (Days, RecurringProductCyclePeriod.Days);
        await Host.Shop.Database.UpdateAsync(product);
        var count = await RunAsync(killAt: int.MaxValue, areNotificationsLost: false);
        var wanted = Environment.GetEnvironmentVariable(PointsVariable);
        var points = Enumerable.Range(1, count).ToArray();
        if (wanted is ['#', .. var number])
        {
            points = [int.Parse(number, CultureInfo.InvariantCulture)];
        }
        else if (wanted != "all")
        {
            new Random(NumberVariable.Read(SeedVariable, 1)).Shuffle(points);
            points = points[..NumberVariable.Read(PointsVariable, UsualCount)];
        }

        foreach (var point in points)
            await RunAsync(point, areNotificationsLost: point % 2 == 0);
        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{points.Length} of {count} points"));
    }

    // One subscription, whose second payment is disturbed. Returns the number of accesses of the undisturbed run.
    private async Task<int> RunAsync(int killAt, bool areNotificationsLost)
    {
        await SignInAsync();
        var first = await SubscribeAsync();
        if (areNotificationsLost)
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification", ["times"] = 1000 });

        Host.Simulator.Time.Advance(first.PaidDateUtc!.Value.AddDays(Days) - Now);
        var process = new NodeProcess();
        var count = 0;
        var killed = "";
        Task Pass(NodeAccess access)
        {
            if (Interlocked.Increment(ref count) == killAt)
            {
                killed = $"{access}\n{Environment.StackTrace}";
                process.Kill();
            }

            return Task.CompletedTask;
        }

        var addresses = await Host.Shop.Database.ListAsync<Store>();
        await using (var node = await StartNodeAsync(process))
        {
            // The last node that starts has the address; this one will not be there for long.
            foreach (var store in addresses)
                await Host.Shop.Database.UpdateAsync(store);
            process.Passing = Pass;
            try
            {
                await node.InScopeAsync(services => services.GetRequiredService<Reconciler>().RunAsync(IntegrationHost.NothingToTakeOver, CancellationToken.None));
            }
            catch (NodeKilledException)
            {
                // As was wanted.
            }
        }

        Assert.That(process.IsKilled, Is.EqualTo(killAt != int.MaxValue), $"it came to access {killAt} of {count}");
        for (var quarter = 0; quarter < 8; quarter++)
            await RunAsync(TimeSpan.FromMinutes(15));
        await Host.Simulator.DeleteAsync("faults");
        await CheckAsync(first, $"access {killAt}, notifications {(areNotificationsLost ? "lost" : "sent")}: {killed}");
        await Host.Shop.InScopeAsync(async services =>
            await services.GetRequiredService<Nop.Services.Orders.IOrderProcessingService>().CancelRecurringPaymentAsync(await RecurringAsync(first)));
        await RunAsync(TimeSpan.FromMinutes(15));
        return count;
    }

    private async Task CheckAsync(Order first, string where)
    {
        var recurring = await RecurringAsync(first);
        var history = await Host.Shop.Database.ListAsync<RecurringPaymentHistory>(row => row.RecurringPaymentId == recurring.Id);
        var later = await LaterAsync(first);
        Assert.That((later.Count, history.Count), Is.EqualTo((1, 2)), where);
        Assert.That((await Host.ReloadAsync(later[0])).PaymentStatus, Is.EqualTo(PaymentStatus.Paid),
            string.Join("\n", [where, .. await Host.NotesAsync(later[0]), $"{await Host.RecordAsync(later[0])}", await Host.Shop.LogAsync()]));
        var attempts = (await Host.RecordAsync(later[0])).Attempts.Select(attempt => attempt.OrderId).ToList();
        var taken = (await Host.Simulator.ListAsync("orders")).Count(order => attempts.Contains((string)order!["order_id"]!) && (string?)order["status"] == "completed");
        Assert.That(taken, Is.EqualTo(1), where);
        Assert.That((await ItemsAsync(later[0])).Select(item => (item.ProductId, item.Quantity, item.PriceInclTax)),
            Is.EqualTo((await ItemsAsync(first)).Select(item => (item.ProductId, item.Quantity, item.PriceInclTax))), where);
        Assert.That(history.Select(row => row.OrderId), Is.EquivalentTo(new[] { first.Id, later[0].Id }), where);
    }

    private Task<List<OrderItem>> ItemsAsync(Order order) => Host.Shop.Database.ListAsync<OrderItem>(item => item.OrderId == order.Id);

    private Task<TestShop> StartNodeAsync(NodeProcess process) => TestShop.StartAsync(new ShopOptions
    {
        SharedLocks = false,
        ApiUrl = $"{Host.Simulator.Url}v1/json/",
        ApiKey = SimulatorRun.Key,
        Time = new SharedClock(Host.Simulator.Time),
        Database = Host.Shop.Database.OpenFor(process),
        ConfigureServices = services => services.AddHttpClient(nameof(IMultiSafepayClient)).AddHttpMessageHandler(() => new Wire(process))
    });

    private sealed class Wire(NodeProcess process) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await process.PassAsync(NodeAccess.Call);
            var answer = await base.SendAsync(request, cancellationToken);
            await process.PassAsync(NodeAccess.Answer);
            return answer;
        }
    }
}
