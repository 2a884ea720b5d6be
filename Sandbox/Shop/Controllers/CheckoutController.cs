using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Nop.Web.Models.Checkout;
using Sandbox.Shop.Data;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Models;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers;

/// <summary>The checkout: address and choices, the payment method's own step, confirmation, and the page after it.</summary>
internal sealed class CheckoutController(
    ShopDatabase database,
    Visit visit,
    CheckoutSteps steps,
    PaymentMethods methods,
    PendingPayments pending,
    IPaymentPluginManager plugins,
    IPaymentService payments,
    IOrderProcessingService processing,
    PaymentSettings paymentSettings) : Controller
{
    private const string PaymentInfoStep = nameof(PaymentInfo);

    [HttpGet]
    public async Task<IActionResult> Index() =>
        (await visit.CartAsync()).Count == 0 ? RedirectToRoute(ShopRoutes.Cart) : View(await steps.CheckoutAsync(await steps.FormAsync()));

    [HttpPost]
    public async Task<IActionResult> Index(CheckoutForm form)
    {
        if (!ModelState.IsValid)
            return View(await steps.CheckoutAsync(form));
        await steps.SaveAsync(form);
        return RedirectToAction(await NeedsPaymentInfoAsync() ? PaymentInfoStep : nameof(Confirm));
    }

    [HttpGet]
    public async Task<IActionResult> PaymentInfo() =>
        await MethodAsync() is { } method ? View(await PaymentInfoModelAsync(method, [])) : RedirectToAction(nameof(Index));

    [HttpPost]
    [ActionName(PaymentInfoStep)]
    public async Task<IActionResult> SavePaymentInfo(IFormCollection form)
    {
        if (await MethodAsync() is not { } method)
            return RedirectToAction(nameof(Index));
        var warnings = await method.ValidatePaymentFormAsync(form);
        if (warnings.Count > 0)
            return View(await PaymentInfoModelAsync(method, [.. warnings]));
        await pending.SetAsync((await visit.CustomerAsync()).Id, (await visit.StoreAsync()).Id, await method.GetPaymentInfoAsync(form));
        return RedirectToAction(nameof(Confirm));
    }

    [HttpGet]
    public async Task<IActionResult> Confirm() =>
        (await visit.CartAsync()).Count == 0 ? RedirectToRoute(ShopRoutes.Cart) : View(await steps.ConfirmAsync([]));

    [HttpPost]
    [ActionName(nameof(Confirm))]
    public async Task<IActionResult> PlaceOrder()
    {
        var customer = await visit.CustomerAsync();
        var store = await visit.StoreAsync();
        var request = await pending.GetAsync(customer.Id, store.Id);
        if (request is null)
        {
            if (await NeedsPaymentInfoAsync())
                return RedirectToAction(PaymentInfoStep);
            await pending.SetAsync(customer.Id, store.Id, request = new ProcessPaymentRequest());
        }

        request.StoreId = store.Id;
        request.CustomerId = customer.Id;
        request.PaymentMethodSystemName = (await visit.ChoicesAsync()).PaymentMethodSystemName;
        var result = await processing.PlaceOrderAsync(request);
        if (!result.Success)
            return View(await steps.ConfirmAsync([.. result.Errors]));

        await payments.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = result.PlacedOrder });
        return IsBeingRedirected ? new EmptyResult() : RedirectToRoute(ShopRoutes.CheckoutCompleted, new { orderId = result.PlacedOrder.Id });
    }

    /// <summary>Says that all went well, whatever the payment says: nopCommerce's page does not look.</summary>
    [HttpGet]
    public async Task<IActionResult> Completed(int? orderId)
    {
        var customer = await visit.CustomerAsync();
        var orders = await database.ListAsync<Order>(order => order.CustomerId == customer.Id && !order.Deleted && (orderId is null || order.Id == orderId));
        return orders.LastOrDefault() is { } order
            ? View(new CheckoutCompletedModel { OrderId = order.Id, CustomOrderNumber = order.CustomOrderNumber })
            : RedirectToRoute(ShopRoutes.Homepage);
    }

    /// <summary>nopCommerce recognises only 301 and 302.</summary>
    private bool IsBeingRedirected => Response.StatusCode is StatusCodes.Status301MovedPermanently or StatusCodes.Status302Found;

    private async Task<IPaymentMethod?> MethodAsync() =>
        await plugins.LoadPluginBySystemNameAsync((await visit.ChoicesAsync()).PaymentMethodSystemName, await visit.CustomerAsync(), (await visit.StoreAsync()).Id);

    /// <summary>Nothing is asked when there is nothing to pay, when the method has nothing to ask, or when the shop skips the step for methods that redirect.</summary>
    private async Task<bool> NeedsPaymentInfoAsync() => await steps.IsPaymentNeededAsync()
        && await MethodAsync() is { SkipPaymentInfo: false } method
        && !(paymentSettings.SkipPaymentInfoStepForRedirectionPaymentMethods && method.PaymentMethodType == PaymentMethodType.Redirection);

    private async Task<PaymentInfoModel> PaymentInfoModelAsync(IPaymentMethod method, IReadOnlyList<string> warnings) =>
        new(method.GetPublicViewComponent(), await methods.NameAsync(method), warnings);
}
