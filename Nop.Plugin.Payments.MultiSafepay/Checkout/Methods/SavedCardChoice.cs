using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Services.Customers;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Adds to the payment method of an order what concerns saved cards: the card that is charged, or that the card is to be saved.</summary>
public class SavedCardChoice(CustomerCards customerCards, MethodChoiceStore choiceStore, ICustomerService customerService)
{
    /// <summary>Completes the choice of a payment method.</summary>
    /// <param name="order">The order.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="choice">The method of the next attempt.</param>
    /// <param name="remembered">What the customer chose in the payment step; null if this is not the first attempt.</param>
    /// <param name="last">The attempt before this one; null for none.</param>
    /// <param name="method">The method as MultiSafepay lists it; null if it is not known.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="PaymentStartException">The card that the customer chose is not there any more.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay cannot say whether it is.</exception>
    public async Task<MethodChoice> CompleteAsync(
        Order order, MultiSafepaySettings settings, MethodChoice choice, RememberedChoice? remembered, PaymentAttempt? last, PaymentMethod? method, CancellationToken cancellationToken)
    {
        // A link that the owner makes for the order neither charges nor saves a card.
        var savesCard = (remembered?.SavesCard ?? last?.SavesCard) == true;
        if (choice.Gateway is null || (remembered?.CardId is null && !savesCard) || !await customerCards.AreOfferedAsync(settings, order.CustomerId))
            return choice;

        if (remembered?.CardId is { } id)
        {
            if (await customerCards.FindAsync(order.CustomerId, settings, id, cancellationToken) is { } card)
                return choice with { Card = card, CustomerReference = card.Reference };

            // The next attempt is one without the card.
            if (await customerService.GetCustomerByIdAsync(order.CustomerId) is { } customer)
                await choiceStore.RememberAsync(customer, order.StoreId, remembered with { CardId = null });
            throw new PaymentStartException(PaymentStartFailure.CardGone);
        }

        return method is not null && CardSaving.IsPossible(method)
            ? choice with { CustomerReference = await customerCards.ReferenceForSavingAsync(order.CustomerId, settings.Environment) }
            : choice;
    }
}
