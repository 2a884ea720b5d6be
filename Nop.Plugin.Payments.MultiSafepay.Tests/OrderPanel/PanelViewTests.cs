using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;

/// <summary>What the panel offers is what can be done.</summary>
[TestFixture]
internal sealed class PanelViewTests
{
    [TestCase("refund", "reserved", true)]
    [TestCase("Refund", "RESERVED", true)]
    [TestCase("refund", "initialized", true)]
    [TestCase("refund", "uncleared", true)]
    [TestCase("refund", "completed", false)]
    [TestCase("refund", "void", false)]
    [TestCase("refund", null, false)]
    [TestCase("capture", "reserved", false)]
    public void Only_a_waiting_refund_can_be_withdrawn(string type, string? status, bool waits)
    {
        var transaction = new Transaction { RelatedTransactions = [new RelatedTransaction { Type = type, Status = status, TransactionId = "990002" }] };
        Assert.That(new PanelView(new Order(), new PaymentRecord(), transaction, DateTime.UtcNow).WaitingRefunds, Has.Count.EqualTo(waits ? 1 : 0));
    }

    /// <summary>
    /// What the owner and the customer read after each documented status, when it comes to an open order and when it comes to the order that this payment has paid: in the words of the same
    /// decision that writes the order's notes.
    /// </summary>
    [TestCaseSource(typeof(StatusTableTests), nameof(StatusTableTests.Payments))]
    public void Panel_note_and_page_say_the_same_of_each_documented_status(string method, string status, string financialStatus, string meaning)
    {
        var transaction = StatusTableTests.Payment(method, status, financialStatus);
        var isBankTransfer = PaymentMeans.From(transaction).Any(means => means.Type == PaymentMeans.BankTransfer);
        var isShipped = TransactionStates.From(transaction) == TransactionState.Shipped;
        (PaymentSituation Panel, string Customer) open = meaning switch
        {
            "started" => (PaymentSituation.Initialized, isBankTransfer ? "BankTransfer" : "Open"),
            "review by the merchant" => (PaymentSituation.Uncleared, "Busy"),
            "waits for the customer or the provider" or "waits for the provider" => (PaymentSituation.UnclearedWaits, "Busy"),
            "declined" => (PaymentSituation.Declined, "Declined"),
            "not paid in time" or "not paid, or accepted and not shipped in time" => (PaymentSituation.Expired, "Cancelled"),
            "cancelled" or "cancelled or charged back" or "cancelled before capture, also after it was accepted" =>
                (TransactionStates.From(transaction) == TransactionState.Void ? PaymentSituation.Void : PaymentSituation.Cancelled, "Open"),
            _ => (isShipped ? PaymentSituation.Shipped : PaymentSituation.Completed, "Paid")
        };

        Assert.Multiple(() =>
        {
            var (first, _) = After(StatusTableTests.Open, StatusTableTests.Record, transaction);
            Assert.That(Saying(first, transaction), Is.EqualTo(open), "the order waits for its payment");

            var (paid, notes) = After(StatusTableTests.Paid, StatusTableTests.PaidRecord, transaction);
            var expected = notes.Contains("Chargeback") ? (PaymentSituation.Chargeback, "TakenBack")
                : notes.Contains("PaymentLost") ? (PaymentSituation.Lost, "TakenBack")
                : (open.Panel, "Paid");
            Assert.That(Saying(paid, transaction), Is.EqualTo(expected), "the order was paid by it");

            var takenBack = transaction with { RelatedTransactions = [new RelatedTransaction { Type = "chargeback", TransactionId = "990009", Status = "completed" }] };
            if (notes.Count > 0)
                Assert.That(Saying(After(StatusTableTests.Paid, StatusTableTests.PaidRecord, takenBack).After, takenBack), Is.EqualTo((PaymentSituation.Chargeback, "TakenBack")), "with a chargeback");
        });
    }

    private static (OrderModel After, IReadOnlyList<string> Notes) After(OrderSnapshot order, PaymentRecord record, Transaction transaction)
    {
        var actions = Decision.Decide(order, record, transaction, StatusMapping.Recommended);
        return (new OrderModel(order, record).Apply(actions), [.. actions.OfType<SyncAction.Note>().Select(note => note.Resource)]);
    }

    private static (PaymentSituation Panel, string Customer) Saying(OrderModel model, Transaction transaction)
    {
        var order = new Order
        {
            OrderStatus = model.Order.OrderStatus,
            PaymentStatus = model.Order.PaymentStatus,
            OrderTotal = model.Order.OrderTotal,
            RefundedAmount = model.Order.RefundedAmount,
            AuthorizationTransactionId = model.Order.AuthorizationTransactionId,
            CaptureTransactionId = model.Order.CaptureTransactionId
        };
        var attempt = model.Record.Current! with { State = TransactionStates.From(transaction), TransactionId = transaction.TransactionId, Means = PaymentMeans.From(transaction) };
        var asked = new PanelView(order, model.Record.With(attempt), transaction, DateTime.UnixEpoch);

        // The customer's page does not ask MultiSafepay.
        return (PaymentSituations.Of(asked), OrderPaymentViewComponent.State(order, asked with { Transaction = null }));
    }
}
