using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>The outcome of a synchronization.</summary>
public enum SyncOutcome
{
    /// <summary>The order agrees with MultiSafepay; <see cref="SyncResult.Changes"/> shows whether anything had to be changed.</summary>
    Done,

    /// <summary>
    /// The shop has no such order, it was not placed with this plugin, it belongs to another store than the key, or it was deleted and the state was to be read from MultiSafepay.
    /// </summary>
    UnknownOrder,

    /// <summary>The notification was signed with the key of another environment than that of the payment attempt.</summary>
    WrongKey,

    /// <summary>
    /// No payment was found at MultiSafepay: none was started for this order, the customer has not opened the payment page yet, or no attempt needs to be asked about.
    /// </summary>
    NotStarted,

    /// <summary>Another shop of the same MultiSafepay site uses the order id of the order's current attempt.</summary>
    OfAnotherShop
}

/// <summary>The result of a synchronization.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="State">The state of the payment at MultiSafepay.</param>
/// <param name="Changes">The number of actions that were applied; 0 for a repetition.</param>
/// <param name="OrderId">The order id at MultiSafepay that <paramref name="State"/> is about; null if there is none.</param>
public sealed record SyncResult(SyncOutcome Outcome, TransactionState State = TransactionState.Unknown, int Changes = 0, string? OrderId = null);

