using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Services.Customers;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Nop.Web.Models.Order;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Models;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers;

/// <summary>The customer's own orders.</summary>
internal sealed class OrderController(
    CurrentVisitor visitor,
    IOrderService orders,
    IOrderProcessingService processing,
    IPaymentService payments,
    OrderPages pages,
    RecurringPaymentPages recurringPages,
    ICustomerService customers,
    PriceText prices,
    ILocalizationService texts,
    INotificationService notifications,
    ShopRules rules) : Controller
{
    private const string CancelButton = "cancelRecurringPayment";
    private const string RetryButton = "retryLastPayment_";

    [HttpGet]
    public async Task<IActionResult> CustomerOrders()
    {
        List<OrderRowModel> rows = [];
        foreach (var order in await orders.SearchOrdersAsync((await visitor.StoreAsync()).Id, customerId: (await visitor.CustomerAsync()).Id))
            rows.Add(await pages.RowAsync(order, amount => prices.ShowAsync(amount, order)));
        return View(rows);
    }

    [HttpGet]
    public async Task<IActionResult> Details(int orderId)
    {
        if (await FindOwnAsync(orderId) is not { } order)
            return RedirectToRoute(ShopRoutes.Homepage);
        return View(new OrderPageModel
        {
            Row = await pages.RowAsync(order, Write),
            Lines = await pages.LinesAsync(order, Write),
            Totals = await pages.TotalsAsync(order, Write),
            Notes = await pages.NotesAsync(order, forCustomer: true),
            Address = await pages.AddressAsync(order.BillingAddressId),
            Extras = order.CheckoutAttributeDescription,
            CanRetryPayment = await payments.CanRePostProcessPaymentAsync(order),
            CanCancel = rules.MayCustomersCancel && processing.CanCancelOrder(order),
            Widget = new OrderDetailsModel { Id = order.Id, CustomOrderNumber = order.CustomOrderNumber },
        });

        Task<string> Write(decimal amount) => prices.ShowAsync(amount, order);
    }

    [HttpPost]
    public async Task<IActionResult> RePostPayment(int orderId)
    {
        if (await FindOwnAsync(orderId) is not { } order)
            return RedirectToRoute(ShopRoutes.Homepage);
        if (await payments.CanRePostProcessPaymentAsync(order))
        {
            // Nothing is caught here, as in nopCommerce: a plugin that throws leaves the customer with an error page.
            await payments.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = order });
            if (Response.StatusCode is StatusCodes.Status301MovedPermanently or StatusCodes.Status302Found)
                return new EmptyResult();
        }

        return RedirectToRoute(ShopRoutes.OrderDetails, new { orderId });
    }

    [HttpPost]
    public async Task<IActionResult> CancelOrder(int orderId)
    {
        if (await FindOwnAsync(orderId) is not { } order)
            return RedirectToRoute(ShopRoutes.Homepage);
        if (!rules.MayCustomersCancel || !processing.CanCancelOrder(order))
            throw new NopException("Cannot do cancel for order.");
        await processing.CancelOrderAsync(order, notifyCustomer: true);

        // nopCommerce saves the order once more, whole and as it had read it before.
        await orders.UpdateOrderAsync(order);
        return RedirectToRoute(ShopRoutes.OrderDetails, new { orderId });
    }

    [HttpPost]
    public async Task<IActionResult> ReOrder(int orderId)
    {
        if (await FindOwnAsync(orderId) is not { } order)
            return RedirectToRoute(ShopRoutes.Homepage);
        foreach (var warning in await processing.ReOrderAsync(order))
            notifications.WarningNotification(await texts.GetResourceAsync(warning));
        return RedirectToRoute(ShopRoutes.Cart);
    }

    [HttpGet]
    public async Task<IActionResult> CustomerRecurringPayments() =>
        await RegisteredAsync() is { } customer ? View(new CustomerRecurringPaymentsModel(await RecurringPaymentsAsync(customer), [])) : Challenge();

    /// <summary>Cancels one or asks for its last payment once more: the name of the button tells which, as in nopCommerce. What the payment method throws is not caught.</summary>
    [HttpPost]
    public async Task<IActionResult> CustomerRecurringPayments(IFormCollection form)
    {
        if (await RegisteredAsync() is not { } customer)
            return Challenge();
        IEnumerable<string> errors;
        if (await PressedAsync(form, CancelButton) is { } cancelled && await processing.CanCancelRecurringPaymentAsync(customer, cancelled))
            errors = await processing.CancelRecurringPaymentAsync(cancelled);
        else if (await PressedAsync(form, RetryButton) is { } retried && await processing.CanRetryLastRecurringPaymentAsync(customer, retried))
            errors = await processing.ProcessNextRecurringPaymentAsync(retried);
        else
            return RedirectToRoute(ShopRoutes.CustomerRecurringPayments);
        return View(new CustomerRecurringPaymentsModel(await RecurringPaymentsAsync(customer), [.. errors]));
    }

    private async Task<IReadOnlyList<RecurringPaymentModel>> RecurringPaymentsAsync(Customer customer) => await recurringPages.ListAsync(customer, (await visitor.StoreAsync()).Id);

    private async Task<RecurringPayment?> PressedAsync(IFormCollection form, string button) =>
        form.Keys.FirstOrDefault(key => key.StartsWith(button, StringComparison.OrdinalIgnoreCase)) is { } key && int.TryParse(key.AsSpan(button.Length), out var id)
            ? await orders.GetRecurringPaymentByIdAsync(id)
            : null;

    private async Task<Customer?> RegisteredAsync() => await visitor.CustomerAsync() is var customer && await customers.IsRegisteredAsync(customer) ? customer : null;

    private async Task<Order?> FindOwnAsync(int orderId) =>
        await orders.GetOrderByIdAsync(orderId) is { Deleted: false } order && order.CustomerId == (await visitor.CustomerAsync()).Id ? order : null;
}
