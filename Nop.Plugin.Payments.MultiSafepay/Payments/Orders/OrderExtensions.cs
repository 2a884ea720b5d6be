using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>Recognises and finds the plugin's orders.</summary>
internal static class OrderExtensions
{
    /// <summary>Whether the order was placed with this plugin; also true for deleted orders.</summary>
    public static bool IsPlacedWithPlugin(this Order order) => order.PaymentMethodSystemName == MultiSafepayDefaults.SystemName;

    /// <summary>Whether the order was placed with this plugin and has not been deleted.</summary>
    public static bool IsOurs(this Order order) => !order.Deleted && order.IsPlacedWithPlugin();

    /// <summary>
    /// The order as the database has it; null if there is none that was placed with this plugin, or it was deleted. Uses nopCommerce's method for several orders, because the one for a
    /// single order caches it until the request or the task ends.
    /// </summary>
    /// <param name="orderService">nopCommerce's orders.</param>
    /// <param name="orderId">nopCommerce's id of the order.</param>
    public static async Task<Order?> FindOursAsync(this IOrderService orderService, int orderId) =>
        (await orderService.GetOrdersByIdsAsync([orderId])).FirstOrDefault() is { } order && order.IsOurs() ? order : null;
}
