using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;
using NoteAction = Nop.Plugin.Payments.MultiSafepay.Synchronization.SyncAction.Note;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>Which order note the owner gets for each event of a payment, with which amounts and ids, and whether it is a warning.</summary>
[TestFixture]
internal sealed class OwnerNotesTests
{
    private const string Id = DecisionTests.ThisTransaction;
    private const string Amount = "EUR 49.95";

    private static readonly OrderSnapshot _open = new(OrderStatus.Pending, PaymentStatus.Pending, 49.95m, 0, null, null);
    private static readonly OrderSnapshot _held = _open with { PaymentStatus = PaymentStatus.Authorized, AuthorizationTransactionId = Id };
    private static readonly OrderSnapshot _paid = _open with { PaymentStatus = PaymentStatus.Paid, CaptureTransactionId = Id };
    private static readonly OrderSnapshot _cancelled = _open with { OrderStatus = OrderStatus.Cancelled };
    private static readonly OrderSnapshot _voided = _open with { PaymentStatus = PaymentStatus.Voided };

    private static readonly PaymentRecord _record = new() { Attempts = [DecisionTests.Attempt("A")] };
    private static readonly PaymentRecord _yen = new() { Attempts = [DecisionTests.Attempt("A", 5000, "JPY", 100)] };

    private static readonly RelatedTransaction _chargeback = new() { Type = "chargeback", TransactionId = "9001", Amount = 4995 };
    private static readonly RelatedTransaction _refund = new() { Type = "refund", OrderId = "A-r1", TransactionId = "99", Amount = 1000 };

    private static readonly RefundAttempt _requested = new() { RefundOrderId = "A-r1", AttemptId = "A", OrderId = "A", Amount = 1000, OrderAmount = 10m, CreatedUtc = DateTime.UnixEpoch };

