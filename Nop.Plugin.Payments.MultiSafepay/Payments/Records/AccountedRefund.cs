namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>A refund that is included in the order's refunded amount.</summary>
/// <param name="Amount">The amount in minor units of the charged currency.</param>
/// <param name="OrderAmount">The part of it that nopCommerce counts as refunded, in the primary store currency.</param>
public sealed record AccountedRefund(long Amount, decimal OrderAmount)
{
    /// <summary>The <see cref="PaymentAttempt.OrderId"/> of the refunded payment; null for a refund that an earlier version of the plugin recorded.</summary>
    public string? AttemptId { get; init; }

    /// <summary>Whether the customer's bank took the money back (a chargeback), instead of the shop refunding it.</summary>
    public bool IsChargeback { get; init; }
}
