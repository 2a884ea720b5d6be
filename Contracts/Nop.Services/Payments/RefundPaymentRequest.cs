using Nop.Core.Domain.Orders;

namespace Nop.Services.Payments;

/// <summary>What to give back; the amount is in the primary currency.</summary>
public class RefundPaymentRequest
{
    public decimal AmountToRefund { get; set; }
    public bool IsPartialRefund { get; set; }
    public Order Order { get; set; }
}
