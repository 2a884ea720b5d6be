using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>How a synchronization ended.</summary>
public enum SyncOutcome
{
    /// <summary>The order agrees with MultiSafepay; <see cref="SyncResult.Changes"/> tells whether that took anything.</summary>
    Done,

    /// <summary>The shop has no such order, it was not placed with this plugin, it is of another store than the key, or it was deleted and MultiSafepay was to be asked.</summary>
    UnknownOrder,

    /// <summary>The notification was signed with the key of another environment than the order was created in.</summary>
    WrongKey,

    /// <summary>Nothing was started at MultiSafepay for this order, or the customer has not opened the payment page yet.</summary>
    NotStarted,

    /// <summary>Another shop of the same MultiSafepay site uses the order id of the order's current attempt.</summary>
    OfAnotherShop
}

/// <summary>The result of a synchronization.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="State">What MultiSafepay says of the payment.</param>
/// <param name="Changes">How many actions were applied; 0 for a repetition.</param>
/// <param name="OrderId">The order id at MultiSafepay that <paramref name="State"/> is about; null where there is none.</param>
public sealed record SyncResult(SyncOutcome Outcome, TransactionState State = TransactionState.Unknown, int Changes = 0, string? OrderId = null);

/// <summary>
/// The single entry point through which MultiSafepay changes an order: lock the order, read it, decide, apply, record. The webhook, the return page, the
/// reconciliation and the owner's refresh all call it, and nothing else changes the state of a payment.
/// </summary>
public class Synchronizer(
    LockedOrders lockedOrders,
    PaymentReader reader,
    ActionApplier applier,
    AttemptCanceller attemptCanceller,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>How long to wait for nopCommerce to save what it was handed (see <see cref="PendingSave"/>); usually it takes milliseconds.</summary>
    public static readonly TimeSpan PendingSaveWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _saveRetry = TimeSpan.FromMilliseconds(50);

    /// <summary>Applies a notification whose signature has been verified.</summary>
    /// <param name="reference">The order that the signed body names.</param>
    /// <param name="storeId">The store whose key signed it; the order must be of this store.</param>
    /// <param name="transaction">The signed body.</param>
    /// <param name="signedWith">The environment whose key signed it.</param>
    /// <param name="cancellationToken">Ends waiting for the lock and calls to the API.</param>
    /// <exception cref="OrderBusyException">Somebody else is working on the order; MultiSafepay shall send again.</exception>
    /// <exception cref="MultiSafepayApiException">A terminal state could not be confirmed; MultiSafepay shall send again.</exception>
    public Task<SyncResult> ApplyNotificationAsync(
        OrderReference reference, int storeId, Transaction transaction, MultiSafepayEnvironment signedWith, CancellationToken cancellationToken) =>
        RunAsync(reference, async locked =>
        {
            var attempt = locked.Record.FindOwner(transaction);
            if ((attempt ?? locked.Record.Current)?.Environment is { } environment && environment != signedWith)
                return new SyncResult(SyncOutcome.WrongKey);

            // A notification tells of one transaction, which may be a capture or a refund, and the order may have others. The API tells of all of them: it is
            // asked where the payment is in parts, where it is known to be over already, and before the order would end.
            var isPulled = false;
            if (attempt is not null && (attempt.OrderId != transaction.OrderId || CapturedPayments.CapturedOf(transaction) > 0 || attempt.CaptureOrderId is not null
                || IsOver(attempt, transaction)))
                (transaction, isPulled) = await ConfirmAsync(locked, attempt, transaction, cancellationToken);

            var actions = Decide(locked, transaction, isPulled);
            if (attempt is not null && actions.Any(action => action.RequiresConfirmation))
            {
                (transaction, isPulled) = await ConfirmAsync(locked, attempt, transaction, cancellationToken);
                actions = Decide(locked, transaction, isPulled);
            }

            return await ApplyActionsAsync(locked, transaction, actions, cancellationToken);
        }, storeId, cancellationToken);

    /// <summary>Asks MultiSafepay for the order's state and applies it.</summary>
    /// <param name="reference">The order.</param>
    /// <param name="allowTerminalActions">
    /// Whether actions that end the order or its payment are applied, chargebacks included. False on the customer's return page: nopCommerce would record that the customer did it.
    /// </param>
    /// <param name="cancellationToken">Ends waiting for the lock and calls to the API.</param>
    /// <exception cref="OrderBusyException">Somebody else is working on the order.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public Task<SyncResult> PullAsync(OrderReference reference, bool allowTerminalActions, CancellationToken cancellationToken) =>
        RunAsync(reference, locked => PullLockedAsync(locked, allowTerminalActions, cancellationToken), storeId: null, cancellationToken);

    /// <summary>
    /// The same as <see cref="PullAsync"/> for a caller that holds the order's lock already. Order and record are read again.
    /// </summary>
    internal async Task<SyncResult> PullLockedAsync(LockedOrder locked, bool allowTerminalActions, CancellationToken cancellationToken)
    {
        var result = new SyncResult(SyncOutcome.NotStarted);

        // One whose key was taken away keeps nobody from asking about the others. Where it is the only one, the reader says what is missing.
        var askable = locked.AskableAttempts;
        foreach (var attempt in askable.Count > 0 ? askable : [.. locked.Record.Attempts.Where(attempt => attempt.IsOfInterest)])
        {
            var reading = await reader.ReadAsync(locked.Order, locked.Settings, attempt, cancellationToken);
            if (reading.Payment?.Whole is not { } transaction)
            {
                if (reading.IsOfAnotherShop && attempt.OrderId == locked.Record.Current?.OrderId)
                    result = result with { Outcome = SyncOutcome.OfAnotherShop };
                continue;
            }

            await locked.ReadOrderAgainAsync();
            await RememberKeyAsync(locked, attempt);
            var actions = Decide(locked, transaction).Where(action => allowTerminalActions || !action.RequiresConfirmation).ToList();
            var applied = await ApplyActionsAsync(locked, transaction, actions, cancellationToken, allowTerminalActions);
            result = applied with { Changes = applied.Changes + result.Changes };
            await locked.ReadRecordAgainAsync();
        }

        await locked.SaveAsync(locked.Record with { LastCheckedUtc = timeProvider.GetUtcNow().UtcDateTime });
        return result;
    }

    /// <summary>Applies what was pulled a moment ago, for a caller that holds the order's lock.</summary>
    internal Task<SyncResult> ApplyPulledAsync(LockedOrder locked, Transaction pulled, CancellationToken cancellationToken) =>
        ApplyActionsAsync(locked, pulled, Decide(locked, pulled), cancellationToken);

    // The account that knows the payment is the right one, whichever key it was made with.
    private static async Task RememberKeyAsync(LockedOrder locked, PaymentAttempt attempt)
    {
        if (locked.Record.Find(attempt.OrderId) is { } known && locked.FindCredentials(attempt)?.Fingerprint is { } key && known.KeyFingerprint != key)
            await locked.SaveAsync(locked.Record.With(known with { KeyFingerprint = key }));
    }

    private async Task<SyncResult> RunAsync(OrderReference reference, Func<LockedOrder, Task<SyncResult>> work, int? storeId, CancellationToken cancellationToken)
    {
        var waitingSince = timeProvider.GetTimestamp();
        while (true)
        {
            var result = await lockedOrders.RunAsync(reference, async locked =>
            {
                // What is paid for an order that was deleted, or goes back to the customer, is told all the same; nobody but MultiSafepay would ever speak of it again.
                if (locked is null || (storeId is null ? locked.Order.Deleted : locked.Order.StoreId != storeId))
                    return new SyncResult(SyncOutcome.UnknownOrder);
                return await locked.SettlePendingSaveAsync() ? await work(locked) : null;
            }, cancellationToken);
            if (result is not null)
                return result;

            // nopCommerce is about to save the order. What is saved now would be overwritten.
            if (timeProvider.GetElapsedTime(waitingSince) >= PendingSaveWait)
                throw new OrderBusyException(reference.OrderGuid);
            await Task.Delay(_saveRetry, timeProvider, cancellationToken);
        }
    }

    // What MultiSafepay says now, or what is known where it knows no transaction under this order id.
    private async Task<(Transaction Transaction, bool IsPulled)> ConfirmAsync(LockedOrder locked, PaymentAttempt attempt, Transaction known, CancellationToken cancellationToken)
    {
        var pulled = (await reader.PullAsync(locked.Order, locked.Settings, attempt, cancellationToken))?.Whole;
        await locked.ReadOrderAgainAsync();
        return (pulled ?? known, pulled is not null);
    }

    private static IReadOnlyList<SyncAction> Decide(LockedOrder locked, Transaction transaction, bool isPulled = true) =>
        Decision.Decide(locked.Snapshot, locked.Record, transaction, StatusMapping.Parse(locked.Settings.StatusMapping), locked.Settings.CancelledThenPaid, isPulled);

    private async Task<SyncResult> ApplyActionsAsync(
        LockedOrder locked, Transaction transaction, IReadOnlyList<SyncAction> actions, CancellationToken cancellationToken, bool allowTerminalActions = true)
    {
        // Nobody asks about an order again whose payment is over; so whoever is killed between its steps has to be found by the task.
        if (actions.Any(action => action is SyncAction.Pay or SyncAction.ReopenOrder)
            || (actions.Count > 1 && actions.Any(action => action is SyncAction.VoidAuthorization or SyncAction.CancelOrder)))
            await followUpList.TryEnqueueAsync(locked.Order.Id, cancellationToken);
        foreach (var action in actions)
            await applier.ApplyAsync(locked, action, cancellationToken);

        // An order that was opened again can now be paid, or is told about as one that could not. One that is paid again can get its refunds back.
        List<SyncAction> further = actions.Any(action => action is SyncAction.ReopenOrder or SyncAction.Pay or SyncAction.SwitchPayment)
            ? [.. Decide(locked, transaction).Where(action => allowTerminalActions || !action.RequiresConfirmation)]
            : [];
        foreach (var action in further)
            await applier.ApplyAsync(locked, action, cancellationToken);

        await CloseOthersAsync(locked, transaction, cancellationToken);

        if (locked.Record.Find(transaction.OrderId) is { } attempt && Held(attempt.Seen(transaction), transaction) is var seen && seen != attempt)
            await locked.SaveAsync(locked.Record.With(seen));

        return new SyncResult(SyncOutcome.Done, TransactionStates.From(transaction), actions.Count + further.Count, transaction.OrderId);
    }

    // An attempt that was called off can be paid all the same: the customer's transfer was on its way. Then it is the payment, and the one that was opened instead must not be
    // paid as well.
    private async Task CloseOthersAsync(LockedOrder locked, Transaction transaction, CancellationToken cancellationToken)
    {
        if (locked.Record.Find(transaction.OrderId) is not { } paid || !TransactionStates.From(transaction).IsFunded()
            || !PayingTransaction.IsFundedBy(locked.Snapshot, locked.Record, transaction.TransactionId))
            return;
        if (paid.Closed)
            await locked.SaveAsync(locked.Record.With(paid with { Closed = false }));

        foreach (var other in locked.Record.Attempts.Where(attempt => !attempt.Closed && attempt.OrderId != paid.OrderId && !attempt.HoldsMoney).ToList())
        {
            try
            {
                await attemptCanceller.CloseAsync(locked, other, cancellationToken);
            }
            catch (MultiSafepayApiException exception)
            {
                await notesAndLog.WarnAsync(FormattableString.Invariant(
                    $"order {locked.Order.Id} is paid by {OrderNotesAndLog.Clean(paid.OrderId)}; {OrderNotesAndLog.Clean(other.OrderId)} is still open; the task tries again. {exception.Message}"));
            }
        }
    }

    // Late news of a transaction that has come to nothing since.
    private static bool IsOver(PaymentAttempt attempt, Transaction transaction) => attempt.State?.IsTerminalUnpaid() == true
        && attempt.TransactionId == transaction.TransactionId && TransactionStates.From(transaction).IsFunded();

    // Until when a card holds the money for a capture.
    private static PaymentAttempt Held(PaymentAttempt attempt, Transaction transaction) =>
        TransactionStates.IsManualCapture(transaction) && TransactionStates.From(transaction) is not (TransactionState.Unknown or TransactionState.Initialized)
            ? attempt with { AuthorizedUntilUtc = MultiSafepayTime.ToUtc(transaction.PaymentDetails?.CaptureExpiry) ?? attempt.AuthorizedUntilUtc }
            : attempt;
}
