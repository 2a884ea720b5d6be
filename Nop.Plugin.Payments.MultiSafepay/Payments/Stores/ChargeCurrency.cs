namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>The currency in which an order is charged, by the owner's choice.</summary>
public enum ChargeCurrency
{
    /// <summary>The one that the customer saw, where MultiSafepay supports it; otherwise the primary one.</summary>
    Customer,

    /// <summary>The primary store currency, always.</summary>
    Primary
}
