using System.Text.Json.Serialization;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <content>What the shop has asked of a payment after it was made.</content>
public sealed partial record PaymentRecord
{
    private readonly IReadOnlyList<RefundAttempt> _refundAttempts = [];

    /// <summary>The refunds that were asked for in the shop, oldest first. Refunds from MultiSafepay's dashboard are not among them.</summary>
    public IReadOnlyList<RefundAttempt> RefundAttempts
    {
        get => _refundAttempts;

        // A record that an earlier version wrote has none, and the generated reader sets null for what is not there.
        init => _refundAttempts = value ?? [];
    }

    /// <summary>What nopCommerce was handed and has not confirmed; null when there is nothing.</summary>
    public PendingSave? PendingSave { get; init; }

    /// <summary>The refund with this id of ours, or null.</summary>
    public RefundAttempt? FindRefund(string? refundOrderId) =>
        RefundAttempts.FirstOrDefault(refund => string.Equals(refund.RefundOrderId, refundOrderId, StringComparison.Ordinal));

    /// <summary>The attempt that a transaction belongs to: as itself, as a capture of it, or as a refund of it; null for one of somebody else.</summary>
    public PaymentAttempt? FindOwner(Transaction transaction) =>
        Find(transaction.OrderId) ?? Find(transaction.AuthOrderId) ?? Find(FindRefund(transaction.OrderId)?.AttemptId)
        ?? Attempts.LastOrDefault(attempt => transaction.OrderId == attempt.OrderId + OrderIds.LateRefundSuffix);

    /// <summary>The record with the refund added, or put in place of the one with the same id.</summary>
    public PaymentRecord With(RefundAttempt refund) => FindRefund(refund.RefundOrderId) is { } known
        ? this with { RefundAttempts = [.. RefundAttempts.Select(other => other == known ? refund : other)] }
        : this with { RefundAttempts = [.. RefundAttempts, refund] };

    /// <summary>What nopCommerce counts as refunded and was given back by MultiSafepay, in the primary store currency.</summary>
    [JsonIgnore]
    public decimal AccountedTotal => Refunds.Sum(refund => refund.OrderAmount);

    /// <summary>
    /// What was booked by hand when MultiSafepay knew of no refund that it could have been the booking of, in the primary store currency. It never is taken for the booking of
    /// a refund at MultiSafepay.
    /// </summary>
    [JsonIgnore]
    public decimal BookedByHand => RefundAttempts.Select(refund => refund.BookedElsewhere).DefaultIfEmpty().Max();

    /// <summary>The refunds that are accounted for of one payment.</summary>
    public IEnumerable<AccountedRefund> RefundsOf(PaymentAttempt attempt) => Refunds.Where(refund => refund.AttemptId is null || refund.AttemptId == attempt.OrderId);

    /// <summary>The record with the refund counted.</summary>
    /// <param name="refund">The refund.</param>
    /// <param name="orderAmount">What the order counts for it, in the primary store currency.</param>
    public PaymentRecord WithCounted(RefundAttempt refund, decimal orderAmount) =>
        With(refund with { State = RefundState.Counted }).With(new AccountedRefund(refund.Amount, orderAmount) { AttemptId = refund.AttemptId });

    /// <summary>
    /// The record without what was applied to the order and is not there any more. nopCommerce saves an order whole, with what it read before: a page that works on it at
    /// the same moment undoes a payment. It is applied again then, for MultiSafepay knows better than any page.
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
    /// The record after a look at whether nopCommerce has saved what it was handed. While that is open and not overdue, <see cref="PendingSave"/> stays. When it
    /// is overdue it is forgotten: then the order does not have it, and the next decision finds that out.
    /// </summary>
    /// <param name="order">The order, read under its lock.</param>
    /// <param name="nowUtc">The time, in UTC.</param>
    public PaymentRecord Settled(OrderSnapshot order, DateTime nowUtc)
    {
        if (PendingSave is not { } handed)
            return this;

        var refund = handed.Kind == PendingSaveKind.Refund ? FindRefund(handed.Key) : null;
        var isSaved = handed.Kind switch
        {
            PendingSaveKind.Refund => refund is not null && OrderAmounts.IsAtLeast(order.RefundedAmount, handed.RefundedBefore + refund.OrderAmount),
            PendingSaveKind.Capture => order.HasBeenPaid,
            _ => order.PaymentStatus == PaymentStatus.Voided
        };
        if (isSaved)
            return (refund is null ? With(handed.Key) : WithCounted(refund, refund.OrderAmount)) with { PendingSave = null };

        return nowUtc - handed.AtUtc >= PendingSave.AssumedLostAfter ? this with { PendingSave = null } : this;
    }
}
