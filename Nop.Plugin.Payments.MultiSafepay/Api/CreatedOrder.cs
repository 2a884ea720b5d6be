namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The answer to <c>POST orders</c>.</summary>
public sealed record CreatedOrder
{
    private readonly string _orderId = string.Empty;
    private readonly string _paymentUrl = string.Empty;

    /// <summary>Our identifier of the payment, as MultiSafepay repeats it.</summary>
    public string OrderId
    {
        get => _orderId;
        init => _orderId = value ?? string.Empty;
    }

    /// <summary>Where to send the customer: an absolute https address (http from a simulator only). The client never returns an order without one.</summary>
    public string PaymentUrl
    {
        get => _paymentUrl;
        init => _paymentUrl = value ?? string.Empty;
    }

    /// <summary>MultiSafepay's identifier of the opened payment page.</summary>
    public string? SessionId { get; init; }

    /// <summary>Names the payment only: whoever has the address can open the payment page.</summary>
    public override string ToString() => $"{nameof(CreatedOrder)} {{ OrderId = {OrderId} }}";
}

/// <summary>The answer to <c>POST orders/{id}/refunds</c>; MultiSafepay does not promise any of it.</summary>
public sealed record CreatedRefund
{
    /// <summary>The identifier under which the refund goes on.</summary>
    public string? OrderId { get; init; }

    /// <summary>MultiSafepay's identifier of the refund's transaction.</summary>
    public string? TransactionId { get; init; }

    /// <summary>MultiSafepay's identifier of the refund.</summary>
    public string? RefundId { get; init; }
}

/// <summary>The answer to <c>GET me</c>: whom an API key belongs to.</summary>
public sealed record Account
{
    /// <summary>MultiSafepay's number of the account.</summary>
    public string? AccountId { get; init; }

    /// <summary>MultiSafepay's number of the site; a key of the account as a whole has none.</summary>
    public string? SiteId { get; init; }

    /// <summary>What the key may do.</summary>
    public string? Role { get; init; }
}
