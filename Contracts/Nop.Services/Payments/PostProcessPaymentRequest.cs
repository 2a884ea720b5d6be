using Nop.Core.Domain.Orders;

namespace Nop.Services.Payments;

/// <summary>Which order to send the customer off to pay.</summary>
public class PostProcessPaymentRequest
{
    public Order Order { get; set; }
}
