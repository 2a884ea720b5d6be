using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>
/// Under which names it is remembered what was done. Shops have them stored: a name that changes makes a new version do again what an old one has done.
/// </summary>
[TestFixture]
internal sealed class AppliedEventNameTests
{
    private const string Id = DecisionTests.ThisTransaction;

    private static readonly OrderSnapshot _open = new(OrderStatus.Pending, PaymentStatus.Pending, 49.95m, 0, null, null);
    private static readonly OrderSnapshot _held = _open with { OrderStatus = OrderStatus.Processing, PaymentStatus = PaymentStatus.Authorized, AuthorizationTransactionId = Id };
    private static readonly OrderSnapshot _paid = _open with { OrderStatus = OrderStatus.Processing, PaymentStatus = PaymentStatus.Paid, CaptureTransactionId = Id };
    private static readonly PaymentRecord _record = new() { Attempts = [DecisionTests.Attempt("A")] };

    private static readonly StatusMapping _mapping = StatusMapping.Recommended
        .With(TransactionState.Uncleared, new StatusChoice(PaymentAction.None, OrderStatus.Processing))
        .With(TransactionState.Declined, new StatusChoice(PaymentAction.None, OrderStatus.Cancelled))
        .With(TransactionState.Chargeback, new StatusChoice(PaymentAction.Refund));

    private static readonly PaymentRecord _requested =
        _record.With(new RefundAttempt { RefundOrderId = "A-r1", AttemptId = "A", OrderId = "A", Amount = 1000, OrderAmount = 10m, CreatedUtc = DateTime.UnixEpoch });

