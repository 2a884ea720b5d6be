using System.Text.Json.Serialization;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <content>What the shop requested for a payment after it was made.</content>
public sealed partial record PaymentRecord
{
    // No source; chosen, so that a button that is pressed again and again does not fill the record.
    private const int MaxSteps = 30;

    private readonly IReadOnlyList<RefundAttempt> _refundAttempts = [];
    private readonly IReadOnlyList<RecordedStep> _steps = [];

    /// <summary>The refunds that were requested in the shop, oldest first. Refunds made in MultiSafepay's dashboard are not included.</summary>
    public IReadOnlyList<RefundAttempt> RefundAttempts
    {
        get => _refundAttempts;

        // A record of an earlier version has no such property, and the deserializer then sets null.
        init => _refundAttempts = value ?? [];
    }

    /// <summary>What the shop did to the payment, and what MultiSafepay showed of it, for the owner to read, oldest first; the latest thirty. Nothing is decided by it.</summary>
    public IReadOnlyList<RecordedStep> Steps
    {
        get => _steps;
        init => _steps = value ?? [];
    }

    /// <summary>The record with the step added.</summary>
    public PaymentRecord With(RecordedStep step) => this with { Steps = [.. Steps.Append(step).TakeLast(MaxSteps)] };

    /// <summary>The record with what a transaction tells of an attempt, and with a step for a state that MultiSafepay shows only until something else happens.</summary>
    /// <param name="seen">The attempt with what the transaction tells.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="nowUtc">The current time, in UTC, for a transaction without a time.</param>
    public PaymentRecord WithSeen(PaymentAttempt seen, Transaction transaction, DateTime nowUtc)
    {
        var known = Find(seen.OrderId);
        var kind = seen.State switch
        {
            // A saved card that was refused at once was recorded when it was used.
            TransactionState.Declined when seen is not { IsSavedCard: true, Closed: true } => RecordedStep.Declined,
            TransactionState.Shipped => RecordedStep.Shipped,
            _ => null
        };
        if (kind is null || (known?.State == seen.State && known?.TransactionId == seen.TransactionId))
            return With(seen);
        var step = new RecordedStep(kind, MultiSafepayTime.ToUtc(transaction.Modified) ?? nowUtc) { OrderId = seen.OrderId };
        return Steps.Contains(step) ? With(seen) : With(seen).With(step);
    }

    /// <summary>The result that nopCommerce was given and has not confirmed; null if there is none.</summary>
    public PendingSave? PendingSave { get; init; }

    /// <summary>The refund with this id of the shop; null if there is none.</summary>
    public RefundAttempt? FindRefund(string? refundOrderId) =>
        RefundAttempts.FirstOrDefault(refund => string.Equals(refund.RefundOrderId, refundOrderId, StringComparison.Ordinal));

    /// <summary>The attempt that a transaction belongs to: the transaction is its payment, a capture, a shipped part or a refund of it. Null if it belongs to none.</summary>
    public PaymentAttempt? FindOwner(Transaction transaction) =>
        Find(transaction.OrderId) ?? Find(transaction.AuthOrderId) ?? Find(FindRefund(transaction.OrderId)?.AttemptId)
        ?? Attempts.LastOrDefault(attempt => transaction.OrderId == attempt.OrderId + OrderIds.LateRefundSuffix || attempt.Parts.Any(part => part.OrderId == transaction.OrderId))
        ?? FindShipped(transaction);

    // MultiSafepay chooses the order id of a part, which may have been shipped in the dashboard, or whose answer was lost.
    private PaymentAttempt? FindShipped(Transaction transaction) => ShippedParts.CanBePart(transaction)
        ? Attempts.LastOrDefault(attempt => attempt.HoldsMoney && string.Equals(attempt.PayLaterMethod, transaction.PaymentDetails?.Type, StringComparison.OrdinalIgnoreCase)
            && string.Equals(attempt.Currency, transaction.Currency, StringComparison.OrdinalIgnoreCase) && transaction.Amount <= attempt.Amount)
        : null;

