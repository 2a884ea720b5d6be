using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

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
/// The one funnel through which MultiSafepay changes an order: lock the order, read it, decide, apply, remember. The webhook, the return page, the
/// reconciliation and the owner's refresh all call it, and nothing else changes the state of a payment.
/// </summary>
public class Synchronizer(
    UncachedOrderReader uncachedOrders,
    PaymentRecordStore recordStore,
    OrderLock orderLock,
    StoreSettings storeSettings,
    PaymentReader reader,
    ActionApplier applier,
    AttemptCanceller attemptCanceller,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>How long to wait for nopCommerce to save what it was handed (see <see cref="PendingSave"/>); usually it takes milliseconds.</summary>
    public static readonly TimeSpan SaveTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _saveRetry = TimeSpan.FromMilliseconds(50);

    /// <summary>Applies a notification whose signature has been verified.</summary>
    /// <param name="tag">The order that the signed body names.</param>
    /// <param name="storeId">The store whose key signed it; the order must be of this store.</param>
    /// <param name="transaction">The signed body.</param>
    /// <param name="signedWith">The environment whose key signed it.</param>
    /// <param name="cancellationToken">Ends waiting for the lock and calls to the API.</param>
    /// <exception cref="OrderBusyException">Somebody else is working on the order; MultiSafepay shall send again.</exception>
    /// <exception cref="MultiSafepayApiException">Bad news could not be confirmed; MultiSafepay shall send again.</exception>
    public Task<SyncResult> ApplyAsync(OrderReference tag, int storeId, Transaction transaction, MultiSafepayEnvironment signedWith, CancellationToken cancellationToken) =>
        UnderLockAsync(tag, async (order, record) =>
        {
            var attempt = record.FindOwner(transaction);
            if ((attempt ?? record.Current)?.Environment is { } environment && environment != signedWith)
                return new SyncResult(SyncOutcome.WrongKey);

            var settings = await storeSettings.ForStoreAsync(order.StoreId);

            // A notification tells of one transaction, which may be a capture or a refund, and the order may have others. The API tells of all of them: it is
            // asked where the payment is in parts, where it is known to be over already, and before the order would end.
            var isPulled = false;
            if (attempt is not null && (attempt.OrderId != transaction.OrderId || CapturedPayments.CapturedOf(transaction) > 0 || attempt.CaptureOrderId is not null
                || IsOver(attempt, transaction)))
                (order, transaction, isPulled) = await PullAsync(order, settings, attempt, transaction, cancellationToken);

            var actions = Decide(order, record, transaction, settings, isPulled);
            if (attempt is not null && actions.Any(action => action.RequiresConfirmation))
            {
                (order, transaction, isPulled) = await PullAsync(order, settings, attempt, transaction, cancellationToken);
                actions = Decide(order, record, transaction, settings, isPulled);
            }

            return await ApplyAsync(order, record, transaction, actions, settings, cancellationToken);
        }, storeId, cancellationToken);

    /// <summary>Asks MultiSafepay for the order's state and applies it.</summary>
    /// <param name="tag">The order.</param>
    /// <param name="allowTerminalActions">
    /// Whether the order may be cancelled or voided by what is found. False on the customer's return page: nopCommerce would believe that the customer did it.
    /// </param>
    /// <param name="cancellationToken">Ends waiting for the lock and calls to the API.</param>
    /// <exception cref="OrderBusyException">Somebody else is working on the order.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public Task<SyncResult> PullAsync(OrderReference tag, bool allowTerminalActions, CancellationToken cancellationToken) =>
        UnderLockAsync(tag, (order, record) => PullAsync(order, record, allowTerminalActions, cancellationToken), storeId: null, cancellationToken);

    /// <summary>
    /// The same as <see cref="PullAsync(OrderReference, bool, CancellationToken)"/> for a caller that holds the order's lock already. The order is read again, so that the caller's
    /// copy is old afterwards.
    /// </summary>
    internal async Task<SyncResult> PullAsync(Order order, PaymentRecord record, bool allowTerminalActions, CancellationToken cancellationToken)
    {
        var settings = await storeSettings.ForStoreAsync(order.StoreId);
        var result = new SyncResult(SyncOutcome.NotStarted);

        // One whose key was taken away keeps nobody from asking about the others. Where it is the only one, the reader says what is missing.
        var askable = storeSettings.AskableAttempts(settings, record).ToList();
        foreach (var attempt in askable.Count > 0 ? askable : [.. record.Attempts.Where(attempt => attempt.IsOfInterest)])
        {
            var reading = await reader.ReadAsync(order, settings, attempt, cancellationToken);
            if (reading.Payment?.Whole is not { } transaction)
            {
                if (reading.IsOfAnotherShop && attempt.OrderId == record.Current?.OrderId)
                    result = result with { Outcome = SyncOutcome.OfAnotherShop };
                continue;
            }

            order = await ReadAgainAsync(order);
            record = await KnownAsync(order, record, settings, attempt);
            var actions = Decide(order, record, transaction, settings).Where(action => allowTerminalActions || !action.RequiresConfirmation).ToList();
            var applied = await ApplyAsync(order, record, transaction, actions, settings, cancellationToken, allowTerminalActions);
            result = applied with { Changes = applied.Changes + result.Changes };
            record = await recordStore.LoadAsync(order);
        }

        await recordStore.SaveAsync(order, record with { LastCheckedUtc = timeProvider.GetUtcNow().UtcDateTime });
        return result;
    }

    /// <summary>Applies what was pulled a moment ago, for a caller that holds the order's lock.</summary>
    internal async Task<SyncResult> ApplyAsync(Order order, PaymentRecord record, Transaction pulled, MultiSafepaySettings settings, CancellationToken cancellationToken) =>
        await ApplyAsync(order, record, pulled, Decide(order, record, pulled, settings), settings, cancellationToken);

    // The account that knows the payment is the right one, whichever key it was made with.
    private async Task<PaymentRecord> KnownAsync(Order order, PaymentRecord record, MultiSafepaySettings settings, PaymentAttempt attempt)
    {
        if (record.Find(attempt.OrderId) is not { } known || storeSettings.Credentials(settings, attempt.Environment)?.Fingerprint is not { } key || known.KeyFingerprint == key)
            return record;
        record = record.With(known with { KeyFingerprint = key });
        await recordStore.SaveAsync(order, record);
        return record;
    }

    private async Task<SyncResult> UnderLockAsync(OrderReference tag, Func<Order, PaymentRecord, Task<SyncResult>> work, int? storeId, CancellationToken cancellationToken)
    {
        var waitingSince = timeProvider.GetTimestamp();
        while (true)
        {
            var result = await orderLock.RunAsync(tag.OrderGuid, async () =>
            {
                var order = await uncachedOrders.FindAsync(tag);
                if (order is not { PaymentMethodSystemName: MultiSafepayDefaults.SystemName } || (storeId is not null && order.StoreId != storeId))
                    return new SyncResult(SyncOutcome.UnknownOrder);

                // What is paid for an order that was deleted, or goes back to the customer, is told all the same; nobody but MultiSafepay would ever speak of it again.
                if (order.Deleted && storeId is null)
                    return new SyncResult(SyncOutcome.UnknownOrder);
                return await recordStore.LoadSettledAsync(order, timeProvider.GetUtcNow().UtcDateTime) is { PendingSave: null } record ? await work(order, record) : null;
            }, cancellationToken);
            if (result is not null)
                return result;

            // nopCommerce is about to save the order. What is saved now would be overwritten.
            if (timeProvider.GetElapsedTime(waitingSince) >= SaveTimeout)
                throw new OrderBusyException(tag.OrderGuid);
            await Task.Delay(_saveRetry, timeProvider, cancellationToken);
        }
    }

    // What MultiSafepay says now, or what is known where it knows no transaction under this order id.
    private async Task<(Order Order, Transaction Transaction, bool IsPulled)> PullAsync(
        Order order, MultiSafepaySettings settings, PaymentAttempt attempt, Transaction known, CancellationToken cancellationToken)
    {
        var pulled = (await reader.PullAsync(order, settings, attempt, cancellationToken))?.Whole;
        return (await ReadAgainAsync(order), pulled ?? known, pulled is not null);
    }

    // nopCommerce saves an order whole. Whoever edited it while MultiSafepay was asked would lose the edit.
    private async Task<Order> ReadAgainAsync(Order order) => await uncachedOrders.FindAsync(order) ?? order;

    private static IReadOnlyList<SyncAction> Decide(Order order, PaymentRecord record, Transaction transaction, MultiSafepaySettings settings, bool isPulled = true) =>
        Decision.Decide(OrderSnapshot.From(order), record, transaction, StatusMapping.Parse(settings.StatusMapping), settings.CancelledThenPaid, isPulled);

    private async Task<SyncResult> ApplyAsync(
        Order order, PaymentRecord record, Transaction transaction, IReadOnlyList<SyncAction> actions, MultiSafepaySettings settings, CancellationToken cancellationToken,
        bool allowTerminalActions = true)
    {
        // Nobody asks about an order again whose payment is over; so whoever is killed between its steps has to be found by the task.
        if (actions.Any(action => action is SyncAction.Pay) || (actions.Count > 1 && actions.Any(action => action is SyncAction.VoidAuthorization or SyncAction.CancelOrder)))
            await followUpList.TryEnqueueAsync(order.Id, cancellationToken);
        foreach (var action in actions)
            record = await applier.ApplyAsync(order, record, action, cancellationToken);

        // An order that was opened again can now be paid, or is told about as one that could not. One that is paid again can get its refunds back.
        List<SyncAction> further = actions.Any(action => action is SyncAction.ReopenOrder or SyncAction.Pay or SyncAction.SwitchPayment)
            ? [.. Decide(order, record, transaction, settings).Where(action => allowTerminalActions || !action.RequiresConfirmation)]
            : [];
        foreach (var action in further)
            record = await applier.ApplyAsync(order, record, action, cancellationToken);

        record = await CloseOthersAsync(order, settings, record, transaction, cancellationToken);

        if (record.Find(transaction.OrderId) is { } attempt && Held(attempt.Seen(transaction), transaction) is var seen && seen != attempt)
            await recordStore.SaveAsync(order, record.With(seen));

        return new SyncResult(SyncOutcome.Done, TransactionStates.From(transaction), actions.Count + further.Count, transaction.OrderId);
    }

    // An attempt that was called off can be paid all the same: the customer's transfer was on its way. Then it is the payment, and the one that was opened instead must not be
    // paid as well.
    private async Task<PaymentRecord> CloseOthersAsync(Order order, MultiSafepaySettings settings, PaymentRecord record, Transaction transaction, CancellationToken cancellationToken)
    {
        if (record.Find(transaction.OrderId) is not { } paid || !TransactionStates.From(transaction).IsFunded()
            || !PayingTransaction.IsFundedBy(OrderSnapshot.From(order), record, transaction.TransactionId))
            return record;
        if (paid.Closed)
        {
            record = record.With(paid with { Closed = false });
            await recordStore.SaveAsync(order, record);
        }

        foreach (var other in record.Attempts.Where(attempt => !attempt.Closed && attempt.OrderId != paid.OrderId && !attempt.HoldsMoney).ToList())
        {
            try
            {
                (record, _) = await attemptCanceller.CloseAsync(order, settings, record, other, cancellationToken);
            }
            catch (MultiSafepayApiException exception)
            {
                await notesAndLog.WarnAsync(FormattableString.Invariant(
                    $"order {order.Id} is paid by {OrderNotesAndLog.Clean(paid.OrderId)}; {OrderNotesAndLog.Clean(other.OrderId)} is still open; the task tries again. {exception.Message}"));
            }
        }

        return record;
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
