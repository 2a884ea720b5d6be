using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>Does the open work of an order. Called by the scheduled task.</summary>
public class FollowUpProcessor(IOrderService orderService, LockedOrders lockedOrders, IEnumerable<IFollowUpStep> steps)
{
    private readonly IReadOnlyList<IFollowUpStep> _steps = [.. steps.OrderBy(step => step.Position)];

    /// <summary>Does the open work of an order.</summary>
    /// <returns>Whether nothing is left.</returns>
    /// <exception cref="AfterSalesException">The order is being changed; the work is retried later.</exception>
    /// <exception cref="Api.MultiSafepayApiException">MultiSafepay gave no usable answer; the work is retried later.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order; the work is retried later.</exception>
    public async Task<bool> SettleAsync(Order order, PaymentRecord record, CancellationToken cancellationToken)
    {
        foreach (var step in _steps)
        {
            if (!await step.IsDueAsync(order, record))
                continue;
            await step.RunAsync(order, cancellationToken);

            // A step may have changed the order or the record, and the next step must see that.
            order = await orderService.FindOursAsync(order.Id) ?? order;
            record = await lockedOrders.RecordAsync(order);
        }

        foreach (var step in _steps)
        {
            if (await step.IsLeftAsync(order, record))
                return false;
        }

        return true;
    }
}
