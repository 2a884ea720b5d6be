using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// An order as MultiSafepay sees it: the body of a notification and the answer to <c>GET orders/{id}</c>. Personal data that the plugin has no use for
/// is not read. Times are as MultiSafepay writes them: <c>2030-12-31T23:59:59</c>, without a time zone.
/// </summary>
public sealed record Transaction
{
    /// <summary>The longest message that is read: 2 MiB, hundreds of times an ordinary one.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    private const int MaxIdLength = 64;

    private readonly string _orderId = string.Empty;
    private readonly string? _transactionId;
    private readonly string _status = string.Empty;
    private readonly string _financialStatus = string.Empty;
    private readonly IReadOnlyList<TransactionPaymentMethod> _paymentMethods = [];
    private readonly IReadOnlyList<RelatedTransaction> _relatedTransactions = [];
    private readonly IReadOnlyList<TransactionCost> _costs = [];

    /// <summary>Our identifier of the payment; never empty in a parsed transaction.</summary>
    public string OrderId
    {
        get => _orderId;
        init => _orderId = value ?? string.Empty;
    }

    /// <summary>MultiSafepay's own identifier; digits, possibly more than fit in 64 bits. What is far too long for one, or has control characters, is none.</summary>
    public string? TransactionId
    {
        get => _transactionId;
        init => _transactionId = value is { Length: <= MaxIdLength } && !value.Any(char.IsControl) ? value : null;
    }

    /// <summary>The order's state, in the words of <see cref="TransactionStatus"/>; empty when there is none.</summary>
    public string Status
    {
        get => _status;
        init => _status = value ?? string.Empty;
    }

    /// <summary>The money's state, in the words of <see cref="TransactionStatus"/>; empty when there is none.</summary>
    public string FinancialStatus
    {
        get => _financialStatus;
        init => _financialStatus = value ?? string.Empty;
    }

    /// <summary>What was to be paid, in the currency's smallest unit.</summary>
    public long? Amount { get; init; }

    /// <summary>What was given back so far, in the currency's smallest unit; sometimes missing.</summary>
    public long? AmountRefunded { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>Of a capture: the order id of the authorisation that the money was taken from.</summary>
    public string? AuthOrderId { get; init; }

    /// <summary>What the customer read.</summary>
    public string? Description { get; init; }

    /// <summary>The free text of the order request.</summary>
    public string? Var1 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var2 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var3 { get; init; }

    /// <summary>Why the payment is in its state, in words; may be empty.</summary>
    public string? Reason { get; init; }

    /// <summary>Why the payment is in its state, as the acquirer's code; may be empty.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>When the order was created.</summary>
    public string? Created { get; init; }

    /// <summary>When the order last changed.</summary>
    public string? Modified { get; init; }

    /// <summary>When the order was completed.</summary>
    public string? Completed { get; init; }

    /// <summary>Where the shop's invoice can be read, when the shop has told (e-invoicing).</summary>
    public string? InvoiceUrl { get; init; }

    /// <summary>How it was paid.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<PaymentDetails>))]
    public PaymentDetails? PaymentDetails { get; init; }

    /// <summary>Every means of payment that took part: gift cards and a method together pay one order.</summary>
    [JsonConverter(typeof(TolerantListConverter<TransactionPaymentMethod>))]
    public IReadOnlyList<TransactionPaymentMethod> PaymentMethods
    {
        get => _paymentMethods;
        init => _paymentMethods = value ?? [];
    }

    /// <summary>What came after the payment: refunds, captures, chargebacks.</summary>
    [JsonConverter(typeof(TolerantListConverter<RelatedTransaction>))]
    public IReadOnlyList<RelatedTransaction> RelatedTransactions
    {
        get => _relatedTransactions;
        init => _relatedTransactions = value ?? [];
    }

    /// <summary>What MultiSafepay charges the shop.</summary>
    [JsonConverter(typeof(TolerantListConverter<TransactionCost>))]
    public IReadOnlyList<TransactionCost> Costs
    {
        get => _costs;
        init => _costs = value ?? [];
    }

    /// <summary>What was bought; a refund of a pay-later payment starts from it.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<ShoppingCart>))]
    public ShoppingCart? ShoppingCart { get; init; }

    /// <summary>The tax rates that the cart names.</summary>
    [JsonPropertyName("checkout_options")]
    [JsonConverter(typeof(TaxTablesConverter))]
    public TaxTables? TaxTables { get; init; }

    /// <summary>Reads a transaction. Only what makes it unusable is an error; an odd optional field is left out.</summary>
    /// <param name="utf8Json">The JSON object, in UTF-8.</param>
    /// <exception cref="JsonException">It is no JSON object, has no order id, or is longer than <see cref="MaxLength"/>.</exception>
    public static Transaction Parse(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length > MaxLength)
            throw new JsonException("The transaction is too long.");

        var json = utf8Json.StartsWith(ByteOrderMark) ? utf8Json[ByteOrderMark.Length..] : utf8Json;
        var transaction = JsonSerializer.Deserialize<Transaction>(json, ApiJson.Options);
        return Usable(transaction);
    }

    /// <summary>Names the payment and its state only.</summary>
    public override string ToString() => $"{nameof(Transaction)} {{ OrderId = {OrderId}, Status = {Status}, FinancialStatus = {FinancialStatus} }}";

    internal static Transaction Usable(Transaction? transaction) =>
        string.IsNullOrWhiteSpace(transaction?.OrderId) ? throw new JsonException("The transaction has no order id.") : transaction;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];
}
