using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>What is not the order's, or not the shop's any more: orders of another shop, payments in another account, and orders that the owner has marked as paid.</content>
internal sealed partial class Oracle
{
    // What another shop has under one of our ids is as its own customers and owner left it.
    private void JudgeOtherShops(Case c)
    {
        foreach (var other in c.Purchase.Others)
        {
            var transactions = other.Order.Transactions.Where(transaction => transaction.Session == other.Session).ToList();
            var refunds = transactions.Sum(transaction => transaction.Refunds.Count());
            if (refunds != other.Refunds)
                Wrong(c, $"{refunds} refunds were made of another shop's {other.Order.OrderId}, for {other.Refunds}");
            if (transactions.Exists(transaction => transaction.Authorization is { } held && (held.Captured > 0 || (held.Released > 0 && held.ExpiresAt > runner.Host.Time.Now))))
                Wrong(c, $"what is held for another shop's {other.Order.OrderId} was captured or released");
            if (transactions.Exists(transaction => transaction.IsPaid) && other.Order.Shipment.Count > 0)
                Wrong(c, $"another shop's {other.Order.OrderId} was changed: {string.Join(", ", other.Order.Shipment)}");

            // MultiSafepay put our order in its place. Or it shows ours under the id, which was begun before: then nobody can know of the other one, and both are called off.
            var isHidden = other.Order.Transactions.Exists(transaction => c.Purchase.Owns(transaction.Session) && transaction.Created <= other.Session.Created);
            if (!other.IsLeft && !other.IsReplaced && !isHidden && (other.Session.ClosedAs == Status.Cancelled || transactions.Exists(transaction => transaction.Status is Status.Cancelled)))
                Wrong(c, $"another shop's {other.Order.OrderId} was called off");
        }
    }

    // A payment that the owner has booked without MultiSafepay need not come by it as well; when it does, the owner is told.
    private void JudgeMarkedPaid(Case c)
    {
        if (c.Purchase is not { MarkedPaid: { } at, IsStatusChanged: false } || IsElsewhere(c) || c.Order.OrderStatus == OrderStatus.Cancelled
            || c.Order.PaymentStatus is not (PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded))
            return;

        // A node that died may have left the link open. The next look at the order finds it: at the age of a day, and then of a week.
        var isLookedAt = runner.Host.Deaths == 0 || runner.Host.Time.Now - c.Order.CreatedOnUtc < TimeSpan.FromHours(30);
        foreach (var (order, session) in Payable(c).Where(link => isLookedAt && !IsOnItsWay(link)))
            Wrong(c, $"it was marked as paid, and {order.OrderId} can still be paid with the link of {session.Created:u}");
        if (!runner.WasSavedAtOnce && c.Money.Payments.Any(payment => payment.Completed > at && payment is { IsPaid: true, Refunded: 0, ChargedBack: 0, Authorization: null })
            && !c.Alerts.Any(kind => kind is "PaidByHandBefore" or "SecondPayment"))
            Wrong(c, "it was paid after it had been marked as paid, and nobody was told");
    }

    // What was opened with a key that is gone, in another account perhaps, cannot be called off; the owner is told.
    private IEnumerable<(SimulatedOrder Order, PaymentSession Session)> Payable(Case c) =>
        c.Alerts.Contains("LinkOfOtherKey") ? [] : c.Money.Payable(runner.Host.Time.Now);

    // Under review, or with the bank: nobody has to do anything, and it may still come.
    private static bool IsOnItsWay((SimulatedOrder Order, PaymentSession Session) link) =>
        link.Order.Transactions.Exists(transaction => transaction.Session == link.Session && transaction.Status == Status.Uncleared);

    private bool IsElsewhere(Case c) => c.Money.Orders.Any(order => order.Site != runner.Host.Site);
}
