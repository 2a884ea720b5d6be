using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Catalog;
using Nop.Services.Customers;
using Nop.Services.Payments;

namespace Sandbox.Shop.Services;

/// <summary>Between order processing and the payment plugins.</summary>
internal sealed class PaymentService(
    IPaymentPluginManager plugins,
    ICustomerService customers,
    IPriceCalculationService prices,
    PaymentSettings settings) : IPaymentService
{
    public async Task<ProcessPaymentResult> ProcessPaymentAsync(ProcessPaymentRequest processPaymentRequest)
    {
        if (processPaymentRequest.OrderTotal == 0)
            return new ProcessPaymentResult { NewPaymentStatus = PaymentStatus.Paid };

        var customer = await customers.GetCustomerByIdAsync(processPaymentRequest.CustomerId);
        var plugin = await plugins.LoadPluginBySystemNameAsync(processPaymentRequest.PaymentMethodSystemName, customer, processPaymentRequest.StoreId)
            ?? throw new NopException("Payment method couldn't be loaded");
        return await plugin.ProcessPaymentAsync(processPaymentRequest);
    }

    public async Task PostProcessPaymentAsync(PostProcessPaymentRequest postProcessPaymentRequest)
    {
        var order = postProcessPaymentRequest.Order;
        if (order.PaymentStatus == PaymentStatus.Paid)
            return;

        var customer = await customers.GetCustomerByIdAsync(order.CustomerId);
        var plugin = await plugins.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName, customer, order.StoreId)
            ?? throw new NopException("Payment method couldn't be loaded");
        await plugin.PostProcessPaymentAsync(postProcessPaymentRequest);
    }

    public async Task<bool> CanRePostProcessPaymentAsync(Order order) =>
        settings.AllowRePostingPayments
        && await plugins.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName) is { PaymentMethodType: PaymentMethodType.Redirection } plugin
        && order is { Deleted: false, OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending }
        && await plugin.CanRePostProcessPaymentAsync(order);

    public async Task<decimal> GetAdditionalHandlingFeeAsync(IList<ShoppingCartItem> cart, string paymentMethodSystemName)
    {
        if (string.IsNullOrEmpty(paymentMethodSystemName) || await plugins.LoadPluginBySystemNameAsync(paymentMethodSystemName) is not { } plugin)
            return 0;
        return await prices.RoundPriceAsync(Math.Max(0, await plugin.GetAdditionalHandlingFeeAsync(cart)));
    }

    public async Task<bool> SupportCaptureAsync(string systemName) => await plugins.LoadPluginBySystemNameAsync(systemName) is { SupportCapture: true };

    public async Task<bool> SupportRefundAsync(string systemName) => await plugins.LoadPluginBySystemNameAsync(systemName) is { SupportRefund: true };

    public async Task<bool> SupportPartiallyRefundAsync(string systemName) => await plugins.LoadPluginBySystemNameAsync(systemName) is { SupportPartiallyRefund: true };

    public async Task<bool> SupportVoidAsync(string systemName) => await plugins.LoadPluginBySystemNameAsync(systemName) is { SupportVoid: true };

    public async Task<CapturePaymentResult> CaptureAsync(CapturePaymentRequest request) => await (await RequireAsync(request.Order)).CaptureAsync(request);

    public async Task<RefundPaymentResult> RefundAsync(RefundPaymentRequest request) => await (await RequireAsync(request.Order)).RefundAsync(request);

    public async Task<VoidPaymentResult> VoidAsync(VoidPaymentRequest request) => await (await RequireAsync(request.Order)).VoidAsync(request);

    private async Task<IPaymentMethod> RequireAsync(Order order) =>
        await plugins.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName) ?? throw new NopException("Payment method couldn't be loaded");
}
