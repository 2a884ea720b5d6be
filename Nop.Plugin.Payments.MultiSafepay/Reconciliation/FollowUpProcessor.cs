using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>Processes the <see cref="FollowUpList"/>. Called by the scheduled task.</summary>
public class FollowUpProcessor(
    IOrderService orderService,
    LockedOrders lockedOrders,
    FollowUpList followUpList,
    IEnumerable<IFollowUpStep> steps,
    DeletedOrders deletedOrders,
    TimeProvider timeProvider)
{
    private readonly IReadOnlyList<IFollowUpStep> _steps = [.. steps.OrderBy(step => step.Position)];

    /// <summary>
    /// The orders that are due for a check: first those that have never been checked, then those whose last check is the longest ago. The longer an order has been on the list, the
    /// less often it is checked.
    /// </summary>
    /// <param name="most">The maximum number of orders.</param>
    public async Task<IReadOnlyList<FollowUp>> DueAsync(int most)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        return [.. (await followUpList.ListAsync()).Where(followUp => followUp.CheckedUtc is not { } at || now - at >= ReconciliationPlan.Interval(now - followUp.SinceUtc)).Take(most)];
    }

    /// <summary>Does the open work of an order, and removes the order from the list if nothing is left.</summary>
    /// <exception cref="AfterSalesException">The order is being changed; the work is retried later.</exception>
    /// <exception cref="Api.MultiSafepayApiException">MultiSafepay gave no usable answer; the work is retried later.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order; the work is retried later.</exception>
    public async Task SettleAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        // Recorded first, so that an order that always fails moves to the end of the list.
        await followUpList.CheckedAsync(followUp.OrderId, isSettled: false, cancellationToken);
        if (await ReadAsync(followUp.OrderId) is { } order)
        {
            var record = await lockedOrders.RecordAsync(order);
            foreach (var step in _steps)
            {
                if (!await step.IsDueAsync(order, record))
                    continue;
                await step.RunAsync(order, cancellationToken);

                // A step may have changed the order or the record, and the next step must see that.
                order = await ReadAsync(followUp.OrderId) ?? order;
                record = await lockedOrders.RecordAsync(order);
            }

            if (!order.Deleted && await IsLeftAsync(order, record))
                return;
        }
        else if (await deletedOrders.FindAsync(followUp.OrderId) is { } deleted)
        {
            await deletedOrders.CloseAsync(deleted, cancellationToken);
            if (await deletedOrders.FindAsync(followUp.OrderId) is not null && await deletedOrders.HasOpenLinkAsync(deleted))
                return;
        }

        await followUpList.CheckedAsync(followUp.OrderId, isSettled: true, cancellationToken);
    }

    private async Task<bool> IsLeftAsync(Order order, PaymentRecord record)
    {
        foreach (var step in _steps)
        {
            if (await step.IsLeftAsync(order, record))
                return true;
        }

        return false;
    }

    // Uses the method for several orders: nopCommerce caches an order that was read by its single id until the task ends.
    private async Task<Order?> ReadAsync(int orderId) =>
        (await orderService.GetOrdersByIdsAsync([orderId])).FirstOrDefault() is { } order && order.IsOurs() ? order : null;
}
