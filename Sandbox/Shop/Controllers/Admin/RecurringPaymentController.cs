using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Security;
using Nop.Web.Framework.Mvc.Filters;
using Sandbox.Shop.Models;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>The orders that are repeated at intervals. Nothing makes the next one when it is due, unless a plugin does: here is the button for it.</summary>
internal sealed class RecurringPaymentController(
    IOrderService orders,
    IOrderProcessingService processing,
    RecurringPaymentPages pages,
    IWorkContext workContext,
    ILocalizationService texts,
    INotificationService notifications) : AdminController
{
    [HttpGet]
    [CheckPermission(StandardPermission.Orders.RECURRING_PAYMENTS_VIEW)]
    public async Task<IActionResult> List() => View(await pages.ListAsync(await workContext.GetCurrentCustomerAsync()));

    [HttpGet]
    [CheckPermission(StandardPermission.Orders.RECURRING_PAYMENTS_VIEW)]
    public async Task<IActionResult> Edit(int id) => await orders.GetRecurringPaymentByIdAsync(id) is { Deleted: false } payment
        ? View(await pages.DetailsAsync(payment, await workContext.GetCurrentCustomerAsync()))
        : RedirectToAction(nameof(List));

    [HttpPost]
    [CheckPermission(StandardPermission.Orders.RECURRING_PAYMENTS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Edit(int id, RecurringPaymentForm form) => DoAsync(id, "Updated", async payment =>
    {
        (payment.CycleLength, payment.CyclePeriodId, payment.TotalCycles, payment.IsActive) = (form.CycleLength, form.CyclePeriodId, form.TotalCycles, form.IsActive);
        await orders.UpdateRecurringPaymentAsync(payment);
        return [];
    });

    [HttpPost]
    [CheckPermission(StandardPermission.Orders.RECURRING_PAYMENTS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> ProcessNextPayment(int id) => DoAsync(id, "NextPaymentProcessed", payment => processing.ProcessNextRecurringPaymentAsync(payment));

    [HttpPost]
    [CheckPermission(StandardPermission.Orders.RECURRING_PAYMENTS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> CancelRecurringPayment(int id) => DoAsync(id, "Cancelled", async payment => await processing.CancelRecurringPaymentAsync(payment));

    [HttpPost]
    [CheckPermission(StandardPermission.Orders.RECURRING_PAYMENTS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Delete(int id) => DoAsync(id, "Deleted", async payment =>
    {
        await orders.DeleteRecurringPaymentAsync(payment);
        return [];
    });

    /// <summary>Errors come as a list or as an exception of whatever kind; both show on the page.</summary>
    private async Task<IActionResult> DoAsync(int id, string success, Func<RecurringPayment, Task<IEnumerable<string>>> operation)
    {
        if (await orders.GetRecurringPaymentByIdAsync(id) is not { Deleted: false } payment)
            return RedirectToAction(nameof(List));
        try
        {
            var errors = (await operation(payment)).ToList();
            foreach (var error in errors)
                notifications.ErrorNotification(error);
            if (errors.Count == 0)
                notifications.SuccessNotification(await texts.GetResourceAsync($"Admin.RecurringPayments.{success}"));
        }
        catch (Exception exception)
        {
            await notifications.ErrorNotificationAsync(exception);
        }

        return RedirectToAction(nameof(Edit), new { id });
    }
}
