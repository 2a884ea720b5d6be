using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <content>Money that went back by a refund, wherever it was made.</content>
public static partial class Decision
{
    private static IEnumerable<SyncAction> MoneyBack(Facts facts)
    {
        if (!IsWhatWasCharged(facts))
            return [WrongAmount(facts)];

        var refunded = RefundedOf(facts);

        // The notification of the payment itself may have been lost: money that went back had come in. For a cancelled order that is news while some of it is left.
        var isOld = facts.Order.HasBeenPaid || (facts.Order.IsCancelled && refunded == facts.Charged);
        var missedPayment = isOld || facts.Mapping[TransactionState.Completed].Payment != PaymentAction.Pay ? [] : Pay(facts).ToList();
        var isMissed = missedPayment is [SyncAction.Pay, ..];

        // The shop gave the late payment back and was killed before it told of it.
        if (!facts.Order.HasBeenPaid && isOld && facts.Record.Has(AppliedEvents.GiveBackRequested(facts.Id)))
            missedPayment.Add(LateRefund(facts));
        var paid = facts.Order.HasBeenPaid ? IsPaidBy(facts) : isMissed;

        // Only now can be booked what the shop itself had asked for: it is not to be taken for a refund that was made elsewhere.
        var made = isMissed ? MadeRefunds(facts) : ([], facts);
        missedPayment = [.. missedPayment, .. made.Actions];
        facts = made.Facts;

        var news = NewlyRefunded(facts, refunded);

        // Decided from what is there: whoever died between the booking and the cancellation finds the cancellation still to do.
        if (news <= 0)
            return [.. missedPayment, .. CancelOrder(facts)];

        if (paid && refunded == facts.Charged && !facts.Record.RefundsOf(facts.Attempt).Any() && OtherPayment(facts) is { TransactionId: { } other } kept)
        {
            return
            [
                .. missedPayment,

                // Told first: once the order counts the other payment, this one is just another that went back.
                Warning($"refund:{facts.Id}:{Text(refunded)}", "RefundedOneOfTwo", facts.Money(refunded), facts.Id, MoneyText.Format(kept.Amount, kept.Currency), other),
                new SyncAction.SwitchPayment(AppliedEvents.Paid(other), other)
            ];
        }

        if (facts.Choice.Payment != PaymentAction.Refund || !paid)
            return [.. missedPayment, Note($"refund:{facts.Id}:{Text(refunded)}", "RefundSeen", facts.Money(refunded), facts.Id), .. CancelOrder(facts)];

        var (booking, note) = Refunded(facts, refunded, news);
        return [.. missedPayment, booking, note, .. CancelOrder(facts)];
    }

    // A customer who paid twice got one of the payments back, and the order is paid by the other one.
    private static PaymentAttempt? OtherPayment(Facts facts) => facts.Record.Attempts.LastOrDefault(attempt =>
        attempt.OrderId != facts.Attempt.OrderId && attempt.State is TransactionState.Completed or TransactionState.Shipped && attempt.TransactionId is not null);

    // An order that was deleted after it was paid: the owner does not see it any more, and nopCommerce would still write to the customer. So it is told, and nothing is booked.
    private static IEnumerable<SyncAction> Deleted(Facts facts) => facts.State switch
    {
        TransactionState.Refunded or TransactionState.PartialRefunded when NewlyRefunded(facts, RefundedOf(facts)) is > 0 and var amount =>
            [Warning($"refund-of-deleted:{facts.Id}:{Text(RefundedOf(facts))}", "RefundOfDeleted", facts.Money(amount), facts.Id)],
        TransactionState.Chargeback => [ChargebackNote(facts)],
        TransactionState.Void when IsChargeback(facts) => [ChargebackNote(facts)],
        _ => ChargebackBehind(facts)
    };

    // How much of the payment MultiSafepay has given back in all.
    private static long RefundedOf(Facts facts) => facts.State == TransactionState.Refunded && !IsPaidInPartByGiftCard(facts)
        ? facts.Charged
        : Math.Min(RefundStatuses.AmountOf(facts.Transaction), facts.Charged);

    // How much of what was refunded in all is not accounted for. What the bank took before cannot go back as well.
    private static long NewlyRefunded(Facts facts, long refunded) =>
        Math.Min(refunded - facts.Record.RefundsOf(facts.Attempt).Where(refund => !refund.IsChargeback).Sum(refund => refund.Amount), Left(facts));

    private static long Left(Facts facts) => facts.Charged - Returned(facts);

    private static long Returned(Facts facts) => facts.Record.RefundsOf(facts.Attempt).Sum(refund => refund.Amount);

    // So much was refunded of the payment in all, and so much of that is new.
    private static (SyncAction.BookRefund Booking, SyncAction.Note Note) Refunded(Facts facts, long refunded, long amount) => (
        Book(facts, amount, "Refunded"),
        Note($"refund-note:{facts.Id}:{Text(refunded)}", "Refunded", facts.Money(amount), facts.Id));

    private static SyncAction.BookRefund Book(Facts facts, long amount, string why)
    {
        var accounted = facts.Record.AccountedTotal;
        var left = Math.Max(0, facts.Order.OrderTotal - accounted);
        var orderAmount = OrderAmounts.Round(Math.Clamp(InOrder(facts, amount, left), 0, left));

        // What the order counts as refunded and the record does not know of was booked by hand, or just before a crash. It is not booked again; but for what is known to be
        // of another refund.
        var bookedElsewhere = Math.Max(0, facts.Order.RefundedAmount - accounted - facts.Record.BookedByHand);
        return new SyncAction.BookRefund($"{why}:{facts.Id}:{Text(Returned(facts))}+{Text(amount)}", amount, orderAmount, ToBook(facts, orderAmount - bookedElsewhere))
        {
            AttemptId = facts.Attempt.OrderId
        };
    }

    // nopCommerce refuses to book more than is left of the order: what was booked by hand and what went back can come to more. It books nothing at all for an order that it calls
    // refunded, whose total may have been raised since (CanPartiallyRefundOffline of nopCommerce 4.90.6).
    private static decimal ToBook(Facts facts, decimal amount) => facts.Order.PaymentStatus == PaymentStatus.Refunded
        ? 0
        : Math.Clamp(amount, 0, Math.Max(0, facts.Order.OrderTotal - facts.Order.RefundedAmount));

    // What the order counts of an amount that went back. While its total is the one that was paid, the last refund takes exactly what is left of it. Where the total was
    // lowered since, what goes back first is what the customer paid too much; the order counts only what is then missing from its total.
    private static decimal InOrder(Facts facts, long amount, decimal left)
    {
        var returned = Returned(facts) + amount;
        if (!IsTotalEdited(facts))
            return returned == facts.Charged ? left : facts.Attempt.ToOrderCurrency(amount);

        var paid = facts.PaidTotal!.Value;
        var tooMuch = Math.Max(0, paid - facts.Order.OrderTotal);
        var back = returned == facts.Charged ? paid : facts.Attempt.ToOrderCurrency(returned);
        return back - tooMuch - facts.Record.AccountedTotal;
    }

    private static bool IsTotalEdited(Facts facts) => facts.PaidTotal is { } paid && paid != facts.Order.OrderTotal;
}
