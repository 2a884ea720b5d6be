using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>
/// The payment details that MultiSafepay stores for subscriptions. The shop has no token: it is looked up when it is charged, so that one that was deleted at MultiSafepay is noticed.
/// </summary>
public class SubscriptionDetails(
    IMultiSafepayClient client, PaymentReader reader, PaymentRecordStore recordStore, CustomerReferences references, IOrderService orderService, TimeProvider timeProvider)
{
    /// <summary>Looks up payment details.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="credentials">The account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The details; null if MultiSafepay does not have them any more.</returns>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public async Task<SavedCard?> FindAsync(SubscriptionRecord subscription, ApiCredentials credentials, CancellationToken cancellationToken) =>
        subscription is { Reference: { } reference, CardId: { } id }
            ? (await client.GetTokensAsync(credentials, reference, cancellationToken)).Select(token => SavedCard.ForSubscription(token, reference, Today)).FirstOrDefault(card => card?.Id == id)
            : null;

    /// <summary>
    /// The payment details that MultiSafepay stored with a payment. An id in the payment alone proves nothing, because ordinary payments have one, too: MultiSafepay must list it as a token of the
    /// customer, for subscriptions.
    /// </summary>
    /// <param name="locked">The order that was paid.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The details; null if MultiSafepay stored none.</returns>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public async Task<SavedCard?> OfPaymentAsync(LockedOrder locked, CancellationToken cancellationToken)
    {
        if (PaidBy(locked) is not { IsSubscription: true } paid || locked.FindCredentials(paid) is not { } credentials
            || await references.FindAsync(locked.Order.CustomerId, paid.Environment) is not { } reference
            || (await reader.PullAsync(locked.Order, locked.Settings, paid, cancellationToken))?.Whole.PaymentDetails?.RecurringId is not { Length: > 0 } id)
            return null;
        return (await client.GetTokensAsync(credentials, reference, cancellationToken)).FirstOrDefault(token => token.Token == id) is { } token
            ? SavedCard.ForSubscription(token, reference, Today)
            : null;
    }

    /// <summary>The attempt by which an order was paid, also if the payment was returned since; null if it was not paid by one of the plugin's.</summary>
    public static PaymentAttempt? PaidBy(LockedOrder locked) =>
        locked.Record.Attempts.LastOrDefault(attempt => PayingTransaction.IsFundedBy(locked.Snapshot, locked.Record, attempt.TransactionId));

    /// <summary>How payment details are named for people.</summary>
    public static PaymentMeans MeansOf(SavedCard card) => new(card.Code, MethodNames.Of(card.Code), card.Last4);

    /// <summary>Returns what is recorded of a subscription, with other payment details.</summary>
    /// <param name="known">What was recorded before.</param>
    /// <param name="card">The details.</param>
    public static SubscriptionRecord With(SubscriptionRecord known, SavedCard card) => known.With(card.Reference, card.Id, MeansOf(card), card.ExpiryMonth);

    /// <summary>Deletes payment details at MultiSafepay, unless another active subscription of the customer is paid with them.</summary>
    /// <param name="order">The first order of the subscription that does not need them any more.</param>
    /// <param name="subscription">The subscription.</param>
    /// <param name="credentials">The account.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; they may still be there.</exception>
    public async Task RemoveAsync(Order order, SubscriptionRecord subscription, ApiCredentials credentials, CancellationToken cancellationToken)
    {
        if (!await IsUsedElsewhereAsync(order, subscription.CardId) && await FindAsync(subscription, credentials, cancellationToken) is { } card)
            await client.RemoveTokenAsync(credentials, card.Reference, card.Token, cancellationToken);
    }

    /// <summary>
    /// Deletes everything that MultiSafepay stores for subscriptions of a customer and no subscription uses: also details that came with a payment that the shop did not need any more, such as one
    /// that came after the order was cancelled.
    /// </summary>
    /// <param name="locked">The first order of a subscription that has ended.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; something may still be there.</exception>
    public async Task RemoveUnusedAsync(LockedOrder locked, CancellationToken cancellationToken)
    {
        var attempt = PaidBy(locked) ?? locked.Record.Attempts.LastOrDefault(other => other.IsSubscription);
        if (attempt is null || locked.FindCredentials(attempt) is not { } credentials
            || (locked.Record.Subscription?.Reference ?? await references.FindAsync(locked.Order.CustomerId, attempt.Environment)) is not { } reference)
            return;

        // What a subscription uses that the task has not begun yet is not known.
        var others = await OthersAsync(locked.Order);
        var isAllKnown = others.All(other => other.StartedUtc is not null);
        foreach (var token in await client.GetTokensAsync(credentials, reference, cancellationToken))
        {
            // Without a model it may be a card that the customer has saved.
            if (SavedCard.ForSubscription(token, reference, Today) is { } card && !others.Any(other => other.CardId == card.Id)
                && (card.Id == locked.Record.Subscription?.CardId || (isAllKnown && token.Model is not null)))
                await client.RemoveTokenAsync(credentials, reference, token.Token, cancellationToken);
        }
    }

    private async Task<bool> IsUsedElsewhereAsync(Order order, string? cardId) => (await OthersAsync(order)).Any(other => other.CardId == cardId);

    private async Task<IReadOnlyList<SubscriptionRecord>> OthersAsync(Order order)
    {
        var others = (await orderService.SearchRecurringPaymentsAsync(customerId: order.CustomerId)).Select(recurring => recurring.InitialOrderId).Where(id => id != order.Id).ToList();
        return [.. (await recordStore.LoadAsync(others)).Values.Select(record => record.Subscription).OfType<SubscriptionRecord>().Where(other => !other.IsEnded)];
    }

    private DateOnly Today => DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);
}
