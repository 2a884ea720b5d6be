namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>The state of a refund that the owner requested in the shop.</summary>
public enum RefundState
{
    /// <summary>Recorded before it was sent. It is not known yet whether MultiSafepay has made it.</summary>
    Open,

    /// <summary>MultiSafepay has accepted it and is waiting for the bank or for balance in the account. The order does not include it yet.</summary>
    Waiting,

    /// <summary>Made, and included in the order's refunded amount.</summary>
    Counted,

    /// <summary>Rejected, declined, withdrawn, or never received by MultiSafepay: no money was refunded.</summary>
    Off
}

/// <summary>
/// A refund that the owner requested in the shop. It is recorded before it is sent, under an id that stays the same for every try: if an answer is lost, MultiSafepay can be asked
/// about that id, and the refund is not made twice.
/// </summary>
public sealed record RefundAttempt
{
    /// <summary>The shop's id of the refund at MultiSafepay.</summary>
    public required string RefundOrderId { get; init; }

    /// <summary>The <see cref="PaymentAttempt.OrderId"/> of the payment that is refunded.</summary>
    public required string AttemptId { get; init; }

    /// <summary>The order id at MultiSafepay to which the refund was sent: that of the payment, or of one of its captures.</summary>
    public required string OrderId { get; init; }

    /// <summary>The amount in minor units of the charged currency.</summary>
    public required long Amount { get; init; }

    /// <summary>The amount in the primary store currency, as the owner entered it.</summary>
    public required decimal OrderAmount { get; init; }

    /// <summary>
    /// The part of the order's refunded amount that had not been refunded through MultiSafepay when this refund was requested (booked by hand), in the primary store currency.
    /// It is recorded so that it is not mistaken for this refund later.
    /// </summary>
    public decimal BookedElsewhere { get; init; }

    /// <summary>Whether it is a piece of a larger amount that the owner entered, because each shipped part of a payment is refunded by itself.</summary>
    public bool IsOfSplit { get; init; }

    /// <summary>When the refund was last sent, in UTC. The time after which it is given up counts from here.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>MultiSafepay's transaction id of the refund; null until it is known.</summary>
    public string? TransactionId { get; init; }

    /// <summary>The state of the refund.</summary>
    public RefundState State { get; init; }

    /// <summary>Whether the outcome is not final yet.</summary>
    internal bool IsUnsettled => State is RefundState.Open or RefundState.Waiting;
}

/// <summary>The kind of result that nopCommerce was given and may not have saved yet.</summary>
public enum PendingSaveKind
{
    /// <summary>A refund.</summary>
    Refund,

    /// <summary>A capture.</summary>
    Capture,

    /// <summary>The release of an authorisation.</summary>
    Void
}

/// <summary>
/// A result that nopCommerce was given. nopCommerce saves the order itself, after the plugin has released its lock, and with all the values that it read before. Anything that
/// another caller changes in the order in between would be overwritten, and a notification of the same money would book it a second time. So the order is left alone until nopCommerce
/// reports that it has saved, or until so much time has passed that it must have crashed.
/// </summary>
/// <param name="Kind">The kind of result.</param>
/// <param name="Key">For a refund its <see cref="RefundAttempt.RefundOrderId"/>; otherwise the applied event to record (<see cref="AppliedEvents"/>).</param>
/// <param name="AtUtc">When nopCommerce was given the result, in UTC.</param>
/// <param name="RefundedBefore">The order's refunded amount before the result, in the primary store currency.</param>
public sealed record PendingSave(PendingSaveKind Kind, string Key, DateTime AtUtc, decimal RefundedBefore)
{
    /// <summary>The time after which nopCommerce is assumed to have crashed without saving.</summary>
    public static readonly TimeSpan AssumedLostAfter = TimeSpan.FromMinutes(2);

    /// <summary>Further keys like <see cref="Key"/>, if the owner's refund was split; null for none.</summary>
    public IReadOnlyList<string>? MoreKeys { get; init; }

    /// <summary><see cref="Key"/> and <see cref="MoreKeys"/>.</summary>
    internal IEnumerable<string> Keys => [Key, .. MoreKeys ?? []];
}
