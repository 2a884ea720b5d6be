using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>Whoever calls the public pages in a loop gets a bounded number of calls to MultiSafepay, of reads, of notes and of log lines out of the shop, and disturbs no customer.</summary>
[TestFixture]
internal sealed class FloodTests : SecurityFixture
{
    [Test]
    public async Task Unsigned_notifications_about_many_orders_cause_a_bounded_number_of_API_calls()
    {
        var orders = new List<Order>();
        for (var i = 0; i < 8; i++)
            orders.Add(await Host.BuyWithoutNotificationsAsync());
        var calls = (await Host.ApiCallsAsync()).Count;

        var clock = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Host.HintAsync(orders[i % orders.Count].CustomOrderNumber)));

        Assert.That(answers.Select(answer => answer.Status), Is.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.TooManyRequests).And.Some.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((await Host.ApiCallsAsync()).Count - calls, Is.LessThanOrEqualTo(PublicEndpointRateLimiter.HintsPerSecond * Windows(clock)));
    }

    [Test]
    public async Task Unsigned_notifications_about_unknown_orders_cause_a_bounded_number_of_lookups()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        const int ReadsForNothing = 24;

        var clock = Stopwatch.StartNew();
        var reads = Host.Shop.Database.Reads;
        for (var i = 0; i < 300; i++)
            await Host.HintAsync($"a-b-c-d-e-{i}");

        Assert.That(Host.Shop.Database.Reads - reads, Is.LessThanOrEqualTo(ReadsForNothing * PublicEndpointRateLimiter.LookUpsPerSecond * Windows(clock)));

        // The signed notification does not stand in that line.
        Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await IsPaidAsync(order), Is.True);
    }

    [Test]
    public async Task Unsigned_notifications_do_not_exhaust_the_rate_limit_of_the_return_page()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        for (var i = 0; i < 30; i++)
            await Host.HintAsync(order.CustomOrderNumber);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");

        using var answer = await Host.Browser.GetAsync($"multisafepay/return/{order.OrderGuid}");

        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo($"/checkout/completed/{order.Id}"), "the returning customer sees the current state");
    }

    [TestCase(null)]
    [TestCase("""{"kind":"status","status":503,"times":-1}""")]
    [TestCase("""{"kind":"status","method":"POST","status":400,"error_code":1001,"times":-1}""")]
    public async Task Retrying_a_payment_in_a_loop_is_rate_limited(string? fault)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "declined");
        if (fault is not null)
            await Host.Simulator.SetFaultAsync(JsonNode.Parse(fault)!.AsObject());
        var (calls, notes, lines) = await CostsAsync();

        var answers = new List<string>();
        for (var i = 0; i < PublicEndpointRateLimiter.StartsPerOrder + 10; i++)
            answers.Add(await Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}"));

        Assert.That(answers[^1], Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Contain("too many attempts"));
        var after = await CostsAsync();
        Assert.That(after.Notes - notes, Is.LessThanOrEqualTo(PublicEndpointRateLimiter.StartsPerOrder + 2));
        Assert.That(after.Lines - lines, Is.LessThanOrEqualTo(PublicEndpointRateLimiter.StartsPerOrder + 2));
        Assert.That(after.Calls - calls, Is.LessThanOrEqualTo(6 * PublicEndpointRateLimiter.StartsPerOrder));
        Assert.That((await Host.RecordAsync(order)).Attempts, Has.Count.LessThanOrEqualTo(1 + PublicEndpointRateLimiter.StartsPerOrder));

        async Task<(int Calls, int Notes, int Lines)> CostsAsync() =>
            ((await Host.ApiCallsAsync()).Count, (await Host.NotesAsync(order)).Count, (await Host.Shop.Database.ListAsync<Log>()).Count);
    }

    [TestCase(false, 0)]
    [TestCase(true, 2 * PublicEndpointRateLimiter.LinesPerMinute)]
    public async Task Forged_notifications_do_not_fill_the_log(bool debug, int most)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.SetAsync(settings => settings.DebugLog = debug);
        var lines = (await Host.Shop.Database.ListAsync<Log>()).Count;

        for (var i = 0; i < 300; i++)
            await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber), key: "forged");

        Assert.That((await Host.Shop.Database.ListAsync<Log>()).Count - lines, Is.InRange(Math.Min(most, 1), most));
    }

    [Test]
    public async Task Unsigned_notifications_while_MultiSafepay_is_down_do_not_fill_the_log()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["times"] = -1 });
        Assert.That((await Host.HintAsync(order.CustomOrderNumber)).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await Host.WarningsAsync(), Is.Empty);
    }

    /// <summary>Whoever cannot sign does not get as far as the order's lock, so a held one does not hold the answer up, and forged ones do not hold it.</summary>
    [Test]
    public async Task A_forged_notification_never_waits_for_an_order_lock()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<OrderLock>().RunAsync(order.OrderGuid, async () =>
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber), key: "forged"))).WaitAsync(OrderLock.LocalWait);
            Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.Unauthorized));
            return true;
        }, CancellationToken.None));
    }

    /// <summary>How many windows of a second the flood can have touched.</summary>
    private static int Windows(Stopwatch clock) => (int)clock.Elapsed.TotalSeconds + 2;
}
