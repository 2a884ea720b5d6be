using System.Collections.Frozen;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Customers;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>The payment method with which an order is opened at MultiSafepay: the one that the customer chose, while that makes sense.</summary>
public class PaymentMethodSelector(
    MethodAvailabilityReader reader,
    MethodChoiceStore choiceStore,
    RequiredCustomerDataCookie customerDataCookie,
    ICustomerService customerService,
    OrderNotesAndLog notesAndLog)
{
    // Refusals that another method may not meet.
    private static readonly FrozenSet<int> _methodRefusals = FrozenSet.Create(
        MultiSafepayErrorCodes.Amount, MultiSafepayErrorCodes.Currency, MultiSafepayErrorCodes.Country, MultiSafepayErrorCodes.MethodUnavailable,
        MultiSafepayErrorCodes.Declined, MultiSafepayErrorCodes.CartItemTaxRate);

    /// <summary>
    /// The choice for the next attempt: what the customer chose for this order, or what the last attempt was made with. The payment page takes over when that
    /// was refused or has failed, or no longer fits the order.
    /// </summary>
    public async Task<MethodChoice> ForAsync(Order order, MultiSafepaySettings settings, PaymentRecord record, CancellationToken cancellationToken)
    {
        var gateway = record.Current is { } last ? last.MethodFailed ? null : last.Gateway : await ChosenForAsync(order);
        if (gateway is null || settings.HostedPageOnly)
            return MethodChoice.PaymentPage;

        var offer = await reader.ReadAsync(order, settings, mayAsk: false, cancellationToken);
        var choice = offer.Find(gateway) is { } method ? MethodChoice.From(method)
            : offer.IsKnown ? MethodChoice.PaymentPage
            : new MethodChoice { Gateway = gateway };
        return choice with { CustomerData = customerDataCookie.Read(order.CustomerId, gateway) };
    }

    /// <summary>Falls back to the payment page where another method may do after this refusal, and notes it for the owner.</summary>
    /// <returns>Whether it does.</returns>
    public async Task<bool> TryFallBackToPaymentPageAsync(Order order, MethodChoice method, MultiSafepayApiException refusal)
    {
        if (method.Gateway is null || refusal.Code is not { } code || !_methodRefusals.Contains(code))
            return false;

        await notesAndLog.NoteAsync(order, "MethodRefused", method.Gateway, FormattableString.Invariant($"{code}"), refusal.Info);
        return true;
    }

    /// <summary>Forgets the choice once the customer is on the way to the payment page, except for the next checkout's first suggestion.</summary>
    public async Task ForgetChoiceAsync(Order order, MethodChoice method)
    {
        customerDataCookie.Forget();
        if (await customerService.GetCustomerByIdAsync(order.CustomerId) is not { } customer)
            return;

        if ((await choiceStore.CurrentAsync(customer, order.StoreId))?.OrderGuid == order.OrderGuid)
            await choiceStore.RememberAsync(customer, order.StoreId, null);
        if (method.Gateway is not null)
            await choiceStore.RememberLastMethodAsync(customer, order.StoreId, method.Gateway);
    }

    private async Task<string?> ChosenForAsync(Order order) =>
        await customerService.GetCustomerByIdAsync(order.CustomerId) is { } customer
        && await choiceStore.CurrentAsync(customer, order.StoreId) is { } choice && choice.OrderGuid == order.OrderGuid
            ? choice.Gateway
            : null;
}
