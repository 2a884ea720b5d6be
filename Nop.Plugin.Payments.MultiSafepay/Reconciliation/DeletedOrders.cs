using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>
/// Orders that were deleted while their payment was open. nopCommerce keeps the row and publishes an event; if the shop crashes between the two, the task finds the payment link that
/// is still open when it is to compare the payment.
/// </summary>
public class DeletedOrders(IOrderService orderService, LockedOrders lockedOrders, OrderCancellation cancellation, AttemptCanceller attemptCanceller, PersonalDataEraser eraser)
{
    /// <summary>The order if it was deleted; null otherwise.</summary>
    /// <param name="orderId">nopCommerce's id of the order.</param>
    public async Task<Order?> FindAsync(int orderId) =>
        await orderService.GetOrderByIdAsync(orderId) is { Deleted: true } order && order.IsPlacedWithPlugin() ? order : null;

    /// <summary>Whether there is something to cancel or to release for the order.</summary>
    public async Task<bool> IsOpenAsync(Order order) => order.PaymentStatus switch
    {
        PaymentStatus.Authorized => !IsGivenUp(await lockedOrders.RecordAsync(order)),
        PaymentStatus.Pending => await HasOpenLinkAsync(order),
        _ => false
    };

    /// <summary>Cancels the payment link or releases the authorisation, and deletes what is left of erased data.</summary>
    /// <param name="order">The deleted order.</param>
    /// <param name="cancellationToken">Ends the waiting and the calls.</param>
    public async Task CloseAsync(Order order, CancellationToken cancellationToken)
    {
        if (await IsOpenAsync(order))
            await cancellation.FollowAsync(order, cancellationToken);
        if (await eraser.IsDueAsync(order, await lockedOrders.RecordAsync(order)))
            await eraser.RunAsync(order, cancellationToken);
    }

    // Whether a payment link is still open, or a payment is still under review, that the plugin can cancel.
    private async Task<bool> HasOpenLinkAsync(Order order)
    {
        var record = await lockedOrders.RecordAsync(order);
        return !IsGivenUp(record) && (await attemptCanceller.FindClosableAsync(order, record, attempt =>
            !attempt.Closed && (attempt.State == TransactionState.Uncleared || attempt.State?.IsFunded() != true))).Count > 0;
    }

    // The owner was notified that the money is still held, because MultiSafepay did not release it.
    private static bool IsGivenUp(PaymentRecord record) => record.Applied.Any(applied => applied.StartsWith(AppliedEvents.StillHeldPrefix, StringComparison.Ordinal));
}
