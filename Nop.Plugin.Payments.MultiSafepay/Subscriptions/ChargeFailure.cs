using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>Why a payment of a subscription has failed.</summary>
/// <param name="Reason">The name of a <see cref="PaymentStartFailure"/> of a saved card, or one of the names here; also the end of a text's key.</param>
public sealed record ChargeFailure(string Reason)
{
    /// <summary>MultiSafepay stored no payment details with the customer's payment.</summary>
    public const string NoDetails = nameof(NoDetails);

    /// <summary>The customer wants to give another card.</summary>
    public const string OtherCard = nameof(OtherCard);

    /// <summary>MultiSafepay refused the payment for a reason that is not about the card.</summary>
    public const string Refused = nameof(Refused);

    /// <summary>The owner, or the customer, had the payment details forgotten.</summary>
    public const string Forgotten = nameof(Forgotten);

    /// <summary>The bank refuses this card, or the customer has told it to.</summary>
    public const string Revoked = nameof(Revoked);

    /// <summary>The bank has taken back a payment with these details: they are not charged again without the customer.</summary>
    public const string ChargedBack = nameof(ChargedBack);

    // Texts of code 4999 after which the details must not be charged again (docs.multisafepay.com, Card payment errors).
    private static readonly string[] _revocations = ["Stop payment", "Revocation of", "not permitted to cardholder", "Invalid card"];

    /// <summary>MultiSafepay's code and text of the reason; null if there is none.</summary>
    public string? Details { get; init; }

    /// <summary>
    /// Whether the same details may be charged again later: too little money, a fault of the bank, a reason that is not told. Never after a demand for the cardholder's confirmation (4004), an invalid
    /// account (4005) or a revocation (docs.multisafepay.com, Card payment errors: do not reattempt).
    /// </summary>
    public bool MayRetry => Reason is nameof(PaymentStartFailure.CardDeclined) or nameof(PaymentStartFailure.CardFunds) or Refused;

    /// <summary>The failure that a refusal of the details means.</summary>
    /// <param name="exception">The refusal.</param>
    public static ChargeFailure From(PaymentStartException exception)
    {
        var details = exception.Details ?? string.Empty;
        var parts = details.Split(' ', 2);
        var isRevoked = PaymentReasons.Of(parts[0], details) == PaymentReason.Blocked || _revocations.Any(text => details.Contains(text, StringComparison.OrdinalIgnoreCase));
        return new ChargeFailure(isRevoked ? Revoked : exception.Failure.ToString()) { Details = details.Length == 0 ? null : details };
    }
}
