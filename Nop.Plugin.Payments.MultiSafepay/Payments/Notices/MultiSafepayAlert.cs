using Nop.Core;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>A row of the plugin's table: a payment that requires the owner's attention, until the owner dismisses it. An order has at most one of each kind.</summary>
public class MultiSafepayAlert : BaseEntity
{
    /// <summary>The store of the order.</summary>
    public int StoreId { get; set; }

    /// <summary>The order's id in nopCommerce.</summary>
    public int OrderId { get; set; }

    /// <summary>The order number that the owner sees.</summary>
    public string OrderNumber { get; set; } = string.Empty;

    /// <summary>What happened: the name of the order note about it, or <see cref="MerchantAlerts.RefundFailed"/>.</summary>
    public string Kind { get; set; } = string.Empty;

    /// <summary>When the alert was raised, in UTC.</summary>
    public DateTime RaisedOnUtc { get; set; }
}