    private static readonly PaymentRecord _inParts = new()
    {
        Attempts = [DecisionTests.Attempt("A") with { OrderTotal = 49.95m, Parts = [new ShipmentPart(2000, DateTime.UnixEpoch) { OrderId = "case-1" }] }]
    };

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("paid", _open, Payment("completed"), "paid:4711", "paid-note:4711");
        yield return Case("held", _open, Held(), "authorized:4711", "authorized-note:4711");
        yield return Case("held, and ended", _held, Payment("void"), "voided:4711", "Void:4711");
        yield return Case("under review", _open, Payment("uncleared"), "Uncleared:4711", "order:Uncleared:4711");
        yield return Case("declined", _open, Payment("declined"), "Declined:4711", "cancelled:Declined:4711");
        yield return Case("paid twice", _paid with { CaptureTransactionId = "4700" }, Payment("completed"), "second:4711");
        yield return Case("paid after the end", _open with { OrderStatus = OrderStatus.Cancelled }, Payment("completed"), "not-payable:4711");
        yield return Case("held after the end", _open with { OrderStatus = OrderStatus.Cancelled }, Held(), "held-late:4711");
        yield return Case("wrong amount", _open, Payment("completed") with { Amount = 1 }, "amount:4711:1EUR");
        yield return Case("refunded", _paid, Payment("refunded"), "Refunded:4711:0+4995", "refund-note:4711:4995");
        yield return Case("refunded in part", _paid, Payment("partial_refunded") with { AmountRefunded = 1000 }, "Refunded:4711:0+1000", "refund-note:4711:1000");
        yield return Case("another payment refunded", _paid with { CaptureTransactionId = "4700" }, Payment("refunded"), "refund:4711:4995");
        yield return Case("charged back", _paid, Payment("chargedback", "void"), "chargeback:4711", "chargeback:4711:0+4995");
        yield return Case("charged back, and said so", _paid, Payment("chargedback", "void", Related("chargeback", "9001")), "chargeback:4711", "chargeback:4711:0+4995");
        yield return Case("charged back again", _paid, Payment("chargedback", "void", Related("chargeback", "9001"), Related("reverse-chargeback", "9002"), Related("chargeback", "9003")),
            "chargeback:4711#2", "chargeback:4711:0+4995", "reverse-chargeback:9002");
        yield return Case("a part captured", _held, Held(Related("capture", "9004", 1000)), "captured:4711:1000");
        yield return Case("a captured part charged back", _held, Held(Related("capture", "9004", 1000), Related("chargeback", "9001", 1000)), "captured:4711:1000", "chargeback-of-part:9001");
        yield return Case("only a part captured", _held, Only(1000), "captured-only:4711:1000");
        yield return Case("a refund that was asked for", _paid, _requested, Payment("completed", null, Refund("completed")), "refund-booked:A-r1", "refund-made:A-r1");
        yield return Case("which waits", _paid, _requested, Payment("completed", null, Refund("reserved")), "refund-waits:A-r1");
        yield return Case("which is off", _paid, _requested, Payment("completed", null, Refund("declined")), "refund-off-note:A-r1", "refund-off:A-r1");
        yield return Case("a payment that was lost", _open, _record.With("paid:4711").With("paid-note:4711"), Payment("completed"), "paid:4711", "overwritten:4711");
        yield return Case("a payment that was lost to a cancellation", _open with { OrderStatus = OrderStatus.Cancelled }, _record.With("paid:4711").With("paid-note:4711"), Payment("completed"),
            "not-payable:4711");
        yield return Case("a hold that was lost", _open, _record.With("authorized:4711").With("authorized-note:4711"), Held(), "authorized:4711", "overwritten:4711");
        yield return Case("a refund that was lost", _paid, _record.With("paid:4711").With(new AccountedRefund(1000, 10m)), Payment("completed"), "restored:4711", "overwritten:4711");
        yield return Case("lost again", _paid, _record.With("paid:4711").With(new AccountedRefund(1000, 10m)).With("restored:4711").With("overwritten:4711"), Payment("completed"), "restored:4711");
        yield return Case("a refund before the chargeback", _paid, _record, Payment("chargedback", "void", Related("refund", "9005", 1000), Related("chargeback", "9001", 3995)),
            "Refunded:4711:0+1000", "refund-note:4711:1000", "chargeback:4711", "chargeback:4711:1000+3995");
        yield return Case("a part shipped, and the rest taken off the order", _paid with { OrderTotal = 20m }, _inParts, Payment("completed", "uncleared", Related("capture", "9004", 2000)),
            "rest-not-shipped:4711:2000:4995", "part-shipped:case-1");
        yield return Case("a part shipped, and the rest ended", _paid, _inParts, Payment("shipped", "uncleared") with { Amount = 2000 }, "shipped-less:4711:4995:2000", "part-shipped:case-1");
        yield return Case("unknown", _open, Payment("new", "newer"), "unknown:4711:new:newer");
        yield return Case("no currency", _open, Payment("completed") with { Currency = null }, "amount:4711:4995");
        yield return Case("sixty letters", _open, Payment(new string('x', 60), ""), $"unknown:4711:{new string('x', 60)}:");
        yield return Case("more letters than anybody needs", _open, Payment(new string('x', 61), ""), $"unknown:4711:{new string('x', 60)}:");
        yield return Case("unknown order id", _open, Payment("completed") with { OrderId = "B" }, "unknown-attempt:B");
    }

    [TestCaseSource(nameof(Cases))]
    public void The_stored_names_of_applied_events_do_not_change(OrderSnapshot order, PaymentRecord record, Transaction transaction, string[] names) =>
        Assert.That(Decision.Decide(order, record, transaction, _mapping).Select(action => action.Applied), Is.EquivalentTo(names));

    private static TestCaseData Case(string name, OrderSnapshot order, Transaction transaction, params string[] names) => Case(name, order, _record, transaction, names);

    private static TestCaseData Case(string name, OrderSnapshot order, PaymentRecord record, Transaction transaction, params string[] names) =>
        new TestCaseData(order, record, transaction, names).SetArgDisplayNames(name);

    private static Transaction Payment(string status, string? financialStatus = null, params RelatedTransaction[] related) =>
        DecisionTests.Notification("A", Id, status, financialStatus ?? status) with { RelatedTransactions = related };

    private static Transaction Held(params RelatedTransaction[] related) => DecisionTests.Notification("A", Id, "completed", "initialized", "manual") with { RelatedTransactions = related };

    private static Transaction Only(long captured) => Held(Related("capture", "9004", captured)) with { PaymentDetails = new PaymentDetails { Type = "VISA", Capture = "manual", CaptureRemain = 0 } };

    private static RelatedTransaction Related(string type, string id, long amount = 4995) => new() { Type = type, Status = "completed", TransactionId = id, Amount = amount };

    private static RelatedTransaction Refund(string status) => new() { Type = "refund", Status = status, OrderId = "A-r1", TransactionId = "99", Amount = 1000 };
}
