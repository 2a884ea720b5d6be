using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <content>
/// Orders whose total the owner edited after the charge. The payment is booked as it is, and the owner is notified of both amounts.
/// </content>
public static partial class Decision
{
    private static IEnumerable<SyncAction> OtherTotal(Facts facts)
    {
        if (!facts.Order.HasBeenPaid || !IsPaidBy(facts) || facts.Order.IsDeleted || !facts.State.IsFunded())
            return [];

        if (facts.Attempt.Parts.Count > 0)
            return OtherTotalOfParts(facts);
        IEnumerable<SyncAction> less = facts.Charged < facts.Attempt.Amount
            ? [Warning($"captured-less:{facts.Id}:{Text(facts.Charged)}", "CapturedLess", facts.Money(facts.Charged), facts.Money(facts.Attempt.Amount), facts.Id)]
            : [];
        if (!IsTotalEdited(facts) && !HasUncounted(facts))
            return less;

        var kept = Left(facts);
        var costs = facts.Attempt.ToCharged(Math.Max(0, facts.Order.OrderTotal - facts.Record.AccountedTotal));
        var difference = kept - costs;

        // Each refund in another currency was rounded once.
        var rounding = facts.Attempt.CurrencyRate is 1 or <= 0 ? 0 : facts.Record.RefundsOf(facts.Attempt).Count() + 1;
        return Math.Abs(difference) <= rounding
            ? less
            : [.. less, Warning($"total:{facts.Id}:{Text(costs)}:{Text(kept)}", difference > 0 ? "PaidTooMuch" : "PaidTooLittle",
                facts.Money(kept), facts.Money(costs), facts.Money(Math.Abs(difference)), facts.Id)];
    }

    // Whoever reported the part: the shop, whose answer may have been lost, or the owner in the dashboard.
    private static IEnumerable<SyncAction> ShippedInParts(Facts facts) => facts.Attempt.Parts.Where(part => part.OrderId is not null)
        .Select(part => Note($"part-shipped:{Word(part.OrderId)}", "PartShipped", facts.Money(part.Amount), facts.Money(facts.Attempt.Amount)));

    // What was not shipped was not billed: if the order does not contain it any more, there is nothing to refund, and if the rest has ended, it will not be paid.
    private static IEnumerable<SyncAction> OtherTotalOfParts(Facts facts)
    {
        var (kept, costs) = (Left(facts), facts.Attempt.ToCharged(Math.Max(0, facts.Order.OrderTotal - facts.Record.AccountedTotal)));
        if (!IsTotalEdited(facts) && facts.Charged == facts.Attempt.Amount && !HasUncounted(facts))
            return [];

        var rounding = facts.Attempt.CurrencyRate is 1 or <= 0 ? 0 : facts.Record.RefundsOf(facts.Attempt).Count() + 1;
        var (difference, unshipped) = (kept - costs, Math.Max(0, facts.Charged - CapturedPayments.CapturedOf(facts.Transaction)));
        var applied = $"{facts.Id}:{Text(costs)}:{Text(kept)}";
        if (Math.Abs(difference) <= rounding)
            return [];
        if (difference > 0 && difference <= unshipped + rounding)
            return [Warning($"rest-not-shipped:{applied}", "RestNotShipped", facts.Money(difference), facts.Id)];
        return difference < 0 && facts.Charged < facts.Attempt.Amount
            ? [Warning($"shipped-less:{applied}", "ShippedLess", facts.Money(facts.Charged), facts.Money(facts.Attempt.Amount), facts.Money(-difference), facts.Id)]
            : [Warning($"total:{applied}", difference > 0 ? "PaidTooMuch" : "PaidTooLittle", facts.Money(kept), facts.Money(costs), facts.Money(Math.Abs(difference)), facts.Id)];
    }

    // A refund made while the total was lower returned what the customer had paid too much, so the order does not count it. It is missing when the old total is restored.
    private static bool HasUncounted(Facts facts) => facts.Record.RefundsOf(facts.Attempt).Any(refund => refund.OrderAmount < facts.Attempt.ToOrderCurrency(refund.Amount));

    // The facts after the actions have been applied.
    private static Facts After(Facts facts, IReadOnlyList<SyncAction> actions) => actions.Aggregate(facts, (now, action) => action switch
    {
        SyncAction.Pay pay => now with
        {
            Order = now.Order with { PaymentStatus = PaymentStatus.Paid, CaptureTransactionId = pay.TransactionId },
            Record = now.Record.With(pay.Applied)
        },
        SyncAction.SwitchPayment other => now with { Record = now.Record.With(other.Applied) },
        SyncAction.BookRefund refund => now with { Record = Booked(now.Record, refund) },
        _ => now
    });

    private static PaymentRecord Booked(PaymentRecord record, SyncAction.BookRefund refund) => record.FindRefund(refund.RefundOrderId) is { } asked
        ? record.WithCounted(asked, refund.OrderAmount)
        : record.With(new AccountedRefund(refund.Amount, refund.OrderAmount) { IsChargeback = refund.IsChargeback, AttemptId = refund.AttemptId });
}
