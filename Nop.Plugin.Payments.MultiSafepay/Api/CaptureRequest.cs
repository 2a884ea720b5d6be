namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The body of <c>POST orders/{id}/capture</c>, which captures a card authorisation. Null properties are omitted.</summary>
public sealed record CaptureRequest
{
    /// <summary>The amount to capture, in minor units; greater than zero.</summary>
    public required long Amount { get; init; }

    /// <summary>The shop's order id for the order that the capture creates: unique, at most 50 characters (OpenAPI description, Capture payment).</summary>
    public string? NewOrderId { get; init; }

    /// <summary>The status of that order; <see cref="TransactionStatus.Completed"/> is the only value that MultiSafepay accepts (OpenAPI description).</summary>
    public string NewOrderStatus { get; init; } = TransactionStatus.Completed;

    /// <summary>The shop's invoice number; at most 50 characters (OpenAPI description, InvoiceId).</summary>
    public string? InvoiceId { get; init; }

    /// <summary>The reason for the capture.</summary>
    public string? Reason { get; init; }

    /// <summary>A description of the capture.</summary>
    public string? Description { get; init; }
}

/// <summary>The answer to <c>POST orders/{id}/capture</c>; any field may be missing.</summary>
public sealed record CreatedCapture
{
    /// <summary>The order id of the capture: the new one after a partial capture, the original one after a full capture.</summary>
    public string? OrderId { get; init; }

    /// <summary>MultiSafepay's id of the capture's transaction.</summary>
    public string? TransactionId { get; init; }
}

/// <summary>The body of <c>PATCH capture/{id}</c> and <c>PATCH orders/{id}/refunds/{refund}</c>: cancels an authorisation or a pending refund.</summary>
/// <param name="Status"><see cref="TransactionStatus.Cancelled"/> for an authorisation, <see cref="TransactionStatus.Void"/> for a refund.</param>
/// <param name="Reason">The reason; required for an authorisation (OpenAPI description).</param>
internal sealed record Withdrawal(string Status, string? Reason = null);
