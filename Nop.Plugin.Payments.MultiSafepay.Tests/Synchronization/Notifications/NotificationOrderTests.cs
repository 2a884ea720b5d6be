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
/// Notifications arrive late, twice and in any order. Whatever the life of a payment was, and in whatever order the shop hears of it, the order ends in the
/// state that the life ended in, and nopCommerce sends each mail once.
/// </summary>
[TestFixture]
public class NotificationOrderTests
{
    private const long Amount = 4995;

    // A life: what MultiSafepay would say, in the order in which it happened. The last one is what the API says when it is asked.
    private static readonly (string Name, Transaction[] Life, PaymentStatus Payment, OrderStatus Order, decimal Refunded)[] _lives =
    [
        ("paid", [Say("1", "initialized", "initialized"), Say("1", "completed", "completed")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("reviewed, then paid", [Say("1", "initialized", "initialized"), Say("1", "uncleared", "uncleared"), Say("1", "completed", "completed")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("declined, then paid under the same order id", [Say("1", "declined", "declined"), Say("2", "initialized", "initialized"), Say("2", "completed", "completed")], PaymentStatus.Paid,
            OrderStatus.Processing, 0),
        ("left open, expired, then paid in another tab", [Say("1", "initialized", "initialized"), Say("2", "completed", "completed"), Say("1", "expired", "expired"),
            Say("2", "completed", "completed")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("expired", [Say("1", "initialized", "initialized"), Say("1", "expired", "expired")], PaymentStatus.Pending, OrderStatus.Cancelled, 0),
        ("declined and given up", [Say("1", "initialized", "initialized"), Say("1", "declined", "declined")], PaymentStatus.Pending, OrderStatus.Pending, 0),
        ("cancelled by the customer", [Say("1", "void", "cancelled")], PaymentStatus.Pending, OrderStatus.Pending, 0),
        ("authorised, then captured", [Say("1", "completed", "initialized", capture: "manual"), Say("1", "completed", "completed", capture: "manual")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("authorised, then given back", [Say("1", "completed", "initialized", capture: "manual"), Say("1", "void", "void", capture: "manual")], PaymentStatus.Voided, OrderStatus.Processing, 0),
        ("authorised, then cancelled before it was captured", [Say("1", "completed", "initialized", capture: "manual"), Say("1", "cancelled", "cancelled", capture: "manual")], PaymentStatus.Voided,
            OrderStatus.Processing, 0),
        ("paid, then refunded in two parts", [Say("1", "completed", "completed"), Say("1", "partial_refunded", "partial_refunded", refunded: 1000), Say("1", "refunded", "refunded", refunded: Amount)],
            PaymentStatus.Refunded, OrderStatus.Processing, 49.95m),
        ("paid, then refunded in part", [Say("1", "completed", "completed"), Say("1", "partial_refunded", "partial_refunded", refunded: 1234)], PaymentStatus.PartiallyRefunded, OrderStatus.Processing,
            12.34m),
        ("paid, then charged back", [Say("1", "completed", "completed"), Say("1", "chargeback", "void")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("paid, charged back, then reversed", [Say("1", "completed", "completed"), Say("1", "chargedback", "void", related: "chargeback"),
            Say("1", "completed", "completed", related: "chargeback reverse-chargeback")], PaymentStatus.Paid, OrderStatus.Processing, 0),
        ("pay later: shipped, then funded", [Say("1", "completed", "uncleared"), Say("1", "shipped", "uncleared"), Say("1", "shipped", "completed")], PaymentStatus.Paid, OrderStatus.Processing, 0)
    ];

    [Test]
    public void Any_order_with_repetitions_ends_the_same([Range(0, 14)] int index)
    {
        var (name, life, payment, orderStatus, refunded) = _lives[index];
        Gen.Shuffle(life.Concat(life).ToArray(), life.Length, life.Length * 2)
            .Where(heard => life.All(said => heard.Any(other => other == said)))
            .Sample(heard =>
            {
                var end = heard.Append(life[^1]).Aggregate(New(), (model, said) => Hear(model, said, life[^1]));
                Assert.Multiple(() =>
                {
                    Assert.That(end.Order.PaymentStatus, Is.EqualTo(payment), name);
                    Assert.That(end.Order.OrderStatus, Is.EqualTo(orderStatus), name);
                    Assert.That(end.Order.RefundedAmount, Is.EqualTo(refunded), name);
                });
                return true;
            }, iter: 2000);
    }

    // Pages that save the order with what they had read some time before: what they undo is done again with the next news.
    [Test]
    public void Whatever_is_overwritten_in_between_it_ends_the_same([Values(0, 1, 2, 3, 7, 8, 9, 10, 11, 13, 14)] int index)
    {
        var (name, life, payment, _, refunded) = _lives[index];
        (from heard in Gen.Shuffle(life.Concat(life).ToArray(), 1, life.Length * 2)
         from stale in Gen.Int[-3, 20].Array[heard.Length]
         select heard.Zip(stale)).Sample(steps =>
            {
                var model = New();
                List<OrderSnapshot> seen = [model.Order];
                foreach (var (said, stale) in steps)
                {
                    model = Hear(model, said, life[^1]);
                    seen.Add(model.Order);
                    if (stale >= 0 && stale < seen.Count)
                        model = model with { Order = seen[stale] };
                }

                // Twice: the payment comes first, and what was given back of it then.
                var end = Hear(Hear(model, life[^1], life[^1]), life[^1], life[^1]);

                // An authorisation that the order has forgotten, and that is over, is as good as none.
                var other = payment == PaymentStatus.Voided ? PaymentStatus.Pending : payment;
                Assert.That((end.Order.PaymentStatus, end.Order.RefundedAmount), Is.EqualTo((payment, refunded)).Or.EqualTo((other, refunded)), name);
                Assert.That(Hear(end, life[^1], life[^1]), Is.EqualTo(end), "and nothing is left to do");
                return true;
            }, iter: 2000);
    }

    // A chargeback that the owner wants booked cannot be taken back, so an old notification of it must not book what MultiSafepay has reversed since.
    [Test]
    public void A_reversed_chargeback_is_never_booked_whatever_the_order_of_the_notifications()
    {
        var booking = StatusMapping.Recommended.With(TransactionState.Chargeback, new StatusChoice(PaymentAction.Refund, OrderStatus.Cancelled));
        var life = _lives.Single(life => life.Name == "paid, charged back, then reversed").Life;
        Gen.Shuffle(life.Concat(life).ToArray(), 1, life.Length * 2).Sample(heard =>
        {
            var end = heard.Append(life[^1]).Aggregate(New(), (model, said) => Hear(model, said, life[^1], booking));
            Assert.That((end.Order.PaymentStatus, end.Order.OrderStatus, end.Order.RefundedAmount), Is.EqualTo((PaymentStatus.Paid, OrderStatus.Processing, 0m)));
            Assert.That(end.Record.Applied.Count(applied => applied.StartsWith("reverse-chargeback:", StringComparison.Ordinal)), Is.EqualTo(1));
            return true;
        }, iter: 2000);
    }

    [Test]
    public void Each_mail_is_sent_once([Range(0, 14)] int index)
    {
        var (name, life, payment, orderStatus, refunded) = _lives[index];
        var most = (payment is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded ? 1 : 0)
            + (refunded > 0 ? life.Count(said => said.AmountRefunded > 0) : 0)
            + (orderStatus == OrderStatus.Cancelled ? 1 : 0);
        Gen.Shuffle(life.Concat(life).Concat(life).ToArray(), 1, life.Length * 3).Sample(heard =>
        {
            var end = heard.Aggregate(New(), (model, said) => Hear(model, said, life[^1]));
            Assert.That(end.Mails, Is.LessThanOrEqualTo(most), name);
            return true;
        }, iter: 2000);
    }

    // What the synchronizer does with a notification: bad news is replaced by what the API says now.
    private static OrderModel Hear(OrderModel model, Transaction said, Transaction now, StatusMapping? mapping = null)
    {
        mapping ??= StatusMapping.Recommended;
        var actions = Decision.Decide(model.Order, model.Record, said, mapping);
        if (actions.Any(action => action.RequiresConfirmation))
            actions = Decision.Decide(model.Order, model.Record, now, mapping);
        return model.Apply(actions);
    }

    private static OrderModel New() => new(
        new OrderSnapshot(OrderStatus.Pending, PaymentStatus.Pending, 49.95m, 0, null, null),
        new PaymentRecord { Attempts = [DecisionTests.Attempt("A")] });

    private static Transaction Say(string id, string status, string financialStatus, string? capture = null, long refunded = 0, string related = "") =>
        DecisionTests.Notification("A", id, status, financialStatus, capture, Amount, "EUR", refunded) with
        {
            RelatedTransactions = [.. related.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select((type, index) => new RelatedTransaction { Type = type, TransactionId = $"9{index}", Amount = Amount })]
        };
}
