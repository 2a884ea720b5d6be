using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// What happened to a payment, in MultiSafepay's words: the rows of the owner's status mapping. MultiSafepay tells it in two fields, the order's status and
/// the money's <c>financial_status</c>; together with the kind of capture they make one of these.
/// </summary>
public enum TransactionState
{
    /// <summary>A status that this version does not know. It is noted and changes nothing.</summary>
    Unknown = 0,

    /// <summary>Started, not paid yet.</summary>
    Initialized,

    /// <summary>Not paid yet: a card payment is held for a fraud review, or the customer or the provider is waited for.</summary>
    Uncleared,

    /// <summary>A refund waits for the bank or for balance.</summary>
    Reserved,

    /// <summary>Paid.</summary>
    Completed,

    /// <summary>A card is authorised; the money comes with the capture.</summary>
    Authorized,

    /// <summary>Pay later: shipped, the funds are still to come.</summary>
    Shipped,

    /// <summary>Refused by the issuer or the acquirer.</summary>
    Declined,

    /// <summary>Cancelled by the customer or the shop before it was paid.</summary>
    Cancelled,

    /// <summary>An authorisation that was given back or ran out.</summary>
    Void,

    /// <summary>Not paid in time.</summary>
    Expired,

    /// <summary>Refunded in full.</summary>
    Refunded,

    /// <summary>Refunded in part.</summary>
    PartialRefunded,

    /// <summary>The customer's bank took the money back.</summary>
    Chargeback
}

/// <summary>Reads the state out of MultiSafepay's fields.</summary>
public static class TransactionStates
{
    /// <summary>
    /// The state of the transaction; <see cref="TransactionState.Unknown"/> for whatever MultiSafepay may add in the future. Where a provider collects the money, or ships,
    /// the status stays as it was when a part of it goes back; then the amounts tell.
    /// </summary>
    public static TransactionState From(Transaction transaction)
    {
        var state = From(transaction.Status, transaction.FinancialStatus, IsManualCapture(transaction));
        if (state is not (TransactionState.Completed or TransactionState.Shipped) || RefundStatuses.AmountOf(transaction) is not (> 0 and var refunded))
            return state;
        return refunded >= transaction.Amount ? TransactionState.Refunded : TransactionState.PartialRefunded;
    }

    /// <summary>The state that the two fields name, and whether the payment is captured by hand, by MultiSafepay's documented table of each payment method.</summary>
    public static TransactionState From(string? status, string? financialStatus, bool manualCapture) =>
        (Word(status), Word(financialStatus)) switch
        {
            (TransactionStatus.Initialized, _) => TransactionState.Initialized,
            (TransactionStatus.Uncleared, _) => TransactionState.Uncleared,
            (TransactionStatus.Reserved, _) => TransactionState.Reserved,

            // A card authorised for manual capture is completed with the money still initialized. Everywhere else that pair is a paid order: the provider collects (PayPal,
            // Bizum, Amazon Pay, Amex with the shop's own merchant number, e-invoicing), and MultiSafepay's financial status never moves.
            (TransactionStatus.Completed or TransactionStatus.Shipped, TransactionStatus.Initialized) => manualCapture ? TransactionState.Authorized : TransactionState.Completed,
            // Pay later is completed with the funds uncleared: the provider has accepted the customer, the order may ship.
            (TransactionStatus.Completed, TransactionStatus.Completed or TransactionStatus.Uncleared or "") => TransactionState.Completed,
            (TransactionStatus.Completed or TransactionStatus.Shipped, TransactionStatus.Refunded) => TransactionState.Refunded,
            (TransactionStatus.Completed or TransactionStatus.Shipped, TransactionStatus.PartialRefunded) => TransactionState.PartialRefunded,

            (TransactionStatus.Shipped, TransactionStatus.Completed) => TransactionState.Completed,
            (TransactionStatus.Shipped, _) => TransactionState.Shipped,

            (TransactionStatus.Declined, _) => TransactionState.Declined,
            (TransactionStatus.Cancelled, _) => TransactionState.Cancelled,
            (TransactionStatus.Void, TransactionStatus.Cancelled) => TransactionState.Cancelled,
            (TransactionStatus.Void, _) => TransactionState.Void,
            (TransactionStatus.Expired, _) => TransactionState.Expired,

            (TransactionStatus.Refunded, _) => TransactionState.Refunded,
            (TransactionStatus.PartialRefunded, _) => TransactionState.PartialRefunded,
            (TransactionStatus.Chargeback or TransactionStatus.Chargedback, _) => TransactionState.Chargeback,
            _ => TransactionState.Unknown
        };

    /// <summary>Whether the state ends an attempt that was not paid.</summary>
    public static bool IsTerminalUnpaid(this TransactionState state) =>
        state is TransactionState.Declined or TransactionState.Cancelled or TransactionState.Void or TransactionState.Expired;

    /// <summary>Whether money has come in, is held, or has been: the states of a payment that was made.</summary>
    public static bool IsFunded(this TransactionState state) => state is TransactionState.Completed or TransactionState.Authorized or TransactionState.Shipped
        or TransactionState.Uncleared or TransactionState.Reserved or TransactionState.Refunded or TransactionState.PartialRefunded or TransactionState.Chargeback;

    /// <summary>Whether the customer's money is there, is held, or may still come without anything that the customer does: nobody may be asked to pay once more.</summary>
    public static bool HoldsMoney(this TransactionState state) => state is TransactionState.Completed or TransactionState.Authorized or TransactionState.Shipped
        or TransactionState.Uncleared or TransactionState.Reserved or TransactionState.PartialRefunded;

    /// <summary>Whether the payment method was asked to hold the money only, until it is captured.</summary>
    public static bool IsManualCapture(Transaction transaction) =>
        string.Equals(transaction.PaymentDetails?.Capture, CaptureMode.Manual, StringComparison.OrdinalIgnoreCase);

    private static string Word(string? status) => status?.Trim().ToLowerInvariant() ?? string.Empty;
}
