using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>An order that nobody else works on: read from the database under its lock, with its record and the settings of its store.</summary>
public sealed class LockedOrder(
    Order order,
    PaymentRecord record,
    MultiSafepaySettings settings,
    UncachedOrderReader uncachedOrders,
    PaymentRecordStore recordStore,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    /// <summary>The order as it was in the database when it was last read.</summary>
    public Order Order { get; private set; } = order;

    /// <summary>The settings of the order's store.</summary>
    public MultiSafepaySettings Settings => settings;

    /// <summary>The order's record, as it was read or last saved.</summary>
    public PaymentRecord Record { get; private set; } = record;

    /// <summary>The order as the decision sees it.</summary>
    public OrderSnapshot Snapshot => OrderSnapshot.From(Order);

    /// <summary>Saves the record.</summary>
    public Task SaveAsync(PaymentRecord changed)
    {
        Record = changed;
        return recordStore.SaveAsync(Order, changed);
    }

    /// <summary>
    /// Ends what the record still expects of nopCommerce (<see cref="PendingSave"/>) where that has happened or is overdue, and saves the record if that changed it.
    /// </summary>
    /// <returns>Whether nopCommerce is not about to save the order: what is saved meanwhile would be overwritten.</returns>
    public async Task<bool> SettlePendingSaveAsync()
    {
        var settled = Record.Settled(Snapshot, timeProvider.GetUtcNow().UtcDateTime);
        if (!ReferenceEquals(settled, Record))
            await SaveAsync(settled);
        return settled.PendingSave is null;
    }

    /// <summary>
    /// Reads the order again. nopCommerce saves an order whole, and its pages save it without the lock: what somebody edited while MultiSafepay was asked would be lost.
    /// </summary>
    public async Task ReadOrderAgainAsync() => Order = await uncachedOrders.FindAsync(Order) ?? Order;

    /// <summary>Reads the record again, after somebody else may have written it under the same lock: an event of nopCommerce calls the plugin back.</summary>
    /// <exception cref="System.Text.Json.JsonException">The stored text is not a record.</exception>
    public async Task ReadRecordAgainAsync() => Record = await recordStore.LoadAsync(Order);

    /// <summary>The key that an attempt was made with; null when the shop has none for its environment.</summary>
    public ApiCredentials? FindCredentials(PaymentAttempt attempt) => FindCredentials(attempt.Environment);

    /// <summary>The key of the order's store for an environment; null when it has none.</summary>
    public ApiCredentials? FindCredentials(MultiSafepayEnvironment environment) => storeSettings.Credentials(settings, environment);

    /// <summary>The attempts that MultiSafepay has to be asked about, and can be.</summary>
    public IReadOnlyList<PaymentAttempt> AskableAttempts => [.. storeSettings.AskableAttempts(settings, Record)];

    /// <summary>Whether the order's payment was made with a key that the shop does not have any more: an account that does not know the payment may be the wrong one.</summary>
    public bool IsOfOtherKey => Record.Attempts.Any(attempt => attempt.KeyFingerprint is { } key && key != FindCredentials(attempt)?.Fingerprint
        && PayingTransaction.IsFundedBy(Snapshot, Record, attempt.TransactionId));
}

/// <summary>Lets one caller at a time work on an order and what is remembered of its payment.</summary>
public class LockedOrders(UncachedOrderReader uncachedOrders, PaymentRecordStore recordStore, StoreSettings storeSettings, OrderLock orderLock, TimeProvider timeProvider)
{
    /// <summary>Whether the caller holds the order's lock: it was called back in the middle of work under it.</summary>
    public bool IsHeld(Order order) => orderLock.IsHeld(order.OrderGuid);

    /// <summary>The order's record as it is now, for a look without the lock.</summary>
    /// <exception cref="System.Text.Json.JsonException">The stored text is not a record.</exception>
    public Task<PaymentRecord> RecordAsync(Order order) => recordStore.LoadAsync(order);

    /// <summary>Runs the work alone for the order, which is read under the lock; deleted ones as well.</summary>
    /// <param name="reference">The order.</param>
    /// <param name="work">The work; it gets null when the shop has no such order, or it was not placed with this plugin.</param>
    /// <param name="cancellationToken">Ends the waiting, not the work.</param>
    /// <exception cref="OrderBusyException">Somebody else kept the order for too long.</exception>
    /// <exception cref="System.Text.Json.JsonException">The stored text is not a record. Nothing may be decided then.</exception>
    public Task<T> RunAsync<T>(OrderReference reference, Func<LockedOrder?, Task<T>> work, CancellationToken cancellationToken) =>
        orderLock.RunAsync(reference.OrderGuid, async () =>
        {
            if (await uncachedOrders.FindAsync(reference) is not { } order || !order.IsPlacedWithPlugin())
                return await work(null);
            var settings = await storeSettings.ForStoreAsync(order.StoreId);
            return await work(new LockedOrder(order, await recordStore.LoadAsync(order), settings, uncachedOrders, recordStore, storeSettings, timeProvider));
        }, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(OrderReference, Func{LockedOrder, Task{T}}, CancellationToken)"/>
    public Task RunAsync(Order order, Func<LockedOrder, Task> work, CancellationToken cancellationToken) => RunAsync(OrderReference.From(order), async locked =>
    {
        if (locked is not null)
            await work(locked);
        return locked is not null;
    }, cancellationToken);
}
