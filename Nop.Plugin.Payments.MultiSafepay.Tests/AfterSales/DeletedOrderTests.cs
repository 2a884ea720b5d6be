using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>An order that was deleted after it was paid: nobody but MultiSafepay would ever speak of its money again.</summary>
[TestFixture]
internal sealed class DeletedOrderTests : AfterSalesFixture
{
    [Test]
    public async Task A_dashboard_refund_of_a_deleted_order_alerts_the_owner_and_changes_no_amounts([Values] bool isInPart)
    {
        var order = await PayAsync();
        await DeleteAsync(order);
        var mails = Host.Shop.Database.Mails.ForOrder(order.Id).Count;
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", isInPart ? new JsonObject { ["amount"] = 500 } : null);
        await IntegrationHost.UntilAsync(async () => (await DeliveriesAsync(order)).All(delivery => delivery["attempts"]!.AsArray().Count > 0), "MultiSafepay has notified the shop");

        var told = (await DeliveriesAsync(order))[^1];
        Assert.That((int)told["attempts"]![0]!["status_code"]!, Is.EqualTo(200));
        Assert.That((int)(await Host.NotifyAsync(told["body"]!.DeepClone().AsObject())).Status, Is.EqualTo(200), "once more");
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains(isInPart ? "EUR 5.00 was refunded" : "was refunded").And.One.Contains("which was deleted here"));
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "RefundOfDeleted" }));
        var now = await Host.ReloadAsync(order);
        Assert.That((now.PaymentStatus, now.RefundedAmount, Host.Shop.Database.Mails.ForOrder(order.Id).Count), Is.EqualTo((PaymentStatus.Paid, 0m, mails)));
    }

    private async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(Order order) =>
        [.. (await Host.Simulator.LookAsync(order.CustomOrderNumber))["deliveries"]!.AsArray().Select(delivery => delivery!)];

    // As nopCommerce deletes: the row stays, and its event is published.
    private async Task DeleteAsync(Order order)
    {
        var row = await Host.ReloadAsync(order);
        row.Deleted = true;
        await Host.Shop.Database.UpdateAsync(row);
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<IEventPublisher>().PublishAsync(new EntityDeletedEvent<Order>(row)));
    }
}
