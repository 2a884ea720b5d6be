using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Handles cancelled, deleted and updated orders. nopCommerce calls it for orders of every payment method.</summary>
public class OrderEventConsumer(Deferred<OrderCancellation> cancellation, Deferred<PaymentLinkRevocation> revocation, Deferred<FulfillmentHandler> fulfillment)
    : IConsumer<OrderStatusChangedEvent>, IConsumer<EntityDeletedEvent<Order>>, IConsumer<EntityUpdatedEvent<Order>>, IConsumer<EntityUpdatedEvent<OrderItem>>,
        IConsumer<EntityDeletedEvent<OrderItem>>
{
    /// <inheritdoc/>
    public Task HandleEventAsync(OrderStatusChangedEvent eventMessage) =>
        eventMessage.Order.OrderStatus == OrderStatus.Cancelled && eventMessage.PreviousOrderStatus != OrderStatus.Cancelled
            ? cancellation.Value.FollowAsync(eventMessage.Order, CancellationToken.None)
            : Task.CompletedTask;

    /// <summary>Handles a deleted order, whose status nopCommerce does not change.</summary>
    public Task HandleEventAsync(EntityDeletedEvent<Order> eventMessage) => cancellation.Value.FollowAsync(eventMessage.Entity, CancellationToken.None);

    /// <summary>
    /// Handles an updated order: the owner may have edited its total while a payment link is open, and a paid one may have been delivered, picked up or completed.
    /// </summary>
    public async Task HandleEventAsync(EntityUpdatedEvent<Order> eventMessage)
    {
        await fulfillment.Value.UpdatedAsync(eventMessage.Entity, CancellationToken.None);
        if (eventMessage.Entity.PaymentStatus == PaymentStatus.Pending)
            await revocation.Value.FollowAsync(eventMessage.Entity, CancellationToken.None);
    }

    /// <summary>
    /// Handles an item whose quantity was changed: with less left to ship, the order may be shipped. nopCommerce saves the order itself only if it updates the totals of edited orders.
    /// </summary>
    public Task HandleEventAsync(EntityUpdatedEvent<OrderItem> eventMessage) => fulfillment.Value.ItemChangedAsync(eventMessage.Entity.OrderId, CancellationToken.None);

    /// <summary>Handles an item that was taken off its order, as above.</summary>
    public Task HandleEventAsync(EntityDeletedEvent<OrderItem> eventMessage) => fulfillment.Value.ItemChangedAsync(eventMessage.Entity.OrderId, CancellationToken.None);
}
