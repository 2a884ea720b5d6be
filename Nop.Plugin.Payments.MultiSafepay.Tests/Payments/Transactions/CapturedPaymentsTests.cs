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
    public void Each_status_of_a_refund_means_one_thing(string? status, RefundStatus expected) =>
        Assert.That(RefundStatuses.From(new RelatedTransaction { Type = "refund", Status = status }), Is.EqualTo(expected));

    [Test]
    public void What_is_not_there_is_not_there() => Assert.That(RefundStatuses.From(null), Is.EqualTo(RefundStatus.NotThere));

    [TestCase("A-r1", null, null, null, true, Description = "our id of it")]
    [TestCase(null, "A-r1", null, null, true, Description = "our id of it, as its order id")]
    [TestCase(null, "A", "99", "99", true, Description = "MultiSafepay's id of it")]
    [TestCase(null, "A", "1", "1", false, Description = "the payment's own id")]
    [TestCase(null, "A", "98", "99", false, Description = "another refund")]
    [TestCase("A-r2", "A", null, null, false, Description = "another refund of ours")]
    [TestCase("a-R1", "a-R1", "99", null, false, Description = "ids are told apart by case")]
    public void A_refund_is_found_by_its_ids(string? refundOrderId, string? orderId, string? transactionId, string? known, bool isFound)
    {
        var related = new RelatedTransaction { Type = "refund", Status = "completed", RefundOrderId = refundOrderId, OrderId = orderId, TransactionId = transactionId };
        var asked = new RefundAttempt { RefundOrderId = "A-r1", AttemptId = "A", OrderId = "A", Amount = 1, OrderAmount = 1, CreatedUtc = DateTime.UnixEpoch, TransactionId = known };
        var payment = _held with { RelatedTransactions = [related with { Type = "capture" }, related] };

        Assert.That(RefundStatuses.Find(payment, asked), Is.EqualTo(isFound ? (RefundStatus.Made, related) : (RefundStatus.NotThere, (RelatedTransaction?)null)));
    }

    [Test]
    public void Captures_that_were_made_count()
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
    public void Only_captures_with_an_order_of_their_own_have_an_id_each_once()
    {
        var held = _held with { RelatedTransactions = [Capture("A", 1), Capture("", 1), Capture(null, 1), Capture("A-c", 1), Capture("A-c", 1)] };
        Assert.That(CapturedPayments.CaptureIdsOf(held), Is.EqualTo(new[] { "A-c" }));
    }

    [TestCase(4995, "completed")]
    [TestCase(4996, "completed")]
    [TestCase(4994, "initialized")]
    public void All_of_it_captured_without_orders_of_their_own_is_paid(long captured, string financialStatus)
    {
        var held = _held with { RelatedTransactions = [Capture("A", captured)] };
        Assert.That(CapturedPayments.Whole(held, []), Is.EqualTo(held with { FinancialStatus = financialStatus }));
    }

    [Test]
    public void Without_an_amount_or_an_authorisation_nothing_is_made_up()
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
    public void The_captures_are_the_payment(long[] amounts, long[] refunded, string status, string expected, string expectedFinancial, long expectedRefunded)
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
    public void A_capture_that_is_not_related_yet_is_related()
    {
        var capture = DecisionTests.Notification("A-c", "2", "completed", "completed", amount: 100) with { Currency = "EUR" };
        Assert.That(CapturedPayments.Whole(_held, [capture]).RelatedTransactions, Is.EqualTo(new[] { Capture("A-c", 100) with { Currency = "EUR", TransactionId = "2" } }));
    }

    [Test]
    public void Without_amounts_it_stays_held()
    {
        var capture = DecisionTests.Notification("A-c", "2", "completed", "completed") with { Amount = null, AmountRefunded = null };
        var whole = CapturedPayments.Whole(_held, [capture]);
        Assert.That((whole.Status, whole.FinancialStatus, whole.AmountRefunded), Is.EqualTo(("completed", "initialized", (long?)0)));
        Assert.That(CapturedPayments.Whole(_held with { Amount = null }, [capture with { Amount = 4995 }]).FinancialStatus, Is.EqualTo("initialized"), "of how much is not said");
    }

    private static RelatedTransaction Capture(string? orderId, long? amount) => new() { Type = "capture", Status = "completed", Amount = amount, OrderId = orderId };
}