    private static IEnumerable<TestCaseData> Cases()
    {
        // Money comes in.
        yield return Case("paid", _open, Payment("completed"), Note("Paid", Amount, "iDEAL", Id));
        yield return Case("paid, and the method is not named", _open, Payment("completed") with { PaymentDetails = null }, Note("Paid", Amount, "-", Id));
        yield return Case("paid, and MultiSafepay names the method", _open, Named("IDEAL", "iDEAL | Wero"), Note("Paid", Amount, "iDEAL | Wero", Id));
        yield return Case("paid with a card, whose digits are the customer's", _open, Named("VISA", "Visa") with { PaymentDetails = new PaymentDetails { Type = "VISA", Last4 = "1111" } },
            Note("Paid", Amount, "Visa", Id));
        yield return Case("paid with a gift card and a method of next year", _open, Named("NEXT", null) with
        {
            PaymentMethods = [new TransactionPaymentMethod { Type = "COUPON", PaymentDescription = "VVV Cadeaukaart" }, new TransactionPaymentMethod { Type = "NEXT" }]
        }, Note("Paid", Amount, "VVV Cadeaukaart + NEXT", Id));
        yield return Case("paid, and the transaction has no id of its own", _open, Payment("completed") with { TransactionId = null }, Note("Paid", Amount, "iDEAL", "A"));
        yield return Case("authorised", _open, Held(), Note("Authorized", Amount, "iDEAL", Id));
        yield return Case("in yen", _open, Payment("completed") with { Amount = 5000, Currency = "jpy" }, Note("Paid", "jpy 5000", "iDEAL", Id), record: _yen);
        yield return Case("a card under review", _open, By("VISA", Payment("uncleared")), Note("State.Uncleared", Amount, "Visa", Id));
        yield return Case("a card that is waited for", _open, By("VISA", Payment("uncleared", "initialized")), Note("State.UnclearedWaits", Amount, "Visa", Id));
        yield return Case("a provider that is waited for", _open, By("KLARNA", Payment("uncleared")), Note("State.UnclearedWaits", Amount, "Klarna", Id));
        yield return Case("a bank that is waited for", _open, By("DIRDEB", Payment("uncleared", "initialized")), Note("State.UnclearedWaits", Amount, "SEPA Direct Debit", Id));
        yield return Case("shipped before the funds", _open, Payment("shipped", "uncleared"), Note("Paid", Amount, "iDEAL", Id));
        yield return Case("shipped before the funds, which the owner books by hand", _open, Payment("shipped", "uncleared"), Note("State.Shipped", Amount, "iDEAL", Id),
            Map(TransactionState.Shipped, PaymentAction.None));
        yield return Case("paid, and the provider collects", _open, By("PAYPAL", Payment("completed", "initialized")), Note("Paid", Amount, "PayPal", Id));
        yield return Case("shipped after the funds", _paid, Payment("shipped", "uncleared"), null);
        yield return Case("paid, which the owner books by hand", _open, Payment("completed"), Note("State.Completed", Amount, "iDEAL", Id), Map(TransactionState.Completed, PaymentAction.None));
        yield return Case("started", _open, Payment("initialized"), null);

        // Money comes in that is not as it should be.
        yield return Case("wrong amount", _open, Payment("completed") with { Amount = 4994 }, Warning("WrongAmount", "EUR 49.94", Amount, Id));
        yield return Case("wrong currency", _open, Payment("completed") with { Currency = "USD" }, Warning("WrongAmount", "USD 49.95", Amount, Id));
        yield return Case("no amount", _open, Payment("completed") with { Amount = null }, Warning("WrongAmount", "? EUR", Amount, Id));
        yield return Case("no currency", _open, Payment("completed") with { Currency = null }, Warning("WrongAmount", "? 49.95", Amount, Id));
        yield return Case("declined, with no currency", _open, Payment("declined") with { Currency = " " }, Note("State.Declined", "? 49.95", "iDEAL", Id, ""));
        yield return Case("wrong amount of a refund", _paid, Payment("refunded") with { Amount = 1 }, Warning("WrongAmount", "EUR 0.01", Amount, Id));
        yield return Case("paid twice", _paid with { CaptureTransactionId = "4700" }, Payment("completed"), Warning("SecondPayment", Amount, Id, "4700"));
        yield return Case("paid, and by hand before", _paid with { CaptureTransactionId = null }, Payment("completed"), Warning("PaidByHandBefore", Amount, Id));
        yield return Case("paid, and the order's transaction was changed by hand", _paid with { CaptureTransactionId = "by hand" }, Payment("completed"), null, record: _record.With($"paid:{Id}"));
        yield return Case("authorised, and the order's transaction was changed by hand", _held with { AuthorizationTransactionId = null }, Held(), null, record: _record.With($"authorized:{Id}"));
        yield return Case("authorised twice", _held with { AuthorizationTransactionId = "4700" }, Held(), Warning("SecondPayment", Amount, Id, "4700"));
        yield return Case("authorised, and captured before", _paid with { CaptureTransactionId = "4700", AuthorizationTransactionId = "4699" }, Held(), Warning("SecondPayment", Amount, Id, "4700"));
        yield return Case("authorised, and by hand before", _held with { AuthorizationTransactionId = null }, Held(), Warning("PaidByHandBefore", Amount, Id));
        yield return Case("paid after it was cancelled", _cancelled, Payment("completed"), Warning("PaidAfterCancellation", Amount, "iDEAL", Id));
        yield return Case("authorised after it was cancelled", _cancelled, Held(), Warning("AuthorizedAfterCancellation", Amount, "iDEAL", Id));
        yield return Case("paid after it was voided", _voided, Payment("completed"), Warning("PaidAfterVoid", Amount, "iDEAL", Id));
        yield return Case("authorised after it was voided", _voided, Held(), null);

        // It comes to nothing.
        yield return Case("declined", _open, Payment("declined") with { Reason = "Not enough money" }, Note("State.Declined", Amount, "iDEAL", Id, "Not enough money"));
        yield return Case("declined, with a reason that only says so", _open, Payment("declined") with { Reason = "Transaction declined" }, Note("State.Declined", Amount, "iDEAL", Id, ""));
        yield return Case("cancelled", _open, Payment("void", "cancelled"), Note("State.Cancelled", Amount, "iDEAL", Id, ""));
        yield return Case("expired", _open, Payment("expired"), Note("State.Expired", Amount, "iDEAL", Id, ""));
        yield return Case("authorisation given back", _held, Payment("void") with { Reason = "Given back" }, Note("State.Void", Amount, "iDEAL", Id, "Given back"));
        yield return Case("declined, while another one is authorised", _held with { AuthorizationTransactionId = "4700" }, Payment("declined"), null);
        yield return Case("declined after its review, and it counts as authorised", _held, Payment("declined") with { Reason = "Fraud" }, Note("State.Declined", Amount, "iDEAL", Id, "Fraud"));
        yield return Case("voided, while another one has paid", _paid with { CaptureTransactionId = "4700" }, Payment("void"), null);
        yield return Case("expired, after it was cancelled", _cancelled, Payment("expired"), null);
        yield return Case("expired, after it was voided", _voided, Payment("expired"), null);
        yield return Case("expired, after its hold was voided", _voided with { AuthorizationTransactionId = Id }, Payment("expired"), Note("State.Expired", Amount, "iDEAL", Id, ""));
        yield return Case("accepted by the provider, and not shipped in time", _paid, By("KLARNA", Payment("expired")) with { Reason = "Not shipped" },
            Warning("PaymentLost", Amount, "Klarna", Id, "Not shipped"));
        yield return Case("accepted by the provider, and cancelled there", _paid, By("KLARNA", Payment("void")), Warning("PaymentLost", Amount, "Klarna", Id, ""));
        yield return Case("accepted by the provider, and charged back after the shipment", _paid, By("KLARNA", Payment("void")), Warning("Chargeback", Amount, Id, ""),
            record: new PaymentRecord { Attempts = [DecisionTests.Attempt("A") with { State = TransactionState.Shipped }] });
        yield return Case("accepted by the provider, and refunded in full by the shop, which cancels it", _paid with { PaymentStatus = PaymentStatus.Refunded, RefundedAmount = 49.95m },
            By("KLARNA", Payment("void")), null, record: _record.With(new AccountedRefund(4995, 49.95m)));
        yield return Case("declined after all", _paid, Payment("declined"), Warning("PaymentLost", Amount, "iDEAL", Id, ""));
        yield return Case("marked as paid by hand, and the hold runs out", _paid with { CaptureTransactionId = null, AuthorizationTransactionId = Id }, Payment("expired"),
            Warning("PaymentLost", Amount, "iDEAL", Id, ""));
        yield return Case("expired, after the shop called it off", _open, Payment("expired"), null, record: new PaymentRecord { Attempts = [DecisionTests.Attempt("A") with { Closed = true }] });

        // Money goes back.
        yield return Case("paid and refunded in full, after it was cancelled", _cancelled, Payment("refunded"), Note("RefundSeen", Amount, Id));
        yield return Case("refunded", _paid, Payment("refunded"), Note("Refunded", Amount, Id));
        yield return Case("refunded in part, after another part", _paid with { RefundedAmount = 10m }, Part(2500), Note("Refunded", "EUR 15.00", Id),
            record: _record.With(new AccountedRefund(1000, 10m)));
        yield return Case("refunded, which the owner books by hand", _paid, Part(2500), Note("RefundSeen", "EUR 25.00", Id), Map(TransactionState.PartialRefunded, PaymentAction.None));
        yield return Case("a second payment is refunded", _paid with { CaptureTransactionId = "4700" }, Payment("refunded"), Note("RefundSeen", Amount, Id));
        yield return Case("a refund waits", _paid, Payment("reserved") with { Reason = "Balance" }, Note("State.Reserved", Amount, "iDEAL", Id, "Balance"));
        yield return Case("refunded, which is all known", _paid with { RefundedAmount = 49.95m }, Payment("refunded"), null, record: _record.With(new AccountedRefund(4995, 49.95m)));
        yield return Case("a refund that was asked for is made", _paid, Part(1000) with { RelatedTransactions = [_refund with { Status = "completed" }] }, Note("Refunded", "EUR 10.00", "99"),
            record: _record.With(_requested));
        yield return Case("it is made, and has no id", _paid, Part(1000) with { RelatedTransactions = [_refund with { Status = "completed", TransactionId = null }] },
            Note("Refunded", "EUR 10.00", "A-r1"), record: _record.With(_requested));
        yield return Case("it is declined", _paid, Payment("completed") with { RelatedTransactions = [_refund with { Status = "declined" }] }, Warning("RefundOff", "EUR 10.00", "99"),
            record: _record.With(_requested));
        yield return Case("it is declined, and has no id", _paid, Payment("completed") with { RelatedTransactions = [_refund with { Status = "declined", TransactionId = null }] },
            Warning("RefundOff", "EUR 10.00", "A-r1"), record: _record.With(_requested));
        yield return Case("it waits", _paid, Payment("completed") with { RelatedTransactions = [_refund with { Status = "reserved" }] }, null, record: _record.With(_requested));

        yield return Case("a late payment was given back, and the bank has declined it", _cancelled,
            Payment("completed") with { RelatedTransactions = [_refund with { RefundOrderId = "A-late", Status = "declined", Amount = 4995 }] },
            Warning("RefundOff", Amount, "99"), record: _record.With($"give-back:{Id}").With($"not-payable:{Id}"));

        // The order was deleted, or paid twice.
        yield return Case("refunded after it was deleted", _paid with { OrderStatus = OrderStatus.Cancelled, IsDeleted = true }, Payment("refunded"), Warning("RefundOfDeleted", Amount, Id));
        yield return Case("refunded in part after it was deleted", _paid with { OrderStatus = OrderStatus.Cancelled, IsDeleted = true }, Part(1000), Warning("RefundOfDeleted", "EUR 10.00", Id));
        yield return Case("charged back after it was deleted", _paid with { OrderStatus = OrderStatus.Cancelled, IsDeleted = true }, Payment("void"), Warning("Chargeback", Amount, Id, ""));
        yield return Case("refunded, of two payments", _paid, Payment("refunded"), Warning("RefundedOneOfTwo", Amount, Id, Amount, "4712"),
            record: new PaymentRecord { Attempts = [DecisionTests.Attempt("A"), DecisionTests.Attempt("A-2") with { State = TransactionState.Completed, TransactionId = "4712" }] });

        // The bank takes it back.
        yield return Case("charged back", _paid, Payment("chargedback", "void") with { Reason = "Stolen card" }, Warning("Chargeback", Amount, Id, "Stolen card"));
        yield return Case("charged back, with a reason that only says so", _paid, Payment("chargedback", "void") with { Reason = "Chargeback" }, Warning("Chargeback", Amount, Id, ""));
        yield return Case("charged back, and reported as void", _paid, Payment("void"), Warning("Chargeback", Amount, Id, ""));
        yield return Case("reversed", _paid, Payment("completed") with { RelatedTransactions = [_chargeback, _chargeback with { Type = "reverse-chargeback", TransactionId = "9002", Amount = 4000 }] },
            Warning("ChargebackReversed", "EUR 40.00", "9002"));

        // A part is captured by hand.
        yield return Case("a part is captured", _held, Captured(1999, remain: 2000), Note("CapturedPart", "EUR 19.99", Amount, "EUR 20.00", Id));
        yield return Case("a part is captured, and the rest is not named", _held, Captured(1999, remain: null), Note("CapturedPart", "EUR 19.99", Amount, "EUR 29.96", Id));
        yield return Case("only a part was captured", _held, Captured(1999, remain: 0), Warning("CapturedOnlyPart", "EUR 19.99", Amount, Id));
        yield return Case("nothing is captured yet", _held, Held(), null);
        yield return Case("paid as a whole, of which a part was captured first", _paid, Payment("completed") with { RelatedTransactions = Captured(1999, remain: 0).RelatedTransactions }, null);
        yield return Case("all is captured, and not booked yet", _held, Captured(4995, remain: 0), null);

        // What this version, or this shop, does not know.
        yield return Case("unknown status", _open, Payment("something-new", "completed"), Warning("UnknownStatus", "something-new", "completed", Id));
        yield return Case("unknown order id", _open, Payment("completed") with { OrderId = "B" }, Warning("UnknownAttempt", "B", Id));
    }

