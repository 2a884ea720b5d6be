using Nop.Core;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>
/// A row of the plugin's table: a later order of a subscription, from the moment at which nopCommerce asked whether it may make it. The combination of the first order and the number is unique, so
/// that of two nodes only one makes an order, although nopCommerce has no lock here; only an order with a row is charged.
/// </summary>
public class MultiSafepaySubscriptionCycle : BaseEntity
{
    /// <summary>The first order of the subscription: its id in nopCommerce.</summary>
    public int InitialOrderId { get; set; }

    /// <summary>The number of the order in its subscription, from 2; the first order is 1.</summary>
    public int Number { get; set; }

    /// <summary>The GUID of the order, which nopCommerce chooses before it saves the order: 32 hexadecimal digits.</summary>
    public string OrderGuid { get; set; } = string.Empty;

    /// <summary>When nopCommerce asked, in UTC.</summary>
    public DateTime CreatedOnUtc { get; set; }
}
