using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <content>Chargebacks and their reversals.</content>
public static partial class Decision
{
    private static IEnumerable<SyncAction> Chargeback(Facts facts)
    {
        if (IsReversed(facts))
            return [ChargebackNote(facts)];

        var earlier = EarlierRefunds(facts);
        facts = earlier.Facts;
        var left = Left(facts);
        var taken = Math.Min(left, Lost(facts) - facts.Record.RefundsOf(facts.Attempt).Where(refund => refund.IsChargeback).Sum(refund => refund.Amount));
        var isBooked = facts.Choice is { Payment: PaymentAction.Refund } && facts.Order.HasBeenPaid && IsPaidBy(facts) && taken > 0;
        return
        [
            .. earlier.Actions, ChargebackNote(facts),
            .. isBooked ? [Book(facts, taken, "chargeback") with { IsChargeback = true }] : Array.Empty<SyncAction>(),
            .. taken < left ? [] : CancelOrder(facts)
        ];
    }

    // The amount of the payment that the bank has taken and not returned, in minor units: the full amount, unless MultiSafepay reports the amount of each chargeback.
    private static long Lost(Facts facts)
    {
        var chargebacks = Chargebacks.In(facts.Transaction).ToList();
        if (chargebacks.Any(chargeback => chargeback.Amount is not > 0 || !IsInCurrency(chargeback, facts.Attempt.Currency)))
            return facts.Charged;
        var lost = chargebacks.Sum(chargeback => (decimal)(chargeback.Amount ?? 0)) - Chargebacks.ReversalsIn(facts.Transaction).Sum(reversal => (decimal)Math.Max(0, reversal.Amount ?? 0));
        return lost > 0 && lost < facts.Charged ? (long)lost : facts.Charged;
    }

    private static bool IsInCurrency(RelatedTransaction related, string currency) => related.Currency is null || string.Equals(related.Currency, currency, StringComparison.OrdinalIgnoreCase);

    // The payment shows the status of something that happened after the chargeback.
    private static IEnumerable<SyncAction> ChargebackBehind(Facts facts) =>
        facts.State is TransactionState.Completed or TransactionState.Shipped or TransactionState.Refunded or TransactionState.PartialRefunded
        && Chargebacks.In(facts.Transaction).Any() && !IsReversed(facts)
            ? [ChargebackNote(facts)]
            : [];

    // A second chargeback of the same payment, after the first was reversed, is reported separately.
    private static SyncAction.Note ChargebackNote(Facts facts)
    {
        var count = Chargebacks.In(facts.Transaction).Count();
        return Warning(count > 1 ? $"{AppliedEvents.ChargebackPrefix}{facts.Id}#{Text(count)}" : $"{AppliedEvents.ChargebackPrefix}{facts.Id}", "Chargeback",
            Lost(facts) is var lost && lost == facts.Charged ? facts.AmountText : facts.Money(lost), facts.Id, Reason(facts));
    }

    // Refunds that were made before the chargeback and missed, because the status shows only the chargeback. The returned facts include the booking.
    private static (IReadOnlyList<SyncAction> Actions, Facts Facts) EarlierRefunds(Facts facts)
    {
        var made = facts.Transaction.RelatedTransactions.Where(related => RefundStatuses.IsRefund(related) && RefundStatuses.From(related) == RefundStatus.Made)
            .Sum(related => (decimal)(related.Amount ?? 0));
        var refunded = (long)Math.Clamp(made, 0, facts.Charged);
        var amount = NewlyRefunded(facts, refunded);
        if (amount <= 0 || !facts.Order.HasBeenPaid || !IsPaidBy(facts) || facts.Mapping[TransactionState.PartialRefunded].Payment != PaymentAction.Refund)
            return ([], facts);

        var (booking, note) = Refunded(facts, refunded, amount);
        return ([booking, note], facts with
        {
            Order = facts.Order with { RefundedAmount = facts.Order.RefundedAmount + booking.ToBook },
            Record = Booked(facts.Record, booking)
        });
    }

    // While the card still holds the rest, the payment as a whole is an authorisation. A chargeback of the captured part is reported nevertheless.
    private static IEnumerable<SyncAction> ChargebackOfPart(Facts facts) => IsReversed(facts) ? [] : Chargebacks.In(facts.Transaction).Select(lost =>
        Warning($"chargeback-of-part:{lost.TransactionId ?? facts.Id}", "Chargeback", facts.Money(lost.Amount ?? CapturedPayments.CapturedOf(facts.Transaction)),
            lost.TransactionId ?? facts.Id, Reason(facts))).DistinctBy(note => note.Applied);

    // Each reversal is reported once, whatever the status. nopCommerce cannot undo a refund or a cancellation, so if the chargeback led to one, the note
    // tells the owner what to do.
    private static IEnumerable<SyncAction> Reversals(Facts facts) => Chargebacks.ReversalsIn(facts.Transaction).Select(reversal =>
    {
        var id = reversal.TransactionId ?? facts.Id;
        var isBooked = facts.Record.Applied.Any(applied => applied.StartsWith($"{AppliedEvents.ChargebackPrefix}{facts.Id}:", StringComparison.Ordinal));
        return Warning($"reverse-chargeback:{id}", isBooked ? "ChargebackReversedBooked" : facts.Order.IsCancelled ? "ChargebackReversedCancelled" : "ChargebackReversed",
            facts.Money(reversal.Amount ?? facts.Charged), id);
    }).DistinctBy(note => note.Applied);

    private static bool IsReversed(Facts facts) =>
        Chargebacks.ReversalsIn(facts.Transaction).Any() && Chargebacks.ReversalsIn(facts.Transaction).Count() >= Chargebacks.In(facts.Transaction).Count();
}
