using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization.Notifications;

/// <summary>
/// What a notification costs the shop's database, counted in queries. Settings and stores are not among them: nopCommerce has them in its caches, and so has the
/// sandbox. A query more is a query more for each of the notifications that MultiSafepay sends again.
/// </summary>
[TestFixture]
internal sealed class NotificationCostTests : IntegrationFixture
{
    // What is remembered of the payment, and the order. Who does not name the order's number has it read once more, after its payment.
    private const int Reads = 2;

    [Test]
    public async Task A_repeated_notification_makes_two_database_reads_and_no_writes([Values] bool namesTheNumber)
    {
        var (_, body) = await PaidAsync(namesTheNumber);

        Assert.That(await CostAsync(() => Host.NotifyAsync(body), HttpStatusCode.OK), Is.EqualTo((namesTheNumber ? Reads : Reads + 1, 0)));
    }

    [Test]
    public async Task The_cost_of_a_notification_does_not_grow_with_the_number_of_orders()
    {
        var (order, body) = await PaidAsync(namesTheNumber: true);
        for (var i = 0; i < 200; i++)
            await Host.Shop.Database.InsertAsync(new Order { OrderGuid = Guid.NewGuid(), PaymentMethodSystemName = order.PaymentMethodSystemName, CreatedOnUtc = order.CreatedOnUtc });

        Assert.That(await CostAsync(() => Host.NotifyAsync(body), HttpStatusCode.OK), Is.EqualTo((Reads, 0)));
    }

    [Test]
    public async Task A_forged_notification_does_not_reach_the_database()
    {
        var (_, body) = await PaidAsync(namesTheNumber: true);
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());

        Assert.That(await CostAsync(() => Host.NotifyAsync(body, key: "another-made-up-key"), HttpStatusCode.Unauthorized), Is.EqualTo((0, 0)), "another key");
        Assert.That(await CostAsync(() => Host.PostAsync(bytes, key: null), HttpStatusCode.Unauthorized), Is.EqualTo((0, 0)), "no signature");
        Assert.That(await CostAsync(() => Host.NotifyAsync(body, age: TimeSpan.FromHours(1)), HttpStatusCode.Unauthorized), Is.EqualTo((0, 0)), "a replay");
        Assert.That(await CostAsync(() => Host.NotifyAsync(body, key: "another-made-up-key", storeId: 99), HttpStatusCode.Unauthorized), Is.EqualTo((0, 0)), "no such store");
    }

    /// <summary>A paid order, and the notification that paid it.</summary>
    /// <param name="namesTheNumber">Whether the notification carries what the plugin sends today, or the GUID alone.</param>
    private async Task<(Order Order, JsonObject Body)> PaidAsync(bool namesTheNumber)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = IntegrationHost.Body(order, order.CustomOrderNumber);
        if (namesTheNumber)
            body["var1"] = (string)(await Host.LastBodyAsync("POST", "orders"))["var1"]!;
        Assert.That((await Host.NotifyAsync(body)).Status, Is.EqualTo(HttpStatusCode.OK));
        return (order, body);
    }

    private async Task<(long Reads, long Writes)> CostAsync(Func<Task<(HttpStatusCode Status, string Text, HttpResponseMessage Answer)>> send, HttpStatusCode expected)
    {
        // The first one fills the caches.
        Assert.That((await send()).Status, Is.EqualTo(expected));
        var (reads, writes) = (Host.Shop.Database.Reads, Host.Shop.Database.Writes);
        Assert.That((await send()).Status, Is.EqualTo(expected));
        return (Host.Shop.Database.Reads - reads, Host.Shop.Database.Writes - writes);
    }
}
