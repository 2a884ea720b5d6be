using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
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
    CurrentVisitor visitor,
    ShoppingCartService cartRules,
    CheckoutSteps steps,
    CheckoutPayment payment,
    IPaymentService payments,
    OrderSettings orderSettings) : Controller
{
    private const string PaymentInfoStep = nameof(PaymentInfo);

    [HttpGet]
    public async Task<IActionResult> Index()
    {
        var cart = await visitor.CartAsync();
        if (cart.Count == 0 || (await cartRules.GetWarningsAsync(cart)).Count > 0)
            return RedirectToRoute(ShopRoutes.Cart);
        return orderSettings.OnePageCheckoutEnabled ? RedirectToRoute(ShopRoutes.OnePageCheckout) : View(await steps.CheckoutAsync(await steps.FormAsync()));
    }

    [HttpPost]
    public async Task<IActionResult> Index(CheckoutForm form)
    {
        if (!ModelState.IsValid)
            return View(await steps.CheckoutAsync(form));
        await steps.SaveAsync(form);
        return RedirectToAction(await payment.NeedsDetailsAsync() ? PaymentInfoStep : nameof(Confirm));
    }

    [HttpGet]
    public async Task<IActionResult> PaymentInfo() =>
        await payment.MethodAsync() is { } method ? View(await payment.DetailsAsync(method, [])) : RedirectToAction(nameof(Index));

    [HttpPost]
    [ActionName(PaymentInfoStep)]
    public async Task<IActionResult> SavePaymentInfo(IFormCollection form)
    {
        if (await payment.MethodAsync() is not { } method)
            return RedirectToAction(nameof(Index));
        var warnings = await payment.KeepAsync(method, form);
        return warnings.Count > 0 ? View(await payment.DetailsAsync(method, warnings)) : RedirectToAction(nameof(Confirm));
    }

    [HttpGet]
    public async Task<IActionResult> Confirm() =>
        (await visitor.CartAsync()).Count == 0 ? RedirectToRoute(ShopRoutes.Cart) : View(await steps.ConfirmAsync([]));

    [HttpPost]
    [ActionName(nameof(Confirm))]
    public async Task<IActionResult> PlaceOrder()
    {
        if (await payment.PlaceAsync() is not { } result)
            return RedirectToAction(PaymentInfoStep);
        if (!result.Success)
            return View(await steps.ConfirmAsync([.. result.Errors]));

        await payments.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = result.PlacedOrder });
        return Response.IsRedirect() ? new EmptyResult() : RedirectToRoute(ShopRoutes.CheckoutCompleted, new { orderId = result.PlacedOrder.Id });
    }

    /// <summary>Says that all went well, whatever the payment says: nopCommerce's page does not look.</summary>
    [HttpGet]
    public async Task<IActionResult> Completed(int? orderId)
    {
        var customer = await visitor.CustomerAsync();
        var orders = await database.ListAsync<Order>(order => order.CustomerId == customer.Id && !order.Deleted && (orderId is null || order.Id == orderId));
        return orders.LastOrDefault() is { } order
            ? View(new CheckoutCompletedModel { OrderId = order.Id, CustomOrderNumber = order.CustomOrderNumber })
            : RedirectToRoute(ShopRoutes.Homepage);
    }
}

/// <summary>What nopCommerce takes for a redirect.</summary>
internal static class Redirects
{
    /// <summary>nopCommerce recognises only 301 and 302.</summary>
    public static bool IsRedirect(this HttpResponse response) => response.StatusCode is StatusCodes.Status301MovedPermanently or StatusCodes.Status302Found;
}
