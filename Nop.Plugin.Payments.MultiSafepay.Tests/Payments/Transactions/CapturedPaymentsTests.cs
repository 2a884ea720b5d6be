using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Transactions;

/// <summary>A card payment that is captured by hand lies in several orders at MultiSafepay: what they are together, and which of its refunds is ours.</summary>
[TestFixture]
internal sealed class CapturedPaymentsTests
{
    private static readonly Transaction _held = DecisionTests.Notification("A", "1", "completed", "initialized", "manual");

    [TestCase("completed", RefundStatus.Made)]
    [TestCase("refunded", RefundStatus.Made)]
    [TestCase("partial_refunded", RefundStatus.Made)]
    [TestCase(" COMPLETED ", RefundStatus.Made)]
    [TestCase("void", RefundStatus.Off)]
    [TestCase("cancelled", RefundStatus.Off)]
    [TestCase("declined", RefundStatus.Off)]
    [TestCase("expired", RefundStatus.Off)]
    [TestCase("reserved", RefundStatus.Waiting)]
    [TestCase("initialized", RefundStatus.Waiting)]
    [TestCase("something-new", RefundStatus.Waiting)]
    [TestCase("", RefundStatus.Waiting)]
    [TestCase(null, RefundStatus.NotThere)]
    public void Each_refund_status_of_MultiSafepay_is_mapped(string? status, RefundStatus expected) =>
        Assert.That(RefundStatuses.From(new RelatedTransaction { Type = "refund", Status = status }), Is.EqualTo(expected));

    [Test]
    public void A_missing_refund_has_the_status_not_there() => Assert.That(RefundStatuses.From(null), Is.EqualTo(RefundStatus.NotThere));

    [TestCase("A-r1", null, null, null, true, Description = "our id of it")]
    [TestCase(null, "A-r1", null, null, true, Description = "our id of it, as its order id")]
    [TestCase(null, "A", "99", "99", true, Description = "MultiSafepay's id of it")]
    [TestCase(null, "A", "1", "1", false, Description = "the payment's own id")]
    [TestCase(null, "A", "98", "99", false, Description = "another refund")]
    [TestCase("A-r2", "A", null, null, false, Description = "another refund of ours")]
    [TestCase("a-R1", "a-R1", "99", null, false, Description = "ids are told apart by case")]
    public void A_refund_is_found_by_any_of_its_ids(string? refundOrderId, string? orderId, string? transactionId, string? known, bool isFound)
    {
        var related = new RelatedTransaction { Type = "refund", Status = "completed", RefundOrderId = refundOrderId, OrderId = orderId, TransactionId = transactionId };
        var asked = new RefundAttempt { RefundOrderId = "A-r1", AttemptId = "A", OrderId = "A", Amount = 1, OrderAmount = 1, CreatedUtc = DateTime.UnixEpoch, TransactionId = known };
        var payment = _held with { RelatedTransactions = [related with { Type = "capture" }, related] };

        Assert.That(RefundStatuses.Find(payment, asked), Is.EqualTo(isFound ? (RefundStatus.Made, related) : (RefundStatus.NotThere, (RelatedTransaction?)null)));
    }

    [Test]
    public void Only_completed_captures_count_toward_the_captured_amount()
    {
        var held = _held with
        {
            RelatedTransactions =
            [
                Capture("A-c1", 1000), Capture("A-c2", 500) with { Type = "CAPTURE" }, Capture("A-c3", 200) with { Status = "declined" }, Capture("A-c4", 100) with { Type = "refund" },
                Capture("A-c5", null)
            ]
        };
        Assert.That(CapturedPayments.CapturedOf(held), Is.EqualTo(1500));
        Assert.That(CapturedPayments.CaptureIdsOf(held), Is.EqualTo(new[] { "A-c1", "A-c2", "A-c5" }));
    }

    [Test]
    public void Only_captures_with_their_own_order_have_an_order_id_listed_once()
    {
        var held = _held with { RelatedTransactions = [Capture("A", 1), Capture("", 1), Capture(null, 1), Capture("A-c", 1), Capture("A-c", 1)] };
        Assert.That(CapturedPayments.CaptureIdsOf(held), Is.EqualTo(new[] { "A-c" }));
    }