    [TestCaseSource(nameof(Cases))]
    public void The_owner_gets_the_expected_order_note(OrderSnapshot order, PaymentRecord record, Transaction transaction, StatusMapping mapping, NoteAction? expected)
    {
        var notes = Decision.Decide(order, record, transaction, mapping).OfType<NoteAction>().ToList();
        Assert.That(notes.Select(Readable), Is.EqualTo(expected is null ? [] : new[] { Readable(expected) }));
    }

    private static IEnumerable<TestCaseData> Pairs()
    {
        yield return Pair("another wrong amount", _open, Payment("completed") with { Amount = 4994 }, Payment("completed") with { Amount = 4993 });
        yield return Pair("another wrong currency", _open, Payment("completed") with { Currency = "USD" }, Payment("completed") with { Currency = "GBP" });
        yield return Pair("another transaction", _paid with { CaptureTransactionId = "4700" }, Payment("completed"), Payment("completed") with { TransactionId = "4712" });
        yield return Pair("another state", _open, Payment("uncleared"), Payment("declined"));
        yield return Pair("another unknown status", _open, Payment("new", "newer"), Payment("newest", "newer"));
        yield return Pair("another unknown financial status", _open, Payment("new", "newer"), Payment("new", "newest"));
        yield return Pair("another unknown order id", _open, Payment("completed") with { OrderId = "B" }, Payment("completed") with { OrderId = "C" });
        yield return Pair("another part refunded", _paid with { CaptureTransactionId = "4700" }, Part(1000), Part(2500));
        yield return Pair("another part captured", _held, Captured(1000, remain: 3995), Captured(1999, remain: 2996));
        yield return Pair("the rest cannot be captured any more", _held, Captured(1000, remain: 3995), Captured(1000, remain: 0));
        yield return Pair("only another part was captured", _held, Captured(1000, remain: 0), Captured(1999, remain: 0));
        yield return Pair("another part charged back", _held, Lost("9001"), Lost("9001", "9003"));
        yield return Pair("another reversal", _paid, Payment("completed") with { RelatedTransactions = [Reversal("9002")] },
            Payment("completed") with { RelatedTransactions = [Reversal("9002"), Reversal("9003")] });
    }

