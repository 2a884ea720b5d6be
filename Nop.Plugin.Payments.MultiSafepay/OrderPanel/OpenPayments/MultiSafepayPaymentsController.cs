using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.OpenPayments;

/// <summary>The page of the payments that wait for the owner or for MultiSafepay, of all stores.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
public class MultiSafepayPaymentsController(
    OpenPaymentsModelFactory modelFactory, MerchantAlerts alerts, IPermissionService permissionService, IWorkContext workContext) : BasePaymentController
{
    /// <summary>Shows the page.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Orders.ORDERS_VIEW)]
    public async Task<IActionResult> List()
    {
        if (await IsVendorAsync())
            return NotFound();
        var mayEdit = await permissionService.AuthorizeAsync(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE);
        return View($"{MultiSafepayDefaults.ViewsFolder}Admin/OpenPayments.cshtml", await modelFactory.CreateAsync(mayEdit));
    }

    /// <summary>Dismisses an alert.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public async Task<IActionResult> Dismiss(string? id)
    {
        if (await IsVendorAsync())
            return NotFound();
        await alerts.DismissAsync(id);
        return RedirectToAction(nameof(List));
    }

    // Vendors may see the orders of their products, but the payments concern the shop only.
    private async Task<bool> IsVendorAsync() => (await workContext.GetCurrentCustomerAsync()).VendorId > 0;
}
