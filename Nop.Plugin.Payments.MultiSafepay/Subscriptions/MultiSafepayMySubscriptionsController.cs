using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Services.Customers;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Payments;
using Nop.Web.Framework.Controllers;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>The page of a registered customer's account that lists the subscriptions and has the card of one changed. Cancelling one is left to nopCommerce's own page.</summary>
[AutoValidateAntiforgeryToken]
public class MultiSafepayMySubscriptionsController(
    CustomerSubscriptions subscriptions,
    SubscriptionActions actions,
    PaymentRedirect paymentRedirect,
    IPaymentService paymentService,
    ICustomerService customerService,
    INotificationService notificationService,
    ILocalizationService localizationService,
    IDateTimeHelper dateTimeHelper,
    IWorkContext workContext) : BasePaymentController
{
    /// <summary>Shows the subscriptions.</summary>
    [HttpGet]
    public async Task<IActionResult> MultiSafepayMySubscriptions()
    {
        if (await RegisteredAsync() is not { } customer)
            return Challenge();

        var shown = new List<MySubscription>();
        foreach (var line in await subscriptions.ListAsync(customer))
            shown.Add(await ShownAsync(line));
        return View($"{MultiSafepayDefaults.ViewsFolder}Public/MySubscriptions.cshtml", new MySubscriptionsModel { Subscriptions = shown });
    }

    /// <summary>Has the card of a subscription changed: redirects to the payment of its open order, or else notes that the next payment is made by link.</summary>
    /// <param name="subscriptionId">The recurring payment's id in nopCommerce. Another customer's is answered like one that there is not.</param>
    [HttpPost]
    public async Task<IActionResult> MultiSafepayChangeCard(int subscriptionId)
    {
        if (await RegisteredAsync() is not { } customer)
            return Challenge();

        var found = (await subscriptions.ListAsync(customer)).FirstOrDefault(line => line.Summary.Recurring.Id == subscriptionId)?.Summary;
        if (found?.OpenOrder is { } open && await paymentService.CanRePostProcessPaymentAsync(open))
        {
            await paymentRedirect.RedirectAsync(open, Url.RouteUrl(MultiSafepayDefaults.Routes.SubscriptionsName));
            return new EmptyResult();
        }

        var isNoted = found is not null && await TryNoteAsync(found);
        notificationService.Notification(
            isNoted ? NotifyType.Success : NotifyType.Error,
            await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Subscriptions.{(isNoted ? "Changing" : "NotChanged")}"));
        return RedirectToRoute(MultiSafepayDefaults.Routes.SubscriptionsName);
    }

    private async Task<bool> TryNoteAsync(SubscriptionSummary subscription)
    {
        try
        {
            // The first payment is by the customer anyway.
            return subscription.State != SubscriptionState.Waiting && await actions.WantOtherCardAsync(subscription.Order) is null;
        }
        catch (Exception exception) when (exception is OrderBusyException or JsonException)
        {
            return false;
        }
    }

    private async Task<MySubscription> ShownAsync(SubscriptionLine line)
    {
        var known = line.Summary;
        return new MySubscription(
            known.Recurring.Id,
            known.Order.CustomOrderNumber,
            line.Amount,
            line.Interval,
            known.State == SubscriptionState.Active ? string.Empty : await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Subscription.State.{known.State}"),
            known.Means?.ToString() ?? string.Empty,
            known.NextUtc is { } next ? (await dateTimeHelper.ConvertToUserTimeAsync(next, DateTimeKind.Utc)).ToString("d", CultureInfo.CurrentCulture) : string.Empty,
            ChangeOf(known));
    }

    private static CardChange ChangeOf(SubscriptionSummary known) => known switch
    {
        { OpenOrder: not null } => CardChange.Pay,
        { State: SubscriptionState.Waiting } or { Left: 0 } => CardChange.None,
        { Problem: not null } => CardChange.Asked,
        _ => CardChange.Ask
    };

    private async Task<Customer?> RegisteredAsync() =>
        await workContext.GetCurrentCustomerAsync() is { } customer && await customerService.IsRegisteredAsync(customer) ? customer : null;
}
