using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

/// <summary>
/// Redirects the customer to the payment page after the order was placed or, if that fails for any reason, to the order's own page with a friendly message and
/// "Retry payment". Never throws, because nopCommerce would show the customer the raw error.
/// </summary>
public class PaymentRedirect(
    PaymentLinkService paymentLinkService,
    PublicEndpointRateLimiter rateLimiter,
    OrderNotesAndLog notesAndLog,
    ILocalizationService localizationService,
    INotificationService notificationService,
    ITempDataDictionaryFactory tempDataFactory,
    IHttpContextAccessor httpContextAccessor,
    LinkGenerator linkGenerator)
{
    /// <summary>Redirects the current response. Does nothing outside of a request.</summary>
    /// <param name="order">The order to be paid.</param>
    /// <param name="failureUrl">Where the customer is sent if the payment cannot be started; null for the order's page.</param>
    public async Task RedirectAsync(Order order, string? failureUrl = null)
    {
        if (httpContextAccessor.HttpContext is not { } httpContext)
            return;

        string? paymentUrl = null;
        string? message = null;
        try
        {
            // Not the request's cancellation token: starting a payment is completed even if the customer closes the browser.
            if (rateLimiter.TryStart(order.OrderGuid))
                paymentUrl = (await paymentLinkService.StartAsync(OrderReference.From(order), CancellationToken.None)).AbsoluteUri;
            else
                message = "TooOften";
        }
        catch (PaymentStartException exception) when (exception.IsPaid)
        {
            paymentUrl = $"{httpContext.Request.PathBase}/{MultiSafepayDefaults.Routes.Return}/{order.OrderGuid:D}";
        }
        catch (PaymentStartException exception)
        {
            message = exception.Failure.ToString();
            await TellOwnerAsync(order, exception);
        }
        catch (Exception exception)
        {
            message = exception switch
            {
                OrderBusyException => nameof(PaymentStartFailure.InProgress),
                MultiSafepayApiException api => ApiErrorTexts.CustomerMessageFor(api),
                _ => "StartFailed"
            };
            await TellOwnerAsync(order, exception);
        }

        if (message is not null)
            await TellCustomerAsync(httpContext, order, message);

        // nopCommerce recognises only status 301 and 302 as a redirect by the plugin.
        httpContext.Response.Redirect(paymentUrl ?? failureUrl ?? OrderPage(httpContext, order));
    }

    private string OrderPage(HttpContext httpContext, Order order) =>
        linkGenerator.GetPathByRouteValues(httpContext, MultiSafepayDefaults.Routes.OrderDetailsName, new { orderId = order.Id })
        ?? $"{httpContext.Request.PathBase}/orderdetails/{FormattableString.Invariant($"{order.Id}")}";

    private async Task TellOwnerAsync(Order order, Exception exception)
    {
        try
        {
            switch (exception)
            {
                case PaymentStartException { Failure: PaymentStartFailure.NotPayable }:
                    break;
                case PaymentStartException start:
                    await notesAndLog.NoteAsync(order, $"Start.{start.Failure}", start.Details);
                    if (start.IsOfCard)
                        break;
                    await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: {exception.Message}"));
                    break;
                case OrderBusyException:
                    await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: {exception.Message}"));
                    break;
                case MultiSafepayApiException api:
                    await notesAndLog.NoteAsync(order, ApiErrorTexts.NoteFor(api), FormattableString.Invariant($"{api.Code}"), api.Info ?? api.Message);
                    await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: the payment could not be started. {api.Message} {api.Code} {api.Info}"));
                    break;
                default:
                    await notesAndLog.NoteAsync(order, "Start.Error");
                    await notesAndLog.ErrorAsync(FormattableString.Invariant($"order {order.Id}: the payment could not be started."), exception);
                    break;
            }
        }
        catch (Exception)
        {
            // The database cannot be reached, so nothing can be written. The customer still gets a page.
        }
    }

    private async Task TellCustomerAsync(HttpContext httpContext, Order order, string message)
    {
        try
        {
            notificationService.ErrorNotification(await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Customer.{message}"));
            ToldCustomer.Remember(tempDataFactory.GetTempData(httpContext), order);
        }
        catch (Exception)
        {
            // As above: the redirect matters more than the message.
        }
    }
}
