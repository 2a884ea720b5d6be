using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>A total that the owner lowers, and puts back after a part of the payment was refunded elsewhere.</summary>
[TestFixture]
public class RestoredTotalTests
{
    private const decimal Paid = 49.95m;

    [TestCase(20, 0, "PaidTooLittle", TestName = "{m}(none of the refund counted at the lower total)")]
    [TestCase(40, 10.05, "PaidTooLittle", TestName = "{m}(part of the refund counted at the lower total)")]
    [TestCase(49.95, 20, null, TestName = "{m}(all of the refund counted at the lower total)")]
    public void The_owner_is_warned_of_the_amount_missing_after_the_total_is_restored(decimal lowered, decimal counted, string? told)
    {
        var attempt = DecisionTests.Attempt("A") with { OrderTotal = Paid };
        var order = new OrderSnapshot(OrderStatus.Processing, PaymentStatus.Paid, lowered, 0, null, "4711");
        var refunded = DecisionTests.Notification("A", "4711", "partial_refunded", "partial_refunded") with { AmountRefunded = 2000 };

        var then = new OrderModel(order, new PaymentRecord { Attempts = [attempt] });
        then = then.Apply(Decision.Decide(then.Order, then.Record, refunded, StatusMapping.Recommended));
        Assert.That(then.Order.RefundedAmount, Is.EqualTo(lowered == 20m ? 0 : counted));

        var notes = Decision.Decide(then.Order with { OrderTotal = Paid }, then.Record, refunded, StatusMapping.Recommended).OfType<SyncAction.Note>();
        Assert.That(notes.Select(note => note.Resource), Is.EqualTo(told is null ? [] : new[] { told }));
    }

    // nopCommerce books no refund of an order that it calls refunded, and does not ask what the order costs by now.
    [Test]
    public void No_further_refund_is_booked_on_a_refunded_order_whose_total_was_raised([Values] bool isLost)
    {
        var attempt = DecisionTests.Attempt("A") with { OrderTotal = Paid };
        var order = new OrderSnapshot(OrderStatus.Processing, PaymentStatus.Refunded, Paid + 20m, isLost ? 30m : Paid, null, "4711");
        var record = new PaymentRecord { Attempts = [attempt] }.With(new AccountedRefund(isLost ? 4000 : 3000, isLost ? 40m : 30m) { AttemptId = "A" });
        var refunded = DecisionTests.Notification("A", "4711", "partial_refunded", "partial_refunded") with { AmountRefunded = 4500 };

        var actions = Decision.Decide(order, record, refunded, StatusMapping.Recommended);
        Assert.That(actions.OfType<SyncAction.BookRefund>().Single().ToBook, Is.Zero);
        Assert.That(actions.OfType<SyncAction.RestoreRefund>(), Is.Empty);
        var after = new OrderModel(order, record).Apply(actions);
        Assert.That(Decision.Decide(after.Order, after.Record, refunded, StatusMapping.Recommended), Is.Empty);
    }
}
