namespace Nop.Core.Domain.Orders;

/// <summary>An order is further than before, or cancelled.</summary>
public class OrderStatusChangedEvent(Order order, OrderStatus previousOrderStatus)
{
    public Order Order { get; } = order;
    public OrderStatus PreviousOrderStatus { get; set; } = previousOrderStatus;
}
