using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>Compares one order with MultiSafepay, when its turn has come.</summary>
public class OrderReconciler(
    LockedOrders lockedOrders,
    StoreSettings storeSettings,
    Synchronizer synchronizer,
    OrderCancellation cancellation,
    PaymentLinkRevocation revocation,
    AuthorizationExpiryWarning expiryWarning,
    FulfillmentHandler fulfillment,
    TimeProvider timeProvider)
{
    /// <summary>Asks MultiSafepay about the order, unless it was asked a short while ago or there is nothing to ask.</summary>
    /// <param name="order">The order.</param>
    /// <param name="secondLook">Null for an order whose payment is open; for one that was paid, its age at this look.</param>
    /// <param name="asking">Called before MultiSafepay is asked.</param>
    /// <param name="cancellationToken">Ends the waiting and the calls.</param>
    /// <returns>What came of it; null when MultiSafepay was not asked.</returns>
    /// <exception cref="AfterSalesException">It has to wait: the order is just being changed.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    /// <exception cref="OrderBusyException">Somebody else is working on the order.</exception>
    public async Task<SyncResult?> ReconcileAsync(Order order, TimeSpan? secondLook, Action asking, CancellationToken cancellationToken)
    {
        var record = await lockedOrders.RecordAsync(order);
        await expiryWarning.WarnAsync(order, record, cancellationToken);
        await fulfillment.EnqueueIfDueAsync(order, record, cancellationToken);
        if (!await IsDueAsync(order, record, secondLook))
            return null;

        asking();
        var result = await synchronizer.PullAsync(OrderReference.From(order), allowTerminalActions: true, cancellationToken);
        if (order.OrderStatus == OrderStatus.Cancelled)
            await cancellation.FollowAsync(order, cancellationToken);

        // The shop was killed between nopCommerce's saving of the order and the calling off of its link.
        else if (await revocation.IsDueAsync(order, record))
            await revocation.FollowAsync(order, cancellationToken);
        return result;
    }

    // A second look happens once, however long the looks of many orders take. Nothing is asked about a payment whose key was taken away.
    private async Task<bool> IsDueAsync(Order order, PaymentRecord record, TimeSpan? secondLook)
    {
        if (secondLook is { } age)
            return !(record.LastCheckedUtc >= order.CreatedOnUtc + age) && storeSettings.AskableAttempts(await storeSettings.ForStoreAsync(order.StoreId), record).Any();
        var now = timeProvider.GetUtcNow().UtcDateTime;
        return record.Attempts.Any(attempt => attempt.IsOfInterest)
            && now - (record.LastCheckedUtc ?? order.CreatedOnUtc) >= ReconciliationPlan.Interval(now - order.CreatedOnUtc);
    }
}
