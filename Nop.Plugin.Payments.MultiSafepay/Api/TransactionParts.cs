namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>How an order was paid. Names and accounts are not read.</summary>
public sealed record PaymentDetails
{
    private const int DigitsOfCard = 4;

    private readonly string? _last4;

    /// <summary>The payment method, such as <c>VISA</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The last four digits of the card; zeros that a number has lost in front are put back.</summary>
    public string? Last4
    {
        get => _last4;
        init => _last4 = string.IsNullOrEmpty(value) ? null : value.PadLeft(DigitsOfCard, '0');
    }

    /// <summary>When the card expires, as year and month: <c>3012</c>.</summary>
    public string? CardExpiryDate { get; init; }

    /// <summary><c>manual</c> when the payment is to be captured by the shop.</summary>
    public string? Capture { get; init; }

    /// <summary>Until when it can be captured.</summary>
    public string? CaptureExpiry { get; init; }

    /// <summary>What is left to capture, in the currency's smallest unit.</summary>
    public long? CaptureRemain { get; init; }

    /// <summary>The token to pay with next time.</summary>
    public string? RecurringId { get; init; }

    /// <summary>The kind of recurring payment.</summary>
    public string? RecurringModel { get; init; }

    /// <summary>The bank's or the acquirer's identifier of the payment.</summary>
    public string? ExternalTransactionId { get; init; }

    /// <summary>The acquirer's answer.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>Names the method only: a token is a means of payment.</summary>
    public override string ToString() => $"{nameof(PaymentDetails)} {{ Type = {Type}, Capture = {Capture} }}";
}

/// <summary>A means of payment that took part in paying an order.</summary>
public sealed record TransactionPaymentMethod
{
    /// <summary>The payment method, such as <c>VISA</c>, or <c>COUPON</c> for a gift card.</summary>
    public string? Type { get; init; }

    /// <summary>Its part of the order's amount, in the currency's smallest unit. Informative: MultiSafepay's own examples disagree about the unit.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>In the words of <see cref="TransactionStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary>The method's name.</summary>
    public string? PaymentDescription { get; init; }

    /// <summary>The bank's or the acquirer's identifier of the payment.</summary>
    public string? ExternalTransactionId { get; init; }
}

/// <summary>What came after a payment.</summary>
public sealed record RelatedTransaction
{
    /// <summary><c>refund</c>, <c>capture</c>, <c>chargeback</c>, <c>reverse-chargeback</c> or <c>auth-cancellation</c>.</summary>
    public string? Type { get; init; }

    /// <summary>In the words of <see cref="TransactionStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary>In the currency's smallest unit.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>Its own order id, which may be the original's.</summary>
    public string? OrderId { get; init; }

    /// <summary>MultiSafepay's identifier.</summary>
    public string? TransactionId { get; init; }

    /// <summary>MultiSafepay's identifier of the transaction it belongs to.</summary>
    public string? ReferenceTransactionId { get; init; }

    /// <summary>Our identifier of the refund, if we gave one.</summary>
    public string? RefundOrderId { get; init; }

    /// <summary>What it is, in words.</summary>
    public string? Description { get; init; }

    /// <summary>When it was created.</summary>
    public string? Created { get; init; }

    /// <summary>When it last changed.</summary>
    public string? Modified { get; init; }
}

/// <summary>What MultiSafepay charges the shop for a payment.</summary>
public sealed record TransactionCost
{
    /// <summary>In the currency itself, with decimals.</summary>
    public decimal? Amount { get; init; }

    /// <summary>ISO 4217 code, if given.</summary>
    public string? Currency { get; init; }

    /// <summary>What for.</summary>
    public string? Description { get; init; }

    /// <summary>Who charges it.</summary>
    public string? Type { get; init; }

    /// <summary>In the words of <see cref="TransactionStatus"/>, if given.</summary>
    public string? Status { get; init; }

    /// <summary>MultiSafepay's identifier.</summary>
    public string? TransactionId { get; init; }
}
