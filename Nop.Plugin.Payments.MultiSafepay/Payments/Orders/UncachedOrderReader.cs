using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>Reads an order as it is in the database now; nopCommerce keeps one that was read by its number alone for the length of a request.</summary>
/// <remarks>
/// nopCommerce's database has no index on an order's GUID: to find one by it, it reads the whole table, which takes longer with every order that the shop gets. So
/// the order is looked for by its number, with the method that does not remember, and the GUID only says whether it is the right one.
/// </remarks>
public class UncachedOrderReader(IOrderService orderService)
{
    /// <summary>The order, or null when the shop has none.</summary>
    public async Task<Order?> FindAsync(OrderReference reference)
    {
        var known = reference.Id > 0 ? (await orderService.GetOrdersByIdsAsync([reference.Id])).FirstOrDefault(order => order.OrderGuid == reference.OrderGuid) : null;
        return known ?? await orderService.GetOrderByGuidAsync(reference.OrderGuid);
    }

    /// <inheritdoc cref="FindAsync(OrderReference)"/>
    public Task<Order?> FindAsync(Order order) => FindAsync(OrderReference.From(order));
}
