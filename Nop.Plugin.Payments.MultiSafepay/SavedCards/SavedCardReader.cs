using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>Asks MultiSafepay for the saved cards of a customer, and to delete one.</summary>
public class SavedCardReader(CustomerReferences references, IMultiSafepayClient client, TimeProvider timeProvider)
{
    /// <summary>The cards of a customer in an account, those first that can be used the longest; empty, without a call, for a customer who has never saved one.</summary>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public async Task<IReadOnlyList<SavedCard>> ReadAsync(int customerId, ApiCredentials credentials, CancellationToken cancellationToken)
    {
        if (await references.FindAsync(customerId, credentials.Environment) is not { } reference)
            return [];

        var today = DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);
        return
        [
            .. (await client.GetTokensAsync(credentials, reference, cancellationToken))
                .Select(token => SavedCard.From(token, reference, today))
                .OfType<SavedCard>()
                .DistinctBy(card => card.Id)
                .OrderBy(card => card.IsExpired)
                .ThenByDescending(card => card.ExpiryMonth)
                .ThenBy(card => card.Id, StringComparer.Ordinal)
        ];
    }

    /// <summary>Deletes a card at MultiSafepay.</summary>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; the card may still be there.</exception>
    public Task DeleteAsync(ApiCredentials credentials, SavedCard card, CancellationToken cancellationToken) =>
        client.RemoveTokenAsync(credentials, card.Reference, card.Token, cancellationToken);
}
