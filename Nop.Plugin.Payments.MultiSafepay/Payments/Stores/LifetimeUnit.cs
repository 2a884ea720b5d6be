namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>The unit in which the owner sets the lifetime of a payment link.</summary>
public enum LifetimeUnit
{
    /// <summary>Days.</summary>
    Days,

    /// <summary>Hours.</summary>
    Hours,

    /// <summary>Minutes.</summary>
    Minutes
}
