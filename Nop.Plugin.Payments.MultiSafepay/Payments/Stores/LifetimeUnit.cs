namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>The unit in which the owner sets how long a payment link lives.</summary>
public enum LifetimeUnit
{
    /// <summary>Days.</summary>
    Days,

    /// <summary>Hours.</summary>
    Hours,

    /// <summary>Minutes.</summary>
    Minutes
}
