using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// The body of <c>POST orders/{id}/refunds</c>: a refund by amount, or by items for pay-later methods. Null properties are omitted.
/// </summary>
/// <remarks>
/// MultiSafepay refunds the whole order if the amount is absent or zero (OpenAPI description, Refund). The client therefore rejects a request that has neither
/// a positive <see cref="Amount"/> nor <see cref="CheckoutData"/>: a full refund states its amount as well.
/// </remarks>
public sealed record RefundRequest
{
    /// <summary>ISO 4217 code, in upper case: the currency of the order.</summary>
    public string? Currency { get; init; }

    /// <summary>The amount to refund, in minor units; greater than zero.</summary>
    public long? Amount { get; init; }

    /// <summary>The text for the customer; at most 200 characters (OpenAPI description, Description).</summary>
    public string? Description { get; init; }

    /// <summary>The shop's id of the refund; at most 50 characters. If it is null, MultiSafepay uses the order id (OpenAPI description, Refund).</summary>
    public string? RefundOrderId { get; init; }

    /// <summary>Free text that is returned with the refund.</summary>
    public string? Var1 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var2 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var3 { get; init; }

    /// <summary>For pay-later methods: the items of the order and the refunded items.</summary>
    public RefundCheckoutData? CheckoutData { get; init; }
}

/// <summary>A refund by items: every item of the original order, and a copy with a negative price of each refunded item (OpenAPI description, BNPL refund).</summary>
public sealed record RefundCheckoutData
{
    /// <summary>The items.</summary>
    [JsonConverter(typeof(TolerantListConverter<CartItem>))]
    public required IReadOnlyList<CartItem> Items { get; init; }

    /// <summary>The tax tables that the items refer to.</summary>
    public TaxTables? TaxTables { get; init; }
}
