using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>Chargebacks and their reversal: over every case of the decision, and as stories.</summary>
[TestFixture]
internal sealed class ChargebackTests
{
    private static readonly RelatedTransaction _chargeback = new() { Type = "chargeback", Status = "completed", Amount = 4995, Currency = "EUR", TransactionId = "9001" };
    private static readonly RelatedTransaction _refund = new() { Type = "refund", Status = "completed", Amount = 1000, Currency = "EUR", TransactionId = "9011" };
    private static readonly RelatedTransaction _reversal = new() { Type = "reverse-chargeback", Status = "completed", Amount = 4995, Currency = "EUR", TransactionId = "9002" };

    private static StatusMapping Booking { get; } =
        StatusMapping.Recommended.With(TransactionState.Chargeback, new StatusChoice(PaymentAction.Refund, OrderStatus.Cancelled));

    /// <summary>Every case of the decision's table for a status with a reversed chargeback; some of them where the shop has booked it.</summary>
    internal static IEnumerable<(OrderModel Model, Transaction Transaction, string Case)> ReversedCases(string status) =>
        from scene in DecisionTests.Cases(status)
        from isBooked in new[] { false, true }
        let record = isBooked ? scene.Model.Record.With($"chargeback:{scene.Transaction.TransactionId}:0+4995") : scene.Model.Record
        select (scene.Model with { Record = record }, scene.Transaction with { RelatedTransactions = [_chargeback, _reversal] }, $"{scene.Case} booked: {isBooked}");

    [TestCaseSource(typeof(DecisionTests), nameof(DecisionTests.Statuses))]
    public void A_chargeback_reversal_adds_one_warning_and_nothing_else(string status)
    {
        foreach (var (before, transaction, name) in ReversedCases(status))
        {
            var state = TransactionStates.From(transaction);
            var isKnown = state != TransactionState.Unknown && before.Record.Find(transaction.OrderId) is not null;
            foreach (var mapping in new[] { StatusMapping.Recommended, Booking })
            {
                var actions = Decision.Decide(before.Order, before.Record, transaction, mapping);
                var notes = actions.OfType<SyncAction.Note>().Where(note => note.Resource.StartsWith("ChargebackReversed", StringComparison.Ordinal)).ToList();
                if (notes.Count != (isKnown ? 1 : 0) || notes.Any(note => !note.IsWarning || note.Arguments[0] != "EUR 49.95"))
                    Assert.Fail($"{string.Join("; ", actions)} for {name}");

                var without = Decision.Decide(before.Order, before.Record, transaction with { RelatedTransactions = [] }, mapping);
                var isChargeback = without.Any(action => action is SyncAction.Note { Resource: "Chargeback" });
                if (!isChargeback && !actions.Except(notes).SequenceEqual(without))
                    Assert.Fail($"{string.Join("; ", actions)} and not {string.Join("; ", without)} for {name}");
                if (isChargeback && actions.Any(action => action is not SyncAction.Note))
                    Assert.Fail($"A reversed chargeback does {string.Join("; ", actions)} for {name}");

                var after = before.Apply(actions);
                if (Decision.Decide(after.Order, after.Record, transaction, mapping) is [_, ..] again)
                    Assert.Fail($"Deciding again finds {string.Join("; ", again)} for {name}");
            }
        }
    }

    [Test]
    public void The_reversal_of_a_booked_chargeback_has_its_own_warning()
    {
        var paid = Paid();
        var charged = DecisionTests.Notification("A", "1", "chargedback", "void") with { RelatedTransactions = [_chargeback] };
        var booked = paid.Apply(Decision.Decide(paid.Order, paid.Record, charged, Booking));
        Assert.That((booked.Order.PaymentStatus, booked.Order.OrderStatus, booked.Order.RefundedAmount), Is.EqualTo((PaymentStatus.Refunded, OrderStatus.Cancelled, 49.95m)));

        var reversed = DecisionTests.Notification("A", "1", "completed", "completed") with { RelatedTransactions = [_chargeback, _reversal] };
        var actions = Decision.Decide(booked.Order, booked.Record, reversed, Booking);
        Assert.That(actions.Cast<SyncAction.Note>().Select(note => (note.Resource, note.IsWarning)), Is.EqualTo(new[] { ("ChargebackReversedBooked", true) }));
    }

