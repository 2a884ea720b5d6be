using Nop.Core.Caching;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>How a synchronization ended.</summary>
public enum SyncOutcome
{
    /// <summary>The order agrees with MultiSafepay; <see cref="SyncResult.Changes"/> tells whether that took anything.</summary>
    Done,

    /// <summary>The shop has no such order, or it was not paid with this plugin.</summary>
    UnknownOrder,

    /// <summary>The notification was signed with the key of another environment than the order was created in.</summary>
    WrongKey,

    /// <summary>Nothing was started at MultiSafepay for this order, or the customer has not opened the payment page yet.</summary>
    NotStarted
}

/// <summary>The result of a synchronization.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="State">What MultiSafepay says of the payment.</param>
/// <param name="Changes">How many actions were applied; 0 for a repetition.</param>
public sealed record SyncResult(SyncOutcome Outcome, TransactionState State = TransactionState.Unknown, int Changes = 0);

/// <summary>
/// The one funnel through which MultiSafepay changes an order: lock the order, read it, decide, apply, remember. The webhook, the return page, the
/// reconciliation and the owner's refresh all call it, and nothing else changes the state of a payment.
/// </summary>
public class Synchronizer(
    IOrderService orderService,
    PaymentRecordStore recordStore,
    OrderLock orderLock,
    ILocker locker,
    StoreSettings storeSettings,
    IMultiSafepayClient client,
    ActionApplier applier,
    TimeProvider timeProvider)
{
    /// <summary>Applies a notification whose signature has been verified.</summary>
    /// <param name="orderGuid">The order that the signed body names.</param>
    /// <param name="transaction">The signed body.</param>
    /// <param name="signedWith">The environment whose key signed it.</param>
    /// <param name="cancellationToken">Ends waiting for the lock and calls to the API.</param>
    /// <exception cref="OrderBusyException">Somebody else is working on the order; MultiSafepay shall send again.</exception>
    /// <exception cref="MultiSafepayApiException">Bad news could not be confirmed; MultiSafepay shall send again.</exception>
    public Task<SyncResult> ApplyAsync(Guid orderGuid, Transaction transaction, MultiSafepayEnvironment signedWith, CancellationToken cancellationToken) =>
        UnderLockAsync(orderGuid, async (order, record) =>
        {
            if ((record.Find(transaction.OrderId) ?? record.Current)?.Environment is { } environment && environment != signedWith)
                return new SyncResult(SyncOutcome.WrongKey);

            var settings = await storeSettings.ForStoreAsync(order.StoreId);
            var actions = Decide(order, record, transaction, settings);

            // A notification tells of one transaction; the order may have others. What would end the order is taken from the API, which tells of all.
            if (actions.Any(action => action.IsBadNews) && record.Find(transaction.OrderId) is { } attempt)
            {
                transaction = await PullAsync(settings, attempt, cancellationToken) ?? transaction;
                actions = Decide(order, record, transaction, settings);
            }

            return await ApplyAsync(order, record, transaction, actions, settings, cancellationToken);
        }, cancellationToken);

    /// <summary>Asks MultiSafepay for the order's state and applies it.</summary>
    /// <param name="orderGuid">The order.</param>
    /// <param name="mayEndOrder">
    /// Whether the order may be cancelled or voided by what is found. False on the customer's return page: nopCommerce would believe that the customer did it.
    /// </param>
    /// <param name="cancellationToken">Ends waiting for the lock and calls to the API.</param>
    /// <exception cref="OrderBusyException">Somebody else is working on the order.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public Task<SyncResult> PullAsync(Guid orderGuid, bool mayEndOrder, CancellationToken cancellationToken) =>
        UnderLockAsync(orderGuid, (order, record) => PullAsync(order, record, mayEndOrder, cancellationToken), cancellationToken);

    /// <summary>The same as <see cref="PullAsync(Guid, bool, CancellationToken)"/> for a caller that holds the order's lock already.</summary>
    internal async Task<SyncResult> PullAsync(Order order, PaymentRecord record, bool mayEndOrder, CancellationToken cancellationToken)
    {
        var settings = await storeSettings.ForStoreAsync(order.StoreId);
        var result = new SyncResult(SyncOutcome.NotStarted);
        foreach (var attempt in record.Attempts.Where(attempt => !attempt.Closed).ToList())
        {
            if (await PullAsync(settings, attempt, cancellationToken) is not { } transaction)
                continue;
            var actions = Decide(order, record, transaction, settings).Where(action => mayEndOrder || !action.IsBadNews).ToList();
            var applied = await ApplyAsync(order, record, transaction, actions, settings, cancellationToken);
            result = applied with { Changes = applied.Changes + result.Changes };
            record = await recordStore.LoadAsync(order);
        }

        await recordStore.SaveAsync(order, record with { LastCheckedUtc = timeProvider.GetUtcNow().UtcDateTime });
        return result;
    }

    private async Task<SyncResult> UnderLockAsync(Guid orderGuid, Func<Order, PaymentRecord, Task<SyncResult>> work, CancellationToken cancellationToken) =>
        await orderLock.RunAsync(locker, orderGuid, async () =>
        {
            var order = await orderService.GetOrderByGuidAsync(orderGuid);
            return order is { Deleted: false, PaymentMethodSystemName: MultiSafepayDefaults.SystemName }
                ? await work(order, await recordStore.LoadAsync(order))
                : new SyncResult(SyncOutcome.UnknownOrder);
        }, cancellationToken);

    // Null: MultiSafepay knows no transaction under this order id, because the customer never opened the payment page.
    private async Task<Transaction?> PullAsync(MultiSafepaySettings settings, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        var credentials = storeSettings.Credentials(settings, attempt.Environment)
            ?? throw new MultiSafepayApiException($"The shop has no API key for MultiSafepay's {attempt.Environment} environment.");
        try
        {
            return await client.GetOrderAsync(credentials, attempt.OrderId, cancellationToken);
        }
        catch (MultiSafepayApiException exception) when (exception.Code == MultiSafepayErrorCodes.OrderId)
        {
            return null;
        }
    }

    private static IReadOnlyList<SyncAction> Decide(Order order, PaymentRecord record, Transaction transaction, MultiSafepaySettings settings) =>
        Decision.Decide(OrderSnapshot.Of(order), record, transaction, StatusMapping.Parse(settings.StatusMapping), settings.CancelledThenPaid);

    private async Task<SyncResult> ApplyAsync(
        Order order, PaymentRecord record, Transaction transaction, IReadOnlyList<SyncAction> actions, MultiSafepaySettings settings, CancellationToken cancellationToken)
    {
        foreach (var action in actions)
            record = await applier.ApplyAsync(order, record, action, cancellationToken);

        // An order that was opened again can now be paid, or is told about as one that could not.
        var further = actions.Any(action => action is SyncAction.ReopenOrder) ? Decide(order, record, transaction, settings) : [];
        foreach (var action in further)
            record = await applier.ApplyAsync(order, record, action, cancellationToken);

        if (record.Find(transaction.OrderId) is { } attempt && attempt.Seen(transaction) is var seen && seen != attempt)
            await recordStore.SaveAsync(order, record.With(seen));

        return new SyncResult(SyncOutcome.Done, TransactionStates.Of(transaction), actions.Count + further.Count);
    }
}
