using System.Text.Json.Nodes;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>Refunds from the simulator to the order: in each response format of MultiSafepay, found by notification or by the task, and with the order's cancellation.</summary>
[TestFixture]
internal sealed class RefundJourneyTests : AfterSalesFixture
{
    private const string StaysShipped = "refunded_stays_shipped";

    public enum MadeBy
    {
        Button,
        Dashboard
    }

    [Test]
    public async Task A_dashboard_refund_is_booked_once_in_every_response_format([Values("amount_refunded_missing", StaysShipped)] string shape, [Values] bool isFoundByTask)
    {
        await Host.Simulator.ShapeAsync(shape);
        var order = await PayAsync(shape == StaysShipped ? "KLARNA" : "IDEAL", isFoundByTask);
        if (shape == StaysShipped)
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, "shipped");

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = 500 });
        await HearAsync(PaymentStatus.PartiallyRefunded, days: 1);
        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.EqualTo(5m));

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = (long)(order.OrderTotal * 100) - 500 });
        await HearAsync(PaymentStatus.Refunded, days: 7);
        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.EqualTo(order.OrderTotal));
        Assert.That(Host.Shop.Database.Mails.ForOrder(order.Id).Count(mail => mail.Template == "OrderRefunded.CustomerNotification"), Is.EqualTo(2));
        await Host.AuditAsync();

        async Task HearAsync(PaymentStatus status, int days)
        {
            if (isFoundByTask)
                await RunTaskAtAgeAsync(order, days);
            else
                await UntilAsync(order, status);
            Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(status));
        }
    }

    [Test]
    public async Task A_full_refund_cancels_the_order_if_the_mapping_says_so([Values] MadeBy by, [Values] bool isFoundByTask)
    {
        await Host.SetAsync(settings => settings.StatusMapping = "refunded=Refund,Cancelled");
        var stock = await StockAsync();
        var order = await PayAsync("IDEAL", isFoundByTask);

        if (by == MadeBy.Button)
            Assert.That(await RefundAsync(order), Is.Empty);
        else
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded");
        if (isFoundByTask)
            await RunTaskAtAgeAsync(order, days: 1);
        else
            await UntilAsync(order, PaymentStatus.Refunded);
        await IsCancelledAsync(order, stock);
    }

    // nopCommerce would record that the returning customer has cancelled.
    [Test]
    public async Task The_return_page_books_a_refund_and_leaves_the_mapped_cancellation_to_the_task()
    {
        await Host.SetAsync(settings => settings.StatusMapping = "refunded=Refund,Cancelled");
        var stock = await StockAsync();
        await LoseNotificationsAsync();
        var order = await OrderAsync("EUR");
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded");

        (await Host.Browser.GetAsync($"multisafepay/return/{order.OrderGuid}")).Dispose();
        var seen = await Host.ReloadAsync(order);
        Assert.That((seen.OrderStatus, seen.PaymentStatus, await StockAsync()), Is.EqualTo((OrderStatus.Processing, PaymentStatus.Refunded, stock - 1)));

        await RunTaskLaterAsync();
        await IsCancelledAsync(order, stock);
    }

    private async Task IsCancelledAsync(Order order, int stock)
    {
        var now = await Host.ReloadAsync(order);
        Assert.That((now.OrderStatus, now.PaymentStatus, now.RefundedAmount), Is.EqualTo((OrderStatus.Cancelled, PaymentStatus.Refunded, now.OrderTotal)));
        Assert.That(await StockAsync(), Is.EqualTo(stock));
        Assert.That(await Host.AlertsAsync(order), Is.Empty);
    }

    private async Task<int> StockAsync() => (await Host.Shop.Database.FindAsync<Product>(1))!.StockQuantity;
}
