using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>An order under its lock: read from the database while the lock is held, with its payment record and the settings of its store.</summary>
public sealed class LockedOrder(
    Order order,
    PaymentRecord record,
    MultiSafepaySettings settings,
    UncachedOrderReader uncachedOrders,
    PaymentRecordStore recordStore,
    StoreSettings storeSettings,
    TimeProvider timeProvider,
    Guid caller)
{
    /// <summary>The order as it was last read from the database.</summary>
    public Order Order { get; private set; } = order;

    /// <summary>The settings of the order's store.</summary>
    public MultiSafepaySettings Settings => settings;

    /// <summary>The order's payment record, as it was last read or saved.</summary>
    public PaymentRecord Record { get; private set; } = record;

    /// <summary>The part of the order on which decisions are based.</summary>
    public OrderSnapshot Snapshot => OrderSnapshot.From(Order);

    /// <summary>Saves the record.</summary>
    /// <param name="changed">The record, made from <see cref="Record"/>.</param>
    /// <exception cref="PaymentConflictException">Another caller has saved the record in the meantime. <see cref="LockedOrders"/> starts the work again.</exception>
    public async Task SaveAsync(PaymentRecord changed) => Record = await recordStore.SaveAsync(Order, changed);

    /// <summary>A step for <see cref="PaymentRecord.Steps"/> that is done now.</summary>
    /// <param name="kind">One of <see cref="RecordedStep.Kinds"/>.</param>
    public RecordedStep Step(string kind) => new(kind, timeProvider.GetUtcNow().UtcDateTime);

    /// <summary>
    /// Claims the right to apply actions to the order, unless the caller has it. The order's lock keeps nodes apart only if they share a distributed cache; the claim is a version of the
    /// record, which the database accepts from one node only.
    /// </summary>
    /// <exception cref="PaymentConflictException">Another caller has saved the record in the meantime.</exception>
    public Task ClaimAsync() => HasClaim ? Task.CompletedTask : SaveAsync(Record with { Claim = new PaymentClaim(caller, timeProvider.GetUtcNow().UtcDateTime) });

    /// <summary>Whether this caller has claimed the order.</summary>
    public bool HasClaim => Record.Claim?.Holder == caller;

    /// <summary>Whether another caller has claimed the order and may still be at work.</summary>
    public bool IsClaimedByOther => Record.Claim is { } claim && claim.Holder != caller && timeProvider.GetUtcNow().UtcDateTime - claim.AtUtc < PaymentClaim.AssumedLostAfter;

    /// <summary>Releases the claim, if the caller has one.</summary>
    /// <exception cref="PaymentConflictException">Another caller has saved the record in the meantime.</exception>
    public Task ReleaseClaimAsync() => HasClaim ? SaveAsync(Record with { Claim = null }) : Task.CompletedTask;

    /// <summary>Deletes the earlier versions of the record, which contain what was erased.</summary>
    public Task DeleteOlderVersionsAsync() => recordStore.DeleteOlderAsync(Order, Record.Revision);

    /// <summary>
    /// Settles the <see cref="PendingSave"/> of the record if nopCommerce has saved it or is overdue, and saves the record if that changed it.
    /// </summary>
    /// <returns>True if no save by nopCommerce is pending. If false, the caller must not change the order, because nopCommerce would overwrite the change.</returns>
    public async Task<bool> SettlePendingSaveAsync()
    {
        var settled = Record.Settled(Snapshot, timeProvider.GetUtcNow().UtcDateTime);
        if (!ReferenceEquals(settled, Record))
            await SaveAsync(settled);
        return settled.PendingSave is null;
    }

    /// <summary>
    /// Reads the order again. nopCommerce saves all columns of an order, and its pages do so without this lock: without a fresh copy, an edit that somebody made while MultiSafepay
    /// was being asked would be lost.
    /// </summary>
    public async Task ReadOrderAgainAsync() => Order = await uncachedOrders.FindAsync(Order) ?? Order;

    /// <summary>Reads the record again after it may have been written under the same lock: an event of nopCommerce calls the plugin back.</summary>
    /// <exception cref="System.Text.Json.JsonException">The stored text is not a record, or a newer version of the plugin wrote it.</exception>
    public async Task ReadRecordAgainAsync() => Record = await recordStore.LoadAsync(Order);

    /// <summary>Reads the record and then the order again. In this order, because an order that is older than its record would look as if nopCommerce had lost the payment.</summary>
    /// <exception cref="System.Text.Json.JsonException">The stored text is not a record, or a newer version of the plugin wrote it.</exception>
    public async Task ReadAgainAsync()
    {
        await ReadRecordAgainAsync();
        await ReadOrderAgainAsync();
    }

    /// <summary>The current key of the store for the attempt's environment; null if there is none.</summary>
    public ApiCredentials? FindCredentials(PaymentAttempt attempt) => FindCredentials(attempt.Environment);

    /// <summary>The key of the order's store for an environment; null if there is none.</summary>
    public ApiCredentials? FindCredentials(MultiSafepayEnvironment environment) => storeSettings.Credentials(settings, environment);

    /// <summary>The attempts that MultiSafepay needs to be asked about and that the shop has a key for.</summary>
    public IReadOnlyList<PaymentAttempt> AskableAttempts => [.. storeSettings.AskableAttempts(settings, Record)];

    /// <summary>
    /// Whether the order's payment was made with a key that the shop no longer has. If the account of the current key does not know the payment, it may then be the wrong account.
    /// </summary>
    public bool IsOfOtherKey => Record.Attempts.Any(attempt => attempt.KeyFingerprint is { } key && key != FindCredentials(attempt)?.Fingerprint
        && PayingTransaction.IsFundedBy(Snapshot, Record, attempt.TransactionId));
}

