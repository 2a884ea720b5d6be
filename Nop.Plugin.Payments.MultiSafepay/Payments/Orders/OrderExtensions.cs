using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>Recognises the plugin's orders.</summary>
internal static class OrderExtensions
{
    /// <summary>Whether the order was placed with this plugin; also true for deleted orders.</summary>
    public static bool IsPlacedWithPlugin(this Order order) => order.PaymentMethodSystemName == MultiSafepayDefaults.SystemName;

    /// <summary>Whether the order was placed with this plugin and has not been deleted.</summary>
    public static bool IsOurs(this Order order) => !order.Deleted && order.IsPlacedWithPlugin();
}
