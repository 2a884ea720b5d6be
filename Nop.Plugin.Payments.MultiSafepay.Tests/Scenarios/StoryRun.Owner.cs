using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Services.Orders;
using Nop.Services.Shipping;
using Sandbox.Shop.Services;
using Sandbox.Simulator.Faults;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>What the customer and the owner do in the shop after the order was placed.</content>
internal sealed partial class StoryRun
{
    public Task ReturnAsync(bool hasLeft = false) => PersonAsync("the customer comes back",
        node => new Visitor(node, _cookies).GetAsync($"multisafepay/{(hasLeft ? "cancel" : "return")}/{Purchase.Guid}"), isDone: null);

    public Task CancelByCustomerAsync() => PersonAsync("the customer cancels the order",
        node => new Visitor(node, _cookies).PostAsync("Order/CancelOrder", ("orderId", $"{Purchase.OrderId}")), order => order.OrderStatus == OrderStatus.Cancelled);

    /// <summary>nopCommerce's refund button.</summary>
    /// <param name="amount">How much; null for all of it.</param>
    /// <param name="isWaiting">Whether it has to wait, for want of balance.</param>
    public async Task RefundAsync(decimal? amount = null, bool isWaiting = false)
    {
        if (isWaiting)
            Host.Faults.Add(new Fault(FaultKind.InsufficientBalance) { Times = 1 });
        var before = (await OrderAsync()).RefundedAmount;
        await OwnerAsync(amount is { } some ? string.Create(CultureInfo.InvariantCulture, $"refunds {some}") : "refunds all", async (services, order) =>
        {
            var processing = services.GetRequiredService<IOrderProcessingService>();

            // Of a refund that was divided, a piece may be made, and nopCommerce refunds all of an order only at once.
            var rest = (amount ?? order.OrderTotal) - (order.RefundedAmount - before);
            return amount is null && order.RefundedAmount == 0 ? await processing.RefundAsync(order) : await processing.PartiallyRefundAsync(order, rest);
        }, order => order.RefundedAmount >= before + (amount ?? order.OrderTotal) || (isWaiting && Purchase.OrdersIn(Host.Ledger).Any(books => books.Reserved > 0)));
    }

    public Task CaptureAsync() => OwnerAsync("captures", async (services, order) =>
    {
        var processing = services.GetRequiredService<IOrderProcessingService>();

        // nopCommerce captures no order that is pending; one that it left so half way is set right by the owner first.
        await processing.CheckOrderStatusAsync(order);
        return await processing.CaptureAsync(order);
    }, order => order.PaymentStatus == PaymentStatus.Paid);

    public Task VoidAsync() => OwnerAsync("voids", (services, order) => services.GetRequiredService<IOrderProcessingService>().VoidAsync(order), order => order.PaymentStatus == PaymentStatus.Voided);

    public Task CancelAsync() => OwnerAsync("cancels", async (services, order) =>
    {
        await services.GetRequiredService<IOrderProcessingService>().CancelOrderAsync(order, notifyCustomer: true);
        return [];
    }, order => order.OrderStatus == OrderStatus.Cancelled);

    public Task MarkPaidAsync() => OwnerAsync("marks as paid", async (services, order) =>
    {
        await services.GetRequiredService<IOrderProcessingService>().MarkOrderAsPaidAsync(order);
        return [];
    }, order => order.PaymentStatus == PaymentStatus.Paid);

    public async Task EditTotalAsync(decimal by)
    {
        var total = (await OrderAsync()).OrderTotal + by;
        await OwnerAsync(string.Create(CultureInfo.InvariantCulture, $"sets the total to {total}"), async (services, order) =>
        {
            order.OrderTotal = total;
            await services.GetRequiredService<IOrderService>().UpdateOrderAsync(order);
            return [];
        }, order => order.OrderTotal == total);
    }

    /// <summary>The owner sends a parcel with all that is left.</summary>
    public Task ShipAsync() => ShipAsync(int.MaxValue, ShippingStatus.Shipped);

    /// <summary>The owner sends a parcel with one piece of each item, and others are left.</summary>
    public Task ShipPartAsync() => ShipAsync(1, ShippingStatus.PartiallyShipped);

    private Task ShipAsync(int most, ShippingStatus then) => OwnerAsync(then == ShippingStatus.Shipped ? "ships" : "ships a part", async (services, order) =>
    {
        var shipments = services.GetRequiredService<IShipmentService>();

        // nopCommerce may have been killed while it packed: a parcel with nothing in it is packed anew.
        var filled = (await Host.Database.ListAsync<ShipmentItem>()).Select(item => item.ShipmentId).ToHashSet();
        var packed = (await shipments.GetShipmentsByOrderIdAsync(order.Id, shipped: false)).FirstOrDefault(shipment => filled.Contains(shipment.Id))
            ?? await services.GetRequiredService<InventoryService>().PackAsync(order, "TRACK-1", most);
        if (packed is not null)
        {
            await services.GetRequiredService<IOrderProcessingService>().ShipAsync((await shipments.GetShipmentByIdAsync(packed.Id))!, notifyCustomer: true);
            return [];
        }

        // It may have been killed between the parcel and the order, too, which is its own operation: what was left of it is made up for.
        order.ShippingStatus = then;
        await services.GetRequiredService<IOrderService>().UpdateOrderAsync(order);
        await services.GetRequiredService<IEventPublisher>().PublishAsync(new ShipmentSentEvent((await shipments.GetShipmentsByOrderIdAsync(order.Id))[^1]));
        return [];
    }, order => order.ShippingStatus == then);

    // As nopCommerce deletes: the row stays, and its event is published.
    public Task DeleteAsync() => OwnerAsync("deletes", async (services, order) =>
    {
        order.Deleted = true;
        await services.GetRequiredService<IOrderService>().UpdateOrderAsync(order);
        await services.GetRequiredService<IEventPublisher>().PublishAsync(new EntityDeletedEvent<Order>(order));
        return [];
    }, order => order.Deleted);

    /// <summary>The panel's button that ends a payment under way; the order stays.</summary>
    public Task CallOffAsync() => OwnerAsync("calls off the payment", async (services, order) =>
    {
        await services.GetRequiredService<PanelActions>().CancelAsync(order);
        return [];
    }, _ => !Money.From(Purchase, Host.Ledger).Payable(Host.Time.Now).Any());

    // One of nopCommerce's buttons on the order's page, with the order as the page reads it.
    private Task OwnerAsync(string text, Func<IServiceProvider, Order, Task<IList<string>>> button, Func<Order, bool> isDone) =>
        PersonAsync($"the owner {text}", node => node.InScopeAsync(async services =>
    {
        var order = (await services.GetRequiredService<IOrderService>().GetOrderByIdAsync(Purchase.OrderId))!;
        foreach (var answer in await button(services, order))
            Tell($"    {answer}");
        return true;
    }), isDone);
}
