using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>Orders whose total the owner has edited, and orders that were paid more than once.</content>
internal sealed partial class Oracle
{
    // Nobody can say of two things at the same moment which was first.
    private static readonly TimeSpan _sameMoment = TimeSpan.FromMinutes(5);

    // The shop captures what the order costs, and not what the card holds.
    private void JudgeCaptures(Case c)
    {
        foreach (var held in c.Money.Payments.Where(payment => payment.Authorization is not null))
        {
            var currency = held.Session.Currency;
            var before = 0L;
            foreach (var (at, amount, isOurs) in Captures(c, held))
            {
                var most = MostAt(c, at);
                if (isOurs && before + amount > Math.Max(before, MinorUnits(most * c.Rate, currency) + 1) && amount > 1)
                    Wrong(c, string.Create(CultureInfo.InvariantCulture, $"{before + amount} {currency} was captured, and the order cost {most}"));
                before += amount;
            }
        }
    }

    // All of it came in; or what the shop wanted of a hold, because the order cost less by then.
    private static bool IsWhole(Case c) => c.Money.IsWhole || (c.Purchase.IsTotalEdited && c.Money.Captures.Any(capture => IsCaptureOfShop(c, capture)));

    private static IEnumerable<(DateTimeOffset At, long Amount, bool IsOurs)> Captures(Case c, SimulatedTransaction held) => held.Authorization!.CapturedWhole
        ? [(held.Completed!.Value, held.Amount, !c.Purchase.IsCapturedElsewhere)]
        : c.Money.Captures.Where(capture => c.Money.Orders.Any(order => order.OrderId == capture.CaptureOf && order.Transactions.Contains(held)))
            .Select(capture => (capture.Created, capture.Amount, IsCaptureOfShop(c, capture))).OrderBy(capture => capture.Created);

    // The dashboard names its captures otherwise.
    private static bool IsCaptureOfShop(Case c, SimulatedTransaction capture) =>
        c.Money.Orders.Any(order => order.Transactions.Contains(capture)
            && (order.OrderId.EndsWith("-c", StringComparison.Ordinal) || order.OrderId.EndsWith($"-c{c.Order.OrderGuid.ToString("N")[..8]}", StringComparison.Ordinal)));

    private static decimal MostAt(Case c, DateTimeOffset at)
    {
        var then = c.Purchase.Totals.Last(total => total.At <= at - _sameMoment).Total;
        return Math.Max(then, c.Purchase.Totals.Where(total => total.At > at - _sameMoment && total.At <= at).Select(total => total.Total).DefaultIfEmpty(then).Max());
    }

    // What was given back of what the customer had paid too much is not counted, and nothing else is left out.
    private void JudgeRefundsOfEdited(Case c)
    {
        var (order, money) = (c.Order, c.Money);
        var currency = money.Payments[0].Session.Currency;
        var paid = Currencies.ToDecimal(money.Charged, currency) / c.Rate;
        var refunded = Currencies.ToDecimal(money.Refunded, currency) / c.Rate;
        var byShop = Currencies.ToDecimal(money.RefundedByShop, currency) / c.Rate;
        var tolerance = Tolerance(c, currency);
        var tooMuch = Math.Max(0, paid - c.Purchase.Totals.Min(total => total.Total));
        var isLeft = runner.Mappings.Any(mapping => mapping.Contains("refunded=None", StringComparison.Ordinal));
        var least = Math.Min(order.OrderTotal, isLeft ? byShop : Math.Max(byShop, refunded - tooMuch));
        var most = refunded + c.Purchase.RefundedOffline;
        if (runner.Mappings.Any(mapping => mapping.Contains("chargeback=Refund", StringComparison.Ordinal)) && money.WasChargedBack)
            most = Math.Max(paid, order.OrderTotal);
        if (order.RefundedAmount < least - tolerance || order.RefundedAmount > most + tolerance)
            Wrong(c, string.Create(CultureInfo.InvariantCulture, $"{order.RefundedAmount} is counted as refunded of an order whose total was edited; it should be {least:0.####} to {most:0.####}"));
        if ((order.RefundedAmount == 0) != (order.PaymentStatus == PaymentStatus.Paid))
            Wrong(c, "its status does not go with what is refunded");

        // Refunded means that the order keeps nothing; what is kept all the same, the owner knows of.
        var kept = Currencies.ToDecimal(money.Kept - money.Held, currency) / c.Rate;
        if (order.PaymentStatus == PaymentStatus.Refunded && kept > tolerance && c.Purchase.RefundedOffline == 0 && !money.WasChargedBack && !c.Alerts.Contains("PaidTooMuch"))
            Wrong(c, string.Create(CultureInfo.InvariantCulture, $"{kept:0.##} is kept, and nobody was told"));
    }

