using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Payments;
using Sandbox.Shop.Data;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Models;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers;

/// <summary>
/// The checkout on one page, under nopCommerce's addresses: each section is posted on its own, and the answer of the same request brings the next section. So what is shown
/// for confirmation was added up in the request that read the payment method's form, or even in the one that listed the methods.
/// </summary>
internal sealed class OnePageCheckoutController(
    ShopDatabase database,
    CurrentVisitor visitor,
    CheckoutSteps steps,
    CheckoutPayment payment,
    PartialViews views,
    IPaymentService payments,
    OrderSettings orderSettings,
    PaymentSettings paymentSettings) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index()
    {
        if ((await visitor.CartAsync()).Count == 0)
            return RedirectToRoute(ShopRoutes.Cart);
        return orderSettings.OnePageCheckoutEnabled ? View(await steps.CheckoutAsync(await steps.FormAsync())) : RedirectToRoute(ShopRoutes.Checkout);
    }

    /// <summary>Address and shipping together, where nopCommerce has a section for each. Brings the payment methods.</summary>
    [HttpPost]
    public Task<IActionResult> SaveBilling(CheckoutForm form) => AnswerAsync(async () =>
    {
        form.PaymentMethod = (await visitor.ChoicesAsync()).PaymentMethodSystemName;
        await steps.SaveAsync(form);
        if (!await steps.IsPaymentNeededAsync())
            return await WithoutPaymentAsync();

        var offered = await steps.PaymentMethodsAsync();
        if (!paymentSettings.BypassPaymentMethodSelectionIfOnlyOne || offered.Count != 1)
            return await SectionAsync("payment-method", "_PaymentMethodSection", new PaymentMethodsModel(offered, form.PaymentMethod));
        await steps.ChooseAsync(offered[0].SystemName);
        return await AfterPaymentMethodAsync(await MethodAsync());
    });

    /// <summary>Brings the method's own section, or the confirmation where it has none.</summary>
    [HttpPost]
    public Task<IActionResult> SavePaymentMethod(string paymentMethod) => AnswerAsync(async () =>
    {
        if (!await steps.IsPaymentNeededAsync())
            return await WithoutPaymentAsync();
        await steps.ChooseAsync(paymentMethod ?? "");
        return await AfterPaymentMethodAsync(await MethodAsync());
    });

    /// <summary>Has the method check and read its form, and brings the confirmation with its totals in the same request.</summary>
    [HttpPost]
    public Task<IActionResult> SavePaymentInfo(IFormCollection form) => AnswerAsync(async () =>
    {
        var method = await MethodAsync();
        var warnings = await payment.KeepAsync(method, form);
        return warnings.Count == 0 ? await ConfirmAsync([]) : await SectionAsync("payment-info", "_PaymentInfoSection", await payment.DetailsAsync(method, warnings));
    });

    /// <summary>Places the order. A script cannot follow a redirect to another site, so the page itself goes to the address that is answered.</summary>
    [HttpPost]
    public Task<IActionResult> ConfirmOrder() => AnswerAsync(async () =>
    {
        var result = await payment.PlaceAsync() ?? throw new InvalidOperationException("Payment information is not entered");
        if (!result.Success)
            return await ConfirmAsync([.. result.Errors]);
        return result.PlacedOrder.PaymentStatus == PaymentStatus.Paid
            ? Json(new { redirect = Url.RouteUrl(ShopRoutes.CheckoutCompleted, new { orderId = result.PlacedOrder.Id }) })
            : Json(new { redirect = Url.RouteUrl(ShopRoutes.OnePageRedirection) });
    });

    /// <summary>Sends the customer of the order that was just placed to pay.</summary>
    [HttpGet]
    public async Task<IActionResult> CompleteRedirectionPayment()
    {
        var customer = await visitor.CustomerAsync();
        var store = await visitor.StoreAsync();
        if ((await database.ListAsync<Order>(order => order.CustomerId == customer.Id && order.StoreId == store.Id && !order.Deleted)).MaxBy(order => order.Id) is not { } order)
            return RedirectToRoute(ShopRoutes.Homepage);
        await payments.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = order });
        return Response.IsRedirect() ? new EmptyResult() : RedirectToRoute(ShopRoutes.CheckoutCompleted, new { orderId = order.Id });
    }

    /// <summary>Whatever goes wrong is told in the answer: the script shows it and the section stays.</summary>
    private async Task<IActionResult> AnswerAsync(Func<Task<IActionResult>> step)
    {
        try
        {
            if (!orderSettings.OnePageCheckoutEnabled)
                throw new InvalidOperationException("One page checkout is disabled");
            if ((await visitor.CartAsync()).Count == 0)
                throw new InvalidOperationException("Your cart is empty");
            return await step();
        }
        catch (InvalidOperationException exception)
        {
            return Json(new { error = 1, message = exception.Message });
        }
    }

    private async Task<IPaymentMethod> MethodAsync() => await payment.MethodAsync() ?? throw new InvalidOperationException("Payment method is not selected");

    private async Task<IActionResult> AfterPaymentMethodAsync(IPaymentMethod method)
    {
        if (payment.HasDetails(method))
            return await SectionAsync("payment-info", "_PaymentInfoSection", await payment.DetailsAsync(method, []));
        await payment.KeepAsync(new ProcessPaymentRequest());
        return await ConfirmAsync([]);
    }

    private async Task<IActionResult> WithoutPaymentAsync()
    {
        await steps.ChooseAsync("");
        return await ConfirmAsync([]);
    }

    private async Task<IActionResult> ConfirmAsync(IReadOnlyList<string> warnings) => await SectionAsync("confirm-order", "_ConfirmSection", await steps.ConfirmAsync(warnings));

    private async Task<IActionResult> SectionAsync(string name, string view, object model) => Json(new
    {
        update_section = new { name, html = await views.RenderAsync(ControllerContext, view, model) },
        goto_section = name.Replace('-', '_'),
    });
}
