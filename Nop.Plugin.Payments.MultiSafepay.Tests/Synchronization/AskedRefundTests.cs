using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>What the decision makes of refunds that the owner asked for in the shop, and of captures in parts.</summary>
[TestFixture]
public class AskedRefundTests
{
    private static readonly DateTime _then = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly OrderSnapshot _paid = new(OrderStatus.Processing, PaymentStatus.Paid, 49.95m, 0, null, "4711");

    [TestCase("completed", RefundState.Counted, 10.01)]
    [TestCase("reserved", RefundState.Waiting, 0)]
    [TestCase("initialized", RefundState.Waiting, 0)]
    [TestCase("declined", RefundState.Off, 0)]
    [TestCase("void", RefundState.Off, 0)]
    public void It_follows_what_MultiSafepay_shows(string status, RefundState state, decimal refunded)
    {
        var after = Decided(_paid, Record(Asked(1000, 10.01m)), Payment(status == "completed" ? 1000 : 0, Refund("A-r1", 1000, status)));
        Assert.That((after.Record.RefundAttempts.Single().State, after.Order.RefundedAmount), Is.EqualTo((state, refunded)), "the amount that the owner entered, not one that was converted back");
    }

    [Test]
    public void What_was_refunded_elsewhere_as_well_is_booked_beside_it()
    {
        var after = Decided(_paid, Record(Asked(1000, 10m)), Payment(1500, Refund("A-r1", 1000, "completed"), Refund("elsewhere", 500, "completed")));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(15m));
        Assert.That(after.Record.Refunds, Is.EqualTo(new[] { new AccountedRefund(1000, 10m) { AttemptId = "A" }, new AccountedRefund(500, 5m) { AttemptId = "A" } }));
    }

    // The shop was killed before nopCommerce saved the refund, and somebody took the payment off the order.
    [Test]
    public void It_is_booked_once_although_the_payment_is_missing_as_well()
    {
        var payment = Payment(1500, Refund("A-r1", 1000, "completed"), Refund("elsewhere", 500, "completed"));
        var after = Decided(_paid with { PaymentStatus = PaymentStatus.Pending }, Record(Asked(1000, 10m)), payment);
        after = Decided(after.Order, after.Record, payment);
        Assert.That((after.Order.PaymentStatus, after.Order.RefundedAmount), Is.EqualTo((PaymentStatus.PartiallyRefunded, 15m)));
        Assert.That(after.Record.RefundAttempts.Single().State, Is.EqualTo(RefundState.Counted));
    }

    [Test]
    public void What_completes_the_charge_completes_the_order()
    {
        var record = Record(Asked(4000, 39.9m)).With(new AccountedRefund(995, 10m));
        var after = Decided(_paid with { RefundedAmount = 10m, PaymentStatus = PaymentStatus.PartiallyRefunded }, record, Payment(4995, Refund("A-r1", 4000, "completed")));
        Assert.That((after.Order.RefundedAmount, after.Order.PaymentStatus), Is.EqualTo((49.95m, PaymentStatus.Refunded)));
    }

    [Test]
    public void What_was_booked_by_hand_before_is_not_mistaken_for_it()
    {
        var asked = Asked(1000, 10m) with { BookedElsewhere = 20m };
        var after = Decided(_paid with { RefundedAmount = 20m, PaymentStatus = PaymentStatus.PartiallyRefunded }, Record(asked), Payment(1000, Refund("A-r1", 1000, "completed")));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(30m));
    }

    // nopCommerce refuses to book more than the order costs: the notification failed for ever.
    [TestCase(RefundState.Off, "elsewhere", 49.95, TestName = "{m}: in the dashboard, after a refund of the shop that was not made")]
    [TestCase(RefundState.Waiting, "A-r1", 40, TestName = "{m}: in the shop, of an order whose total was lowered since")]
    public void No_more_is_booked_than_the_order_still_shows(RefundState state, string refundId, decimal total)
    {
        var order = _paid with { OrderTotal = total, RefundedAmount = 20m, PaymentStatus = PaymentStatus.PartiallyRefunded };
        var asked = Asked(refundId == "A-r1" ? 2995 : 1000, refundId == "A-r1" ? 29.95m : 10m) with { BookedElsewhere = 20m, State = state };
        var refunded = refundId == "A-r1" ? 2995 : 4995;
        var after = Decided(order, Record(asked), Payment(refunded, Refund(refundId, refunded, "completed")));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(total));
    }

    [Test]
    public void What_was_booked_by_hand_since_is_taken_for_it()
    {
        var after = Decided(_paid with { RefundedAmount = 10m, PaymentStatus = PaymentStatus.PartiallyRefunded }, Record(Asked(1000, 10m)), Payment(1000, Refund("A-r1", 1000, "completed")));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(10m));
    }

    // What was booked by hand is taken for a refund of the dashboard, because that is where such a refund usually is; but not what was booked before the shop asked for a refund
    // of its own and MultiSafepay knew of no other.
    [Test]
    public void By_hand_in_the_shop_and_in_the_dashboard_each_is_counted_once()
    {
        var asked = Asked(1000, 10m) with { BookedElsewhere = 5m };
        var after = Decided(
            _paid with { RefundedAmount = 5m, PaymentStatus = PaymentStatus.PartiallyRefunded }, Record(asked),
            Payment(2000, Refund("A-r1", 1000, "completed"), Refund("elsewhere", 1000, "completed")));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(25m));
    }

    [Test]
    public void What_is_counted_is_not_counted_again()
    {
        var asked = Asked(1000, 10m);
        var order = _paid with { RefundedAmount = 10m, PaymentStatus = PaymentStatus.PartiallyRefunded };
        Assert.That(Decision.Decide(order, Record(asked).WithCounted(asked, 10m), Payment(1000, Refund("A-r1", 1000, "completed")), StatusMapping.Recommended), Is.Empty);
    }

    [Test]
    public void A_refund_of_another_attempt_is_not_looked_for_in_this_one()
    {
        var asked = Asked(1000, 10m) with { AttemptId = "A-0" };
        Assert.That(Decision.Decide(_paid, Record(asked), Payment(0, Refund("A-r1", 1000, "declined")), StatusMapping.Recommended), Is.Empty);
    }

    [Test]
    public void It_is_booked_whatever_the_mapping_makes_of_refunds_from_elsewhere()
    {
        var mapping = StatusMapping.Recommended.With(TransactionState.PartialRefunded, new StatusChoice(PaymentAction.None));
        var actions = Decision.Decide(_paid, Record(Asked(1000, 10m)), Payment(1000, Refund("A-r1", 1000, "completed")), mapping);
        Assert.That(actions.OfType<SyncAction.BookRefund>().Single().ToBook, Is.EqualTo(10m));
    }

    [TestCase(1999, false)]
    [TestCase(4995, true)]
    public void An_order_is_paid_when_all_of_it_is_captured(long captured, bool paid)
    {
        var order = new OrderSnapshot(OrderStatus.Processing, PaymentStatus.Authorized, 49.95m, 0, "4711", null);
        var authorization = DecisionTests.Notification("A", "4711", "completed", "initialized", "manual") with
        {
            RelatedTransactions = [new RelatedTransaction { Type = "capture", Status = "completed", Amount = captured, OrderId = "A-c" }]
        };
        var capture = DecisionTests.Notification("A-c", "4712", "completed", "completed", amount: captured);

        var after = Decided(order, Record(), CapturedPayments.Whole(authorization, [capture]));
        Assert.That(after.Order.PaymentStatus, Is.EqualTo(paid ? PaymentStatus.Paid : PaymentStatus.Authorized));
    }

    [Test]
    public void Captures_without_orders_of_their_own_count_too()
    {
        var authorization = DecisionTests.Notification("A", "4711", "completed", "initialized", "manual") with
        {
            RelatedTransactions = [new RelatedTransaction { Type = "capture", Status = "completed", Amount = 4995, OrderId = "A" }]
        };
        Assert.That(TransactionStates.From(CapturedPayments.Whole(authorization, [])), Is.EqualTo(TransactionState.Completed));
    }

    [Test]
    public void A_hand_over_ends_when_nopCommerce_has_saved_or_its_time_is_over()
    {
        var record = Record(Asked(1000, 10m)) with { PendingSave = new PendingSave(PendingSaveKind.Refund, "A-r1", _then, 0) };
        Assert.That(record.Settled(_paid, _then.AddSeconds(119)), Is.SameAs(record), "it may still save");

        var saved = record.Settled(_paid with { RefundedAmount = 10m, PaymentStatus = PaymentStatus.PartiallyRefunded }, _then.AddSeconds(1));
        Assert.That((saved.PendingSave, saved.RefundAttempts.Single().State, saved.Refunds.Single()),
            Is.EqualTo(((PendingSave?)null, RefundState.Counted, new AccountedRefund(1000, 10m) { AttemptId = "A" })));

        var dead = record.Settled(_paid, _then + PendingSave.SaveTimeout);
        Assert.That((dead.PendingSave, dead.RefundAttempts.Single().State, dead.Refunds.Count), Is.EqualTo(((PendingSave?)null, RefundState.Open, 0)), "the next decision books it");
    }

    [Test]
    public void A_record_of_an_earlier_version_is_read()
    {
        var record = PaymentRecord.FromJson("""{"Attempts":[],"Refunds":[{"Amount":100,"OrderAmount":1}],"Applied":["paid:1"]}""");
        Assert.That((record.Refunds.Count, record.RefundAttempts.Count, record.PendingSave), Is.EqualTo((1, 0, (PendingSave?)null)));
        var kept = PaymentRecord.FromJson((Record(Asked(1000, 10m)) with { PendingSave = new PendingSave(PendingSaveKind.Void, "voided:1", _then, 0) }).ToJson());
        Assert.That((kept.RefundAttempts.Single(), kept.PendingSave!.Kind), Is.EqualTo((Asked(1000, 10m), PendingSaveKind.Void)));
    }

    private static OrderModel Decided(OrderSnapshot order, PaymentRecord record, Transaction transaction)
    {
        var after = new OrderModel(order, record).Apply(Decision.Decide(order, record, transaction, StatusMapping.Recommended));
        Assert.That(Decision.Decide(after.Order, after.Record, transaction, StatusMapping.Recommended), Is.Empty, "Deciding again finds nothing");
        return after;
    }

    private static PaymentRecord Record(params RefundAttempt[] asked) => new() { Attempts = [DecisionTests.Attempt("A")], RefundAttempts = asked, Applied = ["paid-note:4711"] };

    private static RefundAttempt Asked(long amount, decimal orderAmount) => new()
    {
        RefundOrderId = "A-r1",
        AttemptId = "A",
        OrderId = "A",
        Amount = amount,
        OrderAmount = orderAmount,
        CreatedUtc = _then
    };

    private static RelatedTransaction Refund(string orderId, long amount, string status) => new() { Type = "refund", Status = status, Amount = amount, OrderId = orderId, TransactionId = "99" };

    private static Transaction Payment(long refunded, params RelatedTransaction[] related)
    {
        var status = refunded == 0 ? "completed" : refunded == 4995 ? "refunded" : "partial_refunded";
        return DecisionTests.Notification("A", "4711", status, status == "refunded" ? "completed" : status, amountRefunded: refunded) with { RelatedTransactions = related };
    }
}
