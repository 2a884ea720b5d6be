using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The answer to <c>POST orders</c>: a payment page, or the whole order if it is of type <see cref="OrderType.Direct"/>.</summary>
public sealed record CreatedOrder
{
    private readonly string _orderId = string.Empty;
    private readonly string _paymentUrl = string.Empty;

    /// <summary>The shop's order id, as MultiSafepay returns it.</summary>
    public string OrderId
    {
        get => _orderId;
        init => _orderId = value ?? string.Empty;
    }

    /// <summary>
    /// The address of the payment page: absolute and https (http only from a simulator). The client never returns an order without it, but for one that is paid by a token
    /// (<see cref="OrderRequest.RecurringId"/>): there it is empty if the customer has nothing left to do.
    /// </summary>
    public string PaymentUrl
    {
        get => _paymentUrl;
        init => _paymentUrl = value ?? string.Empty;
    }

    /// <summary>MultiSafepay's id of the payment page's session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Where the customer has to transfer the money, in the answer to a <see cref="OrderType.Direct"/> order by bank transfer; null otherwise.</summary>
    public BankTransferDetails? GatewayInfo { get; init; }

    /// <summary>
    /// The order as it is after the call, if the answer contains it: of a <see cref="OrderType.Direct"/> order. A payment by token can be completed, declined or under review by now.
    /// Null of an answer without a status.
    /// </summary>
    [JsonIgnore]
    public Transaction? Transaction { get; init; }

    /// <summary>The order id only, because anybody who has the address can open the payment page.</summary>
    public override string ToString() => $"{nameof(CreatedOrder)} {{ OrderId = {OrderId} }}";
}

/// <summary>
/// The account to which a customer transfers the money for an order (docs.multisafepay.com, Payment components, Redirect bank transfer payments); any field may be missing.
/// </summary>
public sealed record BankTransferDetails
{
    /// <summary>The reference by which MultiSafepay recognises the transfer: 16 digits.</summary>
    public string? Reference { get; init; }

    /// <summary>The name of the account's holder.</summary>
    public string? DestinationHolderName { get; init; }

    /// <summary>The IBAN of the account.</summary>
    public string? DestinationHolderIban { get; init; }

    /// <summary>The BIC of the account's bank.</summary>
    public string? DestinationHolderSwift { get; init; }
}

/// <summary>The answer to <c>POST orders/{id}/refunds</c>; any field may be missing.</summary>
public sealed record CreatedRefund
{
    /// <summary>The order id of the refund.</summary>
    public string? OrderId { get; init; }

    /// <summary>MultiSafepay's id of the refund's transaction.</summary>
    public string? TransactionId { get; init; }

    /// <summary>MultiSafepay's id of the refund.</summary>
    public string? RefundId { get; init; }
}

/// <summary>The answer to <c>GET me</c>: the account and the site of an API key.</summary>
public sealed record Account
{
    /// <summary>The number of the MultiSafepay account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The number of the site; null for an account-level key.</summary>
    public string? SiteId { get; init; }

    /// <summary>The role of the key.</summary>
    public string? Role { get; init; }
}
