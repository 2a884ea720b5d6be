using System.Net;
using System.Text.Json.Nodes;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>500 notifications at once, on one node and on two that share a database, with nopCommerce's distributed lock and without: one payment, one mail of each kind.</summary>
[TestFixture]
internal sealed class ConcurrentNotificationTests
{
    private const int Notifications = 500;

    /// <summary>The nodes of the shop.</summary>
    public enum NodeSetup
    {
        One,
        TwoWithSharedLocks,
        TwoWithOwnLocks
    }

    [Test]
    public async Task Five_hundred_concurrent_notifications_pay_an_order_once([Values] bool mixed, [Values] NodeSetup nodes)
    {
        await using var host = await IntegrationHost.StartAsync();
        await using var second = nodes == NodeSetup.One ? null : await host.StartSecondNodeAsync(sharedLocks: nodes == NodeSetup.TwoWithSharedLocks);
        var order = await host.BuyWithoutNotificationsAsync();
        await host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        host.Shop.Database.Latency = TimeSpan.FromMilliseconds(1);

        JsonObject[] bodies = mixed
            ? [.. new[] { "initialized", "declined", "expired", "completed", "uncleared", "cancelled" }.Select(status => IntegrationHost.Body(order, order.CustomOrderNumber, status))]
            : [IntegrationHost.Body(order, order.CustomOrderNumber)];

        var answers = await Task.WhenAll(Enumerable.Range(0, Notifications).Select(async i =>
            (await host.NotifyAsync(bodies[i % bodies.Length], node: i % 2 == 1 ? second?.Url : null)).Status));
        host.Shop.Database.Latency = TimeSpan.Zero;

        Assert.That(answers, Has.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), "applied, or to be sent again");
        Assert.That(answers, Has.Some.EqualTo(HttpStatusCode.OK));
        Assert.That((await host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(HttpStatusCode.OK));

        var after = await host.ReloadAsync(order);
        Assert.That(after.PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(host.Shop.Database.Mails.ForOrder(order.Id).GroupBy(mail => (mail.Template, mail.To)).Select(mails => mails.Count()), Has.All.EqualTo(1), "no mail twice");
        Assert.That((await host.OurNotesAsync(order)).GroupBy(note => note).Select(notes => notes.Count()), Has.All.EqualTo(1), "no note twice");
        Assert.That((await host.NotesAsync(order)).Count(note => note.Contains("paid with", StringComparison.Ordinal)), Is.EqualTo(1));
    }
}
