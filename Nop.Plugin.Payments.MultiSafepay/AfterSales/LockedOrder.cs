using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>An order that nobody else works on: read from the database under its lock, with its record and the settings of its store.</summary>
public sealed class LockedOrder(
    Order order, PaymentRecord record, MultiSafepaySettings settings, UncachedOrderReader uncachedOrders, PaymentRecordStore recordStore, StoreSettings storeSettings)
{
    /// <summary>The order as it was in the database when it was last read.</summary>
    public Order Order { get; private set; } = order;

    /// <summary>The settings of the order's store.</summary>
    public MultiSafepaySettings Settings => settings;

    /// <summary>The order's record, as it was read or last saved.</summary>
    public PaymentRecord Record { get; private set; } = record;

    /// <summary>Saves the record.</summary>
    public Task SaveAsync(PaymentRecord changed)
    {
        Record = changed;
        return recordStore.SaveAsync(Order, changed);
    }

    /// <summary>
    /// Applies what was pulled from MultiSafepay. The order is read again before, for nopCommerce saves an order whole and pages save it without the lock: what somebody
    /// edited while MultiSafepay was asked would be lost.
    /// </summary>
    /// <returns>Whether the order is still as it was: whoever saves a copy that was read before would otherwise undo something.</returns>
    public async Task<bool> ApplyAsync(Synchronizer synchronizer, Transaction pulled, CancellationToken cancellationToken)
    {
        var before = OrderSnapshot.From(Order);
        await ReadAgainAsync();
        await synchronizer.ApplyAsync(Order, Record, pulled, settings, cancellationToken);
        await ReadAgainAsync();
        return OrderSnapshot.From(Order) == before;
    }

    private async Task ReadAgainAsync()
    {
        Order = await uncachedOrders.FindAsync(Order) ?? Order;
        Record = await recordStore.LoadAsync(Order);
    }

    /// <summary>The key that the payment was made with.</summary>
    /// <exception cref="AfterSalesException">The shop has none for that environment.</exception>
    public ApiCredentials Credentials(PaymentAttempt attempt) =>
        storeSettings.Credentials(settings, attempt.Environment) ?? throw new AfterSalesException("NoKey", attempt.Environment.ToString());

    /// <summary>Whether the order's payment was made with a key that the shop does not have any more: an account that does not know the payment may be the wrong one.</summary>
    public bool IsOfOtherKey => Record.Attempts.Any(attempt => attempt.KeyFingerprint is { } key && key != storeSettings.Credentials(settings, attempt.Environment)?.Fingerprint
        && PayingTransaction.IsFundedBy(OrderSnapshot.From(Order), Record, attempt.TransactionId));
}

/// <summary>Gives out <see cref="LockedOrder"/>s.</summary>
public class LockedOrders(
    UncachedOrderReader uncachedOrders,
    PaymentRecordStore recordStore,
    StoreSettings storeSettings,
    OrderLock orderLock,
    TimeProvider timeProvider)
{
    /// <summary>The order's record as it is now, for a look without the lock.</summary>
    public Task<PaymentRecord> RecordAsync(Order order) => recordStore.LoadAsync(order);

    /// <summary>Runs the work alone for the order.</summary>
    /// <param name="seen">The order as the caller has it. It is read again under the lock.</param>
    /// <param name="mustBeUnchanged">
    /// Whether the caller will save its own copy of the order afterwards, as nopCommerce does: then it must not be older than the one in the database.
    /// </param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Ends the waiting, not the work.</param>
    /// <exception cref="AfterSalesException">The order is not paid with this plugin, has changed, or is just being changed.</exception>
    /// <exception cref="OrderBusyException">Somebody else kept the order for too long.</exception>
    public Task<T> RunAsync<T>(Order seen, bool mustBeUnchanged, Func<LockedOrder, Task<T>> work, CancellationToken cancellationToken) =>
        orderLock.RunAsync(seen.OrderGuid, async () =>
        {
            var order = await uncachedOrders.FindAsync(seen);
            if (order is not { Deleted: false, PaymentMethodSystemName: MultiSafepayDefaults.SystemName })
                throw new AfterSalesException("NotOurs");

            var record = await recordStore.LoadSettledAsync(order, timeProvider.GetUtcNow().UtcDateTime);
            if (record.PendingSave is not null)
                throw new AfterSalesException("Busy");
            if (mustBeUnchanged && (OrderSnapshot.From(seen) != OrderSnapshot.From(order) || seen.ShippingStatus != order.ShippingStatus))
                throw new AfterSalesException("OrderChanged");

            return await work(new LockedOrder(order, record, await storeSettings.ForStoreAsync(order.StoreId), uncachedOrders, recordStore, storeSettings));
        }, cancellationToken);
}