    [Test]
    public void The_reversal_of_a_chargeback_that_cancelled_the_order_has_its_own_warning()
    {
        var cancelling = StatusMapping.Recommended.With(TransactionState.Chargeback, new StatusChoice(PaymentAction.None, OrderStatus.Cancelled));
        var paid = Paid();
        var cancelled = paid.Apply(Decision.Decide(paid.Order, paid.Record, DecisionTests.Notification("A", "1", "chargeback", "void"), cancelling));
        Assert.That(cancelled.Order.OrderStatus, Is.EqualTo(OrderStatus.Cancelled));

        var reversed = DecisionTests.Notification("A", "1", "completed", "completed") with { RelatedTransactions = [_chargeback, _reversal] };
        var actions = Decision.Decide(cancelled.Order, cancelled.Record, reversed, cancelling);
        Assert.That(actions.Cast<SyncAction.Note>().Select(note => note.Resource), Is.EqualTo(new[] { "ChargebackReversedCancelled" }));
    }

    [Test]
    public void A_second_chargeback_after_a_reversal_is_reported_and_booked()
    {
        var model = Paid();
        var once = DecisionTests.Notification("A", "1", "chargedback", "void") with { RelatedTransactions = [_chargeback, _reversal] };
        model = model.Apply(Decision.Decide(model.Order, model.Record, once, Booking));
        Assert.That(model.Order.PaymentStatus, Is.EqualTo(PaymentStatus.Paid));

        var twice = once with { RelatedTransactions = [_chargeback, _reversal, _chargeback with { TransactionId = "9003" }] };
        var actions = Decision.Decide(model.Order, model.Record, twice, Booking);
        Assert.That(actions.OfType<SyncAction.Note>().Select(note => note.Resource), Is.EqualTo(new[] { "Chargeback" }));
        Assert.That(model.Apply(actions).Order.PaymentStatus, Is.EqualTo(PaymentStatus.Refunded));
    }

    // A payment that was captured in parts loses one of them, and then the other.
    [Test]
    public void A_partial_chargeback_books_only_its_amount()
    {
        var model = Paid();
        var first = DecisionTests.Notification("A", "1", "chargedback", "void") with { RelatedTransactions = [_chargeback with { Amount = 2000 }] };
        var actions = Decision.Decide(model.Order, model.Record, first, Booking);
        Assert.That(actions.OfType<SyncAction.Note>().Single().Arguments[0], Is.EqualTo("EUR 20.00"));
        model = model.Apply(actions);
        Assert.That((model.Order.PaymentStatus, model.Order.OrderStatus, model.Order.RefundedAmount), Is.EqualTo((PaymentStatus.PartiallyRefunded, OrderStatus.Processing, 20m)));
        Assert.That(Decision.Decide(model.Order, model.Record, first, Booking), Is.Empty, "once");

        var refunded = first with { Status = "partial_refunded", FinancialStatus = "completed", AmountRefunded = 1000, RelatedTransactions = [.. first.RelatedTransactions, _refund] };
        model = model.Apply(Decision.Decide(model.Order, model.Record, refunded, Booking));
        Assert.That(model.Order.RefundedAmount, Is.EqualTo(30m), "what goes back to the customer besides");

        var second = refunded with
        {
            Status = "chargedback",
            FinancialStatus = "void",
            RelatedTransactions = [.. refunded.RelatedTransactions, _chargeback with { Amount = 2995, TransactionId = "9004" }]
        };
        model = model.Apply(Decision.Decide(model.Order, model.Record, second, Booking));
        Assert.That((model.Order.PaymentStatus, model.Order.OrderStatus, model.Order.RefundedAmount), Is.EqualTo((PaymentStatus.Refunded, OrderStatus.Cancelled, 49.95m)));
        Assert.That(Decision.Decide(model.Order, model.Record, second, Booking), Is.Empty);
    }

