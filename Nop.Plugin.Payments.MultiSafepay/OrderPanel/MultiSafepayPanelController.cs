using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

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
    PanelActions actions,
    PanelUpdates updates,
    IPermissionService permissionService,
    IWorkContext workContext) : BasePaymentController
{
    private const string Views = $"{MultiSafepayDefaults.ViewsFolder}Admin/";

    /// <summary>Shows how the payment of an order stands.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Orders.ORDERS_VIEW)]
    public async Task<IActionResult> Show(int id, CancellationToken cancellationToken) =>
        await FindAsync(id) is { } order ? await PanelAsync(order, null, cancellationToken) : NotFound();

    /// <summary>Asks MultiSafepay and applies its answer to the order.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Refresh(int id, CancellationToken cancellationToken) => DoAsync(id, actions.RefreshAsync, cancellationToken);

    /// <summary>Finds or makes a payment link.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Link(int id, CancellationToken cancellationToken) => DoAsync(id, (order, _) => actions.LinkAsync(order), cancellationToken);

    /// <summary>Mails the payment link to the customer.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Send(int id, CancellationToken cancellationToken) => DoAsync(id, (order, _) => actions.SendAsync(order), cancellationToken);

    /// <summary>Calls off the payment that is open.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Cancel(int id, CancellationToken cancellationToken) => DoAsync(id, (order, _) => actions.CancelAsync(order), cancellationToken);

    /// <summary>Withdraws a refund that waits.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> WithdrawRefund(int id, string? refundId, CancellationToken cancellationToken) =>
        DoAsync(id, (order, _) => updates.WithdrawRefundAsync(order, refundId), cancellationToken);

    /// <summary>Gives a Klarna authorisation more time.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Extend(int id, CancellationToken cancellationToken) => DoAsync(id, updates.ExtendAsync, cancellationToken);

    /// <summary>Tells MultiSafepay where the shop's invoice can be read.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> InvoiceUrl(int id, string? invoiceUrl, CancellationToken cancellationToken) =>
        DoAsync(id, (order, token) => updates.InvoiceUrlAsync(order, invoiceUrl, token), cancellationToken);

    private async Task<IActionResult> DoAsync(int id, Func<Order, CancellationToken, Task<PanelAnswer>> work, CancellationToken cancellationToken) =>
        await FindAsync(id) is { } order ? await PanelAsync(order, await work(order, cancellationToken), cancellationToken) : NotFound();

    // Vendors see orders with their products in the same pages; the payment is the shop's.
    private async Task<Order?> FindAsync(int id) =>
        (await workContext.GetCurrentCustomerAsync()).VendorId > 0 ? null : await reader.FindAsync(id);

    private async Task<IActionResult> PanelAsync(Order order, PanelAnswer? answer, CancellationToken cancellationToken)
    {
        // Read anew: the button may have changed the order.
        order = await reader.FindAsync(order.Id) ?? order;
        var (view, problem) = await reader.ReadAsync(order, cancellationToken);
        var mayEdit = await permissionService.AuthorizeAsync(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE);
        var model = await modelFactory.CreateAsync(view, problem, answer, mayEdit);
        return Request.Headers.XRequestedWith == "XMLHttpRequest" ? PartialView($"{Views}OrderPanel.cshtml", model) : View($"{Views}OrderPanelPage.cshtml", model);
    }
}
