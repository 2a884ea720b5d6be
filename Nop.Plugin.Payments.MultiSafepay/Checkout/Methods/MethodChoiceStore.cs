using System.Text.Json;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Common;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>The customer's choice in the payment step of the current checkout.</summary>
/// <param name="Gateway">The gateway code of the method.</param>
/// <param name="Label">The name of the payment request's custom value that holds the choice, in the customer's language at that time.</param>
/// <param name="OrderGuid">The order that was placed with the choice; null before placement.</param>
public sealed record RememberedChoice(string Gateway, string Label, Guid? OrderGuid = null)
{
    /// <summary>The text of the custom value, by which the choice of one session is told from that of another; null for a choice of an earlier version.</summary>
    public string? Shown { get; init; }

    /// <summary>The id of the saved card that the customer chose (<see cref="SavedCards.SavedCard.Id"/>); null for none.</summary>
    public string? CardId { get; init; }

    /// <summary>Whether the customer wants the card to be saved.</summary>
    public bool SavesCard { get; init; }

    /// <summary>The text by which the customer agreed to the later payments of a subscription; null if the cart is none.</summary>
    public string? Consent { get; init; }

    /// <summary>When the customer agreed, in UTC; null if the cart is no subscription.</summary>
    public DateTime? ConsentUtc { get; init; }
}

/// <summary>
/// Stores the gateway that a customer chose in generic attributes of the customer: for the additional fee until the order is placed, then for the order, and as the
/// default of the next checkout. Of a saved card, its id in the shop is stored. Nothing else is stored.
/// </summary>
public class MethodChoiceStore(IGenericAttributeService genericAttributeService, RequestTotals requestTotals)
{
    /// <summary>What the names of the attributes begin with.</summary>
    internal const string Prefix = "MultiSafepay.";

    private const string ChoiceAttribute = $"{Prefix}Choice";
    private const string LastMethodAttribute = $"{Prefix}LastMethod";
    private const char CardSeparator = ' ';

    /// <summary>The choice of the current checkout or of the order that was just placed; null for a choice on the payment page.</summary>
    public async Task<RememberedChoice?> CurrentAsync(Customer customer, int storeId)
    {
        try
        {
            return await genericAttributeService.GetAttributeAsync<string>(customer, ChoiceAttribute, storeId) is { Length: > 0 } json
                ? JsonSerializer.Deserialize<RememberedChoice>(json, StoredJson.Options)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Stores the choice and discards the totals that were calculated in this request; null removes the choice.</summary>
    public async Task RememberAsync(Customer customer, int storeId, RememberedChoice? choice)
    {
        await genericAttributeService.SaveAttributeAsync(
            customer, ChoiceAttribute, choice is null ? string.Empty : JsonSerializer.Serialize(choice, StoredJson.Options), storeId);
        requestTotals.Forget();
    }

    /// <summary>The gateway that the customer used last, and the id of the saved card if the customer paid with one; null for none.</summary>
    public async Task<(string? Gateway, string? CardId)> LastMethodAsync(Customer customer, int storeId)
    {
        var parts = (await genericAttributeService.GetAttributeAsync<string?>(customer, LastMethodAttribute, storeId))?.Split(CardSeparator, 2);
        return (parts?[0], parts is [_, var card] ? card : null);
    }

    /// <summary>Stores the gateway for the customer's next checkout.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="storeId">The store.</param>
    /// <param name="gateway">The gateway code.</param>
    /// <param name="cardId">The id of the saved card with which the customer paid; null for none.</param>
    public Task RememberLastMethodAsync(Customer customer, int storeId, string gateway, string? cardId) =>
        genericAttributeService.SaveAttributeAsync(customer, LastMethodAttribute, cardId is null ? gateway : $"{gateway}{CardSeparator}{cardId}", storeId);
}
