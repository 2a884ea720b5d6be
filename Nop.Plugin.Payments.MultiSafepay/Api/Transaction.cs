using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// An order at MultiSafepay: the body of a notification and the answer to <c>GET orders/{id}</c>. Personal data that the plugin does not use is not read.
/// Times are as MultiSafepay writes them: <c>2030-12-31T23:59:59</c>, without a time zone (<see cref="MultiSafepayTime"/> converts them to UTC).
/// </summary>
public sealed record Transaction
{
    /// <summary>The longest message that is read, in bytes: 2 MiB, hundreds of times the usual length. No source; chosen.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    private const int MaxIdLength = 64;

    private readonly string _orderId = string.Empty;
    private readonly string? _transactionId;
    private readonly string _status = string.Empty;
    private readonly string _financialStatus = string.Empty;
    private readonly IReadOnlyList<TransactionPaymentMethod> _paymentMethods = [];
    private readonly IReadOnlyList<RelatedTransaction> _relatedTransactions = [];
    private readonly IReadOnlyList<TransactionCost> _costs = [];

    /// <summary>The shop's order id; never empty in a parsed transaction.</summary>
    public string OrderId
    {
        get => _orderId;
        init => _orderId = value ?? string.Empty;
    }

    /// <summary>MultiSafepay's transaction id: digits, possibly more than fit in 64 bits. Null if it has more than 64 characters (chosen) or control characters.</summary>
    public string? TransactionId
    {
        get => _transactionId;
        init => _transactionId = value is { Length: <= MaxIdLength } && !HasControlCharacter(value) ? value : null;
    }

    /// <summary>The status of the order, a value of <see cref="TransactionStatus"/> or unknown; empty if missing.</summary>
    public string Status
    {
        get => _status;
        init => _status = value ?? string.Empty;
    }

    /// <summary>The financial status, a value of <see cref="TransactionStatus"/> or unknown; empty if missing.</summary>
    public string FinancialStatus
    {
        get => _financialStatus;
        init => _financialStatus = value ?? string.Empty;
    }

    /// <summary>The amount of the order, in minor units.</summary>
    public long? Amount { get; init; }

    /// <summary>The amount refunded so far, in minor units; sometimes missing.</summary>
    public long? AmountRefunded { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>For a capture: the order id of the authorisation that was captured.</summary>
    public string? AuthOrderId { get; init; }

    /// <summary>The description that the customer saw.</summary>
    public string? Description { get; init; }

    /// <summary>The free text of the order request.</summary>
    public string? Var1 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var2 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var3 { get; init; }

    /// <summary>The reason for the status, as text; may be empty.</summary>
    public string? Reason { get; init; }

    /// <summary>The reason for the status, as the acquirer's code; may be empty.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>The time at which the order was created.</summary>
    public string? Created { get; init; }

    /// <summary>The time of the last change.</summary>
    public string? Modified { get; init; }

    /// <summary>The time at which the order was completed.</summary>
    public string? Completed { get; init; }

    /// <summary>The URL of the shop's invoice, if the shop has sent one (e-invoicing).</summary>
    public string? InvoiceUrl { get; init; }

    /// <summary>The details of the payment.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<PaymentDetails>))]
    public PaymentDetails? PaymentDetails { get; init; }

    /// <summary>The payment methods used; one order can be paid with gift cards and another method together.</summary>
    [JsonConverter(typeof(TolerantListConverter<TransactionPaymentMethod>))]
    public IReadOnlyList<TransactionPaymentMethod> PaymentMethods
    {
        get => _paymentMethods;
        init => _paymentMethods = value ?? [];
    }

    /// <summary>The transactions that followed the payment: refunds, captures and chargebacks.</summary>
    [JsonConverter(typeof(TolerantListConverter<RelatedTransaction>))]
    public IReadOnlyList<RelatedTransaction> RelatedTransactions
    {
        get => _relatedTransactions;
        init => _relatedTransactions = value ?? [];
    }

    /// <summary>The fees that MultiSafepay charges the shop.</summary>
    [JsonConverter(typeof(TolerantListConverter<TransactionCost>))]
    public IReadOnlyList<TransactionCost> Costs
    {
        get => _costs;
        init => _costs = value ?? [];
    }

    /// <summary>The items; a refund of a pay-later payment is based on them.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<ShoppingCart>))]
    public ShoppingCart? ShoppingCart { get; init; }

    /// <summary>The tax tables that the cart refers to.</summary>
    [JsonPropertyName("checkout_options")]
    [JsonConverter(typeof(TaxTablesConverter))]
    public TaxTables? TaxTables { get; init; }

    /// <summary>Reads a transaction. Invalid optional fields are ignored; only what makes the transaction unusable is an error.</summary>
    /// <param name="utf8Json">The JSON object in UTF-8, with or without a byte order mark.</param>
    /// <exception cref="JsonException">The input is not a JSON object, has no order id, or is longer than <see cref="MaxLength"/>.</exception>
    public static Transaction Parse(ReadOnlySpan<byte> utf8Json) => Read(utf8Json, isNotification: false);

    /// <summary>
    /// The same as <see cref="Parse"/>, without what no notification is used for, which stays empty: items, tax tables, costs, <see cref="Description"/>, <see cref="Var2"/>, <see cref="Var3"/>,
    /// <see cref="ReasonCode"/>, <see cref="Modified"/> and <see cref="InvoiceUrl"/>.
    /// </summary>
    /// <inheritdoc cref="Parse"/>
    public static Transaction ParseNotification(ReadOnlySpan<byte> utf8Json) => Read(utf8Json, isNotification: true);

    /// <summary>The order id and the statuses only.</summary>
    public override string ToString() => $"{nameof(Transaction)} {{ OrderId = {OrderId}, Status = {Status}, FinancialStatus = {FinancialStatus} }}";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static Transaction Read(ReadOnlySpan<byte> utf8Json, bool isNotification)
    {
        if (utf8Json.Length > MaxLength)
            throw new JsonException("The transaction is too long.");

        var json = utf8Json.StartsWith(ByteOrderMark) ? utf8Json[ByteOrderMark.Length..] : utf8Json;
        var transaction = TransactionReader.Read(json, isNotification);
        return string.IsNullOrWhiteSpace(transaction?.OrderId) ? throw new JsonException("The transaction has no order id.") : transaction;
    }

    private static bool HasControlCharacter(string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character))
                return true;
        }

        return false;
    }
}
