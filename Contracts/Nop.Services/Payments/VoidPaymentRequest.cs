using Nop.Core.Domain.Orders;

namespace Nop.Services.Payments;

/// <summary>Which authorization to give up.</summary>
public class VoidPaymentRequest
{
    public Order Order { get; set; }
}
