using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>What is known of an order's payment at one moment, and what can be done with it. Pure: it is handed all that it looks at.</summary>
/// <param name="Order">The order.</param>
/// <param name="Record">What the shop remembers of the payment.</param>
/// <param name="Transaction">What MultiSafepay says now; null when it could not be asked or knows nothing.</param>
/// <param name="NowUtc">The moment, in UTC.</param>
public sealed record PanelView(Order Order, PaymentRecord Record, Transaction? Transaction, DateTime NowUtc)
{
    private const string Klarna = "KLARNA";
    private const string EInvoicing = "EINVOICE";

    /// <summary>The attempt that the panel is about: the one that money came in by, otherwise the last one.</summary>
    public PaymentAttempt? Attempt => AttemptToShow(Record);

    /// <summary>What MultiSafepay says of it, now or when it was last asked.</summary>
    public TransactionState State => Transaction is null ? Attempt?.State ?? TransactionState.Unknown : TransactionStates.From(Transaction);

    /// <summary>Whether the order counts as paid, or its money as held, by this payment, which has come to nothing since.</summary>
    public bool IsLost => State.IsTerminalUnpaid() && OrderSnapshot.From(Order) is { HasBeenPaid: true } order
        && PayingTransaction.IsFundedBy(order, Record, Transaction?.TransactionId ?? Attempt?.TransactionId);

    /// <summary>Whether MultiSafepay holds a card payment until the owner accepts or declines it.</summary>
    public bool IsUnderReview => State == TransactionState.Uncleared && (Transaction is null ? CardMethods.Contains(Gateway) : CardMethods.IsUnderReview(Transaction));

    /// <summary>With what it was paid, or is being paid.</summary>
    public IReadOnlyList<PaymentMeans> Means => Transaction is not null && PaymentMeans.From(Transaction) is { Count: > 0 } means ? means : Attempt?.Means ?? [];

    /// <summary>The method that led the payment, in MultiSafepay's word; empty while none was chosen.</summary>
    public string Gateway => Transaction?.PaymentDetails?.Type ?? Means.LastOrDefault(means => means.Type != PaymentMeans.GiftCard)?.Type ?? string.Empty;

    /// <summary>Whether the customer can still pay: the shop waits for money, and none is under way.</summary>
    public bool CanStart => Order is { Deleted: false, OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending } && !State.IsFunded();

    /// <summary>The link by which the customer can pay now, or null.</summary>
    public string? Link => CanStart && Record.Current is { Closed: false, PaymentUrl: { } url } current && current.ExpiresUtc > NowUtc ? url : null;

    /// <summary>Whether there is a payment that somebody could still make, and that can be called off.</summary>
    public bool CanCancel => Order.PaymentStatus == PaymentStatus.Pending && Record.Current is { Closed: false } && !State.IsFunded() && !State.IsTerminalUnpaid();

    /// <summary>Whether Klarna holds an authorisation that can be given more time.</summary>
    public bool CanExtend => Gateway == Klarna && Transaction?.Status == TransactionStatus.Completed;

    /// <summary>Whether the shop's invoice can be named to MultiSafepay.</summary>
    public bool CanSetInvoiceUrl => Gateway == EInvoicing && State.IsFunded();

    /// <summary>The refunds that wait for the bank or for balance, and can be withdrawn.</summary>
    public IReadOnlyList<RelatedTransaction> WaitingRefunds =>
        [.. (Transaction?.RelatedTransactions ?? []).Where(related => RefundStatuses.IsWaiting(related) && related.TransactionId is { Length: > 0 })];

    /// <summary>The attempt of a record that the panel is about.</summary>
    public static PaymentAttempt? AttemptToShow(PaymentRecord record) => record.Attempts.LastOrDefault(attempt => attempt.State?.IsFunded() == true) ?? record.Current;
}
