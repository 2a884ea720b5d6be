using Nop.Core.Domain.Payments;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Sandbox.Shop.Models;

namespace Sandbox.Shop.Services;

/// <summary>What both checkouts do with the chosen payment method: ask for its details, keep them, place the order with them.</summary>
internal sealed class CheckoutPayment(
    CurrentVisitor visitor,
    CheckoutSteps steps,
    PaymentMethods methods,
    PendingPayments pending,
    IPaymentPluginManager plugins,
    IOrderProcessingService processing,
    PaymentSettings paymentSettings)
{
    public async Task<IPaymentMethod?> MethodAsync() =>
        await plugins.LoadPluginBySystemNameAsync((await visitor.ChoicesAsync()).PaymentMethodSystemName, await visitor.CustomerAsync(), (await visitor.StoreAsync()).Id);

    /// <summary>Whether the method has a step of its own: not when it has nothing to ask, or when the shop skips the step for methods that redirect.</summary>
    public bool HasDetails(IPaymentMethod method) => !method.SkipPaymentInfo
        && !(paymentSettings.SkipPaymentInfoStepForRedirectionPaymentMethods && method.PaymentMethodType == PaymentMethodType.Redirection);

    /// <summary>Nothing is asked when there is nothing to pay.</summary>
    public async Task<bool> NeedsDetailsAsync() => await steps.IsPaymentNeededAsync() && await MethodAsync() is { } method && HasDetails(method);

    public async Task<PaymentInfoSectionModel> DetailsAsync(IPaymentMethod method, IReadOnlyList<string> warnings) =>
        new(method.GetPublicViewComponent(), await methods.NameAsync(method), warnings);

    /// <summary>Lets the method check and read its form, and keeps what it makes of it; answers what is wrong.</summary>
    public async Task<IReadOnlyList<string>> KeepAsync(IPaymentMethod method, IFormCollection form)
    {
        var warnings = await method.ValidatePaymentFormAsync(form);
        if (warnings.Count == 0)
            await KeepAsync(await method.GetPaymentInfoAsync(form));
        return [.. warnings];
    }

    public async Task KeepAsync(ProcessPaymentRequest request) => await pending.SetAsync((await visitor.CustomerAsync()).Id, (await visitor.StoreAsync()).Id, request);

    /// <summary>Places the order; null when the payment's details have not been entered yet.</summary>
    public async Task<PlaceOrderResult?> PlaceAsync()
    {
        var customer = await visitor.CustomerAsync();
        var store = await visitor.StoreAsync();
        var request = await pending.GetAsync(customer.Id, store.Id);
        if (request is null)
        {
            if (await NeedsDetailsAsync())
                return null;
            await KeepAsync(request = new ProcessPaymentRequest());
        }

        request.StoreId = store.Id;
        request.CustomerId = customer.Id;
        request.PaymentMethodSystemName = (await visitor.ChoicesAsync()).PaymentMethodSystemName;
        return await processing.PlaceOrderAsync(request);
    }
}
