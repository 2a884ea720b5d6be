namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The details of a payment. Names and account numbers are not read.</summary>
public sealed record PaymentDetails
{
    private const int DigitsOfCard = 4;

    private readonly string? _last4;

    /// <summary>The gateway code of the payment method, such as <c>VISA</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The last four digits of the card, with the leading zeros that are missing when MultiSafepay sends a number.</summary>
    public string? Last4
    {
        get => _last4;
        init => _last4 = string.IsNullOrEmpty(value) ? null : value.PadLeft(DigitsOfCard, '0');
    }

    /// <summary>The expiry date of the card as YYMM, such as <c>3012</c> for December 2030.</summary>
    public string? CardExpiryDate { get; init; }

    /// <summary><see cref="CaptureMode.Manual"/> if the shop has to capture the payment.</summary>
    public string? Capture { get; init; }

    /// <summary>The time until which the payment can be captured.</summary>
    public string? CaptureExpiry { get; init; }

    /// <summary>The amount that can still be captured, in minor units.</summary>
    public long? CaptureRemain { get; init; }

    /// <summary>
    /// The token for later payments. Ordinary payments have such an id as well, with which nobody can pay: only together with a <see cref="RecurringModel"/> is it a token, and only
    /// <see cref="IMultiSafepayClient.GetTokenAsync"/> tells whether it is one still.
    /// </summary>
    public string? RecurringId { get; init; }

    /// <summary>The recurring model, a value of <see cref="Api.RecurringModel"/>; null for an ordinary payment.</summary>
    public string? RecurringModel { get; init; }

    /// <summary>The bank's or the acquirer's id of the payment.</summary>
    public string? ExternalTransactionId { get; init; }

    /// <summary>The acquirer's response code.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>The type and the capture mode only, because a token can be used to pay.</summary>
    public override string ToString() => $"{nameof(PaymentDetails)} {{ Type = {Type}, Capture = {Capture} }}";
}

/// <summary>A payment method that was used to pay an order, in full or in part.</summary>
public sealed record TransactionPaymentMethod
{
    /// <summary>The gateway code, such as <c>VISA</c>, or <c>COUPON</c> for a gift card.</summary>
    public string? Type { get; init; }

    /// <summary>The share of the order's amount, in minor units. For information only: MultiSafepay's own examples disagree about the unit.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>A value of <see cref="TransactionStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary>The display name of the method.</summary>
    public string? PaymentDescription { get; init; }

    /// <summary>The bank's or the acquirer's id of the payment.</summary>
    public string? ExternalTransactionId { get; init; }
}

/// <summary>A transaction that followed a payment.</summary>
public sealed record RelatedTransaction
{
    /// <summary><c>refund</c>, <c>capture</c>, <c>chargeback</c>, <c>reverse-chargeback</c> or <c>auth-cancellation</c>.</summary>
    public string? Type { get; init; }

    /// <summary>A value of <see cref="TransactionStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary>The amount in minor units.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>The order id of this transaction, which may be that of the original one.</summary>
    public string? OrderId { get; init; }

    /// <summary>MultiSafepay's id of this transaction.</summary>
    public string? TransactionId { get; init; }

    /// <summary>MultiSafepay's id of the original transaction.</summary>
    public string? ReferenceTransactionId { get; init; }

    /// <summary>The shop's id of the refund, if it sent one.</summary>
    public string? RefundOrderId { get; init; }

    /// <summary>A description of the transaction.</summary>
    public string? Description { get; init; }

    /// <summary>The time of creation.</summary>
    public string? Created { get; init; }

    /// <summary>The time of the last change.</summary>
    public string? Modified { get; init; }
}

/// <summary>A fee that MultiSafepay charges the shop for a payment.</summary>
public sealed record TransactionCost
{
    /// <summary>The amount in units of the currency, with decimals.</summary>
    public decimal? Amount { get; init; }

    /// <summary>ISO 4217 code, if given.</summary>
    public string? Currency { get; init; }

    /// <summary>What the fee is for.</summary>
    public string? Description { get; init; }

    /// <summary>The kind of fee.</summary>
    public string? Type { get; init; }

    /// <summary>A value of <see cref="TransactionStatus"/>, if given.</summary>
    public string? Status { get; init; }

    /// <summary>MultiSafepay's id of the transaction.</summary>
    public string? TransactionId { get; init; }
}
