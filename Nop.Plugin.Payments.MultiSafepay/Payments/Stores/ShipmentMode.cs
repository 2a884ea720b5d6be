namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>For which orders MultiSafepay is told that they were shipped.</summary>
public enum ShipmentMode
{
    /// <summary>Those paid with a method that pays, or bills the customer, after the shipment.</summary>
    PayLater,

    /// <summary>All.</summary>
    All,

    /// <summary>None: another system tells MultiSafepay.</summary>
    None
}
