using Nop.Core.Domain.Orders;

namespace Nop.Services.Payments;

/// <summary>Which authorized amount to take.</summary>
public class CapturePaymentRequest
{
    public Order Order { get; set; }
}
