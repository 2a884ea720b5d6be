using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <content>What became of the refunds that the owner asked for in the shop.</content>
public static partial class Decision
{
    // What is left to explain after this is a refund that was made elsewhere.
    private static (IReadOnlyList<SyncAction> Actions, Facts Facts) AskedRefunds(Facts facts)
    {
        var made = facts.Order.HasBeenPaid ? MadeRefunds(facts) : ([], facts);
        return ([.. made.Actions, .. MovedRefunds(facts)], made.Facts);
    }

    // The owner asked for these in the shop, so they are booked whatever the mapping makes of refunds from elsewhere, and with the amount that was asked for.
    // The facts that come back are those after the bookings.
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
                    // Told first: afterwards the refund is settled, and nobody looks at it again.
                    yield return Warning($"refund-off-note:{asked.RefundOrderId}", "RefundOff", facts.Money(asked.Amount), related?.TransactionId ?? asked.RefundOrderId);
                    yield return new SyncAction.MoveRefund($"refund-off:{asked.RefundOrderId}", asked.RefundOrderId, RefundState.Off, related?.TransactionId);
                    break;
            }
        }
    }

    // A late payment was given back by the owner's policy, or just then in the dashboard, and the bank has declined the refund afterwards: the owner was told that it went back.
    private static IEnumerable<SyncAction> LateRefundsOff(Facts facts) => facts.Record.Has(AppliedEvents.GiveBackRequested(facts.Id))
        ? facts.Transaction.RelatedTransactions
            .Where(related => RefundStatuses.IsRefund(related) && RefundStatuses.From(related) == RefundStatus.Off)
            .Select(related => Warning($"late-refund-off:{facts.Id}:{related.TransactionId}", "RefundOff", facts.Money(related.Amount ?? facts.Charged), related.TransactionId ?? facts.Id))
            .DistinctBy(note => note.Applied)
        : [];

    private static List<RefundAttempt> Unsettled(Facts facts) => [.. facts.Record.RefundAttempts.Where(refund => refund.IsUnsettled && refund.AttemptId == facts.Attempt.OrderId)];

    // Whoever saved the order while a refund was booked has undone the booking, which can happen again: it shows in the amounts, whatever is remembered. The facts that come
    // back are those after it was restored. nopCommerce books no more than the order costs.
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

    // A gift card's part never goes back: MultiSafepay calls the payment refunded when the rest is.
    private static bool IsPaidInPartByGiftCard(Facts facts) => RefundStatuses.AmountOf(facts.Transaction) > 0
        && facts.Transaction.PaymentMethods.Any(method => PaymentMeans.IsGiftCard(method.Type));

    // A part was captured by hand in MultiSafepay's dashboard. nopCommerce has no word for that: the order stays authorised until all of it is captured.
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
