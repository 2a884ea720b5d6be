using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Core.Events;
using Nop.Services.Customers;
using Nop.Services.Orders;
using Nop.Services.Payments;
using ILogger = Nop.Services.Logging.ILogger;

namespace Sandbox.Shop.Services;

/// <summary>
/// What may be done to an order and what follows from it: nopCommerce's rules, told in our own words. This part holds the order's own life (placed, cancelled, shipped);
/// the payment's operations and the placing of an order are the other parts of the class.
/// </summary>
internal sealed partial class OrderProcessingService(
    IOrderService orders,
    ICustomerService customers,
    OrderPlacement placement,
    RecurringOrderPlacement recurringPlacement,
    OrderMails mails,
    InventoryService stock,
    PaymentService payments,
    IEventPublisher events,
    ILogger logger,
    OrderSettings orderSettings,
    PaymentSettings paymentSettings,
    IServiceProvider services,
    TimeProvider time) : IOrderProcessingService
{
    private DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    public bool CanCancelOrder(Order order) => order.OrderStatus != OrderStatus.Cancelled;

    public async Task CancelOrderAsync(Order order, bool notifyCustomer)
    {
        if (!CanCancelOrder(order))
            throw new NopException("Cannot do cancel for order.");

        await SetOrderStatusAsync(order, OrderStatus.Cancelled, notifyCustomer);
        await AddNoteAsync(order, "Order has been cancelled");
        if (orderSettings.DeleteGiftCardUsageHistory)
            await stock.ReturnGiftCardAsync(order);
        await CancelRecurringPaymentsOfAsync(order);
        await stock.ReturnAsync(order);
    }

    /// <summary>Deletes an order: one that was not cancelled before gives its goods back, and what it repeats ends.</summary>
    public async Task DeleteOrderAsync(Order order)
    {
        if (order.OrderStatus != OrderStatus.Cancelled)
        {
            await CancelRecurringPaymentsOfAsync(order);
            await stock.ReturnAsync(order);
        }

        await AddNoteAsync(order, "Order has been deleted");
        await orders.DeleteOrderAsync(order);
    }

    public async Task CheckOrderStatusAsync(Order order)
    {
        if (order is { PaymentStatus: PaymentStatus.Paid, PaidDateUtc: null })
        {
            order.PaidDateUtc = UtcNow;
            await orders.UpdateOrderAsync(order);
        }

        switch (order.OrderStatus)
        {
            case OrderStatus.Cancelled or OrderStatus.Complete:
                return;
            case OrderStatus.Pending when order.PaymentStatus is PaymentStatus.Authorized or PaymentStatus.Paid
                || order.ShippingStatus is ShippingStatus.PartiallyShipped or ShippingStatus.Shipped or ShippingStatus.Delivered:
                await SetOrderStatusAsync(order, OrderStatus.Processing, notifyCustomer: false);
                break;
        }

        if (order.PaymentStatus == PaymentStatus.Paid && IsShippingComplete(order))
            await SetOrderStatusAsync(order, OrderStatus.Complete, notifyCustomer: true);
    }

    public Task<PlaceOrderResult> PlaceOrderAsync(ProcessPaymentRequest processPaymentRequest) => PlaceAsync(processPaymentRequest);

    public Task<IList<string>> ReOrderAsync(Order order) => placement.PutBackInCartAsync(order);

    public async Task ShipAsync(Shipment shipment, bool notifyCustomer)
    {
        var order = await orders.GetOrderByIdAsync(shipment.OrderId) ?? throw new NopException("Order cannot be loaded");
        if (shipment.ShippedDateUtc is not null)
            throw new NopException("This shipment is already shipped");

        await stock.ShipAsync(order, shipment);
        await orders.UpdateOrderAsync(order);
        await AddNoteAsync(order, $"Shipment# {shipment.Id} has been sent");
        if (notifyCustomer)
            await mails.SendToCustomerAsync("ShipmentSent.CustomerNotification", order);
        await events.PublishAsync(new ShipmentSentEvent(shipment));
        await CheckOrderStatusAsync(order);
    }

    private bool IsShippingComplete(Order order) => order.ShippingStatus == ShippingStatus.ShippingNotRequired
        || order.ShippingStatus == ShippingStatus.Delivered
        || (order.ShippingStatus == ShippingStatus.Shipped && !orderSettings.CompleteOrderWhenDelivered);

    private async Task SetOrderStatusAsync(Order order, OrderStatus status, bool notifyCustomer)
    {
        var before = order.OrderStatus;
        if (before == status)
            return;

        order.OrderStatus = status;
        await orders.UpdateOrderAsync(order);
        await events.PublishAsync(new OrderStatusChangedEvent(order, before));
        await AddNoteAsync(order, $"Order status has been changed to {status}");

        switch (status)
        {
            case OrderStatus.Complete when notifyCustomer:
                await mails.SendToCustomerAsync("OrderCompleted.CustomerNotification", order);
                break;
            case OrderStatus.Cancelled when notifyCustomer:
                await mails.SendToCustomerAsync("OrderCancelled.CustomerNotification", order);
                break;
        }

        // nopCommerce asks who is at the keys: the owner gets a mail when it was the customer. On a request without a cookie the question makes a guest.
        if (status == OrderStatus.Cancelled)
        {
            var current = await services.GetRequiredService<IWorkContext>().GetCurrentCustomerAsync();
            if (current.Id == order.CustomerId)
                await mails.SendToOwnerAsync("OrderCancelled.StoreOwnerNotification", order);
        }
    }

    private Task AddNoteAsync(Order order, string note) => orders.InsertOrderNoteAsync(new OrderNote
    {
        OrderId = order.Id,
        Note = note,
        DisplayToCustomer = false,
        CreatedOnUtc = UtcNow,
    });
}
