using System.Text.Json;

namespace Sandbox.Simulator.State;

/// <summary>One attempt to pay an order, with MultiSafepay's own id and the two statuses.</summary>
public sealed class SimulatedTransaction
{
    public required long Id { get; init; }

    public required PaymentSession Session { get; init; }

    public required string GatewayId { get; init; }

    public required long Amount { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string Status { get; set; } = State.Status.Initialized;

    public string FinancialStatus { get; set; } = State.Status.Initialized;

    public DateTimeOffset Modified { get; set; }

    /// <summary>When it was paid or authorised.</summary>
    public DateTimeOffset? Completed { get; set; }

    /// <summary>When it ends by itself if nothing happens; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>By how much the shop had a pay later authorisation prolonged.</summary>
    public TimeSpan Extension { get; set; }

    public string Reason { get; set; } = "";

    public string? ReasonCode { get; set; }

    /// <summary>The fees of the payment, in the currency itself.</summary>
    public decimal Fee { get; set; }

    /// <summary>The details that were stored with this payment, or with which it was paid.</summary>
    public StoredToken? Token { get; set; }

    /// <summary>Off: the customer did not want the details to be stored.</summary>
    public bool StoresDetails { get; set; } = true;

    /// <summary>Set for a card payment authorised for manual capture.</summary>
    public Authorization? Authorization { get; set; }

    /// <summary>The order id of the authorisation this transaction captures from.</summary>
    public string? CaptureOf { get; init; }

    /// <summary>The order id of the invoice order this transaction ships a part of.</summary>
    public string? PartOf { get; init; }

    /// <summary>How much was shipped in parts, each an order of its own; 0 for an order that is shipped whole.</summary>
    public long ShippedInParts { get; set; }

    /// <summary>What is not an order of its own.</summary>
    public long Unshipped => Amount - ShippedInParts;

    /// <summary>How much a gift card paid of it; the rest was paid with the gateway.</summary>
    public long GiftCardAmount { get; set; }

    /// <summary>The gift card's brand.</summary>
    public string? GiftCard { get; set; }

    /// <summary>Accepted by a pay later company, and ended before it was shipped: no money comes.</summary>
    public bool Withdrawn { get; set; }

    public List<SimulatedRelatedTransaction> Related { get; } = [];

    /// <summary>Money is or was held for captures that are orders of their own. Captured whole, it is a payment as any other.</summary>
    public bool IsAuthorization => Authorization is { CapturedWhole: false };

    /// <summary>Money came, or is guaranteed to come: refunds, shipments and chargebacks are possible.</summary>
    public bool IsPaid => Completed is not null && !IsAuthorization && !Withdrawn;

    public IEnumerable<SimulatedRelatedTransaction> Refunds => Related.Where(related => related.Type == RelatedType.Refund);

    public long Refunded => Refunds.Where(refund => refund.Status == State.Status.Completed).Sum(refund => refund.Amount);

    public long Reserved => Refunds.Where(refund => refund.IsWaiting).Sum(refund => refund.Amount);

    public long ChargedBack =>
        Related.Where(related => related.Type == RelatedType.Chargeback).Sum(related => related.Amount)
        - Related.Where(related => related.Type == RelatedType.ReverseChargeback).Sum(related => related.Amount);

    /// <summary>What can still be given back; a gift card's part never can.</summary>
    public long Refundable => IsPaid ? Math.Max(0, Unshipped - GiftCardAmount - Refunded - Reserved - ChargedBack) : 0;
}

/// <summary>Money reserved on a card: how much was taken of it, and until when the rest can be.</summary>
public sealed class Authorization
{
    public required DateTimeOffset ExpiresAt { get; set; }

    public long Captured { get; set; }

    /// <summary>All of it was captured at once, under the order id of the authorisation.</summary>
    public bool CapturedWhole { get; set; }

    /// <summary>What was given back, by cancelling it or by waiting too long.</summary>
    public long Released { get; set; }
}

/// <summary>A refund, capture, chargeback or cancelled authorisation that hangs on a transaction.</summary>
public sealed class SimulatedRelatedTransaction
{
    public required long Id { get; init; }

    public required string Type { get; init; }

    public required long Amount { get; init; }

    public required string OrderId { get; init; }

    public required string Description { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset Modified { get; set; }

    public string Status { get; set; } = State.Status.Completed;

    public string FinancialStatus { get; set; } = State.Status.Completed;

    /// <summary>A refund that is neither made nor called off: it waits for the bank, the provider or for balance.</summary>
    public bool IsWaiting => Type == RelatedType.Refund && Status is State.Status.Reserved or State.Status.Initialized or State.Status.Uncleared;

    /// <summary>Of a refund by items: the cart that it leaves.</summary>
    public JsonElement? Cart { get; set; }

    public string? Var1 { get; init; }

    public string? Var2 { get; init; }

    public string? Var3 { get; init; }
}