    [TestCase(4995, "completed")]
    [TestCase(4996, "completed")]
    [TestCase(4994, "initialized")]
    public void A_full_capture_without_a_separate_capture_order_completes_the_payment(long captured, string financialStatus)
    {
        var held = _held with { RelatedTransactions = [Capture("A", captured)] };
        Assert.That(CapturedPayments.Whole(held, []), Is.EqualTo(held with { FinancialStatus = financialStatus }));
    }

    [Test]
    public void A_transaction_without_amount_or_authorization_is_returned_unchanged()
    {
        foreach (var said in new[] { _held with { Amount = null }, _held with { Amount = 0 }, _held with { Status = "void", FinancialStatus = "void" }, _held })
            Assert.That(CapturedPayments.Whole(said, []), Is.SameAs(said));
    }

    // captures: their amounts, what was refunded of each, and the status of each.
    [TestCase(new long[] { 4995 }, new long[] { 0 }, "completed", "completed", "completed", 0)]
    [TestCase(new long[] { 3000, 1995 }, new long[] { 0, 0 }, "completed", "completed", "completed", 0)]
    [TestCase(new long[] { 3000, 1995 }, new long[] { 0, 500 }, "completed", "partial_refunded", "partial_refunded", 500)]
    [TestCase(new long[] { 3000, 1995 }, new long[] { 3000, 1995 }, "completed", "refunded", "completed", 4995)]
    [TestCase(new long[] { 3000, 1994 }, new long[] { 3000, 1994 }, "completed", "completed", "initialized", 4994)]
    [TestCase(new long[] { 4995 }, new long[] { 0 }, "chargedback", "chargedback", "void", 0)]
    [TestCase(new long[] { 4995 }, new long[] { 0 }, "void", "chargedback", "void", 0)]
    [TestCase(new long[] { 4995 }, new long[] { 4995 }, "chargedback", "chargedback", "void", 4995)]
    public void Captures_are_combined_into_one_transaction(long[] amounts, long[] refunded, string status, string expected, string expectedFinancial, long expectedRefunded)
    {
        var captures = amounts.Zip(refunded, (amount, back) => (amount, back)).Select((capture, index) =>
            DecisionTests.Notification($"A-c{index}", $"2{index}", status, status == "completed" ? "completed" : "void", amount: capture.amount, amountRefunded: capture.back) with
            {
                RelatedTransactions = [new RelatedTransaction { Type = "refund", Status = "completed", Amount = capture.back, OrderId = $"A-c{index}" }]
            }).ToList();
        var whole = CapturedPayments.Whole(_held with { RelatedTransactions = [Capture("A-c0", amounts[0])] }, captures);

        Assert.Multiple(() =>
        {
            Assert.That((whole.OrderId, whole.TransactionId, whole.Amount), Is.EqualTo((_held.OrderId, _held.TransactionId, _held.Amount)), "the authorisation's identity");
            Assert.That((whole.Status, whole.FinancialStatus, whole.AmountRefunded), Is.EqualTo((expected, expectedFinancial, (long?)expectedRefunded)));
            Assert.That(CapturedPayments.CapturedOf(whole), Is.EqualTo(amounts.Sum()), "a capture that MultiSafepay does not relate yet counts, and none counts twice");
            Assert.That(whole.RelatedTransactions.Count(RefundStatuses.IsRefund), Is.EqualTo(amounts.Length), "what happened to the captures");
        });
    }

    [Test]
    public void A_capture_missing_from_the_related_transactions_is_added()
    {
        var capture = DecisionTests.Notification("A-c", "2", "completed", "completed", amount: 100) with { Currency = "EUR" };
        Assert.That(CapturedPayments.Whole(_held, [capture]).RelatedTransactions, Is.EqualTo(new[] { Capture("A-c", 100) with { Currency = "EUR", TransactionId = "2" } }));
    }

    [Test]
    public void Captures_without_amounts_leave_the_payment_authorized()
    {
        var capture = DecisionTests.Notification("A-c", "2", "completed", "completed") with { Amount = null, AmountRefunded = null };
        var whole = CapturedPayments.Whole(_held, [capture]);
        Assert.That((whole.Status, whole.FinancialStatus, whole.AmountRefunded), Is.EqualTo(("completed", "initialized", (long?)0)));
        Assert.That(CapturedPayments.Whole(_held with { Amount = null }, [capture with { Amount = 4995 }]).FinancialStatus, Is.EqualTo("initialized"), "of how much is not said");
    }

    private static RelatedTransaction Capture(string? orderId, long? amount) => new() { Type = "capture", Status = "completed", Amount = amount, OrderId = orderId };
}
