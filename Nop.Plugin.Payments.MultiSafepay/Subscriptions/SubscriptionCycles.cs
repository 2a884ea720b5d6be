using System.Data.Common;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>The later orders of the subscriptions (<see cref="MultiSafepaySubscriptionCycle"/>).</summary>
public class SubscriptionCycles(IRepository<MultiSafepaySubscriptionCycle> rows, IOrderService orderService, TimeProvider timeProvider) : ISubscriptionOrders
{
    /// <summary>Claims the number of an order that nopCommerce is about to make.</summary>
    /// <param name="initialOrderId">The first order of the subscription.</param>
    /// <param name="number">The number of the order.</param>
    /// <param name="orderGuid">The GUID that the order will have.</param>
    /// <returns>Whether it was claimed; false if another caller has the number.</returns>
    public async Task<bool> TryClaimAsync(int initialOrderId, int number, Guid orderGuid)
    {
        try
        {
            await rows.InsertAsync(new MultiSafepaySubscriptionCycle
            {
                InitialOrderId = initialOrderId,
                Number = number,
                OrderGuid = Text(orderGuid),
                CreatedOnUtc = timeProvider.GetUtcNow().UtcDateTime
            }, publishEvent: false);
            return true;
        }
        catch (DbException)
        {
            // The unique index. Databases report that in different ways, so the table is asked.
            if ((await rows.GetAllAsync(query => query.Where(row => row.InitialOrderId == initialOrderId && row.Number == number))).Count > 0)
                return false;
            throw;
        }
    }

    /// <summary>The latest order of a subscription; null if there is only the first.</summary>
    public async Task<MultiSafepaySubscriptionCycle?> LatestAsync(int initialOrderId) => (await rows.GetAllAsync(query =>
        query.Where(row => row.InitialOrderId == initialOrderId).OrderByDescending(row => row.Number).Take(1))).FirstOrDefault();

    /// <summary>The row of an order; null if it is not a later order of a subscription.</summary>
    public async Task<MultiSafepaySubscriptionCycle?> FindAsync(Guid orderGuid)
    {
        var text = Text(orderGuid);
        return (await rows.GetAllAsync(query => query.Where(row => row.OrderGuid == text).Take(1))).FirstOrDefault();
    }

    /// <summary>Frees the number of an order that was never made, because the shop stopped before.</summary>
    public Task ReleaseAsync(MultiSafepaySubscriptionCycle cycle)
    {
        var id = cycle.Id;
        return rows.DeleteAsync(row => row.Id == id);
    }

    /// <summary>The recurring payment that an order is the first of, active or not; null if there is none.</summary>
    public async Task<RecurringPayment?> RecurringAsync(int initialOrderId) =>
        (await orderService.SearchRecurringPaymentsAsync(initialOrderId: initialOrderId, showHidden: true)).FirstOrDefault();

    /// <inheritdoc/>
    public async Task<bool> ContainAsync(Order order) => await FindAsync(order.OrderGuid) is not null || await RecurringAsync(order.Id) is not null;

    private static string Text(Guid guid) => guid.ToString("N");
}