    /// <summary>The record with the refund added, or replacing the one with the same id.</summary>
    public PaymentRecord With(RefundAttempt refund) => FindRefund(refund.RefundOrderId) is { } known
        ? this with { RefundAttempts = [.. RefundAttempts.Select(other => other == known ? refund : other)] }
        : this with { RefundAttempts = [.. RefundAttempts, refund] };

    /// <summary>The amount that nopCommerce counts as refunded through MultiSafepay, in the primary store currency.</summary>
    [JsonIgnore]
    public decimal AccountedTotal => Refunds.Sum(refund => refund.OrderAmount);

    /// <summary>
    /// The amount that was booked by hand at a time when no refund at MultiSafepay could explain it, in the primary store currency. It is never taken for the booking of
    /// a refund at MultiSafepay.
    /// </summary>
    [JsonIgnore]
    public decimal BookedByHand => RefundAttempts.Select(refund => refund.BookedElsewhere).DefaultIfEmpty().Max();

    /// <summary>The refunds in <see cref="Refunds"/> that belong to a payment, including those whose payment was not recorded.</summary>
    public IEnumerable<AccountedRefund> RefundsOf(PaymentAttempt attempt) => Refunds.Where(refund => refund.AttemptId is null || refund.AttemptId == attempt.OrderId);

    /// <summary>The record with the refund marked as counted and added to <see cref="Refunds"/>.</summary>
    /// <param name="refund">The refund.</param>
    /// <param name="orderAmount">The amount that the order counts for it, in the primary store currency.</param>
    public PaymentRecord WithCounted(RefundAttempt refund, decimal orderAmount) =>
        With(refund with { State = RefundState.Counted }).With(new AccountedRefund(refund.Amount, orderAmount) { AttemptId = refund.AttemptId });

    /// <summary>
    /// The record without the events that were applied but that the order no longer shows. nopCommerce saves all columns of an order with the values that it read before, so a page that
    /// is working on the order at the same time can undo a payment. Such an event is applied again, because MultiSafepay is authoritative.
    /// </summary>
    /// <param name="order">The order, read under its lock.</param>
    public PaymentRecord WithoutOverwritten(OrderSnapshot order)
    {
        List<string> applied = [.. Applied.Where(name => !IsOverwritten(name))];
        return applied.Count == Applied.Count ? this : this with { Applied = applied };

        bool IsOverwritten(string name) => (name.StartsWith(AppliedEvents.PaidPrefix, StringComparison.Ordinal) && !order.HasBeenPaid)
            || (name.StartsWith(AppliedEvents.AuthorizedPrefix, StringComparison.Ordinal) && order.PaymentStatus == PaymentStatus.Pending)
            || (name == AppliedEvents.Voided(order.AuthorizationTransactionId) && order.PaymentStatus == PaymentStatus.Authorized);
    }

    /// <summary>
    /// The record after checking whether nopCommerce has saved the result that it was given. <see cref="PendingSave"/> remains while the result is neither saved nor overdue. If it
    /// is overdue, it is discarded: the order does not contain the result, and the next decision detects that.
    /// </summary>
    /// <param name="order">The order, read under its lock.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    public PaymentRecord Settled(OrderSnapshot order, DateTime nowUtc)
    {
        if (PendingSave is not { } handed)
            return this;

        List<RefundAttempt> refunds = handed.Kind == PendingSaveKind.Refund ? [.. handed.Keys.Select(FindRefund).OfType<RefundAttempt>()] : [];
        var isSaved = handed.Kind switch
        {
            PendingSaveKind.Refund => refunds.Count > 0 && OrderAmounts.IsAtLeast(order.RefundedAmount, handed.RefundedBefore + refunds.Sum(refund => refund.OrderAmount)),
            PendingSaveKind.Capture => order.HasBeenPaid,
            _ => order.PaymentStatus == PaymentStatus.Voided
        };
        if (isSaved)
            return (refunds.Count == 0 ? With(handed.Key) : refunds.Aggregate(this, (record, refund) => record.WithCounted(refund, refund.OrderAmount))) with { PendingSave = null };

        return nowUtc - handed.AtUtc >= PendingSave.AssumedLostAfter ? this with { PendingSave = null } : this;
    }
}
