namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>What happens when an order was cancelled in the shop and its payment arrives all the same.</summary>
public enum CancelledThenPaidPolicy
{
    /// <summary>The owner is warned and decides.</summary>
    Warn = 0,

    /// <summary>The payment is given back at MultiSafepay.</summary>
    Refund = 10,

    /// <summary>The order is opened again and becomes paid, when its stock allows; otherwise the owner is warned.</summary>
    Reopen = 20
}
