using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// <c>POST orders/{id}/refunds</c>: by amount, or by items for pay-later methods. What is null is not sent.
/// </summary>
/// <remarks>
/// MultiSafepay takes an absent or zero amount for the whole order. The client therefore refuses to send a request that has neither a positive
/// <see cref="Amount"/> nor <see cref="CheckoutData"/>: a full refund names its amount too.
/// </remarks>
public sealed record RefundRequest
{
    /// <summary>ISO 4217 code; the order's own.</summary>
    public string? Currency { get; init; }

    /// <summary>What to give back, in the currency's smallest unit; more than zero.</summary>
    public long? Amount { get; init; }

    /// <summary>What the customer reads; at most 200 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Our identifier of the refund, at most 50 characters; the order's own without one.</summary>
    public string? RefundOrderId { get; init; }

    /// <summary>Free text that comes back with the refund.</summary>
    public string? Var1 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var2 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var3 { get; init; }

    /// <summary>For pay-later methods: the order's rows and what of them is taken back.</summary>
    public RefundCheckoutData? CheckoutData { get; init; }
}

/// <summary>A refund in rows: every row of the original order, and a copy with a negative price of each that is refunded.</summary>
public sealed record RefundCheckoutData
{
    /// <summary>The rows.</summary>
    [JsonConverter(typeof(TolerantListConverter<CartItem>))]
    public required IReadOnlyList<CartItem> Items { get; init; }

    /// <summary>The tax rates that the rows name.</summary>
    public TaxTables? TaxTables { get; init; }
}
