using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>An order is cancelled while its payment is under way, and the money comes all the same: what each of the owner's policies makes of it.</summary>
[TestFixture]
internal sealed class PaidAfterCancellationTests
{
    private static readonly PaymentRecord _record = new() { Attempts = [DecisionTests.Attempt("A")] };

    private static readonly Transaction _payment = DecisionTests.Notification("A", DecisionTests.ThisTransaction, "completed", "completed");

    private static readonly Transaction _held = DecisionTests.Notification("A", DecisionTests.ThisTransaction, "completed", "initialized", "manual");

    private static OrderSnapshot Cancelled(PaymentStatus payment = PaymentStatus.Pending) => new(OrderStatus.Cancelled, payment, 49.95m, 0, null, null);

    [Test]
    public void The_warn_policy_only_warns_the_owner_of_a_late_payment([Values(PaymentStatus.Pending, PaymentStatus.Authorized, PaymentStatus.Voided)] PaymentStatus payment)
    {
        var actions = Decide(Cancelled(payment), _record, CancelledThenPaidPolicy.Warn);
        Assert.That(actions, Is.EqualTo(new[] { Warning("PaidAfterCancellation") }));
    }

    [Test]
    public void The_refund_policy_refunds_a_late_payment_and_warns_the_owner([Values(PaymentStatus.Pending, PaymentStatus.Authorized, PaymentStatus.Voided)] PaymentStatus payment)
    {
        var actions = Decide(Cancelled(payment), _record, CancelledThenPaidPolicy.Refund);
        Assert.That(actions, Is.EqualTo(new SyncAction[]
        {
            new SyncAction.RefundPayment("given-back:4711", "A", "give-back:4711"),
            Warning("PaidAfterCancellationRefunded")
        }));
    }

    [Test]
    public void The_refund_policy_refunds_only_once_despite_a_crash()
    {
        var first = Decide(Cancelled(), _record, CancelledThenPaidPolicy.Refund);
        var sent = _record.With(first[0].Applied);
        Assert.That(Decide(Cancelled(), sent, CancelledThenPaidPolicy.Refund), Is.EqualTo(first.Skip(1)), "the shop died before it said so");
        Assert.That(Decide(Cancelled(), sent.With(first[1].Applied), CancelledThenPaidPolicy.Refund), Is.Empty);
    }

    // The owner may have acted on the warning by hand.
    [Test]
    public void A_refund_that_was_sent_before_the_shop_was_killed_is_still_told()
    {
        var refunded = _payment with { Status = "refunded", FinancialStatus = "refunded" };
        var sent = _record.With("give-back:4711");

        var actions = Decision.Decide(Cancelled(), sent, refunded, StatusMapping.Recommended, CancelledThenPaidPolicy.Refund);
        Assert.That(actions.OfType<SyncAction.Note>().Where(note => note.IsWarning), Is.EqualTo(new[] { Warning("PaidAfterCancellationRefunded") }));

        var told = actions.Aggregate(sent, (record, action) => record.With(action.Applied));
        Assert.That(Decision.Decide(Cancelled(), told, refunded, StatusMapping.Recommended, CancelledThenPaidPolicy.Refund), Is.Empty);
        Assert.That(Decision.Decide(Cancelled(), _record, refunded, StatusMapping.Recommended, CancelledThenPaidPolicy.Refund).OfType<SyncAction.Note>(),
            Has.None.Matches<SyncAction.Note>(note => note.IsWarning), "a refund from the dashboard is not the shop's");
    }

    [Test]
    public void A_late_payment_already_warned_of_is_not_refunded_after_a_change_of_policy()
    {
        var warned = _record.With(Decide(Cancelled(), _record, CancelledThenPaidPolicy.Warn).Single().Applied);
        Assert.That(Decide(Cancelled(), warned, CancelledThenPaidPolicy.Refund), Is.Empty);
    }

    [Test]
    public void The_reopen_policy_reopens_the_order_and_marks_it_as_paid()
    {
        var reopening = Decide(Cancelled(), _record, CancelledThenPaidPolicy.Reopen);
        Assert.That(reopening, Is.EqualTo(new[] { new SyncAction.ReopenOrder("reopened:4711") }));

        var reopened = Cancelled() with { OrderStatus = OrderStatus.Pending };
        var actions = Decide(reopened, _record.With("reopened:4711"), CancelledThenPaidPolicy.Reopen);
        Assert.That(actions[0], Is.EqualTo(new SyncAction.Pay("paid:4711", "4711")));
    }

    [Test]
    public void An_order_that_cannot_be_reopened_is_left_to_the_owner()
    {
        Assert.That(Decide(Cancelled(), _record.With("reopened:4711"), CancelledThenPaidPolicy.Reopen), Is.EqualTo(new[] { Warning("PaidAfterCancellation") }), "its stock did not allow it");
        foreach (var payment in new[] { PaymentStatus.Authorized, PaymentStatus.Voided })
            Assert.That(Decide(Cancelled(payment), _record, CancelledThenPaidPolicy.Reopen), Is.EqualTo(new[] { Warning("PaidAfterCancellation") }), $"its payment is {payment}");
    }

    [Test]
    public void The_late_payment_policy_does_not_affect_an_open_order([Values] CancelledThenPaidPolicy policy)
    {
        var open = Cancelled() with { OrderStatus = OrderStatus.Pending };
        Assert.That(Decide(open, _record, policy), Is.EqualTo(Decide(open, _record, CancelledThenPaidPolicy.Warn)));
    }

    // The card held the money first, which the owner was told, and was captured in the dashboard afterwards.
    [Test]
    public void An_authorization_of_a_cancelled_order_becomes_a_late_payment_when_captured([Values] CancelledThenPaidPolicy policy)
    {
        var told = Decision.Decide(Cancelled(), _record, _held, StatusMapping.Recommended, policy);
        Assert.That(told.Cast<SyncAction.Note>().Select(note => (note.Resource, note.IsWarning)), Is.EqualTo(new[] { ("AuthorizedAfterCancellation", true) }));

        var warned = _record.With(told[0].Applied);
        Assert.That(Decision.Decide(Cancelled(), warned, _held, StatusMapping.Recommended, policy), Is.Empty, "told once");
        Assert.That(Decide(Cancelled(), warned, policy), Is.EqualTo(Decide(Cancelled(), _record, policy)));
    }

    [Test]
    public void A_late_authorization_notification_after_the_capture_is_ignored()
    {
        var warned = _record.With(Warning("PaidAfterCancellation").Applied);
        Assert.That(Decision.Decide(Cancelled(), warned, _held, StatusMapping.Recommended), Is.Empty);
    }

    private static IReadOnlyList<SyncAction> Decide(OrderSnapshot order, PaymentRecord record, CancelledThenPaidPolicy policy) =>
        Decision.Decide(order, record, _payment, StatusMapping.Recommended, policy);

    private static SyncAction.Note Warning(string resource) => new("not-payable:4711", resource, true, "EUR 49.95", "iDEAL", "4711");
}
