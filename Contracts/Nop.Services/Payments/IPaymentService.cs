using Nop.Core.Domain.Orders;

namespace Nop.Services.Payments;

/// <summary>Calls the payment method of an order.</summary>
public interface IPaymentService
{
    Task<CancelRecurringPaymentResult> CancelRecurringPaymentAsync(CancelRecurringPaymentRequest cancelPaymentRequest);
    Task<bool> CanRePostProcessPaymentAsync(Order order);
    Task<decimal> GetAdditionalHandlingFeeAsync(IList<ShoppingCartItem> cart, string paymentMethodSystemName);
    Task PostProcessPaymentAsync(PostProcessPaymentRequest postProcessPaymentRequest);
    Task<ProcessPaymentResult> ProcessPaymentAsync(ProcessPaymentRequest processPaymentRequest);
    Task<ProcessPaymentResult> ProcessRecurringPaymentAsync(ProcessPaymentRequest processPaymentRequest);
}
