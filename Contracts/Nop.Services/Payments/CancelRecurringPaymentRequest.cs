using Nop.Core.Domain.Orders;

namespace Nop.Services.Payments;

/// <summary>Which recurring payment to end.</summary>
public class CancelRecurringPaymentRequest
{
    public Order Order { get; set; }
}
