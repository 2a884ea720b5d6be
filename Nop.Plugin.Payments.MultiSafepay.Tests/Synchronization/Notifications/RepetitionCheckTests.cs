using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization.Notifications;

/// <summary>Only a notification that changes nothing is answered without the order's lock; whatever else is true of order, record or transaction leads to the synchronizer.</summary>
[TestFixture]
internal sealed class RepetitionCheckTests : IntegrationFixture
{
    [Test]
    public async Task Only_a_notification_that_changes_nothing_is_a_repetition()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = IntegrationHost.Body(order, order.CustomOrderNumber);
        Assert.That(await IsRepetitionAsync(order, body), Is.False, "the first");
        await Host.NotifyAsync(body);
        Assert.That(await IsRepetitionAsync(order, body), Is.True, "the second");

        // What the notification says.
        Assert.That(await IsRepetitionAsync(order, body, storeId: 2), Is.False, "of another store");
        Assert.That(await IsRepetitionAsync(order, body, signedWith: MultiSafepayEnvironment.Live), Is.False, "with the key of another environment");
        Assert.That(await IsRepetitionAsync(order, body, guid: Guid.NewGuid()), Is.False, "of another order");
        Assert.That(await IsRepetitionAsync(order, IntegrationHost.Body(order, order.CustomOrderNumber, amount: 1)), Is.False, "another amount");
        Assert.That(await IsRepetitionAsync(order, IntegrationHost.Body(order, order.CustomOrderNumber, transactionId: "990002")), Is.False, "another transaction");
        Assert.That(await IsRepetitionAsync(order, IntegrationHost.Body(order, "another-order")), Is.False, "an attempt that is not known");
        Assert.That(await IsRepetitionAsync(order, IntegrationHost.Body(order, order.CustomOrderNumber, "completed", "refunded")), Is.False, "refunded");
        Assert.That(await IsRepetitionAsync(order, IntegrationHost.Body(order, order.CustomOrderNumber, "void")), Is.False, "charged back");

        // What the record says.
        var record = await Host.RecordAsync(order);
        var now = Host.Simulator.Time.GetUtcNow().UtcDateTime;
        foreach (var (changed, why) in new[]
        {
            (record with { Claim = new PaymentClaim(Guid.NewGuid(), now) }, "another node is at work"),
            (record with { PendingSave = new PendingSave(PendingSaveKind.Refund, "r1", now, 0) }, "nopCommerce is about to save the order"),
            (record.With(record.Current! with { State = null }), "the state was not recorded")
        })
        {
            await SaveAsync(order, changed);
            Assert.That(await IsRepetitionAsync(order, body), Is.False, why);
        }

        await SaveAsync(order, record);
        Assert.That(await IsRepetitionAsync(order, body), Is.True, "as before");

        // What the order says.
        foreach (var (change, why) in new (Action<Order>, string)[]
        {
            (changed => changed.PaymentStatus = PaymentStatus.Pending, "overwritten by a page that had read it before"),
            (changed => changed.OrderStatus = OrderStatus.Cancelled, "cancelled"),
            (changed => changed.Deleted = true, "deleted"),
            (changed => changed.PaymentMethodSystemName = "Payments.Other", "not the plugin's any more"),
            (changed => changed.OrderTotal += 1, "its total was changed")
        })
        {
            var changed = await Host.ReloadAsync(order);
            change(changed);
            await Host.Shop.Database.UpdateAsync(changed);
            Assert.That(await IsRepetitionAsync(order, body), Is.False, why);
            await Host.Shop.Database.UpdateAsync(Restored(changed, order));
        }
    }

    private static Order Restored(Order changed, Order placed)
    {
        changed.PaymentStatus = PaymentStatus.Paid;
        changed.OrderStatus = OrderStatus.Processing;
        changed.Deleted = false;
        changed.PaymentMethodSystemName = placed.PaymentMethodSystemName;
        changed.OrderTotal = placed.OrderTotal;
        return changed;
    }

    private Task<PaymentRecord> SaveAsync(Order order, PaymentRecord record) => Host.Shop.InScopeAsync(async services =>
    {
        var store = services.GetRequiredService<PaymentRecordStore>();
        return await store.SaveAsync(order, record with { Revision = (await store.LoadAsync(order)).Revision });
    });

    private Task<bool> IsRepetitionAsync(Order order, JsonObject body, int storeId = 1, MultiSafepayEnvironment signedWith = MultiSafepayEnvironment.Test, Guid? guid = null) =>
        Host.Shop.InScopeAsync(services => services.GetRequiredService<RepetitionCheck>().IsRepetitionAsync(
            OrderReference.From(order) with { OrderGuid = guid ?? order.OrderGuid }, storeId, Transaction.ParseNotification(Encoding.UTF8.GetBytes(body.ToJsonString())), signedWith));
}
