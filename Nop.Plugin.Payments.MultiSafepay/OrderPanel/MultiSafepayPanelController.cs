using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>
/// The panel on the order page in the admin area. Each action answers with the current panel and a sentence on the result: as a partial view for the panel's script,
/// or as a page of its own without the script.
/// </summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
public class MultiSafepayPanelController(
    PanelReader reader,
    PanelModelFactory modelFactory,
    PanelActions actions,
    PanelUpdates updates,
    PanelSubscriptionActions subscriptions,
    IPermissionService permissionService,
    IWorkContext workContext) : BasePaymentController
{
    private const string Views = $"{MultiSafepayDefaults.ViewsFolder}Admin/";

    /// <summary>Shows the payment of an order.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Orders.ORDERS_VIEW)]
    public async Task<IActionResult> Show(int id, CancellationToken cancellationToken) =>
        await FindAsync(id) is { } order ? await PanelAsync(order, null, cancellationToken) : NotFound();

    /// <summary>Reads the payment from MultiSafepay and applies it to the order.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Refresh(int id, CancellationToken cancellationToken) => DoAsync(id, actions.RefreshAsync, cancellationToken);

    /// <summary>Finds or creates a payment link.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Link(int id, CancellationToken cancellationToken) => DoAsync(id, (order, _) => actions.LinkAsync(order), cancellationToken);

    /// <summary>Sends the payment link to the customer by e-mail.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Send(int id, CancellationToken cancellationToken) => DoAsync(id, (order, _) => actions.SendAsync(order), cancellationToken);

    /// <summary>Cancels the open payment.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Cancel(int id, CancellationToken cancellationToken) => DoAsync(id, (order, _) => actions.CancelAsync(order), cancellationToken);

    /// <summary>Withdraws a pending refund.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> WithdrawRefund(int id, string? refundId, CancellationToken cancellationToken) =>
        DoAsync(id, (order, _) => updates.WithdrawRefundAsync(order, refundId), cancellationToken);

    /// <summary>Extends a Klarna authorisation.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> Extend(int id, CancellationToken cancellationToken) => DoAsync(id, updates.ExtendAsync, cancellationToken);

    /// <summary>Sends the URL of the shop's invoice to MultiSafepay.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> InvoiceUrl(int id, string? invoiceUrl, CancellationToken cancellationToken) =>
        DoAsync(id, (order, token) => updates.InvoiceUrlAsync(order, invoiceUrl, token), cancellationToken);

    /// <summary>Makes the next order of a subscription and charges it.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> SubscriptionCharge(int id, int number, CancellationToken cancellationToken) => DoAsync(id, (order, _) => subscriptions.ChargeAsync(order, number), cancellationToken);

    /// <summary>Pauses a subscription.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> SubscriptionPause(int id, CancellationToken cancellationToken) => DoAsync(id, (order, _) => subscriptions.PauseAsync(order), cancellationToken);

    /// <summary>Resumes a subscription.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> SubscriptionResume(int id, CancellationToken cancellationToken) => DoAsync(id, (order, _) => subscriptions.ResumeAsync(order), cancellationToken);

    /// <summary>Cancels a subscription.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> SubscriptionCancel(int id, CancellationToken cancellationToken) => DoAsync(id, (order, _) => subscriptions.CancelAsync(order), cancellationToken);

    /// <summary>Deletes the payment details of a subscription.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE)]
    public Task<IActionResult> SubscriptionForget(int id, CancellationToken cancellationToken) => DoAsync(id, (order, _) => subscriptions.ForgetAsync(order), cancellationToken);

    private async Task<IActionResult> DoAsync(int id, Func<Order, CancellationToken, Task<PanelAnswer>> work, CancellationToken cancellationToken) =>
        await FindAsync(id) is { } order ? await PanelAsync(order, await work(order, cancellationToken), cancellationToken) : NotFound();

    // Vendors see the orders of their products on the same pages, but the payment concerns the shop only.
    private async Task<Order?> FindAsync(int id) =>
        (await workContext.GetCurrentCustomerAsync()).VendorId > 0 ? null : await reader.FindAsync(id);

    private async Task<IActionResult> PanelAsync(Order order, PanelAnswer? answer, CancellationToken cancellationToken)
    {
        // Read again, because the action may have changed the order.
        order = await reader.FindAsync(order.Id) ?? order;
        var (view, problem) = await reader.ReadAsync(order, cancellationToken);
        var mayEdit = await permissionService.AuthorizeAsync(StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE);
        var model = await modelFactory.CreateAsync(view, problem, answer, mayEdit);
        return Request.Headers.XRequestedWith == "XMLHttpRequest" ? PartialView($"{Views}OrderPanel.cshtml", model) : View($"{Views}OrderPanelPage.cshtml", model);
    }
}
