using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Web.Framework.Controllers;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;

/// <summary>Puts the items of an order that was not paid back into the cart, when its customer asks for it on the order's page.</summary>
[AutoValidateAntiforgeryToken]
public class MultiSafepayCartController(
    IOrderService orderService,
    IWorkContext workContext,
    INotificationService notificationService,
    ILocalizationService localizationService,
    CartRestoration restoration,
    PublicEndpointRateLimiter rateLimiter,
    OrderNotesAndLog notesAndLog) : BasePaymentController
{
    /// <summary>Puts the items back and shows the cart.</summary>
    /// <param name="orderGuid">The order's GUID.</param>
    /// <param name="cancellationToken">Cancels waiting for the order.</param>
    [HttpPost]
    public async Task<IActionResult> MultiSafepayCart(Guid orderGuid, CancellationToken cancellationToken)
    {
        if (await orderService.GetOrderByGuidAsync(orderGuid) is not { } order || !order.IsOurs() || (await workContext.GetCurrentCustomerAsync())?.Id != order.CustomerId)
            return RedirectToRoute(MultiSafepayDefaults.Routes.HomepageName);

        var (outcome, isDone) = (CartRestorationOutcome.NotPossible, false);
        if (rateLimiter.TryReturn(orderGuid))
        {
            try
            {
                (outcome, isDone) = (await restoration.RestoreAsync(order, cancellationToken), true);
            }
            catch (Exception exception) when (exception is OrderBusyException or MultiSafepayApiException or JsonException)
            {
                await notesAndLog.WarnAsync(FormattableString.Invariant($"the items of order {order.Id} could not be put back into the cart. {exception.Message}"));
            }
        }

        if (outcome == CartRestorationOutcome.PartlyRestored)
            await WarnAsync("ShoppingCart.ReorderWarning");
        if (outcome == CartRestorationOutcome.Restored)
            notificationService.Notification(NotifyType.Success, await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Customer.CartRestored"));
        if (outcome != CartRestorationOutcome.NotPossible)
            return RedirectToRoute(MultiSafepayDefaults.Routes.CartName);

        if (!isDone)
            await WarnAsync($"{MultiSafepayDefaults.ResourcePrefix}.Customer.CartFailed");
        return RedirectToRoute(MultiSafepayDefaults.Routes.OrderDetailsName, new { orderId = order.Id });
    }

    private async Task WarnAsync(string resource) =>
        notificationService.Notification(NotifyType.Warning, await localizationService.GetResourceAsync(resource));
}
