using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>
/// Orders that were deleted while their payment was open. nopCommerce keeps the row and publishes an event, but none of its searches returns a deleted order: if the shop
/// crashes between the two, only this query finds the payment link that is still open.
/// </summary>
public class DeletedOrders(IRepository<Order> orders, IOrderService orderService, LockedOrders lockedOrders, OrderCancellation cancellation, AttemptCanceller attemptCanceller)
{
    /// <summary>A page of the deleted orders of this plugin that were never paid, the youngest first.</summary>
    /// <param name="window">Between which times they were created, in UTC.</param>
    /// <param name="pageIndex">The page, from 0.</param>
    /// <param name="pageSize">How many orders make a page.</param>
    public Task<IPagedList<Order>> PageAsync((DateTime From, DateTime To) window, int pageIndex, int pageSize)
    {
        // The query is translated to SQL, and Order.PaymentStatus is no column.
        const int pending = (int)PaymentStatus.Pending;
        const int authorized = (int)PaymentStatus.Authorized;
        var (from, to) = window;
        return orders.GetAllPagedAsync(
            query => query
                .Where(order => order.Deleted && order.PaymentMethodSystemName == MultiSafepayDefaults.SystemName && order.CreatedOnUtc >= from && order.CreatedOnUtc <= to
                    && (order.PaymentStatusId == pending || order.PaymentStatusId == authorized))
                .OrderByDescending(order => order.CreatedOnUtc).ThenByDescending(order => order.Id),
            pageIndex, pageSize);
    }

    /// <summary>The order if it was deleted before it was paid; null otherwise.</summary>
    /// <param name="orderId">nopCommerce's id of the order.</param>
    public async Task<Order?> FindAsync(int orderId) =>
        await orderService.GetOrderByIdAsync(orderId) is { Deleted: true, PaymentStatus: PaymentStatus.Pending or PaymentStatus.Authorized } order && order.IsPlacedWithPlugin() ? order : null;

    /// <summary>Whether a payment link of the order is still open, or a payment is still under review, that the plugin can cancel.</summary>
    public async Task<bool> HasOpenLinkAsync(Order order)
    {
        var record = await lockedOrders.RecordAsync(order);
        return !IsGivenUp(record) && (await attemptCanceller.FindClosableAsync(order, record, attempt =>
            !attempt.Closed && (attempt.State == TransactionState.Uncleared || attempt.State?.IsFunded() != true))).Count > 0;
    }

    /// <summary>Whether there is something to cancel or to release for the order.</summary>
    public async Task<bool> IsOpenAsync(Order order) => order.PaymentStatus == PaymentStatus.Authorized
        ? !IsGivenUp(await lockedOrders.RecordAsync(order))
        : await HasOpenLinkAsync(order);

    /// <summary>Cancels the payment link, or releases the authorisation.</summary>
    /// <param name="order">The deleted order.</param>
    /// <param name="cancellationToken">Ends the waiting and the calls.</param>
    public Task CloseAsync(Order order, CancellationToken cancellationToken) => cancellation.FollowAsync(order, cancellationToken);

    // The owner was notified that the money is still held, because MultiSafepay did not release it.
    private static bool IsGivenUp(PaymentRecord record) => record.Applied.Any(applied => applied.StartsWith(AppliedEvents.StillHeldPrefix, StringComparison.Ordinal));
}