    [TestCaseSource(nameof(Pairs))]
    public void Each_event_is_noted_once_and_not_mistaken_for_the_previous_one(OrderSnapshot order, Transaction first, Transaction second)
    {
        var record = _record;
        Assert.Multiple(() =>
        {
            Assert.That(CountNotes(first), Is.EqualTo(1));
            Assert.That(CountNotes(first), Is.Zero, "noted before");
            Assert.That(CountNotes(second), Is.EqualTo(1));
            Assert.That(CountNotes(second), Is.Zero, "noted before");
        });

        int CountNotes(Transaction transaction)
        {
            var actions = Decision.Decide(order, record, transaction, StatusMapping.Recommended);
            record = actions.Aggregate(record, (known, action) => known.With(action.Applied));
            return actions.OfType<NoteAction>().Count();
        }
    }

    // A notification can be repeated as often as somebody likes, and a status be anything at all.
    [Test]
    public void Unknown_statuses_and_order_ids_are_noted_at_most_twenty_times()
    {
        var record = _record;
        var noted = 0;
        for (var number = 0; number < 2 * Decision.MaxUnknown; number++)
        {
            var actions = Decision.Decide(_open, record, number % 2 == 0 ? Payment($"new-{number}") : Payment("completed") with { OrderId = $"B-{number}" }, StatusMapping.Recommended);
            noted += actions.Count;
            record = actions.Aggregate(record, (known, action) => known.With(action.Applied));
        }

        Assert.That(noted, Is.EqualTo(Decision.MaxUnknown));
    }

