using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// What the payment record of the first order of a subscription says about its later payments. The token with which MultiSafepay charges is not among it: it is read from MultiSafepay for each
/// payment.
/// </summary>
public sealed record SubscriptionRecord
{
    /// <summary>When the customer agreed to the later payments, in UTC; null if the order was placed without the payment step.</summary>
    public DateTime? ConsentUtc { get; init; }

    /// <summary>When the first payment was found to be paid and the payments began to count from that day, in UTC; null before.</summary>
    public DateTime? StartedUtc { get; init; }

    /// <summary>The name under which MultiSafepay stores the payment details (<c>customer.reference</c>); null if there are none.</summary>
    public string? Reference { get; init; }

    /// <summary>Identifies the payment details (<c>SavedCard.Id</c>): 20 hexadecimal digits, from which the token cannot be computed; null if there are none.</summary>
    public string? CardId { get; init; }

    /// <summary>The payment method of the details, with the last digits of a card; null if there are none.</summary>
    public PaymentMeans? Means { get; init; }

    /// <summary>The first day of the month after which the card is no longer valid; null if it is not known, or it is not a card.</summary>
    public DateOnly? ExpiryMonth { get; init; }

    /// <summary>Why the details are not charged any more, as the name of a reason; null if they are.</summary>
    public string? CardProblem { get; init; }

    /// <summary>Whether the customer wants to give another card with the next payment, which is therefore made by link.</summary>
    public bool WantsOtherCard { get; init; }

    /// <summary>Whether the owner, or a setting of the owner's, has paused the subscription: no further orders are made.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether the subscription has ended at MultiSafepay: its details were removed there, unless something else uses them.</summary>
    public bool IsEnded { get; init; }

    /// <summary>The orders of the subscription whose payment the bank has taken back, and about which was done what the owner wants then: their ids in nopCommerce.</summary>
    public IReadOnlyList<int> ChargedBack { get; init; } = [];

    /// <summary>The next payment of which the customer was told in advance, in UTC; null for none.</summary>
    public DateTime? AnnouncedUtc { get; init; }

    /// <summary>The expiry of the card of which the customer was told; null for none.</summary>
    public DateOnly? ExpiryTold { get; init; }

    /// <summary>Whether the payment details can be charged, as far as the shop knows.</summary>
    [JsonIgnore]
    public bool CanCharge => CardId is not null && CardProblem is null && !WantsOtherCard;

    /// <summary>Returns the record with other payment details, which can be charged, also after the end: the owner may have made the subscription active again, or longer.</summary>
    /// <param name="reference">The name under which MultiSafepay stores them.</param>
    /// <param name="cardId">Identifies them.</param>
    /// <param name="means">The payment method.</param>
    /// <param name="expiryMonth">The month in which a card expires.</param>
    public SubscriptionRecord With(string reference, string cardId, PaymentMeans means, DateOnly? expiryMonth) =>
        this with { Reference = reference, CardId = cardId, Means = means, ExpiryMonth = expiryMonth, CardProblem = null, WantsOtherCard = false, IsEnded = false, ExpiryTold = null };

    /// <summary>Returns the record without the customer's personal data, and without payment details to charge.</summary>
    public SubscriptionRecord Erased() => this with { Reference = null, CardId = null, Means = Means?.Erased() };
}

/// <summary>What the payment record of a later order of a subscription says about its payment by the task.</summary>
public sealed record SubscriptionCharge
{
    /// <summary>The first order of the subscription: its id in nopCommerce.</summary>
    public required int InitialOrderId { get; init; }

    /// <summary>The number of the order in its subscription; the first order is 1.</summary>
    public required int Number { get; init; }

    /// <summary>Why the last try failed, as the name of a reason; null if none has failed.</summary>
    public string? Failure { get; init; }

    /// <summary>When the first try failed, in UTC; null if none has.</summary>
    public DateTime? FailedUtc { get; init; }

    /// <summary>The number of tries that are known to have failed.</summary>
    public int FailedTries { get; init; }

    /// <summary>When the details are charged again, in UTC; null if they are not.</summary>
    public DateTime? NextTryUtc { get; init; }

    /// <summary>Whether the customer is still to be sent a payment link after the last failure.</summary>
    public bool IsLinkDue { get; init; }

    /// <summary>Whether the last try has failed, and what the owner wants then was done.</summary>
    public bool IsGivenUp { get; init; }

    /// <summary>Whether the details of the customer's own payment of this order were taken over for the next ones.</summary>
    public bool IsCardTaken { get; init; }
}
