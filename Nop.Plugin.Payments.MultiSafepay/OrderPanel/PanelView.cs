using System.Collections.Frozen;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>The state of an order's payment at one moment, and the actions that are possible. A pure function of its parameters.</summary>
/// <param name="Order">The order.</param>
/// <param name="Record">The payment record.</param>
/// <param name="Transaction">The current transaction at MultiSafepay; null if it could not be read or does not exist.</param>
/// <param name="NowUtc">The current time, in UTC.</param>
public sealed record PanelView(Order Order, PaymentRecord Record, Transaction? Transaction, DateTime NowUtc)
{
    private const string Klarna = "KLARNA";
    private const string EInvoicing = "EINVOICE";

    // docs.multisafepay.com, the pages of these methods: "You can no longer cancel" as soon as the customer has begun (direct debit: once the mandate was sent to the bank).
    private static readonly FrozenSet<string> _uncancellable = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "MBWAY", "MULTIBANCO", "BIZUM", "DIRDEB");

    /// <summary>How long a card payment is held for review before it ends (MultiSafepay, documented payment statuses: uncleared card payments expire after five days).</summary>
    public static readonly TimeSpan ReviewPeriod = TimeSpan.FromDays(5);

    /// <summary>The attempt that the panel shows: the last one that was funded, or else the last one.</summary>
    public PaymentAttempt? Attempt => AttemptToShow(Record);

    /// <summary>The state of the transaction, or the last known state of the attempt.</summary>
    public TransactionState State => Transaction is null ? Attempt?.State ?? TransactionState.Unknown : TransactionStates.From(Transaction);

    /// <summary>Whether the order counts as paid or authorised by this payment, although the payment has failed since.</summary>
    public bool IsLost => State.IsTerminalUnpaid() && OrderSnapshot.From(Order) is { HasBeenPaid: true } order
        && PayingTransaction.IsFundedBy(order, Record, Transaction?.TransactionId ?? Attempt?.TransactionId);

    /// <summary>Whether MultiSafepay holds a card payment for review, until the owner accepts or declines it.</summary>
    public bool IsUnderReview => State == TransactionState.Uncleared && (Transaction is null ? CardMethods.Contains(Gateway) : CardMethods.IsUnderReview(Transaction));

    /// <summary>When the order was last brought up to date with MultiSafepay: by a comparison, or by a refund or capture in the shop, which compares it as well. In UTC; null if never.</summary>
    public DateTime? LastUpdatedUtc => Record.RefundAttempts.Where(refund => refund.State == RefundState.Counted).Select(refund => (DateTime?)refund.CreatedUtc)
        .Concat(Record.Steps.Where(step => step.Kind is RecordedStep.CaptureRequested or RecordedStep.VoidRequested).Select(step => (DateTime?)step.AtUtc))
        .Append(Record.LastCheckedUtc).Max();

    /// <summary>The payment methods that are used.</summary>
    public IReadOnlyList<PaymentMeans> Means => Transaction is not null && PaymentMeans.From(Transaction, Attempt?.Gateway) is { Count: > 0 } means ? means : Attempt?.Means ?? [];

    /// <summary>The gateway code of the main payment method; empty while none was chosen.</summary>
    public string Gateway => Transaction?.PaymentDetails?.Type ?? Means.LastOrDefault(means => means.Type != PaymentMeans.GiftCard)?.Type ?? string.Empty;

    /// <summary>Until when a pay-later payment must be reported as shipped, in UTC; null if it was, if it is not awaited, or if no term is known.</summary>
    public DateTime? ShipBeforeUtc => Record.IsReportedAsShipped || Attempt is not { } attempt || !PayLaterMethods.Contains(Gateway)
        || (Transaction is not null && !ShipmentDeadlines.IsWaiting(Transaction))
        ? null
        : attempt.AuthorizedUntilUtc ?? (Transaction is null ? null : ShipmentDeadlines.EndUtc(Transaction));

    /// <summary>Whether the customer can still pay: the order is pending and no payment is being processed.</summary>
    public bool CanStart => Order is { Deleted: false, OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending } && !State.IsFunded();

    /// <summary>The valid payment link; null for none.</summary>
    public string? Link => CanStart && Record.Current is { Closed: false, Transfer: null, IsSavedCard: false, PaymentUrl: { } url } current && current.ExpiresUtc > NowUtc ? url : null;

    /// <summary>Whether there is an open payment that can be cancelled.</summary>
    public bool CanCancel => Order.PaymentStatus == PaymentStatus.Pending && Record.Current is { Closed: false } && !State.IsFunded() && !State.IsTerminalUnpaid();

    /// <summary>Whether the customer has begun a payment that cannot be cancelled at MultiSafepay any more, so that only its link can be closed.</summary>
    public bool IsBeyondCancelling => Transaction is not null && State is TransactionState.Initialized or TransactionState.Uncleared && _uncancellable.Contains(Gateway);

    /// <summary>Whether there is a Klarna authorisation that can be extended.</summary>
    public bool CanExtend => Gateway == Klarna && Transaction?.Status == TransactionStatus.Completed;

    /// <summary>Whether the URL of the shop's invoice can be sent to MultiSafepay.</summary>
    public bool CanSetInvoiceUrl => Gateway == EInvoicing && State.IsFunded();

    /// <summary>The refunds that are waiting for the bank or for balance and can be withdrawn.</summary>
    public IReadOnlyList<RelatedTransaction> WaitingRefunds =>
        [.. (Transaction?.RelatedTransactions ?? []).Where(related => RefundStatuses.IsWaiting(related) && related.TransactionId is { Length: > 0 })];

    /// <summary>Returns the attempt of a record that the panel shows.</summary>
    public static PaymentAttempt? AttemptToShow(PaymentRecord record) => record.Attempts.LastOrDefault(attempt => attempt.State?.IsFunded() == true) ?? record.Current;
}
