using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Follows up an order that was paid or shipped: captures it with its shipment, and reports the shipment and the invoice number to MultiSafepay.</summary>
public class FulfillmentHandler(
    Deferred<IOrderService> orderService,
    LockedOrders lockedOrders,
    Deferred<ShipmentCapture> shipmentCapture,
    Deferred<OrderUpdateSender> orderUpdateSender,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>
    /// Handles a paid order. Nothing is sent now, because this may be in the middle of a notification; the scheduled task reports the invoice number soon.
    /// </summary>
    public Task PaidAsync(Order order) => order.IsOurs() ? followUpList.TryAddWorkAsync(order.Id) : Task.CompletedTask;

    /// <summary>
    /// Handles a saved order: it may have been delivered, picked up or completed, or its unshipped items may have been removed, and nopCommerce does not have an event for each of these;
    /// or a page may have saved it with what it had read before the order was paid. Never throws unless it is cancelled; the scheduled task finds what was missed.
    /// </summary>
    public async Task UpdatedAsync(Order order, CancellationToken cancellationToken)
    {
        // If the lock is held, the plugin itself is working on the order and adds it to the list if necessary.
        if (!order.IsOurs() || order.PaymentStatus is PaymentStatus.Refunded or PaymentStatus.Voided || lockedOrders.IsHeld(order))
            return;
        try
        {
            var record = await lockedOrders.RecordAsync(order);
            if (MayBeOverwritten(order, record))
                await followUpList.AddComparisonAsync(order.Id, timeProvider.GetUtcNow().UtcDateTime);
            if (order.PaymentStatus != PaymentStatus.Pending && await IsDueAsync(order, record))
                await followUpList.TryAddWorkAsync(order.Id);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: it could not be seen yet what MultiSafepay has to be told of it. {exception.Message}"), exception);
        }
    }

    /// <summary>
    /// Handles an order of which an item was edited or removed, as <see cref="UpdatedAsync"/> does: with nopCommerce's default settings the order itself is not saved (seen in nopCommerce 4.90.6).
    /// </summary>
    public async Task ItemChangedAsync(int orderId, CancellationToken cancellationToken)
    {
        if (await orderService.Value.GetOrderByIdAsync(orderId) is { PaymentStatus: not PaymentStatus.Pending } order)
            await UpdatedAsync(order, cancellationToken);
    }

    /// <summary>
    /// Handles a parcel of an order that was sent or got its tracking number. Never throws unless it is cancelled, because the shipment in the shop is final.
    /// </summary>
    public async Task ShippedAsync(int orderId, CancellationToken cancellationToken)
    {
        try
        {
            if (await orderService.Value.GetOrderByIdAsync(orderId) is not { } order || !order.IsOurs())
                return;
            var record = await lockedOrders.RecordAsync(order);
            if (!await IsDueAsync(order, record))
                return;
            await followUpList.TryAddWorkAsync(order.Id);
            if (await shipmentCapture.Value.IsDueAsync(order, record))
                await shipmentCapture.Value.RunAsync(order, cancellationToken);
            await orderUpdateSender.Value.RunAsync(order, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {orderId}: MultiSafepay could not be told of the shipment yet; the task tries again. {exception.Message}"),
                exception is AfterSalesException or MultiSafepayApiException or OrderBusyException ? null : exception);
        }
    }

    /// <summary>
    /// Whether the order's state shows something that MultiSafepay has not been told yet: nopCommerce saves a shipment before it publishes the event, and may crash in between.
    /// </summary>
    public async Task<bool> IsDueAsync(Order order, PaymentRecord record) => await shipmentCapture.Value.IsDueAsync(order, record) || await orderUpdateSender.Value.IsDueAsync(order, record);

    // The record knows of more money than the order does.
    private static bool MayBeOverwritten(Order order, PaymentRecord record) => order.PaymentStatus switch
    {
        PaymentStatus.Pending => record.Attempts.Any(attempt => attempt.HoldsMoney),
        PaymentStatus.Authorized => record.Attempts.Any(attempt => attempt.State?.IsFunded() == true),
        _ => false
    };
}
