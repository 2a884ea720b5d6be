using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Follows an order that was paid or shipped: it is captured with its shipment, and MultiSafepay is told of shipment and invoice.</summary>
public class FulfillmentHandler(
    IOrderService orderService,
    LockedOrders lockedOrders,
    ShipmentCapture shipmentCapture,
    OrderUpdateSender orderUpdateSender,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog)
{
    /// <summary>An order was paid. Nothing is sent now, because this may be in the middle of a notification; the task sends the invoice's number soon.</summary>
    public Task PaidAsync(Order order, CancellationToken cancellationToken) => order.IsOurs() ? followUpList.TryEnqueueAsync(order.Id, cancellationToken) : Task.CompletedTask;

    /// <summary>
    /// An order was saved: it may have been delivered, picked up or set to complete, or what was not shipped was taken off it, and nopCommerce has no event for all of these.
    /// Does not throw: what is missed here is found by the task.
    /// </summary>
    public async Task UpdatedAsync(Order order, CancellationToken cancellationToken)
    {
        // Whoever holds the order's lock is the plugin itself, which puts the order on the list where that is needed.
        if (!order.IsOurs() || order.PaymentStatus is not (PaymentStatus.Authorized or PaymentStatus.Paid or PaymentStatus.PartiallyRefunded) || lockedOrders.IsHeld(order))
            return;
        try
        {
            await EnqueueIfDueAsync(order, await lockedOrders.RecordAsync(order), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: it could not be seen yet what MultiSafepay has to be told of it. {exception.Message}"), exception);
        }
    }

    /// <summary>A parcel of an order has left, or got its tracking number. It does not throw: the shipment stands.</summary>
    public async Task ShippedAsync(int orderId, CancellationToken cancellationToken)
    {
        try
        {
            if (await orderService.GetOrderByIdAsync(orderId) is not { } order || !order.IsOurs())
                return;
            var record = await lockedOrders.RecordAsync(order);
            if (!await IsDueAsync(order, record))
                return;
            await followUpList.TryEnqueueAsync(order.Id, cancellationToken);
            if (await shipmentCapture.IsDueAsync(order, record))
                await shipmentCapture.RunAsync(order, cancellationToken);
            await orderUpdateSender.RunAsync(order, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {orderId}: MultiSafepay could not be told of the shipment yet; the task tries again. {exception.Message}"),
                exception is AfterSalesException or MultiSafepayApiException or OrderBusyException ? null : exception);
        }
    }

    /// <summary>
    /// Puts an order on the <see cref="FollowUpList"/> whose state shows that something is due: nopCommerce saves a shipment before it tells of it, and can be killed in between.
    /// </summary>
    public async Task EnqueueIfDueAsync(Order order, PaymentRecord record, CancellationToken cancellationToken)
    {
        if (await IsDueAsync(order, record))
            await followUpList.TryEnqueueAsync(order.Id, cancellationToken);
    }

    private async Task<bool> IsDueAsync(Order order, PaymentRecord record) => await shipmentCapture.IsDueAsync(order, record) || await orderUpdateSender.IsDueAsync(order, record);
}
