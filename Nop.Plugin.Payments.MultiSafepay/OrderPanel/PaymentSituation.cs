using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>
/// What the payment of an order is to people: the state of the transaction together with what the order says of it. The owner's panel and the customer's page both say it in the words of
/// this value, whose names are the ends of their texts' keys; the notes and the alerts follow the same rules (<see cref="Synchronization.Decision"/>).
/// </summary>
public enum PaymentSituation
{
    /// <summary>No payment has been started.</summary>
    NotStarted,

    /// <summary>The customer has a link and has not opened the payment page.</summary>
    Waiting,

    /// <summary>The last payment was cancelled before anybody opened its page.</summary>
    Closed,

    /// <summary>MultiSafepay reports a status that this version does not know.</summary>
    Unknown,

    /// <summary>The payment page was opened.</summary>
    Initialized,

    /// <summary>A card payment is held for review by the owner.</summary>
    Uncleared,

    /// <summary>The customer or the provider has not acted yet.</summary>
    UnclearedWaits,

    /// <summary>Paid.</summary>
    Completed,

    /// <summary>Held until it is captured.</summary>
    Authorized,

    /// <summary>Reported as shipped; the money follows.</summary>
    Shipped,

    /// <summary>A refund is waiting.</summary>
    Reserved,

    /// <summary>Refunded in part.</summary>
    PartialRefunded,

    /// <summary>Refunded in full.</summary>
    Refunded,

    /// <summary>Refused.</summary>
    Declined,

    /// <summary>Cancelled before it was made.</summary>
    Cancelled,

    /// <summary>Ended without money, or an authorisation that was released.</summary>
    Void,

    /// <summary>Not paid in time.</summary>
    Expired,

    /// <summary>The customer's bank took the money back.</summary>
    Chargeback,

    /// <summary>The order counts as paid or authorised by a payment that has failed since.</summary>
    Lost
}

/// <summary>Determines the <see cref="PaymentSituation"/>. Pure functions.</summary>
public static class PaymentSituations
{
    /// <summary>What the payment of a view is.</summary>
    public static PaymentSituation Of(PanelView view) => view switch
    {
        { Attempt: null } => PaymentSituation.NotStarted,
        { State: TransactionState.Unknown, Transaction: null } or { State: TransactionState.Initialized, Transaction.TransactionId: null } =>
            view.Attempt.Closed ? PaymentSituation.Closed : PaymentSituation.Waiting,
        { IsLost: true } => IsTakenBack(view) ? PaymentSituation.Chargeback : PaymentSituation.Lost,
        _ => view.State switch
        {
            TransactionState.Uncleared => view.IsUnderReview ? PaymentSituation.Uncleared : PaymentSituation.UnclearedWaits,
            TransactionState.Initialized => PaymentSituation.Initialized,
            TransactionState.Completed => PaymentSituation.Completed,
            TransactionState.Authorized => PaymentSituation.Authorized,
            TransactionState.Shipped => PaymentSituation.Shipped,
            TransactionState.Reserved => PaymentSituation.Reserved,
            TransactionState.PartialRefunded => PaymentSituation.PartialRefunded,
            TransactionState.Refunded => PaymentSituation.Refunded,
            TransactionState.Declined => PaymentSituation.Declined,
            TransactionState.Cancelled => PaymentSituation.Cancelled,
            TransactionState.Void => PaymentSituation.Void,
            TransactionState.Expired => PaymentSituation.Expired,
            TransactionState.Chargeback => PaymentSituation.Chargeback,
            _ => PaymentSituation.Unknown
        }
    };

    /// <summary>Whether the money was received or is held, even if it has gone since.</summary>
    public static bool IsOrWasFunded(this PaymentSituation situation) => situation is PaymentSituation.Completed or PaymentSituation.Authorized or PaymentSituation.Shipped
        or PaymentSituation.Reserved or PaymentSituation.PartialRefunded or PaymentSituation.Refunded or PaymentSituation.Chargeback or PaymentSituation.Lost;

    /// <summary>Whether the payment has ended without money, so that MultiSafepay's reason says why.</summary>
    public static bool HasEndedBadly(this PaymentSituation situation) => situation is PaymentSituation.Declined or PaymentSituation.Cancelled or PaymentSituation.Void
        or PaymentSituation.Expired or PaymentSituation.Chargeback or PaymentSituation.Lost;

    // MultiSafepay lists a chargeback, or the payment was more than the acceptance of a customer by a pay-later provider.
    private static bool IsTakenBack(PanelView view)
    {
        if (view.Transaction is { } transaction && Chargebacks.In(transaction).Any())
            return true;
        return view.State == TransactionState.Void && !(view.Transaction is { } listed && Chargebacks.ReversalsIn(listed).Any())
            && !Chargebacks.IsAcceptedOnly(view.Gateway, view.Attempt, view.Record);
    }
}
