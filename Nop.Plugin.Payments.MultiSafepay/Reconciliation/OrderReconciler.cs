using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>Compares one order with MultiSafepay, if it is due.</summary>
public class OrderReconciler(
    StoreSettings storeSettings,
    Synchronizer synchronizer,
    OrderCancellation cancellation,
    PaymentLinkRevocation revocation,
    AuthorizationExpiryWarning expiryWarning,
    FulfillmentHandler fulfillment,
    FollowUpList followUpList,
    TimeProvider timeProvider)
{
    /// <summary>Asks MultiSafepay about the order, unless it was asked recently or there is nothing to ask.</summary>
    /// <param name="order">The order.</param>
    /// <param name="record">Its payment record.</param>
    /// <param name="asking">Called before MultiSafepay is asked.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the calls.</param>
    /// <returns>The result of the synchronization; null if MultiSafepay was not asked.</returns>
    /// <exception cref="AfterSalesException">The order is being changed; it is compared later.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public async Task<SyncResult?> ReconcileAsync(Order order, PaymentRecord record, Action asking, CancellationToken cancellationToken)
    {
        // Who is warned of a shipment may have reported it in the dashboard, which was not heard of.
        var isWarningDue = await expiryWarning.IsDueAsync(order, record);
        if (isWarningDue && !IsPaidLater(record))
            await expiryWarning.WarnAsync(order, cancellationToken);
        if (await fulfillment.IsDueAsync(order, record))
            await followUpList.AddWorkAsync(order.Id);
        if (!await IsDueAsync(order, record) && !(isWarningDue && IsPaidLater(record)))
            return null;

        asking();
        var result = await synchronizer.PullAsync(OrderReference.From(order), allowTerminalActions: true, cancellationToken);
        if (isWarningDue && IsPaidLater(record))
            await expiryWarning.WarnAsync(order, cancellationToken);
        if (order.OrderStatus == OrderStatus.Cancelled)
            await cancellation.FollowAsync(order, cancellationToken);

        // The shop crashed after nopCommerce saved the order and before its payment link was cancelled.
        else if (await revocation.IsDueAsync(order, record))
            await revocation.FollowAsync(order, cancellationToken);
        return result;
    }

    /// <summary>When the order is due next, in UTC; null if it need not be looked at any more.</summary>
    public async Task<DateTime?> NextUtcAsync(Order order, PaymentRecord record)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        var planned = ReconciliationPlan.NextUtc(order, record, now);
        return await expiryWarning.DueUtcAsync(order, record) is { } warning && warning > now && !(planned < warning) ? warning : planned;
    }

    private static bool IsPaidLater(PaymentRecord record) => record.Attempts.Any(attempt => attempt.PayLaterMethod is not null);

    // A paid order is skipped if the shop has no API key for its payment; an open one is not, because the owner has to hear of it.
    private async Task<bool> IsDueAsync(Order order, PaymentRecord record) => ReconciliationPlan.IsDue(order, record, timeProvider.GetUtcNow().UtcDateTime)
        && (!OrderSnapshot.From(order).HasBeenPaid || storeSettings.AskableAttempts(await storeSettings.ForStoreAsync(order.StoreId), record).Any());
}
