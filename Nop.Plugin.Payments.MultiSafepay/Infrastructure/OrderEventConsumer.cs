using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Hears what the shop does with its orders. nopCommerce calls it for orders of every payment method.</summary>
public class OrderEventConsumer(OrderCancellation cancellation) : IConsumer<OrderStatusChangedEvent>
{
    /// <inheritdoc/>
    public Task HandleEventAsync(OrderStatusChangedEvent eventMessage) =>
        eventMessage.Order.OrderStatus == OrderStatus.Cancelled && eventMessage.PreviousOrderStatus != OrderStatus.Cancelled
            ? cancellation.FollowAsync(eventMessage.Order, CancellationToken.None)
            : Task.CompletedTask;
}
