using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>Who must have been told of what.</content>
internal sealed partial class Oracle
{
    private void JudgeMails(Case c)
    {
        var mails = runner.Host.Database.Mails.ForOrder(c.Order.Id).GroupBy(mail => mail.Template).ToDictionary(mails => mails.Key, mails => mails.Count());
        AtMost(PlacedMail, 1);

        // Whoever saves the order at the same moment undoes a payment or a refund, which is then done again.
        var again = runner.WasSavedAtOnce ? 1 : 0;
        AtMost(PaidMail, (c.Purchase.IsSetByHand ? 2 : 1) + again);
        AtMost(RefundedMail, c.Money.RefundCount + c.Purchase.OfflineRefunds + (c.Money.WasChargedBack ? 1 : 0) + again);

        // It may have been opened again in between. Two who press nopCommerce's own buttons at the same moment both have their way.
        var most = 1 + c.Reopened + (runner.WasAnythingAtOnce ? 1 : 0);
        AtMost(CancelledMail, most);
        AtMost(CompletedMail, most);
        if (runner.Host.Deaths == 0 && !c.Purchase.IsSetByHand && c.Order.PaidDateUtc is not null && !mails.ContainsKey(PaidMail))
            Wrong(c, "the customer was not told that it is paid");

        void AtMost(string template, int count)
        {
            if (mails.GetValueOrDefault(template) > count)
                Wrong(c, $"{template} was sent {mails[template]} times, for {count}");
        }
    }

    // What is told of a transaction is told once, but for a chargeback after another one was reversed. Where a node died, it may have told and not remembered.
    private async Task JudgeNotesAsync(Case c)
    {
        if (runner.Host.Deaths > 0)
            return;
        var notes = (await runner.Host.Database.ListAsync<OrderNote>(note => note.OrderId == c.Order.Id)).Select(note => note.Note)
            .Where(note => note.StartsWith("MultiSafepay", StringComparison.Ordinal) && note.Contains("(transaction", StringComparison.Ordinal)
                && !(c.Money.IsReversed && note.Contains("chargeback", StringComparison.Ordinal)));
        foreach (var twice in notes.GroupBy(note => note).Where(group => group.Count() > 1))
            Wrong(c, $"it was noted {twice.Count()} times: {twice.Key}");
    }

    private void JudgeAlerts(Case c)
    {
        // Of a payment that came after the cancellation it is enough that the owner has to look at it. Whoever sets a status by hand looks after the order.
        var isLate = c.Purchase.IsSetByHand || (c.Order is { OrderStatus: OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending } && c.Alerts.Count > 0);
        if (c.Money.ChargedBack > 0 && !c.Alerts.Contains("Chargeback") && !isLate)
            Wrong(c, "nobody was told of the chargeback");
        if (c.Money.IsReversed && !c.Alerts.Any(kind => kind.StartsWith("ChargebackReversed", StringComparison.Ordinal)))
            Wrong(c, "nobody was told that the chargeback was reversed");
        if (c.Money.DeclinedByBank > 0 && !c.Alerts.Contains("RefundOff"))
            Wrong(c, "nobody was told that a refund was declined");
        if (c.Order.OrderStatus == OrderStatus.Cancelled && c.Money.Kept > 0 && c.Order.PaymentStatus == PaymentStatus.Pending && c.Alerts.Count == 0 && !c.Purchase.IsSetByHand)
            Wrong(c, "there is money for a cancelled order, and nobody was told");
    }
}
