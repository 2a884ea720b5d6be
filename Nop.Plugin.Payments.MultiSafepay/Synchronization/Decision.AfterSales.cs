using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <content>The outcome of the refunds that the owner requested in the shop.</content>
public static partial class Decision
{
    // Any refund that remains unexplained after this was made elsewhere.
    private static (IReadOnlyList<SyncAction> Actions, Facts Facts) AskedRefunds(Facts facts)
    {
        var made = facts.Order.HasBeenPaid ? MadeRefunds(facts) : ([], facts);
        return ([.. made.Actions, .. MovedRefunds(facts)], made.Facts);
    }

    // The owner requested these refunds in the shop, so they are booked with the requested amount, even if the mapping does not book refunds made elsewhere.
    // The returned facts include the bookings.
    private static (IReadOnlyList<SyncAction> Actions, Facts Facts) MadeRefunds(Facts facts)
    {
        var actions = new List<SyncAction>();
        foreach (var asked in Unsettled(facts))
        {
            var (status, related) = RefundStatuses.Find(facts.Transaction, asked);
            if (status != RefundStatus.Made)
                continue;
            var booking = Book(facts, asked);
            actions.Add(booking);
            actions.Add(Note($"refund-made:{asked.RefundOrderId}", "Refunded", facts.Money(asked.Amount), related?.TransactionId ?? asked.RefundOrderId));
            facts = facts with
            {
                Order = facts.Order with { RefundedAmount = facts.Order.RefundedAmount + booking.ToBook },
                Record = facts.Record.WithCounted(asked, booking.OrderAmount)
            };
        }

        return (actions, facts);
    }

    private static IEnumerable<SyncAction> MovedRefunds(Facts facts)
    {
        foreach (var asked in Unsettled(facts))
        {
            var (status, related) = RefundStatuses.Find(facts.Transaction, asked);
            switch (status)
            {
                case RefundStatus.Waiting when asked.State == RefundState.Open:
                    yield return new SyncAction.MoveRefund($"refund-waits:{asked.RefundOrderId}", asked.RefundOrderId, RefundState.Waiting, related?.TransactionId);
                    break;

                case RefundStatus.Off:
                    // The note comes first: once the refund is settled, it is not checked again.
                    yield return Warning($"refund-off-note:{asked.RefundOrderId}", "RefundOff", facts.Money(asked.Amount), related?.TransactionId ?? asked.RefundOrderId);
                    yield return new SyncAction.MoveRefund($"refund-off:{asked.RefundOrderId}", asked.RefundOrderId, RefundState.Off, related?.TransactionId);
                    break;
            }
        }
    }

    // A late payment was refunded by the owner's policy, or in the dashboard at the same time, and the bank declined the refund afterwards, although the owner was notified of a refund.
    private static IEnumerable<SyncAction> LateRefundsOff(Facts facts) => facts.Record.Has(AppliedEvents.GiveBackRequested(facts.Id))
        ? facts.Transaction.RelatedTransactions
            .Where(related => RefundStatuses.IsRefund(related) && RefundStatuses.From(related) == RefundStatus.Off)
            .Select(related => Warning($"late-refund-off:{facts.Id}:{related.TransactionId}", "RefundOff", facts.Money(related.Amount ?? facts.Charged), related.TransactionId ?? facts.Id))
            .DistinctBy(note => note.Applied)
        : [];

    private static List<RefundAttempt> Unsettled(Facts facts) => [.. facts.Record.RefundAttempts.Where(refund => refund.IsUnsettled && refund.AttemptId == facts.Attempt.OrderId)];

    // If nopCommerce or a page saved the order while a refund was booked, the booking was overwritten. This can happen more than once, so it is detected from the amounts and not from
    // the applied events. The returned facts include the restored amount. nopCommerce books no more than the order's total.
    private static (IReadOnlyList<SyncAction> Actions, Facts Facts) LostRefunds(Facts facts)
    {
        var accounted = facts.Record.AccountedTotal + facts.Record.BookedByHand;
        var lost = Math.Min(accounted, facts.Order.OrderTotal) - facts.Order.RefundedAmount;
        return facts.Order is { HasBeenPaid: true, PaymentStatus: not PaymentStatus.Refunded } && !OrderAmounts.IsAtLeast(0, lost)
            ? ([new SyncAction.RestoreRefund($"restored:{facts.Id}", lost)], facts with { Order = facts.Order with { RefundedAmount = facts.Order.RefundedAmount + lost } })
            : ([], facts);
    }

    private static SyncAction.BookRefund Book(Facts facts, RefundAttempt asked)
    {
        var accounted = facts.Record.AccountedTotal;
        var left = Math.Max(0, facts.Order.OrderTotal - accounted);
        var isRest = !IsTotalEdited(facts) && Returned(facts) + asked.Amount >= facts.Charged;
        var orderAmount = isRest ? left : Math.Min(left, OrderAmounts.Round(asked.OrderAmount));
        var bookedSince = Math.Max(0, facts.Order.RefundedAmount - accounted - asked.BookedElsewhere);
        return new SyncAction.BookRefund($"refund-booked:{asked.RefundOrderId}", asked.Amount, orderAmount, ToBook(facts, orderAmount - bookedSince))
        {
            AttemptId = asked.AttemptId,
            RefundOrderId = asked.RefundOrderId
        };
    }

    // The gift card's part is never refunded: MultiSafepay reports the payment as refunded when the rest is.
    private static bool IsPaidInPartByGiftCard(Facts facts) => RefundStatuses.AmountOf(facts.Transaction) > 0
        && facts.Transaction.PaymentMethods.Any(method => PaymentMeans.IsGiftCard(method.Type));

    // Part of the authorisation was captured by hand in MultiSafepay's dashboard. nopCommerce has no status for that, so the order stays authorised until everything is captured.
    private static IEnumerable<SyncAction> CapturedPart(Facts facts)
    {
        var captured = CapturedPayments.CapturedOf(facts.Transaction);
        if (captured <= 0 || captured >= facts.Attempt.Amount)
            return [];
        var remain = facts.Transaction.PaymentDetails?.CaptureRemain ?? facts.Attempt.Amount - captured;
        return remain > 0
            ? [Note($"captured:{facts.Id}:{Text(captured)}", "CapturedPart", facts.Money(captured), facts.AmountText, facts.Money(remain), facts.Id)]
            : [Warning($"{AppliedEvents.CapturedOnlyPrefix}{facts.Id}:{Text(captured)}", "CapturedOnlyPart", facts.Money(captured), facts.AmountText, facts.Id)];
    }
}
