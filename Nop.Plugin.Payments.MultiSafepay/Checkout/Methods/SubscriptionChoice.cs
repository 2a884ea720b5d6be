using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// The payment method of an order of a subscription that the customer pays: one whose details MultiSafepay stores for the later payments, and never the payment page with all methods, because some of
/// those on it cannot be charged again.
/// </summary>
public class SubscriptionChoice(ISubscriptionOrders subscriptionOrders, CustomerReferences references, SavedCardSource savedCardSource, OrderNotesAndLog notesAndLog)
{
    /// <summary>Whether an order that is about to be paid is one of a subscription.</summary>
    /// <param name="order">The order.</param>
    /// <param name="settings">The settings of its store.</param>
    /// <param name="record">Its payment record.</param>
    public async Task<bool> IsNeededAsync(Order order, MultiSafepaySettings settings, PaymentRecord record) =>
        record.SubscriptionCharge is not null || record.Attempts.Any(attempt => attempt.IsSubscription)
        || (settings.Subscriptions && record.Attempts.Count == 0 && await subscriptionOrders.ContainAsync(order));

    /// <summary>Determines the method.</summary>
    /// <param name="order">The order.</param>
    /// <param name="settings">The settings of its store.</param>
    /// <param name="offer">The methods that are offered for a subscription.</param>
    /// <param name="gateway">The method that the customer chose; null if there is none, or it has failed.</param>
    /// <param name="remembered">What the customer chose in the payment step; null if this is not the first attempt.</param>
    public async Task<MethodChoice> CompleteAsync(Order order, MultiSafepaySettings settings, MethodAvailability offer, string? gateway, RememberedChoice? remembered)
    {
        // Who pays with another card need not have one of the same brand.
        var method = offer.Find(gateway) ?? offer.Find(CardMethods.Group);
        if (remembered?.Consent is { } consent)
            await notesAndLog.QuoteAsync(order, "Subscription.Consent", consent);

        savedCardSource.Forget(order.CustomerId);
        return (method is not null ? MethodChoice.From(method) : new MethodChoice { Gateway = gateway ?? GatewayOf(offer) }) with
        {
            CustomerReference = await references.GetOrCreateAsync(order.CustomerId, settings.Environment),
            RecurringModel = RecurringModel.Subscription,
            ConsentUtc = remembered?.Consent is null ? null : remembered.ConsentUtc
        };
    }

    private static string GatewayOf(MethodAvailability offer) => offer.Methods.Count == 0 || offer.Methods.Any(method => CardMethods.Contains(method.Id)) ? CardMethods.Group : offer.Methods[0].Id;
}
