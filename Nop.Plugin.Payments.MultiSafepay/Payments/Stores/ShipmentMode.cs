namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>The orders whose shipment is reported to MultiSafepay.</summary>
public enum ShipmentMode
{
    /// <summary>Orders paid with a method that pays the shop, or bills the customer, after the shipment.</summary>
    PayLater,

    /// <summary>All orders.</summary>
    All,

    /// <summary>No orders: another system reports shipments to MultiSafepay.</summary>
    None
}
