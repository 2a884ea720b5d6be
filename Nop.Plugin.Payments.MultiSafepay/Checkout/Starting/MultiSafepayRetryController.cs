using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Nop.Web.Framework.Controllers;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

/// <summary>
/// Starts the payment of an order again for a customer who has no session any more: a guest in another browser, or one who was logged out. nopCommerce's <em>Retry payment</em> is on the
/// order's page, which such a customer cannot open.
/// </summary>
public class MultiSafepayRetryController(IOrderService orderService, IPaymentService paymentService, RetryTokens tokens, PaymentRedirect paymentRedirect) : BasePaymentController
{
    /// <summary>Redirects to the payment page.</summary>
    /// <param name="orderGuid">The order's GUID.</param>
    /// <param name="token">The token of the return page (<see cref="RetryTokens"/>).</param>
    [HttpPost]
    public async Task<IActionResult> MultiSafepayRetry(Guid orderGuid, string? token)
    {
        var returnPage = Url.Content($"~/{MultiSafepayDefaults.Routes.Cancel}/{orderGuid:D}");
        if (await orderService.GetOrderByGuidAsync(orderGuid) is not { } order || !order.IsOurs())
            return RedirectToRoute(MultiSafepayDefaults.Routes.HomepageName);
        if (!tokens.IsValid(orderGuid, token) || !await paymentService.CanRePostProcessPaymentAsync(order))
            return LocalRedirect(returnPage);

        await paymentRedirect.RedirectAsync(order, returnPage);
        return new EmptyResult();
    }
}
