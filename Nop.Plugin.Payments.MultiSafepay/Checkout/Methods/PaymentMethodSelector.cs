using System.Collections.Frozen;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Customers;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Selects the payment method for creating an order at MultiSafepay: the customer's choice, as long as it is available and has not failed.</summary>
public class PaymentMethodSelector(
    MethodAvailabilityReader reader,
    MethodChoiceStore choiceStore,
    SavedCardChoice savedCardChoice,
    SubscriptionChoice subscriptionChoice,
    RequiredCustomerDataCookie customerDataCookie,
    ICustomerService customerService,
    OrderNotesAndLog notesAndLog)
{
    // Errors that may not occur with another method.
    private static readonly FrozenSet<int> _methodRefusals = FrozenSet.Create(
        MultiSafepayErrorCodes.Amount, MultiSafepayErrorCodes.Currency, MultiSafepayErrorCodes.Country, MultiSafepayErrorCodes.MethodUnavailable,
        MultiSafepayErrorCodes.Declined, MultiSafepayErrorCodes.CartItemTaxRate);

    /// <summary>
    /// The choice for the next attempt: the customer's choice for this order, or the method of the last attempt. The payment page is used instead if that method was
    /// rejected, has failed, or is no longer available for the order.
    /// </summary>
    /// <exception cref="Starting.PaymentStartException">The saved card that the customer chose is not there any more.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay cannot say whether it is.</exception>
    public async Task<MethodChoice> ForAsync(Order order, MultiSafepaySettings settings, PaymentRecord record, CancellationToken cancellationToken)
    {
        var last = record.Current;
        var remembered = last is null ? await ChosenForAsync(order) : null;
        var gateway = last is null ? remembered?.Gateway : last.MethodFailed ? null : last.Gateway;
        if (await subscriptionChoice.IsNeededAsync(order, settings, record))
        {
            var offered = await reader.ReadAsync(order, settings, mayAsk: false, cancellationToken, AssumedCart.Subscription);
            return await subscriptionChoice.CompleteAsync(order, settings, offered, gateway, remembered);
        }

        if (gateway is null || settings.HostedPageOnly)
            return MethodChoice.PaymentPage;

        var offer = await reader.ReadAsync(order, settings, mayAsk: false, cancellationToken);
        var method = offer.Find(gateway);
        var choice = method is not null ? MethodChoice.From(method)
            : offer.IsKnown ? MethodChoice.PaymentPage
            : new MethodChoice { Gateway = gateway };
        if (ManualCapture.IsRefused(settings, choice))
            await notesAndLog.NoteAsync(order, "CaptureNotPossible", choice.Name);
        choice = await savedCardChoice.CompleteAsync(order, settings, choice, remembered, last, method, cancellationToken);
        return choice with { CustomerData = customerDataCookie.Read(order.CustomerId, gateway) };
    }

    /// <summary>Whether another method may succeed after this error, so that the payment page should be tried. If so, writes an order note.</summary>
    public async Task<bool> TryFallBackToPaymentPageAsync(Order order, MethodChoice method, MultiSafepayApiException refusal)
    {
        if (method.Gateway is null || method.Card is not null || refusal.Code is not { } code || !_methodRefusals.Contains(code))
            return false;

        await notesAndLog.NoteAsync(order, "MethodRefused", method.Name, FormattableString.Invariant($"{code}"), refusal.Info);
        return true;
    }

    /// <summary>Removes the choice once the payment page has been created, and keeps the gateway, and the saved card, as the default of the next checkout.</summary>
    /// <param name="order">The order.</param>
    /// <param name="method">What the customer chose.</param>
    /// <param name="isRefused">Whether the saved card was refused: it is not proposed again.</param>
    public async Task ForgetChoiceAsync(Order order, MethodChoice method, bool isRefused = false)
    {
        customerDataCookie.Forget();
        if (await customerService.GetCustomerByIdAsync(order.CustomerId) is not { } customer)
            return;

        if ((await choiceStore.CurrentAsync(customer, order.StoreId))?.OrderGuid == order.OrderGuid)
            await choiceStore.RememberAsync(customer, order.StoreId, null);
        if (method.Gateway is not null)
            await choiceStore.RememberLastMethodAsync(customer, order.StoreId, method.Gateway, isRefused ? null : method.Card?.Id);
    }

    private async Task<RememberedChoice?> ChosenForAsync(Order order) =>
        await customerService.GetCustomerByIdAsync(order.CustomerId) is { } customer
        && await choiceStore.CurrentAsync(customer, order.StoreId) is { } choice && choice.OrderGuid == order.OrderGuid
            ? choice
            : null;
}