/// <summary>Gives one caller at a time access to an order and its payment record.</summary>
public class LockedOrders(UncachedOrderReader uncachedOrders, PaymentRecordStore recordStore, StoreSettings storeSettings, OrderLock orderLock, TimeProvider timeProvider)
{
    private const int MaxConflicts = 5;

    private static readonly TimeSpan _claimRetry = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the caller already holds the order's lock, because it was called back in the middle of work under it.</summary>
    public bool IsHeld(Order order) => orderLock.IsHeld(order.OrderGuid);

    /// <summary>The order's current record, for reading without the lock.</summary>
    /// <exception cref="System.Text.Json.JsonException">The stored text is not a record, or a newer version of the plugin wrote it.</exception>
    public Task<PaymentRecord> RecordAsync(Order order) => recordStore.LoadAsync(order);

    /// <summary>Runs the work under the order's lock, with the order as it was read under the lock. Deleted orders are included.</summary>
    /// <param name="reference">The order.</param>
    /// <param name="work">The work. Its argument is null if the shop has no such order or the order was not placed with this plugin.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, not the work.</param>
    /// <exception cref="OrderBusyException">Another caller held the lock for too long.</exception>
    /// <exception cref="System.Text.Json.JsonException">The stored text is not a record, or a newer version of the plugin wrote it. Nothing may be decided then.</exception>
    public Task<T> RunAsync<T>(OrderReference reference, Func<LockedOrder?, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(reference, work, orderLock.IsHeld(reference.OrderGuid), cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(OrderReference, Func{LockedOrder, Task{T}}, CancellationToken)"/>
    public Task RunAsync(Order order, Func<LockedOrder, Task> work, CancellationToken cancellationToken) => RunAsync(OrderReference.From(order), async locked =>
    {
        if (locked is not null)
            await work(locked);
        return locked is not null;
    }, cancellationToken);

    private Task<T> RunAsync<T>(OrderReference reference, Func<LockedOrder?, Task<T>> work, bool isNested, CancellationToken cancellationToken) =>
        orderLock.RunAsync(reference.OrderGuid, async () =>
        {
            var (caller, giveUpAt) = (Guid.NewGuid(), timeProvider.GetTimestamp() + (long)(OrderLock.NodeWait.TotalSeconds * timeProvider.TimestampFrequency));
            var conflicts = 0;
            while (true)
            {
                if (await ReadAsync(reference) is not var (order, record) || !order.IsPlacedWithPlugin())
                    return await work(null);
                var settings = await storeSettings.ForStoreAsync(order.StoreId);

                // Work that nopCommerce calls back in the middle of claimed actions is part of them.
                if (isNested && record.Claim is { } claim)
                    return await work(new LockedOrder(order, record, settings, uncachedOrders, recordStore, storeSettings, timeProvider, claim.Holder));

                var locked = new LockedOrder(order, record, settings, uncachedOrders, recordStore, storeSettings, timeProvider, caller);
                if (locked.IsClaimedByOther)
                {
                    if (timeProvider.GetTimestamp() >= giveUpAt)
                        throw new OrderBusyException(reference.OrderGuid);
                    await Task.Delay(_claimRetry, timeProvider, cancellationToken);
                    continue;
                }

                try
                {
                    return await RunClaimedAsync(locked, work);
                }
                catch (PaymentConflictException) when (!isNested && ++conflicts < MaxConflicts)
                {
                    // Another node was faster. What is decided again starts from what it has saved.
                }
            }
        }, cancellationToken);

    // The record is read before the order. If another node applies a payment between the two, the record is the older one, and what was decided with it cannot be saved; an older order with
    // the new record would look as if nopCommerce had lost the payment.
    private async Task<(Order Order, PaymentRecord Record)?> ReadAsync(OrderReference reference)
    {
        var record = reference.Id > 0 ? await recordStore.LoadAsync(reference.Id) : null;
        if (await uncachedOrders.FindAsync(reference) is not { } order)
            return null;
        if (record is not null && order.Id == reference.Id)
            return (order, record);

        // A reference from before it contained the id, or with the id of another order.
        record = await recordStore.LoadAsync(order.Id);
        return await uncachedOrders.FindAsync(order) is { } again ? (again, record) : null;
    }

    private static async Task<T> RunClaimedAsync<T>(LockedOrder locked, Func<LockedOrder, Task<T>> work)
    {
        var hasLost = false;
        try
        {
            return await work(locked);
        }
        catch (PaymentConflictException)
        {
            hasLost = true;
            throw;
        }
        finally
        {
            // Without its claim, the next caller need not wait until it has expired. The work that starts again keeps it.
            if (!hasLost && locked.HasClaim)
                await TryReleaseAsync(locked);
        }
    }

    private static async Task TryReleaseAsync(LockedOrder locked)
    {
        try
        {
            // A callback of nopCommerce may have saved the record.
            await locked.ReadRecordAgainAsync();
            await locked.ReleaseClaimAsync();
        }
        catch (Exception)
        {
            // The claim expires; the outcome of the work counts.
        }
    }
}
