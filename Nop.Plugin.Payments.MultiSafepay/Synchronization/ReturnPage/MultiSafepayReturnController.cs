using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Nop.Web.Framework.Controllers;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;

/// <summary>
/// The pages to which the customer returns. MultiSafepay is asked once about the payment, and the customer sees the result. The order's GUID in the URL gives access only to the
/// state of the payment; the order itself is shown only to the customer whose cookie identifies them, and nobody is ever signed in here.
/// </summary>
public class MultiSafepayReturnController(
    IOrderService orderService,
    UncachedOrderReader uncachedOrders,
    IWorkContext workContext,
    INotificationService notificationService,
    ILocalizationService localizationService,
    ILanguageService languageService,
    IPaymentService paymentService,
    RetryTokens retryTokens,
    Synchronizer synchronizer,
    PublicEndpointRateLimiter rateLimiter,
    OrderNotesAndLog notesAndLog) : BasePaymentController
{
    /// <summary>The page for a customer who has paid, or believes so.</summary>
    [HttpGet]
    public Task<IActionResult> MultiSafepayReturn(Guid orderGuid, CancellationToken cancellationToken) => ShowAsync(orderGuid, hasLeft: false, cancellationToken);

    /// <summary>The page for a customer who has left the payment page.</summary>
    [HttpGet]
    public Task<IActionResult> MultiSafepayCancel(Guid orderGuid, CancellationToken cancellationToken) => ShowAsync(orderGuid, hasLeft: true, cancellationToken);

    private async Task<IActionResult> ShowAsync(Guid orderGuid, bool hasLeft, CancellationToken cancellationToken)
    {
        var order = await orderService.GetOrderByGuidAsync(orderGuid);
        if (order is null || !order.IsOurs())
            return RedirectToRoute(MultiSafepayDefaults.Routes.HomepageName);

        var state = await PullAsync(order, cancellationToken);
        order = await uncachedOrders.FindAsync(order) ?? order;
        var progress = PaymentProgresses.From(order, state, hasLeft);

        if (await workContext.GetCurrentCustomerAsync() is var visitor && visitor?.Id != order.CustomerId)
            return await ShowToStrangerAsync(order, progress, visitor);

        if (progress == PaymentProgress.Paid)
            return RedirectToRoute(MultiSafepayDefaults.Routes.CheckoutCompletedName, new { orderId = order.Id });

        if (progress is PaymentProgress.Busy)
            notificationService.Notification(NotifyType.Success, await MessageAsync(progress));
        else
            notificationService.Notification(NotifyType.Warning, await MessageAsync(progress));
        ToldCustomer.Remember(TempData, order);
        return RedirectToRoute(MultiSafepayDefaults.Routes.OrderDetailsName, new { orderId = order.Id });
    }

    // Most probably the customer, in another browser or logged out.
    private async Task<IActionResult> ShowToStrangerAsync(Order order, PaymentProgress progress, Customer? visitor)
    {
        // A guest has chosen no language yet; the one of the order is the customer's.
        if (string.IsNullOrEmpty(visitor?.Email) && await languageService.GetLanguageByIdAsync(order.CustomerLanguageId) is { Published: true } language
            && language.Id != (await workContext.GetWorkingLanguageAsync()).Id)
            await workContext.SetWorkingLanguageAsync(language);
        return View($"{MultiSafepayDefaults.ViewsFolder}Public/PaymentProgress.cshtml", new PaymentProgressModel
        {
            Message = await MessageAsync(progress),
            Language = (await workContext.GetWorkingLanguageAsync())?.LanguageCulture,
            OrderGuid = order.OrderGuid,
            RetryToken = progress is PaymentProgress.Left or PaymentProgress.Declined or PaymentProgress.Expired && await paymentService.CanRePostProcessPaymentAsync(order)
                ? retryTokens.Create(order.OrderGuid)
                : null
        });
    }

    // No failure here may leave the customer without a page; the notification will follow.
    private async Task<TransactionState> PullAsync(Order order, CancellationToken cancellationToken)
    {
        if (order.PaymentStatus != PaymentStatus.Pending || !rateLimiter.TryReturn(order.OrderGuid))
            return TransactionState.Unknown;
        try
        {
            return (await synchronizer.PullAsync(OrderReference.From(order), allowTerminalActions: false, cancellationToken)).State;
        }
        catch (Exception exception) when (exception is OrderBusyException or MultiSafepayApiException)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id} could not be checked when the customer returned. {exception.Message}"));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.ErrorAsync(FormattableString.Invariant($"order {order.Id} could not be checked when the customer returned."), exception);
        }

        return TransactionState.Unknown;
    }

    private Task<string> MessageAsync(PaymentProgress progress) =>
        localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Customer.{progress}");
}
