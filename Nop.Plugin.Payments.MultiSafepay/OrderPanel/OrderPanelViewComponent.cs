using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Services.Security;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>The card on the admin's order page. It is drawn with the page and so asks nobody; its script fetches the content afterwards.</summary>
public class OrderPanelViewComponent(
    PanelReader reader,
    PanelModelFactory modelFactory,
    IPermissionService permissionService,
    IWorkContext workContext,
    IAntiforgery antiforgery) : NopViewComponent
{
    /// <summary>Renders the card for orders of ours, for those who may see orders.</summary>
    /// <param name="widgetZone">The place on the page.</param>
    /// <param name="additionalData">The page's model; all that is read of it is the order's id.</param>
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object? additionalData = null)
    {
        if (additionalData is not BaseNopEntityModel { Id: > 0 } page
            || await reader.FindAsync(page.Id) is not { } order
            || !await permissionService.AuthorizeAsync(StandardPermission.Orders.ORDERS_VIEW)
            || (await workContext.GetCurrentCustomerAsync()).VendorId > 0)
        {
            return Content(string.Empty);
        }

        // The order page is a form with a token of its own; a second field of that name inside it would spoil both.
        var token = antiforgery.GetAndStoreTokens(HttpContext).RequestToken ?? string.Empty;
        try
        {
            return View($"{MultiSafepayDefaults.ViewsFolder}Admin/OrderPanelCard.cshtml", await modelFactory.CardAsync(await reader.RememberAsync(order), token));
        }
        catch (JsonException)
        {
            // What is stored is damaged. The order page must open all the same; the log already has it from the task.
            return Content(string.Empty);
        }
    }
}
