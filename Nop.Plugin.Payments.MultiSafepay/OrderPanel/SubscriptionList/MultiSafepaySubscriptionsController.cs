using System.Text;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.SubscriptionList;

/// <summary>The page of the subscriptions that were paid with the plugin, of all stores, and the same as a file.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
public class MultiSafepaySubscriptionsController(SubscriptionsModelFactory modelFactory, IWorkContext workContext) : BasePaymentController
{
    /// <summary>Shows a page of the list.</summary>
    /// <param name="state">Only those that stand like this; all without.</param>
    /// <param name="pageNumber">The number of the page, from 1.</param>
    [HttpGet]
    [CheckPermission(StandardPermission.Orders.RECURRING_PAYMENTS_VIEW)]
    public async Task<IActionResult> List(SubscriptionState? state, int pageNumber = 1) => await IsVendorAsync()
        ? NotFound()
        : View($"{MultiSafepayDefaults.ViewsFolder}Admin/Subscriptions.cshtml", await modelFactory.CreateAsync(state, pageNumber));

    /// <summary>Sends the whole list as CSV (RFC 4180, UTF-8 with a byte order mark), while it is read.</summary>
    /// <param name="state">Only those that stand like this; all without.</param>
    /// <param name="cancellationToken">Cancels the reading: the browser is gone.</param>
    [HttpGet]
    [CheckPermission(StandardPermission.Orders.RECURRING_PAYMENTS_VIEW)]
    public async Task<IActionResult> Csv(SubscriptionState? state, CancellationToken cancellationToken)
    {
        if (await IsVendorAsync())
            return NotFound();

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=subscriptions.csv";
        await using var writer = new StreamWriter(Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await foreach (var row in modelFactory.CsvAsync(state, cancellationToken))
            await writer.WriteAsync(row.AsMemory(), cancellationToken);
        return new EmptyResult();
    }

    // A vendor sees the orders of the own products, but the payments concern the shop only.
    private async Task<bool> IsVendorAsync() => (await workContext.GetCurrentCustomerAsync()).VendorId > 0;
}
