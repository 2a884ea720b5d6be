using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Services.Security;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>The card on the order page in the admin area. It makes no API call, because it is rendered with the page; its script loads the content afterwards.</summary>
public class OrderPanelViewComponent(
    PanelReader reader,
    PanelModelFactory modelFactory,
    IPermissionService permissionService,
    IWorkContext workContext,
    IAntiforgery antiforgery) : NopViewComponent
{
    /// <summary>Renders the card for orders that are paid with this plugin, for users who may view orders.</summary>
    /// <param name="widgetZone">The widget zone.</param>
    /// <param name="additionalData">The model of the page, of which only the order id is used.</param>
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object? additionalData = null)
    {
        if (additionalData is not BaseNopEntityModel { Id: > 0 } page
            || await reader.FindAsync(page.Id) is not { } order
            || !await permissionService.AuthorizeAsync(StandardPermission.Orders.ORDERS_VIEW)
            || (await workContext.GetCurrentCustomerAsync()).VendorId > 0)
        {
            return Content(string.Empty);
        }

        // The order page is a form with its own antiforgery token; a second field of that name inside it would invalidate both.
        var token = antiforgery.GetAndStoreTokens(HttpContext).RequestToken ?? string.Empty;
        try
        {
            return View($"{MultiSafepayDefaults.ViewsFolder}Admin/OrderPanelCard.cshtml", await modelFactory.CardAsync(await reader.ReadRecordedAsync(order), token));
        }
        catch (JsonException)
        {
            // The payment record is corrupt. The order page must open all the same; the scheduled task has already logged the error.
            return Content(string.Empty);
        }
    }
}
