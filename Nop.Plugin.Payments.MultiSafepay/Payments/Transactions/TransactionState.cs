using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// The state of a payment in MultiSafepay's terms; also the rows of the owner's status mapping. MultiSafepay reports it in two fields, the status of the order and the
/// <c>financial_status</c> of the money; together with the kind of capture they determine one of these states.
/// </summary>
public enum TransactionState
{
    /// <summary>A status that this version of the plugin does not know. It is reported to the owner and changes nothing.</summary>
    Unknown = 0,

    /// <summary>Started, not paid yet.</summary>
    Initialized,

    /// <summary>Not paid yet: a card payment is held for a fraud review, or the customer or the provider has not acted yet.</summary>
    Uncleared,

    /// <summary>A refund is waiting for the bank or for balance in the account.</summary>
    Reserved,

    /// <summary>Paid.</summary>
    Completed,

    /// <summary>Authorised on a card; the money is received with the capture.</summary>
    Authorized,

    /// <summary>Pay later: the order was shipped, and the money has not been received yet.</summary>
    Shipped,

    /// <summary>Declined by the issuer or the acquirer.</summary>
    Declined,

    /// <summary>Cancelled by the customer or the shop before it was paid.</summary>
    Cancelled,

    /// <summary>An authorisation was released or expired.</summary>
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

/// <summary>Determines the state from MultiSafepay's fields.</summary>
public static class TransactionStates
{
    /// <summary>
    /// The state of a transaction; <see cref="TransactionState.Unknown"/> for statuses that this version does not know. If a provider collects the money, or ships,
    /// the status does not change with a refund; the amounts then show whether it is refunded in full or in part.
    /// </summary>
    public static TransactionState From(Transaction transaction)
    {
        var state = From(transaction.Status, transaction.FinancialStatus, IsManualCapture(transaction));
        if (state is not (TransactionState.Completed or TransactionState.Shipped) || RefundStatuses.AmountOf(transaction) is not (> 0 and var refunded))
            return state;
        return refunded >= transaction.Amount ? TransactionState.Refunded : TransactionState.PartialRefunded;
    }

    /// <summary>The state that the two fields mean, according to MultiSafepay's documented table of statuses for each payment method.</summary>
    /// <param name="status">The status of the order at MultiSafepay.</param>
    /// <param name="financialStatus">The status of the money.</param>
    /// <param name="manualCapture">Whether the payment is captured manually.</param>
    public static TransactionState From(string? status, string? financialStatus, bool manualCapture) =>
        (Word(status), Word(financialStatus)) switch
        {
            (TransactionStatus.Initialized, _) => TransactionState.Initialized,
            (TransactionStatus.Uncleared, _) => TransactionState.Uncleared,
            (TransactionStatus.Reserved, _) => TransactionState.Reserved,

            // A card that is authorised for manual capture is completed, with the money still initialized. For all other methods this combination means paid: the provider collects the money
            // (PayPal, Bizum, Amazon Pay, Amex with the shop's own merchant number, e-invoicing), and MultiSafepay's financial status never changes.
            (TransactionStatus.Completed or TransactionStatus.Shipped, TransactionStatus.Initialized) => manualCapture ? TransactionState.Authorized : TransactionState.Completed,
            // Pay later is completed with the money uncleared: the provider has accepted the customer, and the order may be shipped.
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

    /// <summary>Whether the state ends an attempt without a payment.</summary>
    public static bool IsTerminalUnpaid(this TransactionState state) =>
        state is TransactionState.Declined or TransactionState.Cancelled or TransactionState.Void or TransactionState.Expired;

    /// <summary>Whether a payment was made, including one that is not cleared yet or that has since been refunded or charged back.</summary>
    public static bool IsFunded(this TransactionState state) => state is TransactionState.Completed or TransactionState.Authorized or TransactionState.Shipped
        or TransactionState.Uncleared or TransactionState.Reserved or TransactionState.Refunded or TransactionState.PartialRefunded or TransactionState.Chargeback;

    /// <summary>Whether the money has been received or is held, or may still be received without any action of the customer. The customer must not be asked to pay again then.</summary>
    public static bool HoldsMoney(this TransactionState state) => state is TransactionState.Completed or TransactionState.Authorized or TransactionState.Shipped
        or TransactionState.Uncleared or TransactionState.Reserved or TransactionState.PartialRefunded;

    /// <summary>Whether the payment method was asked only to hold the money until it is captured.</summary>
    public static bool IsManualCapture(Transaction transaction) =>
        string.Equals(transaction.PaymentDetails?.Capture, CaptureMode.Manual, StringComparison.OrdinalIgnoreCase);

    private static string Word(string? status) => status?.Trim().ToLowerInvariant() ?? string.Empty;
}
