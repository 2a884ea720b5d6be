using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Shipments and invoice numbers are reported to MultiSafepay: each once, and again when it failed.</summary>
[TestFixture]
internal sealed class OrderUpdateSenderTests : AfterSalesFixture
{
    [TestCase(ShipmentMode.PayLater, "KLARNA", true)]
    [TestCase(ShipmentMode.PayLater, "IDEAL", false)]
    [TestCase(ShipmentMode.All, "IDEAL", true)]
    [TestCase(ShipmentMode.None, "KLARNA", false)]
    public async Task A_shipment_is_reported_for_the_configured_payment_methods(ShipmentMode mode, string gateway, bool told)
    {
        await Host.SetAsync(settings => settings.ShipmentMode = mode);
        var order = await PayAsync(gateway: gateway);

        await ShipAsync(order, "3STEST12345");

        var shipments = await ShipmentsAsync(order);
        Assert.That(shipments, Has.Count.EqualTo(told ? 1 : 0));
        if (told)
        {
            Assert.That(((string?)shipments[0]["tracktrace_code"], (string?)shipments[0]["ship_date"], (string?)shipments[0]["carrier"]),
                Is.EqualTo(("3STEST12345", "02-01-2030", order.ShippingMethod)));
            Assert.That((string?)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["status"], Is.EqualTo("shipped"));
        }

        await RunTaskLaterAsync();
        await RunTaskLaterAsync();
        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(told ? 1 : 0), "not twice");
        Assert.That(await OpenWorkAsync(), Is.Empty);
        await UntilAsync(order, PaymentStatus.Paid);
    }

    [TestCase("a download")]
    [TestCase("picked up in the store")]
    [TestCase("set to complete by the owner")]
    [TestCase("one of two shipped, and the other taken off the order")]
    [TestCase("one of two shipped, and the other taken off the order, whose totals are not updated")]
    public async Task An_order_with_nothing_left_to_ship_is_reported_as_shipped(string how)
    {
        var order = await PayAsync(gateway: "KLARNA", productId: how == "a download" ? 9 : 1, quantity: 2);
        await RunTaskLaterAsync();
        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(how == "a download" ? 1 : 0));

        await Host.Shop.InScopeAsync(async services =>
        {
            var orders = services.GetRequiredService<IOrderService>();
            switch (how)
            {
                case "a download":
                    break;
                case "picked up in the store":
                    var parcel = new Shipment { OrderId = order.Id, ReadyForPickupDateUtc = order.CreatedOnUtc, DeliveryDateUtc = order.CreatedOnUtc };
                    await Host.Shop.Database.InsertAsync(parcel);
                    await SaveAsync(orders, saved => (saved.PickupInStore, saved.ShippingStatus) = (true, ShippingStatus.Delivered));
                    break;
                case "set to complete by the owner":
                    await SaveAsync(orders, saved => saved.OrderStatus = OrderStatus.Complete);
                    break;
                default:
                    await ShipAsync(order, "3SFIRST", quantity: 1);
                    var item = (await orders.GetOrderItemsAsync(order.Id)).Single();
                    item.Quantity = 1;
                    await Host.Shop.Database.UpdateAsync(item);

                    // nopCommerce publishes an event for each saved row, and saves the order only if it updates the totals of edited orders (AutoUpdateOrderTotalsOnEditingOrder, off by default).
                    if (how.EndsWith("not updated", StringComparison.Ordinal))
                        await services.GetRequiredService<IEventPublisher>().PublishAsync(new EntityUpdatedEvent<OrderItem>(item));
                    else
                        await SaveAsync(orders, _ => { });
                    break;
            }
        });

        await RunTaskLaterAsync();
        await RunTaskLaterAsync();
        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(1), "once");
        Assert.That((string?)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["status"], Is.EqualTo("shipped"));

        async Task SaveAsync(IOrderService orders, Action<Order> change)
        {
            var saved = await Host.ReloadAsync(order);
            change(saved);
            await orders.UpdateOrderAsync(saved);
        }
    }

    // nopCommerce saves the payment, and is killed before it is remembered.
    [Test]
    public async Task A_shipment_is_reported_even_if_the_payment_is_missing_from_the_record()
    {
        var order = await PayAsync(gateway: "KLARNA");
        var record = await Host.RecordAsync(order);
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<PaymentRecordStore>().SaveAsync(
            order, record with { Applied = [.. record.Applied.Where(applied => !applied.StartsWith("paid:", StringComparison.Ordinal))] }));

        await ShipAsync(order, "3STEST12345");

        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_shipment_in_several_parcels_is_reported_when_the_last_one_ships()
    {
        var order = await PayAsync(gateway: "KLARNA", quantity: 2);
        await ShipAsync(order, "3SFIRST", quantity: 1);
        Assert.That(await ShipmentsAsync(order), Is.Empty, "The customer would be billed for all of it");

        await ShipAsync(order, "3SSECOND", quantity: 1);
        Assert.That((await ShipmentsAsync(order)).Select(body => (string?)body["tracktrace_code"]), Is.EqualTo(new[] { "3SFIRST, 3SSECOND" }));
    }

    [Test]
    public async Task A_tracking_number_entered_later_is_reported_too()
    {
        var order = await PayAsync(gateway: "KLARNA");
        await ShipAsync(order, null);
        await SetTrackingNumberAsync(order, "3SLATER");
        await SetTrackingNumberAsync(order, "3SLATER");
        Assert.That((await ShipmentsAsync(order)).Select(body => (string?)body["tracktrace_code"]), Is.EqualTo(new[] { null, "3SLATER" }));
    }

    [TestCase("status")]
    [TestCase("drop-before-work")]
    [TestCase("drop-answer-after-work")]
    public async Task A_shipment_report_that_failed_is_retried_by_the_task(string fault)
    {
        var order = await PayAsync(gateway: "KLARNA");
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = fault, ["method"] = "PATCH", ["path"] = "orders/*" });
        await ShipAsync(order, "3STEST1");
        Assert.That(await Host.NotesAsync(order), Has.One.Contains("could not be reported yet"));
        Assert.That(await OpenWorkAsync(), Is.EqualTo(new[] { order.Id }));

        await RunTaskLaterAsync();
        Assert.That((string?)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["status"], Is.EqualTo("shipped"));
        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(2), "with an answer the second time");
        await RunTaskLaterAsync();
        Assert.That(await OpenWorkAsync(), Is.Empty);
    }

    [Test]
    public async Task A_shipment_report_interrupted_by_a_crash_is_sent_again()
    {
        var order = await PayAsync(gateway: "KLARNA");
        Kill.IsArmed = true;
        await ShipAsync(order, "3STEST1");
        Kill.IsArmed = false;

        await using var successor = await Host.StartSecondNodeAsync();
        await RunTaskLaterAsync(successor);
        await RunTaskLaterAsync(successor);
        Assert.That(await OpenWorkAsync(), Is.Empty);
        Assert.That((await Host.RecordAsync(order)).Applied, Has.One.StartsWith("shipped:"));
    }

    [Test]
    public async Task A_rejected_shipment_report_is_noted_and_not_retried()
    {
        var order = await PayAsync(gateway: "KLARNA");
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["method"] = "PATCH", ["path"] = "orders/*", ["status"] = 410, ["error_code"] = 1000, ["error_info"] = "No" });
        await ShipAsync(order, "3STEST1");
        await RunTaskLaterAsync();
        Assert.That(await Host.NotesAsync(order), Has.One.Contains("did not accept the report").And.Contains("No"));
        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(1));
        Assert.That((await Host.RecordAsync(order)).Applied, Has.None.StartsWith("shipped:"), "the provider knows of no shipment, so a void is no chargeback");
    }

    [Test]
    public async Task The_invoice_number_is_reported_once_and_retried_after_a_failure()
    {
        var order = await PayAsync();
        Assert.That(await InvoicesAsync(order), Is.Empty, "not in the middle of a notification");
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["method"] = "PATCH", ["path"] = "orders/*" });
        await RunTaskLaterAsync();
        for (var run = 0; run < 3; run++)
            await RunTaskLaterAsync();

        Assert.That((await InvoicesAsync(order)).Select(body => (string?)body["invoice_id"]), Is.EqualTo(new[] { order.CustomOrderNumber, order.CustomOrderNumber }), "once in vain");
        Assert.That(await OpenWorkAsync(), Is.Empty);
    }

    [Test]
    public async Task The_task_makes_no_API_calls_for_orders_without_follow_ups()
    {
        for (var number = 0; number < 3; number++)
            await PayAsync();
        await RunTaskLaterAsync();
        Assert.That(await OpenWorkAsync(), Is.Empty);

        var calls = (await Host.ApiCallsAsync()).Count;
        for (var run = 0; run < 3; run++)
            await RunTaskLaterAsync();
        Assert.That((await Host.ApiCallsAsync()).Count, Is.EqualTo(calls));
    }

    private async Task<IReadOnlyList<JsonObject>> ShipmentsAsync(Order order) => await PatchesAsync(order, body => (string?)body["status"] == "shipped");

    private async Task<IReadOnlyList<JsonObject>> InvoicesAsync(Order order) => await PatchesAsync(order, body => body["invoice_id"] is not null);

    private async Task<IReadOnlyList<JsonObject>> PatchesAsync(Order order, Func<JsonObject, bool> which) =>
        [.. (await Host.Simulator.ListAsync("requests"))
            .Where(request => (string)request!["method"]! == "PATCH" && (string)request["path"]! == $"/v1/json/orders/{order.CustomOrderNumber}")
            .Select(request => request!["body"]!.AsObject()).Where(which)];
}
