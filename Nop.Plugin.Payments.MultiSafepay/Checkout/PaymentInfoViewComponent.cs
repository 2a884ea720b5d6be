using Microsoft.AspNetCore.Mvc;
using Nop.Web.Framework.Components;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout;

/// <summary>The payment information step of the checkout: tells the customer what comes next.</summary>
public class PaymentInfoViewComponent : NopViewComponent
{
    /// <summary>Renders the step.</summary>
    public IViewComponentResult Invoke() => View($"{MultiSafepayDefaults.ViewsFolder}Public/PaymentInfo.cshtml");
}
