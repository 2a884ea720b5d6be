namespace Nop.Core.Domain.Orders;

/// <summary>An order has been refunded, wholly or in part.</summary>
public class OrderRefundedEvent(Order order, decimal amount)
{
    public Order Order { get; } = order;
    public decimal Amount { get; } = amount;
}
