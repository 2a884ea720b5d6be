using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <content>The customer's bank takes the money back, and perhaps gives it back again.</content>
public static partial class Decision
{
    private const string ChargebackType = "chargeback";
    private const string ReversalType = "reverse-chargeback";

    private static IEnumerable<SyncAction> Chargeback(Facts facts)
    {
        // A second chargeback of the same payment, after the first was reversed, is news of its own.
        var count = Related(facts, ChargebackType).Count();
        var warning = Warning(count > 1 ? $"chargeback:{facts.Id}#{Text(count)}" : $"chargeback:{facts.Id}", "Chargeback",
            facts.AmountText, facts.Id, facts.Transaction.Reason ?? string.Empty);
        if (IsReversed(facts))
            return [warning];

        var left = facts.Attempt.Amount - facts.Record.Refunds.Sum(refund => refund.Amount);
        if (facts.Choice is not { Payment: PaymentAction.Refund } || !facts.Order.HasBeenPaid || !IsPaidBy(facts) || left <= 0)
            return [warning, .. CancelOrder(facts)];
        return [warning, Book(facts, left, isRest: true, "chargeback") with { IsChargeback = true }, .. CancelOrder(facts)];
    }

    // While the card still holds the rest, the payment as a whole is an authorisation; what happens to the part that was captured is told of all the same.
    private static IEnumerable<SyncAction> ChargebackOfPart(Facts facts) => IsReversed(facts) ? [] : Related(facts, ChargebackType).Select(lost =>
        Warning($"chargeback-of-part:{lost.TransactionId ?? facts.Id}", "Chargeback", facts.Money(lost.Amount ?? CapturedPayments.CapturedOf(facts.Transaction)),
            lost.TransactionId ?? facts.Id, facts.Transaction.Reason ?? string.Empty)).DistinctBy(note => note.Applied);

    // Each reversal is told of once, whatever the status says. nopCommerce cannot take back a refund or a cancellation: where the chargeback led to one, the
    // owner is told what to do.
    private static IEnumerable<SyncAction> Reversals(Facts facts) => Related(facts, ReversalType).Select(reversal =>
    {
        var id = reversal.TransactionId ?? facts.Id;
        var isBooked = facts.Record.Applied.Any(applied => applied.StartsWith($"chargeback:{facts.Id}:", StringComparison.Ordinal));
        return Warning($"reverse-chargeback:{id}", isBooked ? "ChargebackReversedBooked" : facts.Order.IsCancelled ? "ChargebackReversedCancelled" : "ChargebackReversed",
            facts.Money(reversal.Amount ?? facts.Attempt.Amount), id);
    }).DistinctBy(note => note.Applied);

    private static bool IsReversed(Facts facts) =>
        Related(facts, ReversalType).Any() && Related(facts, ReversalType).Count() >= Related(facts, ChargebackType).Count();

    private static IEnumerable<RelatedTransaction> Related(Facts facts, string type) => facts.Transaction.RelatedTransactions
        .Where(related => string.Equals(related.Type?.Replace('_', '-'), type, StringComparison.OrdinalIgnoreCase));
}
