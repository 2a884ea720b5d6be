using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Web.Framework.Components;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>The payment information step of the checkout: the payment methods to choose from, or a note about the payment page.</summary>
public class PaymentInfoViewComponent(PaymentInfoModelFactory modelFactory) : NopViewComponent
{
    /// <summary>Renders the step; after a form that was rejected, with the customer's input.</summary>
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var form = HttpMethods.IsPost(Request.Method) && Request.HasFormContentType ? await Request.ReadFormAsync(HttpContext.RequestAborted) : null;
        return View($"{MultiSafepayDefaults.ViewsFolder}Public/PaymentInfo.cshtml", await modelFactory.CreateAsync(form, HttpContext.RequestAborted));
    }
}
