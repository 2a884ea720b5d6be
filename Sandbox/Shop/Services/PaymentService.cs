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

        return await (await RequireAsync(processPaymentRequest)).ProcessPaymentAsync(processPaymentRequest);
    }

    public async Task<ProcessPaymentResult> ProcessRecurringPaymentAsync(ProcessPaymentRequest processPaymentRequest) => processPaymentRequest.OrderTotal == 0
        ? new ProcessPaymentResult { NewPaymentStatus = PaymentStatus.Paid }
        : await (await RequireAsync(processPaymentRequest)).ProcessRecurringPaymentAsync(processPaymentRequest);

    public async Task<CancelRecurringPaymentResult> CancelRecurringPaymentAsync(CancelRecurringPaymentRequest cancelPaymentRequest) => cancelPaymentRequest.Order.OrderTotal == 0
        ? new CancelRecurringPaymentResult()
        : await (await RequireAsync(cancelPaymentRequest.Order)).CancelRecurringPaymentAsync(cancelPaymentRequest);

    /// <summary>Who starts the payments of a recurring order; nobody where the method is gone.</summary>
    public async Task<RecurringPaymentType> GetRecurringPaymentTypeAsync(string systemName) =>
        await plugins.LoadPluginBySystemNameAsync(systemName) is { } plugin ? plugin.RecurringPaymentType : RecurringPaymentType.NotSupported;

    /// <summary>
    /// Pays an order of a recurring cart, the first one or a later one: nothing is asked of the method when there is nothing to pay, nor for a later order that the method starts by itself. Then
    /// <paramref name="known"/> is what came of it.
    /// </summary>
    public async Task<ProcessPaymentResult> PayRecurringAsync(ProcessPaymentRequest request, ProcessPaymentResult? known = null)
    {
        if (request.OrderTotal == 0)
            return known ?? new ProcessPaymentResult { NewPaymentStatus = PaymentStatus.Paid };
        if (!plugins.IsPluginActive(await RequireAsync(request)))
            throw new NopException("Payment method is not active");

        return await GetRecurringPaymentTypeAsync(request.PaymentMethodSystemName) switch
        {
            RecurringPaymentType.NotSupported => throw new NopException("Recurring payments are not supported by selected payment method"),
            RecurringPaymentType.Automatic when request.InitialOrder is not null => known ?? new ProcessPaymentResult(),
            _ => await ProcessRecurringPaymentAsync(request) ?? throw new NopException("processPaymentResult is not available"),
        };
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

    private async Task<IPaymentMethod> RequireAsync(ProcessPaymentRequest request)
    {
        var customer = await customers.GetCustomerByIdAsync(request.CustomerId);
        return await plugins.LoadPluginBySystemNameAsync(request.PaymentMethodSystemName, customer, request.StoreId) ?? throw new NopException("Payment method couldn't be loaded");
    }

    private async Task<IPaymentMethod> RequireAsync(Order order) =>
        await plugins.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName) ?? throw new NopException("Payment method couldn't be loaded");
}
