using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Hears what the shop does with its orders. nopCommerce calls it for orders of every payment method.</summary>
public class OrderEventConsumer(OrderCancellation cancellation, PaymentLinkRevocation revocation)
    : IConsumer<OrderStatusChangedEvent>, IConsumer<EntityDeletedEvent<Order>>, IConsumer<EntityUpdatedEvent<Order>>
{
    /// <inheritdoc/>
    public Task HandleEventAsync(OrderStatusChangedEvent eventMessage) =>
        eventMessage.Order.OrderStatus == OrderStatus.Cancelled && eventMessage.PreviousOrderStatus != OrderStatus.Cancelled
            ? cancellation.FollowAsync(eventMessage.Order, CancellationToken.None)
            : Task.CompletedTask;

    /// <summary>An order that is deleted is gone from the owner's sight without a change of its status.</summary>
    public Task HandleEventAsync(EntityDeletedEvent<Order> eventMessage) => cancellation.FollowAsync(eventMessage.Entity, CancellationToken.None);

    /// <summary>The owner may have edited the total of an order whose payment link is open. Whatever else is saved is none of ours, and costs nothing here.</summary>
    public Task HandleEventAsync(EntityUpdatedEvent<Order> eventMessage) =>
        eventMessage.Entity.PaymentStatus == PaymentStatus.Pending ? revocation.FollowAsync(eventMessage.Entity, CancellationToken.None) : Task.CompletedTask;
}
