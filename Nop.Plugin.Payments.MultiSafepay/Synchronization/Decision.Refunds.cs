using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <content>Money that was refunded, wherever the refund was made.</content>
public static partial class Decision
{
    private static IEnumerable<SyncAction> MoneyBack(Facts facts)
    {
        if (!IsWhatWasCharged(facts))
            return [WrongAmount(facts)];

        var refunded = RefundedOf(facts);

        // The notification of the payment itself may have been lost: money that was refunded had been received. For a cancelled order, the payment is reported only while part of it is left.
        var isOld = facts.Order.HasBeenPaid || (facts.Order.IsCancelled && refunded == facts.Charged);
        var missedPayment = isOld || facts.Mapping[TransactionState.Completed].Payment != PaymentAction.Pay ? [] : Pay(facts).ToList();
        var isMissed = missedPayment is [SyncAction.Pay, ..];

        // The shop refunded the late payment and crashed before it notified the owner.
        if (!facts.Order.HasBeenPaid && isOld && facts.Record.Has(AppliedEvents.GiveBackRequested(facts.Id)))
            missedPayment.Add(LateRefund(facts));
        var paid = facts.Order.HasBeenPaid ? IsPaidBy(facts) : isMissed;

        // Refunds that the shop requested can be booked only now that the order is paid. They must not be taken for refunds made elsewhere.
        var made = isMissed ? MadeRefunds(facts) : ([], facts);
        missedPayment = [.. missedPayment, .. made.Actions];
        facts = made.Facts;

        var news = NewlyRefunded(facts, refunded);

        // Derived from the current state: if the shop crashed between the booking and the cancellation, the cancellation is still due.
        if (news <= 0)
            return [.. missedPayment, .. CancelOrder(facts)];

        if (paid && refunded == facts.Charged && !facts.Record.RefundsOf(facts.Attempt).Any() && OtherPayment(facts) is { TransactionId: { } other } kept)
        {
            return
            [
                .. missedPayment,

                // The note comes first: once the order counts the other payment as its own, this one is just another refunded payment.
                Warning($"refund:{facts.Id}:{Text(refunded)}", "RefundedOneOfTwo", facts.Money(refunded), facts.Id, MoneyText.Format(kept.Amount, kept.Currency), other),
                new SyncAction.SwitchPayment(AppliedEvents.Paid(other), other)
            ];
        }

        if (facts.Choice.Payment != PaymentAction.Refund || !paid)
            return [.. missedPayment, Note($"refund:{facts.Id}:{Text(refunded)}", "RefundSeen", facts.Money(refunded), facts.Id), .. CancelOrder(facts)];

        var (booking, note) = Refunded(facts, refunded, news);
        return [.. missedPayment, booking, note, .. CancelOrder(facts)];
    }

    // A customer who paid twice got one of the payments refunded, and the order is paid by the other one.
    private static PaymentAttempt? OtherPayment(Facts facts) => facts.Record.Attempts.LastOrDefault(attempt =>
        attempt.OrderId != facts.Attempt.OrderId && attempt.State is TransactionState.Completed or TransactionState.Shipped && attempt.TransactionId is not null);

    // The order was deleted after it was paid. The owner no longer sees it, and nopCommerce would still send e-mails to the customer, so the owner is warned and nothing is booked.
    private static IEnumerable<SyncAction> Deleted(Facts facts) => facts.State switch
    {
        TransactionState.Refunded or TransactionState.PartialRefunded when NewlyRefunded(facts, RefundedOf(facts)) is > 0 and var amount =>
            [Warning($"refund-of-deleted:{facts.Id}:{Text(RefundedOf(facts))}", "RefundOfDeleted", facts.Money(amount), facts.Id)],
        TransactionState.Chargeback => [ChargebackNote(facts)],
        TransactionState.Void when IsChargeback(facts) => [ChargebackNote(facts)],
        _ => ChargebackBehind(facts)
    };

    // The total amount of the payment that MultiSafepay has refunded, in minor units.
    private static long RefundedOf(Facts facts) => facts.State == TransactionState.Refunded && !IsPaidInPartByGiftCard(facts)
        ? facts.Charged
        : Math.Min(RefundStatuses.AmountOf(facts.Transaction), facts.Charged);

    // The part of the refunded amount that is not accounted for yet. Money that the bank has taken back cannot be refunded as well.
    private static long NewlyRefunded(Facts facts, long refunded) =>
        Math.Min(refunded - facts.Record.RefundsOf(facts.Attempt).Where(refund => !refund.IsChargeback).Sum(refund => refund.Amount), Left(facts));

    private static long Left(Facts facts) => facts.Charged - Returned(facts);

    private static long Returned(Facts facts) => facts.Record.RefundsOf(facts.Attempt).Sum(refund => refund.Amount);

    // The booking and the note of a refund. The total refunded amount of the payment and the new part of it are in minor units.
    private static (SyncAction.BookRefund Booking, SyncAction.Note Note) Refunded(Facts facts, long refunded, long amount) => (
        Book(facts, amount, "Refunded"),
        Note($"refund-note:{facts.Id}:{Text(refunded)}", "Refunded", facts.Money(amount), facts.Id));

    private static SyncAction.BookRefund Book(Facts facts, long amount, string why)
    {
        var accounted = facts.Record.AccountedTotal;
        var left = Math.Max(0, facts.Order.OrderTotal - accounted);
        var orderAmount = OrderAmounts.Round(Math.Clamp(InOrder(facts, amount, left), 0, left));

        // If the order counts more as refunded than the record, the difference was booked by hand, or just before a crash. It is not booked again, except for the part that is known
        // to belong to another refund.
        var bookedElsewhere = Math.Max(0, facts.Order.RefundedAmount - accounted - facts.Record.BookedByHand);
        return new SyncAction.BookRefund($"{why}:{facts.Id}:{Text(Returned(facts))}+{Text(amount)}", amount, orderAmount, ToBook(facts, orderAmount - bookedElsewhere))
        {
            AttemptId = facts.Attempt.OrderId
        };
    }

    // nopCommerce rejects a booking of more than what is left of the order, and manual bookings and refunds together can exceed that. It books nothing for an order with the status
    // refunded, even if its total was raised afterwards (CanPartiallyRefundOffline of nopCommerce 4.90.6).
    private static decimal ToBook(Facts facts, decimal amount) => facts.Order.PaymentStatus == PaymentStatus.Refunded
        ? 0
        : Math.Clamp(amount, 0, Math.Max(0, facts.Order.OrderTotal - facts.Order.RefundedAmount));

    // The amount that the order counts for a refund, in the primary store currency. While the order's total is the one that was paid, the last refund takes exactly the rest of it. If
    // the total was lowered since, refunds first return what the customer paid too much, and the order counts only what exceeds that.
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
