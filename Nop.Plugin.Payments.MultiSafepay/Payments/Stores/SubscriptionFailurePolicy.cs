namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>What happens to a subscription whose payment has failed for the last time.</summary>
public enum SubscriptionFailurePolicy
{
    /// <summary>It goes on: the next order is made at its date, and the unpaid one stays open.</summary>
    Continue,

    /// <summary>No further orders are made until the owner resumes it.</summary>
    Pause,

    /// <summary>It is cancelled.</summary>
    Cancel
}
