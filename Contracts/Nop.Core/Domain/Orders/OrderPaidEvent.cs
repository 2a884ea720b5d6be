namespace Nop.Core.Domain.Orders;

/// <summary>An order has been paid.</summary>
public class OrderPaidEvent(Order order)
{
    public Order Order { get; } = order;
}
