using Nop.Core;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>A saved card with which the customer can pay for the cart.</summary>
/// <param name="Card">The card.</param>
/// <param name="Method">The payment method that the payment belongs to, which has the fee and the owner's rules: the card's brand, or the group of all cards.</param>
public sealed record OfferedCard(SavedCard Card, PaymentMethod Method);

/// <summary>Determines which saved cards the customer can use for the cart, and which methods can save one.</summary>
public class OfferedCards(CustomerCards customerCards, StoreSettings storeSettings, IStoreContext storeContext)
{
    /// <summary>Whether the customer can save the card that is used for a payment with a method.</summary>
    public async Task<bool> MaySaveAsync(PaymentMethod method) => CardSaving.IsPossible(method) && await customerCards.AreOfferedAsync(await SettingsAsync());

    /// <summary>Reads the customer's cards in the background, so that the payment step does not wait for them.</summary>
    public async Task ReadAheadAsync() => await customerCards.ReadAheadAsync(await SettingsAsync());

    /// <summary>The customer's cards for a cart, including those that have expired; only those whose brand is available for the cart.</summary>
    /// <param name="offer">The methods that are available for the cart.</param>
    /// <param name="cancellationToken">Cancels waiting for the cards.</param>
    public async Task<IReadOnlyList<OfferedCard>> ForAsync(MethodAvailability offer, CancellationToken cancellationToken)
    {
        if (!offer.Methods.Any(CardSaving.IsPossible))
            return [];

        List<OfferedCard> cards = [];
        foreach (var card in await customerCards.ForCheckoutAsync(await SettingsAsync(), cancellationToken))
        {
            if (MethodOf(card, offer) is { } method && CardSaving.IsPossible(method))
                cards.Add(new OfferedCard(card, method));
        }

        return cards;
    }

    /// <summary>
    /// The method that a payment with a card belongs to: that of its brand, or the group of all cards, which stands in for its brands as long as they are not listed by themselves and refused; null
    /// if there is none.
    /// </summary>
    internal static PaymentMethod? MethodOf(SavedCard card, MethodAvailability offer)
    {
        if (offer.Find(card.Code) is { } brand)
            return brand;
        return !offer.Refused.Any(refused => IsCode(refused.Gateway, card.Code)) && offer.Find(CardMethods.Group) is { } group
            && (group.Brands.Count == 0 || group.Brands.Any(one => IsCode(one.Id, card.Code)))
            ? group
            : null;
    }

    private static bool IsCode(string? gateway, string code) => string.Equals(gateway, code, StringComparison.OrdinalIgnoreCase);

    private async Task<MultiSafepaySettings> SettingsAsync() => await storeSettings.ForStoreAsync((await storeContext.GetCurrentStoreAsync()).Id);
}