    // Amounts of the chargebacks and, behind the stroke, of the reversals; in cents of the payment's currency, or with another; nothing for none that is given.
    [TestCase("", 4995)]
    [TestCase("2000", 2000)]
    [TestCase("2000 EUR", 2000)]
    [TestCase("2000 eur", 2000)]
    [TestCase("2000 USD", 4995)]
    [TestCase("-", 4995)]
    [TestCase("0", 4995)]
    [TestCase("-2000", 4995)]
    [TestCase("4995", 4995)]
    [TestCase("9999", 4995)]
    [TestCase("2000,1000", 3000)]
    [TestCase("2000,-", 4995)]
    [TestCase("2000,1000 USD", 4995)]
    [TestCase("2000,1000/1000", 2000)]
    [TestCase("2000,1000/-", 3000)]
    [TestCase("2000,1000/-500", 3000)]
    [TestCase("2000,1000/3000", 4995)]
    [TestCase("2000,1000/5000", 4995)]
    public void A_chargeback_takes_the_full_amount_unless_every_amount_is_given(string amounts, long lost)
    {
        var parts = amounts.Split('/');
        RelatedTransaction[] related = [.. Read(parts[0], _chargeback), .. parts.Length > 1 ? Read(parts[1], _reversal) : []];
        var model = Paid();
        var actions = Decision.Decide(model.Order, model.Record, DecisionTests.Notification("A", "1", "chargedback", "void") with { RelatedTransactions = related }, Booking);
        Assert.That(actions.OfType<SyncAction.BookRefund>().Single().Amount, Is.EqualTo(lost));
        Assert.That(actions.OfType<SyncAction.Note>().First(note => note.Resource == "Chargeback").Arguments[0], Is.EqualTo(FormattableString.Invariant($"EUR {lost / 100m:F2}")));

        static IEnumerable<RelatedTransaction> Read(string text, RelatedTransaction like) => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(' '))
            .Select((part, index) => like with
            {
                Amount = long.TryParse(part[0], out var amount) ? amount : null,
                Currency = part.Length > 1 ? part[1] : null,
                TransactionId = $"{like.TransactionId}-{index}"
            });
    }

    [Test]
    public void A_fully_reversed_chargeback_books_nothing()
    {
        var model = Paid();
        var transaction = DecisionTests.Notification("A", "1", "chargedback", "void") with { RelatedTransactions = [_chargeback with { Amount = 2000 }, _reversal with { Amount = 2000 }] };
        Assert.That(Decision.Decide(model.Order, model.Record, transaction, Booking), Has.All.TypeOf<SyncAction.Note>());
    }

    [TestCase("reverse-chargeback")]
    [TestCase("reverse_chargeback")]
    [TestCase("Reverse-Chargeback")]
    public void Every_spelling_of_a_chargeback_reversal_is_recognized(string type)
    {
        var paid = Paid();
        var transaction = DecisionTests.Notification("A", "1", "completed", "completed") with { RelatedTransactions = [_reversal with { Type = type, Amount = null, TransactionId = null }] };
        var note = (SyncAction.Note)Decision.Decide(paid.Order, paid.Record, transaction, StatusMapping.Recommended).Single();
        Assert.That(note.Arguments, Is.EqualTo(new[] { "EUR 49.95", "1" }));
    }

    // Converted back from the currency of the charge, it would be a cent less.
    [Test]
    public void A_full_chargeback_in_a_foreign_currency_refunds_the_whole_order_total()
    {
        var order = new OrderSnapshot(OrderStatus.Processing, PaymentStatus.Paid, 49.94m, 0, null, "1");
        var record = new PaymentRecord { Attempts = [DecisionTests.Attempt("A", 1498, "USD", 0.3m)] };
        var charged = DecisionTests.Notification("A", "1", "chargedback", "void", amount: 1498, currency: "USD");
        var after = new OrderModel(order, record).Apply(Decision.Decide(order, record, charged, Booking));
        Assert.That((after.Order.RefundedAmount, after.Order.PaymentStatus), Is.EqualTo((49.94m, PaymentStatus.Refunded)));
    }

    // The chargeback overtook the notification of a refund, whose own notification finds the payment charged back.
    [TestCase("void", false, 10, PaymentStatus.PartiallyRefunded)]
    [TestCase("chargedback", false, 10, PaymentStatus.PartiallyRefunded)]
    [TestCase("chargedback", true, 49.95, PaymentStatus.Refunded)]
    public void A_refund_before_a_chargeback_is_booked_even_if_it_is_reported_later(string word, bool isBooked, decimal refunded, PaymentStatus status)
    {
        var (model, mapping) = (Paid(), isBooked ? Booking : StatusMapping.Recommended);
        var charged = DecisionTests.Notification("A", "1", word, "void") with
        {
            RelatedTransactions = [_refund, _refund with { TransactionId = "9012", Status = "declined", Amount = 500 }, _chargeback with { Amount = 3995 }]
        };
        var actions = Decision.Decide(model.Order, model.Record, charged, mapping);
        var after = model.Apply(actions);
        Assert.That((after.Order.RefundedAmount, after.Order.PaymentStatus), Is.EqualTo((refunded, status)));
        Assert.That(actions.OfType<SyncAction.Note>().Select(note => note.Resource), Is.EqualTo(new[] { "Refunded", "Chargeback" }));
        Assert.That(Decision.Decide(after.Order, after.Record, charged, mapping), Is.Empty);

        var notifiedBefore = model.Apply(Decision.Decide(model.Order, model.Record, DecisionTests.Notification("A", "1", "partial_refunded", "partial_refunded", amountRefunded: 1000), mapping));
        Assert.That(notifiedBefore.Apply(Decision.Decide(notifiedBefore.Order, notifiedBefore.Record, charged, mapping)).Order, Is.EqualTo(after.Order), "the same as in the right order");
    }

    [Test]
    public void A_refund_that_the_mapping_ignores_is_not_booked_with_a_chargeback_either()
    {
        var mapping = StatusMapping.Recommended.With(TransactionState.PartialRefunded, new StatusChoice(PaymentAction.None));
        var charged = DecisionTests.Notification("A", "1", "chargedback", "void") with { RelatedTransactions = [_refund, _chargeback] };
        Assert.That(Decision.Decide(Paid().Order, Paid().Record, charged, mapping), Has.All.InstanceOf<SyncAction.Note>());
    }

    // A refund that had waited is made after the chargeback, and the payment calls itself refunded in part.
    [TestCase("partial_refunded")]
    [TestCase("refunded")]
    [TestCase("completed")]
    [TestCase("shipped")]
    public void A_chargeback_behind_another_status_is_reported_once(string status)
    {
        var model = Paid();
        var transaction = DecisionTests.Notification("A", "1", status, status, amountRefunded: 1000) with { RelatedTransactions = [_refund, _chargeback] };
        var actions = Decision.Decide(model.Order, model.Record, transaction, StatusMapping.Recommended);
        Assert.That(actions.OfType<SyncAction.Note>().Count(note => note is { Resource: "Chargeback", IsWarning: true }), Is.EqualTo(1));

        var after = model.Apply(actions);
        Assert.That(Decision.Decide(after.Order, after.Record, transaction, StatusMapping.Recommended), Is.Empty);
        var charged = DecisionTests.Notification("A", "1", "chargedback", "void") with { RelatedTransactions = [_refund, _chargeback] };
        Assert.That(Decision.Decide(after.Order, after.Record, charged, StatusMapping.Recommended).OfType<SyncAction.Note>().Select(note => note.Resource), Has.None.EqualTo("Chargeback"));
    }

    [Test]
    public void A_chargeback_is_booked_only_after_the_API_confirms_it()
    {
        var paid = Paid();
        var actions = Decision.Decide(paid.Order, paid.Record, DecisionTests.Notification("A", "1", "chargedback", "void"), Booking);
        Assert.That(actions.OfType<SyncAction.BookRefund>().Single().RequiresConfirmation, Is.True);
    }

    /// <summary>Both notifications got lost, and the task finds the payment as it ended.</summary>
    [Test]
    public void A_payment_charged_back_before_its_first_notification_is_reported_as_a_chargeback([Values] PaymentStatus status)
    {
        var model = Paid() with { Record = Paid().Record with { Applied = [] } };
        model = model with { Order = model.Order with { PaymentStatus = status, CaptureTransactionId = null } };
        var charged = DecisionTests.Notification("A", "1", "void", "void") with { RelatedTransactions = [_chargeback] };
        var actions = Decision.Decide(model.Order, model.Record, charged, StatusMapping.Recommended);

        Assert.That(actions.Cast<SyncAction.Note>().Select(note => (note.Resource, note.IsWarning)), Is.EqualTo(new[] { ("Chargeback", true) }));
        var after = model.Apply(actions);
        Assert.That(Decision.Decide(after.Order, after.Record, charged, StatusMapping.Recommended), Is.Empty);
    }

    // Without an amount of its own, it is what was captured; without an id of its own, it is the authorisation's.
    [TestCase(1500L, "9001", "Fraud", "EUR 15.00|9001|Fraud")]
    [TestCase(null, null, null, "EUR 20.00|1|")]
    public void A_chargeback_of_a_partial_capture_is_reported_once(long? amount, string? id, string? reason, string expected)
    {
        var authorized = new OrderModel(
            new OrderSnapshot(OrderStatus.Processing, PaymentStatus.Authorized, 49.95m, 0, "1", null),
            new PaymentRecord { Attempts = [DecisionTests.Attempt("A")], Applied = ["authorized:1", "authorized-note:1"] });
        var transaction = DecisionTests.Notification("A", "1", "completed", "initialized") with
        {
            PaymentDetails = new PaymentDetails { Type = "VISA", Capture = "manual", CaptureRemain = 2995 },
            Reason = reason,
            RelatedTransactions =
            [
                new RelatedTransaction { Type = "capture", Status = "completed", Amount = 2000, Currency = "EUR", OrderId = "A-1", TransactionId = "2" },
                _chargeback with { Amount = amount, TransactionId = id }
            ]
        };

        var actions = Decision.Decide(authorized.Order, authorized.Record, transaction, StatusMapping.Recommended);
        var note = actions.OfType<SyncAction.Note>().Single(action => action.Resource == "Chargeback");
        Assert.That((note.IsWarning, string.Join('|', note.Arguments)), Is.EqualTo((true, expected)));
        Assert.That(actions, Has.All.InstanceOf<SyncAction.Note>(), "the rest is still held");

        var after = authorized.Apply(actions);
        Assert.That(Decision.Decide(after.Order, after.Record, transaction, StatusMapping.Recommended), Is.Empty);
    }

    [TestCase("void")]
    [TestCase("chargedback")]
    public void A_chargeback_of_an_unreported_capture_does_not_void_the_authorization(string word)
    {
        var authorized = new OrderModel(
            new OrderSnapshot(OrderStatus.Processing, PaymentStatus.Authorized, 49.95m, 0, "1", null),
            new PaymentRecord { Attempts = [DecisionTests.Attempt("A")], Applied = ["authorized:1", "authorized-note:1"] });
        var authorization = DecisionTests.Notification("A", "1", "completed", "completed") with
        {
            PaymentDetails = new PaymentDetails { Type = "VISA", Capture = "manual", CaptureRemain = 0 },
            RelatedTransactions = [new RelatedTransaction { Type = "capture", Status = "completed", Amount = 4995, Currency = "EUR", OrderId = "A-c", TransactionId = "2" }]
        };
        var capture = DecisionTests.Notification("A-c", "2", word, "void") with { RelatedTransactions = [_chargeback] };

        var actions = Decision.Decide(authorized.Order, authorized.Record, CapturedPayments.Whole(authorization, [capture]), StatusMapping.Recommended);
        Assert.That(actions.Cast<SyncAction.Note>().Select(note => (note.Resource, note.IsWarning)), Is.EqualTo(new[] { ("Chargeback", true) }));
    }

    private static OrderModel Paid() => new(
        new OrderSnapshot(OrderStatus.Processing, PaymentStatus.Paid, 49.95m, 0, null, "1"),
        new PaymentRecord { Attempts = [DecisionTests.Attempt("A")], Applied = ["paid:1", "paid-note:1"] });
}
