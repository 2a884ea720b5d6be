using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>What the decision makes of refunds that the owner requested in the shop, and of captures in parts.</summary>
[TestFixture]
public class RequestedRefundTests
{
    private static readonly DateTime _then = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly OrderSnapshot _paid = new(OrderStatus.Processing, PaymentStatus.Paid, 49.95m, 0, null, "4711");

    [TestCase("completed", RefundState.Counted, 10.01)]
    [TestCase("reserved", RefundState.Waiting, 0)]
    [TestCase("initialized", RefundState.Waiting, 0)]
    [TestCase("declined", RefundState.Off, 0)]
    [TestCase("void", RefundState.Off, 0)]
    public void A_requested_refund_follows_the_status_at_MultiSafepay(string status, RefundState state, decimal refunded)
    {
        var after = Decided(_paid, Record(Requested(1000, 10.01m)), Payment(status == "completed" ? 1000 : 0, Refund("A-r1", 1000, status)));
        Assert.That((after.Record.RefundAttempts.Single().State, after.Order.RefundedAmount), Is.EqualTo((state, refunded)), "the amount that the owner entered, not one that was converted back");
    }

    [Test]
    public void A_dashboard_refund_is_booked_in_addition_to_a_requested_one()
    {
        var after = Decided(_paid, Record(Requested(1000, 10m)), Payment(1500, Refund("A-r1", 1000, "completed"), Refund("elsewhere", 500, "completed")));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(15m));
        Assert.That(after.Record.Refunds, Is.EqualTo(new[] { new AccountedRefund(1000, 10m) { AttemptId = "A" }, new AccountedRefund(500, 5m) { AttemptId = "A" } }));
    }

    // The shop was killed before nopCommerce saved the refund, and somebody took the payment off the order.
    [Test]
    public void A_requested_refund_is_booked_once_even_if_the_payment_must_be_restored()
    {
        var payment = Payment(1500, Refund("A-r1", 1000, "completed"), Refund("elsewhere", 500, "completed"));
        var after = Decided(_paid with { PaymentStatus = PaymentStatus.Pending }, Record(Requested(1000, 10m)), payment);
        after = Decided(after.Order, after.Record, payment);
        Assert.That((after.Order.PaymentStatus, after.Order.RefundedAmount), Is.EqualTo((PaymentStatus.PartiallyRefunded, 15m)));
        Assert.That(after.Record.RefundAttempts.Single().State, Is.EqualTo(RefundState.Counted));
    }

    [Test]
    public void A_refund_that_completes_the_charge_refunds_the_whole_order()
    {
        var record = Record(Requested(4000, 39.9m)).With(new AccountedRefund(995, 10m));
        var after = Decided(_paid with { RefundedAmount = 10m, PaymentStatus = PaymentStatus.PartiallyRefunded }, record, Payment(4995, Refund("A-r1", 4000, "completed")));
        Assert.That((after.Order.RefundedAmount, after.Order.PaymentStatus), Is.EqualTo((49.95m, PaymentStatus.Refunded)));
    }

    [Test]
    public void A_refund_booked_offline_before_the_request_is_not_counted_as_the_requested_one()
    {
        var requested = Requested(1000, 10m) with { BookedElsewhere = 20m };
        var after = Decided(_paid with { RefundedAmount = 20m, PaymentStatus = PaymentStatus.PartiallyRefunded }, Record(requested), Payment(1000, Refund("A-r1", 1000, "completed")));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(30m));
    }

    // nopCommerce refuses to book more than the order costs: the notification failed for ever.
    [TestCase(RefundState.Off, "elsewhere", 49.95, TestName = "{m}(in the dashboard, after a refund of the shop that was not made)")]
    [TestCase(RefundState.Waiting, "A-r1", 40, TestName = "{m}(in the shop, of an order whose total was lowered since)")]
    public void No_more_is_booked_than_the_rest_of_the_order_total(RefundState state, string refundId, decimal total)
    {
        var order = _paid with { OrderTotal = total, RefundedAmount = 20m, PaymentStatus = PaymentStatus.PartiallyRefunded };
        var requested = Requested(refundId == "A-r1" ? 2995 : 1000, refundId == "A-r1" ? 29.95m : 10m) with { BookedElsewhere = 20m, State = state };
        var refunded = refundId == "A-r1" ? 2995 : 4995;
        var after = Decided(order, Record(requested), Payment(refunded, Refund(refundId, refunded, "completed")));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(total));
    }

    [Test]
    public void A_refund_booked_offline_after_the_request_is_counted_as_the_requested_one()
    {
        var after = Decided(_paid with { RefundedAmount = 10m, PaymentStatus = PaymentStatus.PartiallyRefunded }, Record(Requested(1000, 10m)), Payment(1000, Refund("A-r1", 1000, "completed")));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(10m));
    }

    // What was booked by hand is taken for a refund of the dashboard, because that is where such a refund usually is; but not what was booked before the shop requested a refund
    // of its own and MultiSafepay knew of no other.
    [Test]
    public void Offline_requested_and_dashboard_refunds_are_each_counted_once()
    {
        var requested = Requested(1000, 10m) with { BookedElsewhere = 5m };
        var after = Decided(
            _paid with { RefundedAmount = 5m, PaymentStatus = PaymentStatus.PartiallyRefunded }, Record(requested),
            Payment(2000, Refund("A-r1", 1000, "completed"), Refund("elsewhere", 1000, "completed")));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(25m));
    }

    [Test]
    public void A_counted_refund_is_not_counted_again()
    {
        var requested = Requested(1000, 10m);
        var order = _paid with { RefundedAmount = 10m, PaymentStatus = PaymentStatus.PartiallyRefunded };
        Assert.That(Decision.Decide(order, Record(requested).WithCounted(requested, 10m), Payment(1000, Refund("A-r1", 1000, "completed")), StatusMapping.Recommended), Is.Empty);
    }

    [Test]
    public void A_requested_refund_of_another_attempt_is_ignored()
    {
        var requested = Requested(1000, 10m) with { AttemptId = "A-0" };
        Assert.That(Decision.Decide(_paid, Record(requested), Payment(0, Refund("A-r1", 1000, "declined")), StatusMapping.Recommended), Is.Empty);
    }

    [Test]
    public void A_requested_refund_is_booked_even_if_the_mapping_ignores_refunds()
    {
        var mapping = StatusMapping.Recommended.With(TransactionState.PartialRefunded, new StatusChoice(PaymentAction.None));
        var actions = Decision.Decide(_paid, Record(Requested(1000, 10m)), Payment(1000, Refund("A-r1", 1000, "completed")), mapping);
        Assert.That(actions.OfType<SyncAction.BookRefund>().Single().ToBook, Is.EqualTo(10m));
    }

    [TestCase(1999, false)]
    [TestCase(4995, true)]
    public void An_order_is_paid_only_when_the_full_amount_is_captured(long captured, bool paid)
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
    public void Captures_without_a_separate_order_count_too()
    {
        var authorization = DecisionTests.Notification("A", "4711", "completed", "initialized", "manual") with
        {
            RelatedTransactions = [new RelatedTransaction { Type = "capture", Status = "completed", Amount = 4995, OrderId = "A" }]
        };
        Assert.That(TransactionStates.From(CapturedPayments.Whole(authorization, [])), Is.EqualTo(TransactionState.Completed));
    }

    [Test]
    public void A_pending_save_ends_when_nopCommerce_has_saved_or_the_timeout_has_passed()
    {
        var record = Record(Requested(1000, 10m)) with { PendingSave = new PendingSave(PendingSaveKind.Refund, "A-r1", _then, 0) };
        Assert.That(record.Settled(_paid, _then.AddSeconds(119)), Is.SameAs(record), "it may still save");

        var saved = record.Settled(_paid with { RefundedAmount = 10m, PaymentStatus = PaymentStatus.PartiallyRefunded }, _then.AddSeconds(1));
        Assert.That((saved.PendingSave, saved.RefundAttempts.Single().State, saved.Refunds.Single()),
            Is.EqualTo(((PendingSave?)null, RefundState.Counted, new AccountedRefund(1000, 10m) { AttemptId = "A" })));

        var dead = record.Settled(_paid, _then + PendingSave.AssumedLostAfter);
        Assert.That((dead.PendingSave, dead.RefundAttempts.Single().State, dead.Refunds.Count), Is.EqualTo(((PendingSave?)null, RefundState.Open, 0)), "the next decision books it");
    }

    [Test]
    public void A_record_of_an_earlier_version_is_read()
    {
        var record = PaymentRecord.FromJson("""{"Attempts":[],"Refunds":[{"Amount":100,"OrderAmount":1}],"Applied":["paid:1"]}""");
        Assert.That((record.Refunds.Count, record.RefundAttempts.Count, record.PendingSave), Is.EqualTo((1, 0, (PendingSave?)null)));
        var kept = PaymentRecord.FromJson((Record(Requested(1000, 10m)) with { PendingSave = new PendingSave(PendingSaveKind.Void, "voided:1", _then, 0) }).ToJson());
        Assert.That((kept.RefundAttempts.Single(), kept.PendingSave!.Kind), Is.EqualTo((Requested(1000, 10m), PendingSaveKind.Void)));
    }

    private static OrderModel Decided(OrderSnapshot order, PaymentRecord record, Transaction transaction)
    {
        var after = new OrderModel(order, record).Apply(Decision.Decide(order, record, transaction, StatusMapping.Recommended));
        Assert.That(Decision.Decide(after.Order, after.Record, transaction, StatusMapping.Recommended), Is.Empty, "Deciding again finds nothing");
        return after;
    }

    private static PaymentRecord Record(params RefundAttempt[] requested) => new() { Attempts = [DecisionTests.Attempt("A")], RefundAttempts = requested, Applied = ["paid-note:4711"] };

    private static RefundAttempt Requested(long amount, decimal orderAmount) => new()
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
