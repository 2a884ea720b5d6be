namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>What happens if an order was cancelled in the shop and its payment arrives afterwards.</summary>
public enum CancelledThenPaidPolicy
{
    /// <summary>The owner is warned and decides.</summary>
    Warn = 0,

    /// <summary>The payment is refunded at MultiSafepay.</summary>
    Refund = 10,

    /// <summary>The order is reopened and becomes paid, if its stock allows it; otherwise the owner is warned.</summary>
    Reopen = 20
}