/// <summary>
/// The single entry point through which MultiSafepay changes an order: lock the order, read it, decide, apply, record. The webhook, the return page, the
/// reconciliation and the owner's refresh all call it, and nothing else changes the state of a payment.
/// </summary>
public class Synchronizer(
    LockedOrders lockedOrders,
    Deferred<PaymentReader> reader,
    Deferred<ActionApplier> applier,
    Deferred<AttemptCanceller> attemptCanceller,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>How long to wait for nopCommerce to save a result that it was given (see <see cref="PendingSave"/>). Usually it takes milliseconds.</summary>
    public static readonly TimeSpan PendingSaveWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _saveRetry = TimeSpan.FromMilliseconds(50);

    /// <summary>Applies a notification whose signature has been verified.</summary>
    /// <param name="reference">The order in the signed body.</param>
    /// <param name="storeId">The store whose key signed it; the order must belong to this store.</param>
    /// <param name="transaction">The signed body.</param>
    /// <param name="signedWith">The environment whose key signed it.</param>
    /// <param name="prepare">Called before anything is changed; never called for a repetition.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and calls to the API.</param>
    /// <exception cref="OrderBusyException">Another caller is working on the order; MultiSafepay must send the notification again.</exception>
    /// <exception cref="MultiSafepayApiException">
    /// MultiSafepay could not be asked for the current state, or did not refund a late payment; it must send the notification again.
    /// </exception>
    /// <exception cref="System.Text.Json.JsonException">The payment record cannot be read; nothing was decided.</exception>
    public Task<SyncResult> ApplyNotificationAsync(
        OrderReference reference, int storeId, Transaction transaction, MultiSafepayEnvironment signedWith, Func<Task> prepare, CancellationToken cancellationToken) =>
        RunAsync(reference, async locked =>
        {
            var attempt = locked.Record.FindOwner(transaction);
            if ((attempt ?? locked.Record.Current)?.Environment is { } environment && environment != signedWith)
                return new SyncResult(SyncOutcome.WrongKey);
            if (attempt is not null && Settlement.IsRecorded(locked.Record, attempt, transaction, Now)
                && Settlement.IsSettled(locked.Snapshot, locked.Record, attempt, transaction, StatusMapping.Parse(locked.Settings.StatusMapping), locked.Settings.CancelledThenPaid))
                return new SyncResult(SyncOutcome.Done, TransactionStates.From(transaction), OrderId: transaction.OrderId);

            await prepare();

            // MultiSafepay chooses the order id of a shipped part. The notification may be the first to tell it.
            if (attempt is not null && attempt.OrderId != transaction.OrderId && ShippedParts.CanBePart(transaction)
                && attempt.WithParts([(transaction.OrderId, transaction.Amount ?? 0)], Now) is var shipped && shipped != attempt)
                await locked.SaveAsync(locked.Record.With(attempt = shipped));

            // MultiSafepay is also asked before an action that would end the order.
            var isPulled = false;
            if (attempt is not null && Settlement.MustBePulled(attempt, transaction))
                (transaction, isPulled) = await ConfirmAsync(locked, attempt, transaction, cancellationToken);

            var actions = Decide(locked, transaction, isPulled);
            if (attempt is not null && actions.Any(action => action.RequiresConfirmation))
            {
                (transaction, isPulled) = await ConfirmAsync(locked, attempt, transaction, cancellationToken);
                actions = Decide(locked, transaction, isPulled);
            }

            return await ApplyActionsAsync(locked, transaction, actions, cancellationToken);
        }, storeId, prepare, cancellationToken);

    /// <summary>Reads the order's state from MultiSafepay and applies it.</summary>
    /// <param name="reference">The order.</param>
    /// <param name="allowTerminalActions">
    /// Whether to apply actions that end the order or its payment, including chargebacks. False on the customer's return page, because nopCommerce would record them as the customer's actions.
    /// </param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and calls to the API.</param>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    /// <exception cref="MultiSafepayApiException">
    /// MultiSafepay gave no usable answer or did not refund a late payment, or the shop has no key for any attempt that needs to be asked about.
    /// </exception>
    /// <exception cref="System.Text.Json.JsonException">The payment record cannot be read; nothing was decided.</exception>
    public Task<SyncResult> PullAsync(OrderReference reference, bool allowTerminalActions, CancellationToken cancellationToken) =>
        RunAsync(reference, locked => PullLockedAsync(locked, allowTerminalActions, cancellationToken), storeId: null, () => Task.CompletedTask, cancellationToken);

    /// <summary>The same as <see cref="PullAsync"/> for a caller that already holds the order's lock. The order and the record are read again.</summary>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer, or the shop has no key for any attempt that needs to be asked about.</exception>
    internal async Task<SyncResult> PullLockedAsync(LockedOrder locked, bool allowTerminalActions, CancellationToken cancellationToken)
    {
        var result = new SyncResult(SyncOutcome.NotStarted);

        // An attempt without a key does not prevent the others from being checked. If there is no other, the reader throws an exception that says what is missing.
        var askable = locked.AskableAttempts;
        foreach (var attempt in askable.Count > 0 ? askable : [.. locked.Record.Attempts.Where(attempt => attempt.IsOfInterest)])
        {
            var reading = await reader.Value.ReadAsync(locked.Order, locked.Settings, attempt, cancellationToken);
            var isLinkOver = attempt.IsLinkOver(Now);
            if (reading.Payment?.Whole is not { } transaction || (isLinkOver && IsUnopened(transaction)))
            {
                if (reading.IsOfAnotherShop && attempt.OrderId == locked.Record.Current?.OrderId)
                    result = result with { Outcome = SyncOutcome.OfAnotherShop };
                if (allowTerminalActions && !reading.IsOfAnotherShop && isLinkOver)
                    result = result with { Changes = result.Changes + await EndLinkAsync(locked, attempt) };
                continue;
            }

            await locked.ReadOrderAgainAsync();
            await RememberKeyAsync(locked, attempt);
            var actions = Decide(locked, transaction).Where(action => allowTerminalActions || !action.RequiresConfirmation).ToList();
            var applied = await ApplyActionsAsync(locked, transaction, actions, cancellationToken, allowTerminalActions);
            result = applied with { Changes = applied.Changes + result.Changes };
            await locked.ReadRecordAgainAsync();
        }

        await locked.SaveAsync(locked.Record with { LastCheckedUtc = Now });
        return result;
    }

    /// <summary>Applies a transaction that has just been pulled, for a caller that holds the order's lock.</summary>
    internal Task<SyncResult> ApplyPulledAsync(LockedOrder locked, Transaction pulled, CancellationToken cancellationToken) =>
        ApplyActionsAsync(locked, pulled, Decide(locked, pulled), cancellationToken);

    // The order exists at MultiSafepay, and nobody has begun to pay it.
    private static bool IsUnopened(Transaction transaction) => string.IsNullOrEmpty(transaction.TransactionId) && TransactionStates.From(transaction) == TransactionState.Initialized;

    // The link is over, and nobody has opened it.
    private async Task<int> EndLinkAsync(LockedOrder locked, PaymentAttempt attempt)
    {
        await locked.ReadOrderAgainAsync();
        var actions = Decision.DecideLinkOver(locked.Snapshot, locked.Record, attempt, StatusMapping.Parse(locked.Settings.StatusMapping));
        if (actions.Count > 0)
            await locked.ClaimAsync();
        foreach (var action in actions)
            await applier.Value.ApplyAsync(locked, action, record => record, CancellationToken.None);
        if (actions.Count > 0 && locked.Record.Find(attempt.OrderId) is { } ended)
            await locked.SaveAsync(locked.Record.With(ended with { Closed = true, State = TransactionState.Expired }) with { Claim = null });
        return actions.Count;
    }

    // The account that knows the payment is the right one, whatever key the attempt was created with.
    private static async Task RememberKeyAsync(LockedOrder locked, PaymentAttempt attempt)
    {
        if (locked.Record.Find(attempt.OrderId) is { } known && locked.FindCredentials(attempt)?.Fingerprint is { } key && known.KeyFingerprint != key)
            await locked.SaveAsync(locked.Record.With(known with { KeyFingerprint = key }));
    }

    private async Task<SyncResult> RunAsync(OrderReference reference, Func<LockedOrder, Task<SyncResult>> work, int? storeId, Func<Task> prepare, CancellationToken cancellationToken)
    {
        var waitingSince = timeProvider.GetTimestamp();
        while (true)
        {
            var result = await lockedOrders.RunAsync(reference, async locked =>
            {
                // Notifications about a deleted order are applied: a payment or refund of it must still be reported to the owner, and nothing but MultiSafepay would ever mention it again.
                if (locked is null || (storeId is null ? locked.Order.Deleted : locked.Order.StoreId != storeId))
                    return new SyncResult(SyncOutcome.UnknownOrder);
                if (locked.Record.PendingSave is not null)
                    await prepare();
                return await locked.SettlePendingSaveAsync() ? await work(locked) : null;
            }, cancellationToken);
            if (result is not null)
                return result;

            // nopCommerce is about to save the order and would overwrite any change.
            if (timeProvider.GetElapsedTime(waitingSince) >= PendingSaveWait)
                throw new OrderBusyException(reference.OrderGuid);
            await Task.Delay(_saveRetry, timeProvider, cancellationToken);
        }
    }

    // The current transaction at MultiSafepay, or the known one if MultiSafepay has none under this order id.
    private async Task<(Transaction Transaction, bool IsPulled)> ConfirmAsync(LockedOrder locked, PaymentAttempt attempt, Transaction known, CancellationToken cancellationToken)
    {
        var pulled = (await reader.Value.PullAsync(locked.Order, locked.Settings, attempt, cancellationToken))?.Whole;
        await locked.ReadOrderAgainAsync();
        return (pulled ?? known, pulled is not null);
    }

    private static IReadOnlyList<SyncAction> Decide(LockedOrder locked, Transaction transaction, bool isPulled = true) =>
        Decision.Decide(locked.Snapshot, locked.Record, transaction, StatusMapping.Parse(locked.Settings.StatusMapping), locked.Settings.CancelledThenPaid, isPulled);

    private async Task<SyncResult> ApplyActionsAsync(
        LockedOrder locked, Transaction transaction, IReadOnlyList<SyncAction> actions, CancellationToken cancellationToken, bool allowTerminalActions = true)
    {
        // An order whose payment has ended is not checked again, so the scheduled task must find it if the shop crashes between two actions.
        if (actions.Any(action => action is SyncAction.Pay or SyncAction.ReopenOrder)
            || (actions.Count > 1 && actions.Any(action => action is SyncAction.VoidAuthorization or SyncAction.CancelOrder)))
            await followUpList.TryAddWorkAsync(locked.Order.Id);
        if (actions.Count > 0 && FirstOfSubscription(locked) is { } first)
            await followUpList.TryAddSubscriptionAsync(first);
        if (actions.Count > 0)
            await locked.ClaimAsync();
        var isReopened = actions.Any(action => action is SyncAction.ReopenOrder);
        foreach (var (at, action) in actions.Index())
            await applier.Value.ApplyAsync(locked, action, record => at == actions.Count - 1 && !isReopened ? Finished(locked, record, transaction) : record, cancellationToken);

        // A reopened order can now be paid; if it could not be reopened, the owner is notified. Once an order is paid again, its refunds can be booked.
        List<SyncAction> further = actions.Any(action => action is SyncAction.ReopenOrder or SyncAction.Pay or SyncAction.SwitchPayment)
            ? [.. Decide(locked, transaction).Where(action => allowTerminalActions || !action.RequiresConfirmation)]
            : [];
        if (further.Count > 0)
            await locked.ClaimAsync();
        foreach (var action in further)
            await applier.Value.ApplyAsync(locked, action, record => record, cancellationToken);

        await CloseOthersAsync(locked, transaction, cancellationToken);

        if (locked.Record.Find(transaction.OrderId) is { } attempt && Settlement.Seen(attempt, transaction, locked.Record.IsErased, Now) is var seen && seen != attempt)
            await locked.SaveAsync(locked.Record.WithSeen(seen, transaction, Now) with { Claim = null });

        return new SyncResult(SyncOutcome.Done, TransactionStates.From(transaction), actions.Count + further.Count, transaction.OrderId);
    }

    // A payment, or the return of one, changes what comes next.
    private static int? FirstOfSubscription(LockedOrder locked) => locked.Record.SubscriptionCharge?.InitialOrderId ?? (locked.Record.Subscription is null ? null : locked.Order.Id);

    // What the transaction tells is recorded with the last action, and the claim released, if nothing else is left to do; each version of the record is a row to be written and read.
    private PaymentRecord Finished(LockedOrder locked, PaymentRecord record, Transaction transaction) =>
        record.Find(transaction.OrderId) is { } attempt && !Settlement.HasToClose(locked.Snapshot, record, attempt, transaction)
            && Settlement.Seen(attempt, transaction, record.IsErased, Now) is var seen && seen != attempt
            ? record.WithSeen(seen, transaction, Now) with { Claim = null }
            : record;

    // An attempt that the shop cancelled can still be paid, because the customer's bank transfer was already under way. It then is the payment of the order, and the attempt that replaced
    // it must not be paid as well.
    private async Task CloseOthersAsync(LockedOrder locked, Transaction transaction, CancellationToken cancellationToken)
    {
        if (locked.Record.Find(transaction.OrderId) is not { } paid || !Settlement.IsPaidBy(locked.Snapshot, locked.Record, transaction))
            return;
        if (paid.Closed)
            await locked.SaveAsync(locked.Record.With(paid with { Closed = false }));

        foreach (var other in Settlement.OthersToClose(locked.Snapshot, locked.Record, paid, transaction))
        {
            try
            {
                await attemptCanceller.Value.CloseAsync(locked, other, cancellationToken);
            }
            catch (MultiSafepayApiException exception)
            {
                await notesAndLog.WarnAsync(FormattableString.Invariant(
                    $"order {locked.Order.Id} is paid by {OrderNotesAndLog.Clean(paid.OrderId)}; {OrderNotesAndLog.Clean(other.OrderId)} is still open; the task tries again. {exception.Message}"));
            }
        }
    }

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;
}
