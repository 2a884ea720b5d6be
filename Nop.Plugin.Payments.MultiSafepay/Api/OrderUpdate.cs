namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary><c>PATCH orders/{id}</c>: what has become of an order in the shop. What is null is not sent.</summary>
public sealed record OrderUpdate
{
    /// <summary><see cref="TransactionStatus.Shipped"/> or <see cref="TransactionStatus.Cancelled"/>; none to leave it.</summary>
    public string? Status { get; init; }

    /// <summary>With <see cref="TransactionStatus.Cancelled"/>: also stop the reminders of an unfinished payment.</summary>
    public bool? ExcludeOrder { get; init; }

    /// <summary>The carrier's number of the parcel.</summary>
    public string? TracktraceCode { get; init; }

    /// <summary>Where the parcel can be followed.</summary>
    public string? TracktraceUrl { get; init; }

    /// <summary>Who carries the parcel.</summary>
    public string? Carrier { get; init; }

    /// <summary>When it was shipped, as day, month and year: <c>31-12-2030</c>.</summary>
    public string? ShipDate { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of the shop's invoice.</summary>
    public string? InvoiceId { get; init; }

    /// <summary>Where the invoice can be read.</summary>
    public string? InvoiceUrl { get; init; }

    /// <summary>The number of the purchase order.</summary>
    public string? PoNumber { get; init; }

    /// <summary>Klarna only: six more weeks before the authorisation expires.</summary>
    public bool? ExtendExpiration { get; init; }

    /// <summary>Cancels an unpaid order and stops its reminders.</summary>
    public static OrderUpdate Cancel { get; } = new() { Status = TransactionStatus.Cancelled, ExcludeOrder = true };
}
