using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Tests.Journeys;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>
/// What a notification costs the shop's database, counted in queries. Settings and stores are not among them: nopCommerce has them in its caches, and so has the
/// sandbox. A query more is a query more for each of the notifications that MultiSafepay sends again.
/// </summary>
[TestFixture]
internal sealed class NotificationCostTests : WorldFixture
{
    [Test]
    public async Task A_forged_notification_does_not_reach_the_database()
    {
        var (_, body) = await PaidAsync();
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());

        Assert.That(await CostAsync(() => World.NotifyAsync(body, key: "another-made-up-key"), HttpStatusCode.Unauthorized), Is.EqualTo((0, 0)), "another key");
        Assert.That(await CostAsync(() => World.PostAsync(bytes, key: null), HttpStatusCode.Unauthorized), Is.EqualTo((0, 0)), "no signature");
        Assert.That(await CostAsync(() => World.NotifyAsync(body, age: TimeSpan.FromHours(1)), HttpStatusCode.Unauthorized), Is.EqualTo((0, 0)), "a replay");
        Assert.That(await CostAsync(() => World.NotifyAsync(body, key: "another-made-up-key", storeId: 99), HttpStatusCode.Unauthorized), Is.EqualTo((0, 0)), "no such store");
    }

    /// <summary>A paid order, and the notification that paid it.</summary>
    private async Task<(Order Order, JsonObject Body)> PaidAsync()
    {
        var order = await World.BuyInSilenceAsync();
        var body = World.Body(order, order.CustomOrderNumber);
        Assert.That((await World.NotifyAsync(body)).Status, Is.EqualTo(HttpStatusCode.OK));
        return (order, body);
    }

    private async Task<(long Reads, long Writes)> CostAsync(Func<Task<(HttpStatusCode Status, string Text, HttpResponseMessage Answer)>> send, HttpStatusCode expected)
    {
        // The first one fills the caches.
        Assert.That((await send()).Status, Is.EqualTo(expected));
        var (reads, writes) = (World.Shop.Database.Reads, World.Shop.Database.Writes);
        Assert.That((await send()).Status, Is.EqualTo(expected));
        return (World.Shop.Database.Reads - reads, World.Shop.Database.Writes - writes);
    }
}
