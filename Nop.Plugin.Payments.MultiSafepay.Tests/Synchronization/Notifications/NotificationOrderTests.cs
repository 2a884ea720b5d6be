using CsCheck;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization.Notifications;

/// <summary>
/// Notifications arrive late, twice and in any order. Whatever the history of a payment was, and in whatever order the shop receives it, the order ends in the
/// state that the history ended in, and nopCommerce sends each mail once.
/// </summary>
[TestFixture]
public class NotificationOrderTests
{
    private const long Amount = 4995;

    // A history: what MultiSafepay would send, in the order in which it happened. The last one is what the API shows when it is asked.
    private static readonly (string Name, Transaction[] History, PaymentStatus Payment, OrderStatus Order, decimal Refunded)[] _histories =
    [
        ("paid", [Shown("1", "initialized", "initialized"), Shown("1", "completed", "completed")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("reviewed, then paid", [Shown("1", "initialized", "initialized"), Shown("1", "uncleared", "uncleared"), Shown("1", "completed", "completed")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("declined, then paid under the same order id", [Shown("1", "declined", "declined"), Shown("2", "initialized", "initialized"), Shown("2", "completed", "completed")], PaymentStatus.Paid,
            OrderStatus.Processing, 0),
        ("left open, expired, then paid in another tab", [Shown("1", "initialized", "initialized"), Shown("2", "completed", "completed"), Shown("1", "expired", "expired"),
            Shown("2", "completed", "completed")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("expired", [Shown("1", "initialized", "initialized"), Shown("1", "expired", "expired")], PaymentStatus.Pending, OrderStatus.Cancelled, 0),
        ("declined and given up", [Shown("1", "initialized", "initialized"), Shown("1", "declined", "declined")], PaymentStatus.Pending, OrderStatus.Pending, 0),
        ("cancelled by the customer", [Shown("1", "void", "cancelled")], PaymentStatus.Pending, OrderStatus.Pending, 0),
        ("authorised, then captured", [Shown("1", "completed", "initialized", capture: "manual"), Shown("1", "completed", "completed", capture: "manual")],
            PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("authorised, then given back", [Shown("1", "completed", "initialized", capture: "manual"), Shown("1", "void", "void", capture: "manual")], PaymentStatus.Voided, OrderStatus.Processing, 0),
        ("authorised, then cancelled before it was captured", [Shown("1", "completed", "initialized", capture: "manual"), Shown("1", "cancelled", "cancelled", capture: "manual")],
            PaymentStatus.Voided,
            OrderStatus.Processing, 0),
        ("paid, then refunded in two parts",
            [Shown("1", "completed", "completed"), Shown("1", "partial_refunded", "partial_refunded", refunded: 1000), Shown("1", "refunded", "refunded", refunded: Amount)],
            PaymentStatus.Refunded, OrderStatus.Processing, 49.95m),
        ("paid, then refunded in part", [Shown("1", "completed", "completed"), Shown("1", "partial_refunded", "partial_refunded", refunded: 1234)],
            PaymentStatus.PartiallyRefunded, OrderStatus.Processing,
            12.34m),
        ("paid, then charged back", [Shown("1", "completed", "completed"), Shown("1", "chargeback", "void")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("paid, charged back, then reversed", [Shown("1", "completed", "completed"), Shown("1", "chargedback", "void", related: "chargeback"),
            Shown("1", "completed", "completed", related: "chargeback reverse-chargeback")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("pay later: shipped, then funded", [Shown("1", "completed", "uncleared"), Shown("1", "shipped", "uncleared"), Shown("1", "shipped", "completed")],
            PaymentStatus.Paid, OrderStatus.Processing, 0)
    ];

    [Test]
    public void Notifications_in_any_order_with_repetitions_end_in_the_same_state([Range(0, 14)] int index)
    {
        var (name, history, payment, orderStatus, refunded) = _histories[index];
        Gen.Shuffle(history.Concat(history).ToArray(), history.Length, history.Length * 2)
            .Where(received => history.All(transaction => received.Any(other => other == transaction)))
            .Sample(received =>
            {
                var end = received.Append(history[^1]).Aggregate(New(), (model, transaction) => Receive(model, transaction, history[^1]));
                Assert.Multiple(() =>
                {
                    Assert.That(end.Order.PaymentStatus, Is.EqualTo(payment), name);
                    Assert.That(end.Order.OrderStatus, Is.EqualTo(orderStatus), name);
                    Assert.That(end.Order.RefundedAmount, Is.EqualTo(refunded), name);
                });
                return true;
            }, iter: 2000);
    }

    // Pages that save the order with what they had read some time before: what they undo is done again with the next notification.
    [Test]
    public void Overwritten_orders_end_in_the_same_state_after_further_notifications([Values(0, 1, 2, 3, 7, 8, 9, 10, 11, 13, 14)] int index)
    {
        var (name, history, payment, _, refunded) = _histories[index];
        (from received in Gen.Shuffle(history.Concat(history).ToArray(), 1, history.Length * 2)
         from stale in Gen.Int[-3, 20].Array[received.Length]
         select received.Zip(stale)).Sample(steps =>
            {
                var model = New();
                List<OrderSnapshot> seen = [model.Order];
                foreach (var (transaction, stale) in steps)
                {
                    model = Receive(model, transaction, history[^1]);
                    seen.Add(model.Order);
                    if (stale >= 0 && stale < seen.Count)
                        model = model with { Order = seen[stale] };
                }

                // Twice: the payment comes first, and what was given back of it then.
                var end = Receive(Receive(model, history[^1], history[^1]), history[^1], history[^1]);

                // An authorisation that the order has forgotten, and that is over, is as good as none.
                var other = payment == PaymentStatus.Voided ? PaymentStatus.Pending : payment;
                Assert.That((end.Order.PaymentStatus, end.Order.RefundedAmount), Is.EqualTo((payment, refunded)).Or.EqualTo((other, refunded)), name);
                Assert.That(Receive(end, history[^1], history[^1]), Is.EqualTo(end), "and nothing is left to do");
                return true;
            }, iter: 2000);
    }

    // A chargeback that the owner wants booked cannot be taken back, so an old notification of it must not book what MultiSafepay has reversed since.
    [Test]
    public void A_reversed_chargeback_is_never_booked_whatever_the_order_of_the_notifications()
    {
        var booking = StatusMapping.Recommended.With(TransactionState.Chargeback, new StatusChoice(PaymentAction.Refund, OrderStatus.Cancelled));
        var history = _histories.Single(entry => entry.Name == "paid, charged back, then reversed").History;
        Gen.Shuffle(history.Concat(history).ToArray(), 1, history.Length * 2).Sample(received =>
        {
            var end = received.Append(history[^1]).Aggregate(New(), (model, transaction) => Receive(model, transaction, history[^1], booking));
            Assert.That((end.Order.PaymentStatus, end.Order.OrderStatus, end.Order.RefundedAmount), Is.EqualTo((PaymentStatus.Paid, OrderStatus.Processing, 0m)));
            Assert.That(end.Record.Applied.Count(applied => applied.StartsWith("reverse-chargeback:", StringComparison.Ordinal)), Is.EqualTo(1));
            return true;
        }, iter: 2000);
    }

    [Test]
    public void Each_email_is_sent_at_most_once([Range(0, 14)] int index)
    {
        var (name, history, payment, orderStatus, refunded) = _histories[index];
        var most = (payment is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded ? 1 : 0)
            + (refunded > 0 ? history.Count(transaction => transaction.AmountRefunded > 0) : 0)
            + (orderStatus == OrderStatus.Cancelled ? 1 : 0);
        Gen.Shuffle(history.Concat(history).Concat(history).ToArray(), 1, history.Length * 3).Sample(received =>
        {
            var end = received.Aggregate(New(), (model, transaction) => Receive(model, transaction, history[^1]));
            Assert.That(end.Mails, Is.LessThanOrEqualTo(most), name);
            return true;
        }, iter: 2000);
    }

    // What the synchronizer does with a notification: a failure is replaced by what the API shows now.
    private static OrderModel Receive(OrderModel model, Transaction transaction, Transaction now, StatusMapping? mapping = null)
    {
        mapping ??= StatusMapping.Recommended;
        var actions = Decision.Decide(model.Order, model.Record, transaction, mapping);
        if (actions.Any(action => action.RequiresConfirmation))
            actions = Decision.Decide(model.Order, model.Record, now, mapping);
        return model.Apply(actions);
    }

    private static OrderModel New() => new(
        new OrderSnapshot(OrderStatus.Pending, PaymentStatus.Pending, 49.95m, 0, null, null),
        new PaymentRecord { Attempts = [DecisionTests.Attempt("A")] });

    private static Transaction Shown(string id, string status, string financialStatus, string? capture = null, long refunded = 0, string related = "") =>
        DecisionTests.Notification("A", id, status, financialStatus, capture, Amount, "EUR", refunded) with
        {
            RelatedTransactions = [.. related.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select((type, index) => new RelatedTransaction { Type = type, TransactionId = $"9{index}", Amount = Amount })]
        };
}
