using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;
using Nop.Services.Plugins;

namespace Nop.Services.Payments;

/// <summary>A way to pay.</summary>
public interface IPaymentMethod : IPlugin
{
    PaymentMethodType PaymentMethodType { get; }
    RecurringPaymentType RecurringPaymentType { get; }
    bool SkipPaymentInfo { get; }
    bool SupportCapture { get; }
    bool SupportPartiallyRefund { get; }
    bool SupportRefund { get; }
    bool SupportVoid { get; }
    Task<bool> CanRePostProcessPaymentAsync(Order order);
    Task<CancelRecurringPaymentResult> CancelRecurringPaymentAsync(CancelRecurringPaymentRequest cancelPaymentRequest);
    Task<CapturePaymentResult> CaptureAsync(CapturePaymentRequest capturePaymentRequest);
    Task<decimal> GetAdditionalHandlingFeeAsync(IList<ShoppingCartItem> cart);
    Task<ProcessPaymentRequest> GetPaymentInfoAsync(IFormCollection form);
    Task<string> GetPaymentMethodDescriptionAsync();
    Type GetPublicViewComponent();
    Task<bool> HidePaymentMethodAsync(IList<ShoppingCartItem> cart);
    Task PostProcessPaymentAsync(PostProcessPaymentRequest postProcessPaymentRequest);
    Task<ProcessPaymentResult> ProcessPaymentAsync(ProcessPaymentRequest processPaymentRequest);
    Task<ProcessPaymentResult> ProcessRecurringPaymentAsync(ProcessPaymentRequest processPaymentRequest);
    Task<RefundPaymentResult> RefundAsync(RefundPaymentRequest refundPaymentRequest);
    Task<IList<string>> ValidatePaymentFormAsync(IFormCollection form);
    Task<VoidPaymentResult> VoidAsync(VoidPaymentRequest voidPaymentRequest);
}
