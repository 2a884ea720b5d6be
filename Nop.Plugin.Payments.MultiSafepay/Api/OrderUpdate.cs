namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The body of <c>PATCH orders/{id}</c>: reports a change of the order in the shop. Null properties are omitted.</summary>
public sealed record OrderUpdate
{
    /// <summary><see cref="TransactionStatus.Shipped"/> or <see cref="TransactionStatus.Cancelled"/>; null for no change of status.</summary>
    public string? Status { get; init; }

    /// <summary>
    /// With <see cref="TransactionStatus.Shipped"/>: the amount of a partial shipment, in minor units, which must be less than the order's (OpenAPI description, Partially ship order); null for
    /// the whole order. The request names no items.
    /// </summary>
    public long? Amount { get; init; }

    /// <summary>With <see cref="TransactionStatus.Cancelled"/>: also stops the reminders of an unfinished payment.</summary>
    public bool? ExcludeOrder { get; init; }

    /// <summary>The tracking number.</summary>
    public string? TracktraceCode { get; init; }

    /// <summary>The tracking URL.</summary>
    public string? TracktraceUrl { get; init; }

    /// <summary>The carrier.</summary>
    public string? Carrier { get; init; }

    /// <summary>The date of the shipment as dd-MM-yyyy (after the example in the OpenAPI description, which does not define the format).</summary>
    public string? ShipDate { get; init; }

    /// <summary>The reason for the change.</summary>
    public string? Reason { get; init; }

    /// <summary>The shop's invoice number; at most 50 characters (OpenAPI description, InvoiceId).</summary>
    public string? InvoiceId { get; init; }

    /// <summary>The URL of the invoice.</summary>
    public string? InvoiceUrl { get; init; }

    /// <summary>The purchase order number.</summary>
    public string? PoNumber { get; init; }

    /// <summary>Extends a Klarna authorisation by six weeks (OpenAPI description, Extend Klarna expiration).</summary>
    public bool? ExtendExpiration { get; init; }

    /// <summary>An update that cancels an unpaid order and stops its reminders.</summary>
    public static OrderUpdate Cancel { get; } = new() { Status = TransactionStatus.Cancelled, ExcludeOrder = true };
}

/// <summary>The answer to <c>PATCH orders/{id}</c>; both fields are null unless a part was shipped.</summary>
public sealed record UpdatedOrder
{
    /// <summary>MultiSafepay's order id of the partial shipment, such as <c>case-20220404-06-0001</c>; it is refunded under this id.</summary>
    public string? OrderId { get; init; }

    /// <summary>MultiSafepay's id of the partial shipment's transaction.</summary>
    public string? TransactionId { get; init; }
}
