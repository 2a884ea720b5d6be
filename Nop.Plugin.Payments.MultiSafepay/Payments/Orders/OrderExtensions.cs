using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>Which orders are the plugin's.</summary>
internal static class OrderExtensions
{
    /// <summary>Whether the order was placed with this plugin, deleted ones included.</summary>
    public static bool IsPlacedWithPlugin(this Order order) => order.PaymentMethodSystemName == MultiSafepayDefaults.SystemName;

    /// <summary>Whether the order was placed with this plugin, and was not deleted.</summary>
    public static bool IsOurs(this Order order) => !order.Deleted && order.IsPlacedWithPlugin();
}
