using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales.Panel;

/// <summary>
/// What the panel on the admin's order page fetches and posts to. Each answer is the panel as it is now, with a sentence on what was done: as a part of the
/// page for the panel's script, as a page of its own without it.
/// </summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
public class MultiSafepayPanelController(
    PanelReader reader,
    PanelModelFactory modelFactory,
    IWorkContext workContext) : BasePaymentController
{
    private const string Views = $"{MultiSafepayDefaults.ViewsFolder}Admin/";

    /// <summary>Shows how the payment of an order stands.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Orders.ORDERS_VIEW)]
    public async Task<IActionResult> Show(int id, CancellationToken cancellationToken) =>
        await FindAsync(id) is { } order ? await PanelAsync(order, null, cancellationToken) : NotFound();

    // Vendors see orders with their products in the same pages; the payment is the shop's.
    private async Task<Order?> FindAsync(int id) =>
        (await workContext.GetCurrentCustomerAsync()).VendorId > 0 ? null : await reader.FindAsync(id);

    private async Task<IActionResult> PanelAsync(Order order, PanelAnswer? answer, CancellationToken cancellationToken)
    {
        var (view, problem) = await reader.ReadAsync(order, cancellationToken);
        var model = await modelFactory.CreateAsync(view, problem, answer);
        return Request.Headers.XRequestedWith == "XMLHttpRequest" ? PartialView($"{Views}OrderPanel.cshtml", model) : View($"{Views}OrderPanelPage.cshtml", model);
    }
}
