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
internal sealed class RememberedNamesTests
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

    private static readonly PaymentRecord _asked =
        _record.With(new RefundAttempt { RefundOrderId = "A-r1", AttemptId = "A", OrderId = "A", Amount = 1000, OrderAmount = 10m, CreatedUtc = DateTime.UnixEpoch });

    private static IEnumerable<TestCaseData> Scenes()
    {
        yield return Scene("paid", _open, Say("completed"), "paid:4711", "paid-note:4711");
        yield return Scene("held", _open, Held(), "authorized:4711", "authorized-note:4711");
        yield return Scene("held, and ended", _held, Say("void"), "voided:4711", "Void:4711");
        yield return Scene("under review", _open, Say("uncleared"), "Uncleared:4711", "order:Uncleared:4711");
        yield return Scene("declined", _open, Say("declined"), "Declined:4711", "cancelled:Declined:4711");
        yield return Scene("paid twice", _paid with { CaptureTransactionId = "4700" }, Say("completed"), "second:4711");
        yield return Scene("paid after the end", _open with { OrderStatus = OrderStatus.Cancelled }, Say("completed"), "not-payable:4711");
        yield return Scene("held after the end", _open with { OrderStatus = OrderStatus.Cancelled }, Held(), "held-late:4711");
        yield return Scene("wrong amount", _open, Say("completed") with { Amount = 1 }, "amount:4711:1EUR");
        yield return Scene("refunded", _paid, Say("refunded"), "Refunded:4711:0+4995", "refund-note:4711:4995");
        yield return Scene("refunded in part", _paid, Say("partial_refunded") with { AmountRefunded = 1000 }, "Refunded:4711:0+1000", "refund-note:4711:1000");
        yield return Scene("another payment refunded", _paid with { CaptureTransactionId = "4700" }, Say("refunded"), "refund:4711:4995");
        yield return Scene("charged back", _paid, Say("chargedback", "void"), "chargeback:4711", "chargeback:4711:0+4995");
        yield return Scene("charged back, and said so", _paid, Say("chargedback", "void", Related("chargeback", "9001")), "chargeback:4711", "chargeback:4711:0+4995");
        yield return Scene("charged back again", _paid, Say("chargedback", "void", Related("chargeback", "9001"), Related("reverse-chargeback", "9002"), Related("chargeback", "9003")),
            "chargeback:4711#2", "chargeback:4711:0+4995", "reverse-chargeback:9002");
        yield return Scene("a part captured", _held, Held(Related("capture", "9004", 1000)), "captured:4711:1000");
        yield return Scene("a captured part charged back", _held, Held(Related("capture", "9004", 1000), Related("chargeback", "9001", 1000)), "captured:4711:1000", "chargeback-of-part:9001");
        yield return Scene("only a part captured", _held, Only(1000), "captured-only:4711:1000");
        yield return Scene("a refund that was asked for", _paid, _asked, Say("completed", null, Refund("completed")), "refund-booked:A-r1", "refund-made:A-r1");
        yield return Scene("which waits", _paid, _asked, Say("completed", null, Refund("reserved")), "refund-waits:A-r1");
        yield return Scene("which is off", _paid, _asked, Say("completed", null, Refund("declined")), "refund-off-note:A-r1", "refund-off:A-r1");
        yield return Scene("a payment that was lost", _open, _record.With("paid:4711").With("paid-note:4711"), Say("completed"), "paid:4711", "overwritten:4711");
        yield return Scene("a payment that was lost to a cancellation", _open with { OrderStatus = OrderStatus.Cancelled }, _record.With("paid:4711").With("paid-note:4711"), Say("completed"),
            "not-payable:4711");
        yield return Scene("a hold that was lost", _open, _record.With("authorized:4711").With("authorized-note:4711"), Held(), "authorized:4711", "overwritten:4711");
        yield return Scene("a refund that was lost", _paid, _record.With("paid:4711").With(new AccountedRefund(1000, 10m)), Say("completed"), "restored:4711", "overwritten:4711");
        yield return Scene("lost again", _paid, _record.With("paid:4711").With(new AccountedRefund(1000, 10m)).With("restored:4711").With("overwritten:4711"), Say("completed"), "restored:4711");
        yield return Scene("a refund before the chargeback", _paid, _record, Say("chargedback", "void", Related("refund", "9005", 1000), Related("chargeback", "9001", 3995)),
            "Refunded:4711:0+1000", "refund-note:4711:1000", "chargeback:4711", "chargeback:4711:1000+3995");
        yield return Scene("unknown", _open, Say("new", "newer"), "unknown:4711:new:newer");
        yield return Scene("no currency", _open, Say("completed") with { Currency = null }, "amount:4711:4995");
        yield return Scene("sixty letters", _open, Say(new string('x', 60), ""), $"unknown:4711:{new string('x', 60)}:");
        yield return Scene("more letters than anybody needs", _open, Say(new string('x', 61), ""), $"unknown:4711:{new string('x', 60)}:");
        yield return Scene("unknown order id", _open, Say("completed") with { OrderId = "B" }, "unknown-attempt:B");
    }

    [TestCaseSource(nameof(Scenes))]
    public void What_is_done_is_remembered_as_ever(OrderSnapshot order, PaymentRecord record, Transaction transaction, string[] names) =>
        Assert.That(Decision.Decide(order, record, transaction, _mapping).Select(action => action.Applied), Is.EquivalentTo(names));

    private static TestCaseData Scene(string name, OrderSnapshot order, Transaction transaction, params string[] names) => Scene(name, order, _record, transaction, names);

    private static TestCaseData Scene(string name, OrderSnapshot order, PaymentRecord record, Transaction transaction, params string[] names) =>
        new TestCaseData(order, record, transaction, names).SetArgDisplayNames(name);

    private static Transaction Say(string status, string? financialStatus = null, params RelatedTransaction[] related) =>
        DecisionTests.Notification("A", Id, status, financialStatus ?? status) with { RelatedTransactions = related };

    private static Transaction Held(params RelatedTransaction[] related) => DecisionTests.Notification("A", Id, "completed", "initialized", "manual") with { RelatedTransactions = related };

    private static Transaction Only(long captured) => Held(Related("capture", "9004", captured)) with { PaymentDetails = new PaymentDetails { Type = "VISA", Capture = "manual", CaptureRemain = 0 } };

    private static RelatedTransaction Related(string type, string id, long amount = 4995) => new() { Type = type, Status = "completed", TransactionId = id, Amount = amount };

    private static RelatedTransaction Refund(string status) => new() { Type = "refund", Status = status, OrderId = "A-r1", TransactionId = "99", Amount = 1000 };
}