    private static string Readable(NoteAction note) => $"{(note.IsWarning ? "Warning" : "Note")} {note.Resource}: {string.Join(" | ", note.Arguments)}";

    private static TestCaseData Case(string name, OrderSnapshot order, Transaction transaction, NoteAction? expected, StatusMapping? mapping = null, PaymentRecord? record = null) =>
        new TestCaseData(order, record ?? _record, transaction, mapping ?? StatusMapping.Recommended, expected).SetArgDisplayNames(name);

    private static TestCaseData Pair(string name, OrderSnapshot order, Transaction first, Transaction second) => new TestCaseData(order, first, second).SetArgDisplayNames(name);

    private static NoteAction Note(string resource, params string[] arguments) => new(string.Empty, resource, false, arguments);

    private static NoteAction Warning(string resource, params string[] arguments) => new(string.Empty, resource, true, arguments);

    private static StatusMapping Map(TransactionState state, PaymentAction payment) => StatusMapping.Recommended.With(state, new StatusChoice(payment));

    private static Transaction Payment(string status, string? financialStatus = null) => DecisionTests.Notification("A", Id, status, financialStatus ?? status);

    private static Transaction By(string method, Transaction transaction) => transaction with { PaymentDetails = new PaymentDetails { Type = method } };

    private static Transaction Named(string method, string? name) =>
        By(method, Payment("completed")) with { PaymentMethods = [new TransactionPaymentMethod { Type = method, PaymentDescription = name }] };

    private static Transaction Part(long refunded) => Payment("partial_refunded") with { AmountRefunded = refunded };

    private static RelatedTransaction Reversal(string id) => _chargeback with { Type = "reverse-chargeback", TransactionId = id };

    // Parts that were captured and noted; then the bank took some of them back.
    private static Transaction Lost(params string[] ids) => Captured(4995, remain: 0) with
    {
        RelatedTransactions = [.. Captured(4995, remain: 0).RelatedTransactions, .. ids.Select(id => _chargeback with { TransactionId = id, Amount = 1000 })]
    };

    private static Transaction Held() => DecisionTests.Notification("A", Id, "completed", "initialized", "manual");

    private static Transaction Captured(long amount, long? remain) => Held() with
    {
        PaymentDetails = new PaymentDetails { Type = "IDEAL", Capture = "manual", CaptureRemain = remain },
        RelatedTransactions = [new RelatedTransaction { Type = "capture", Status = "completed", Amount = amount, OrderId = "A" }]
    };
}
