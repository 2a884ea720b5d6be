namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary><c>POST orders/{id}/capture</c>: takes money that a card authorisation holds. What is null is not sent.</summary>
public sealed record CaptureRequest
{
    /// <summary>How much to take, in the currency's smallest unit; more than zero.</summary>
    public required long Amount { get; init; }

    /// <summary>Our identifier of the order that the capture becomes, at most 50 characters; MultiSafepay takes one only once.</summary>
    public string? NewOrderId { get; init; }

    /// <summary>The status of that order; MultiSafepay knows only <see cref="TransactionStatus.Completed"/>.</summary>
    public string NewOrderStatus { get; init; } = TransactionStatus.Completed;

    /// <summary>The number of the shop's invoice.</summary>
    public string? InvoiceId { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }
}

/// <summary>The answer to <c>POST orders/{id}/capture</c>; MultiSafepay does not promise any of it.</summary>
public sealed record CreatedCapture
{
    /// <summary>The order id of the capture.</summary>
    public string? OrderId { get; init; }

    /// <summary>MultiSafepay's identifier of the capture's transaction.</summary>
    public string? TransactionId { get; init; }
}

/// <summary><c>PATCH capture/{id}</c> and <c>PATCH orders/{id}/refunds/{refund}</c>: takes back what has not become money yet.</summary>
/// <param name="Status"><see cref="TransactionStatus.Cancelled"/> for an authorisation, <see cref="TransactionStatus.Void"/> for a refund.</param>
/// <param name="Reason">Why; an authorisation needs one.</param>
internal sealed record Withdrawal(string Status, string? Reason = null);
