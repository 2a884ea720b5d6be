using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>Reads an order as it is in the database now. nopCommerce caches an order that was read by a single id for the duration of a request.</summary>
/// <remarks>
/// The order is read by its id, with the method for several ids, which does not cache, and the GUID only confirms that it is the right one. The GUID has a unique index since nopCommerce 4.80
/// (UpgradeTo480/AddIndexesMigration in its source), but the search by it is cached for the request.
/// </remarks>
public class UncachedOrderReader(IOrderService orderService)
{
    /// <summary>The order; null if the shop has none. If the reference has no id, or the order with that id has another GUID, the order is searched for by GUID.</summary>
    public async Task<Order?> FindAsync(OrderReference reference)
    {
        var known = reference.Id > 0 ? (await orderService.GetOrdersByIdsAsync([reference.Id])).FirstOrDefault(order => order.OrderGuid == reference.OrderGuid) : null;
        return known ?? await orderService.GetOrderByGuidAsync(reference.OrderGuid);
    }

    /// <inheritdoc cref="FindAsync(OrderReference)"/>
    public Task<Order?> FindAsync(Order order) => FindAsync(OrderReference.From(order));
}