    // Who edits the total of a paid order is told with the next news of it.
    private void JudgeTotal(Case c)
    {
        var (order, money) = (c.Order, c.Money);
        if (!c.Purchase.IsTotalEdited || money.Payments.Count != 1 || !money.IsPaid || money.WasChargedBack || c.Purchase.RefundedOffline > 0
            || order.PaymentStatus is not (PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded)
            || !money.IsToldAfter(c.Purchase.Totals[^1].At)

            // Who leaves the dashboard's refunds to himself gets a note of each, and books them by hand.
            || runner.Mappings.Any(mapping => mapping.Contains("refunded=None", StringComparison.Ordinal)))
            return;

        var currency = money.Payments[0].Session.Currency;
        var (kept, costs) = (Currencies.ToDecimal(money.Charged - money.Refunded, currency), (order.OrderTotal - order.RefundedAmount) * c.Rate);
        if (Math.Abs(kept - costs) > Currencies.ToDecimal(money.RefundCount + 2, currency) && !c.Alerts.Contains(kept > costs ? "PaidTooMuch" : "PaidTooLittle"))
            Wrong(c, string.Create(CultureInfo.InvariantCulture, $"{kept:0.##} {currency} is kept and the order costs {costs:0.##}, and nobody was told"));
    }

    // Nobody can pay what the order does not cost any more, unless that is on its way already.
    private void JudgeOldLinks(Case c)
    {
        if (c.Order is not { PaymentStatus: PaymentStatus.Pending, OrderStatus: not OrderStatus.Cancelled } || c.Purchase.IsStatusChanged)
            return;
        foreach (var (order, session) in Payable(c).Where(link => !IsOnItsWay(link)))
        {
            if (Math.Abs(Currencies.ToDecimal(session.Amount, session.Currency) - c.Order.OrderTotal * c.Rate) > Currencies.ToDecimal(1, session.Currency))
                Wrong(c, $"{session.Amount} {session.Currency} can still be paid for it, under {order.OrderId}");
        }
    }

    private static bool MayBePaidTwice(Case c) =>
        c.Purchase.IsPaidLate || c.Purchase.IsSetByHand || c.Purchase.Others.Count > 0 || c.Money.Orders.Any(order => order.Site != c.Money.Orders[0].Site);

    // Of two payments one pays the order, and the owner is told of the other one.
    private void JudgeSeveral(Case c)
    {
        var (order, money) = (c.Order, c.Money);

        // Who lets go of a hold may be asked to pay again.
        if (money.Payments.Count(payment => payment is not { IsAuthorization: true, Status: Status.Void }) > 1
            && !c.Alerts.Any(kind => kind is "SecondPayment" or "PaidByHandBefore" or "PaidAfterCancellation" or "PaidAfterCancellationRefunded" or "AuthorizedAfterCancellation" or "PaidAfterVoid"))
            Wrong(c, $"it was paid {money.Payments.Count} times, and nobody was told");
        var currency = money.Payments[0].Session.Currency;
        var refunded = Currencies.ToDecimal(money.Refunded, currency) / c.Rate;
        if (!money.WasChargedBack && order.RefundedAmount > refunded + c.Purchase.RefundedOffline + Tolerance(c, currency))
            Wrong(c, string.Create(CultureInfo.InvariantCulture, $"{order.RefundedAmount} is counted as refunded, and {refunded:0.####} was"));
        if (order.PaymentStatus == PaymentStatus.Refunded && c.Purchase is { Wishes.Count: 0, OfflineRefunds: 0, IsTotalEdited: false } && !money.WasChargedBack
            && money.Payments.Any(payment => payment is { IsPaid: true, Refunded: 0, Reserved: 0, IsAuthorization: false } && WasKnown(payment)))
            Wrong(c, "one of the payments is kept");

        // Of one that the shop heard of only after the other had gone back, it is enough that the owner was told.
        bool WasKnown(SimulatedTransaction payment) => money.FirstRefund is { } refund && money.Orders.First(order => order.Transactions.Contains(payment)).Deliveries
            .Exists(delivery => delivery.Attempts.Any(attempt => attempt.Acknowledged && attempt.At <= refund));
    }

    private static decimal Tolerance(Case c, string currency) =>
        c.Rate == 1 ? 0 : (c.Money.RefundCount + 1) * Math.Max(0.01m, Currencies.ToDecimal(1, currency) / c.Rate);

    private static long MinorUnits(decimal amount, string currency) => (long)Math.Round(amount / Currencies.ToDecimal(1, currency), MidpointRounding.AwayFromZero);
}
