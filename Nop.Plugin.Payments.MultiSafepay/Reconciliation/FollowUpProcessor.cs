using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>Works through the <see cref="FollowUpList"/>. Called by the task.</summary>
public class FollowUpProcessor(
    IOrderService orderService,
    LockedOrders lockedOrders,
    FollowUpList followUpList,
    IEnumerable<IFollowUpStep> steps,
    DeletedOrders deletedOrders,
    TimeProvider timeProvider)
{
    private readonly IReadOnlyList<IFollowUpStep> _steps = [.. steps.OrderBy(step => step.Position)];

    /// <summary>The orders whose turn it is, those that were looked at longest ago first. What has been open for long is looked at rarely.</summary>
    /// <param name="most">How many at most.</param>
    public async Task<IReadOnlyList<FollowUp>> DueAsync(int most)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        return [.. (await followUpList.ListAsync()).Where(followUp => followUp.CheckedUtc is not { } at || now - at >= ReconciliationPlan.Interval(now - followUp.SinceUtc)).Take(most)];
    }

    /// <summary>Does what there is to do for an order, and takes it off the list when that is all.</summary>
    /// <exception cref="AfterSalesException">It has to wait: the order is just being changed.</exception>
    /// <exception cref="Api.MultiSafepayApiException">It has to wait: MultiSafepay gave no usable answer.</exception>
    /// <exception cref="OrderBusyException">It has to wait: somebody else is working on the order.</exception>
    public async Task SettleAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        // First of all, so that an order that always fails goes to the end of the list.
        await followUpList.CheckedAsync(followUp.OrderId, isSettled: false, cancellationToken);
        if (await ReadAsync(followUp.OrderId) is { } order)
        {
            var record = await lockedOrders.RecordAsync(order);
            foreach (var step in _steps)
            {
                if (!await step.IsDueAsync(order, record))
                    continue;
                await step.RunAsync(order, cancellationToken);

                // What one step found, the next one has to know.
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

    // With the method for many: what the one for a single order has read, nopCommerce keeps for the length of the task.
    private async Task<Order?> ReadAsync(int orderId) =>
        (await orderService.GetOrdersByIdsAsync([orderId])).FirstOrDefault() is { } order && order.IsOurs() ? order : null;
}
