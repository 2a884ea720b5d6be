namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>How far a refund is that the owner asked for in the shop.</summary>
public enum RefundState
{
    /// <summary>Remembered before it was sent. Whether MultiSafepay has made it is not known until MultiSafepay says so.</summary>
    Open,

    /// <summary>MultiSafepay has it and waits, for the bank or for balance in the account. The order does not count it yet.</summary>
    Waiting,

    /// <summary>Made, and part of the order's refunded amount.</summary>
    Counted,

    /// <summary>Refused, declined, withdrawn, or never arrived: no money went back.</summary>
    Off
}

/// <summary>
/// A refund that the owner asked for in the shop. It is remembered before it is sent, under an id that stays the same however often it is sent: whatever gets
/// lost on the way, MultiSafepay can be asked about it, and it is not made twice.
/// </summary>
public sealed record RefundAttempt
{
    /// <summary>Our identifier of the refund at MultiSafepay.</summary>
    public required string RefundOrderId { get; init; }

    /// <summary>The <see cref="PaymentAttempt.OrderId"/> of the payment that it gives back.</summary>
    public required string AttemptId { get; init; }

    /// <summary>The order id at MultiSafepay that it was sent to: the payment's, or that of a capture of it.</summary>
    public required string OrderId { get; init; }

    /// <summary>Minor units of the charged currency.</summary>
    public required long Amount { get; init; }

    /// <summary>The same in the primary store currency, as the owner entered it.</summary>
    public required decimal OrderAmount { get; init; }

    /// <summary>
    /// The part of the order's refunded amount that did not go through MultiSafepay when the refund was asked for, in the primary store currency: booked by
    /// hand. It is not mistaken for this refund later.
    /// </summary>
    public decimal BookedElsewhere { get; init; }

    /// <summary>When it was last sent, in UTC: the time until it is given up counts from here.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>MultiSafepay's identifier of the refund; null until it is known.</summary>
    public string? TransactionId { get; init; }

    /// <summary>How far it is.</summary>
    public RefundState State { get; init; }

    /// <summary>Whether it is not known yet how it ends.</summary>
    internal bool IsUnsettled => State is RefundState.Open or RefundState.Waiting;
}

/// <summary>What nopCommerce was told to count, and has perhaps not saved yet.</summary>
public enum PendingSaveKind
{
    /// <summary>A refund.</summary>
    Refund,

    /// <summary>A capture.</summary>
    Capture,

    /// <summary>An authorisation that was given back.</summary>
    Void
}

/// <summary>
/// A result that was handed to nopCommerce. It saves the order on its own, after our lock is released, and with the whole of what it read before: whoever
/// changed the order in between would be overwritten, and whoever booked the same money would book it twice. So the order is left alone until nopCommerce
/// says that it has saved, or until so much time has passed that it must have died.
/// </summary>
/// <param name="Kind">What was handed over.</param>
/// <param name="Key">A refund's <see cref="RefundAttempt.RefundOrderId"/>; otherwise what to remember as applied.</param>
/// <param name="AtUtc">When, in UTC.</param>
/// <param name="RefundedBefore">What the order counted as refunded before, in the primary store currency.</param>
public sealed record PendingSave(PendingSaveKind Kind, string Key, DateTime AtUtc, decimal RefundedBefore)
{
    /// <summary>How long nopCommerce may take to save. After that it has not saved and will not.</summary>
    public static readonly TimeSpan AssumedLostAfter = TimeSpan.FromMinutes(2);
}
