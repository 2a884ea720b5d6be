namespace Nop.Core.Domain.Orders;

/// <summary>An order has been placed.</summary>
public class OrderPlacedEvent(Order order)
{
    public Order Order { get; } = order;
}
