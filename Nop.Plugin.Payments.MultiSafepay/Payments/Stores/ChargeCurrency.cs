namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>The currency in which an order is charged; the owner's choice.</summary>
public enum ChargeCurrency
{
    /// <summary>The currency that the customer saw, if MultiSafepay supports it; otherwise the primary store currency.</summary>
    Customer,

    /// <summary>Always the primary store currency.</summary>
    Primary
}
