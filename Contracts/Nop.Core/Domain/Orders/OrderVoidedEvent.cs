namespace Nop.Core.Domain.Orders;

/// <summary>The authorization of an order's payment has been given up.</summary>
public class OrderVoidedEvent(Order order)
{
    public Order Order { get; } = order;
}
