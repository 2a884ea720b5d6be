using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Orders that are shipped in parts: the parts add up to what the order costs, and refunds to what was refunded, to the cent.</summary>
[TestFixture]
public class ShippedShareTests
{
    private static readonly Gen<ShippedItem[]> _items =
        (from cents in Gen.Int[0, 100_000]
         from quantity in Gen.Int[1, 9]
         from needsShipping in Gen.Frequency((5, Gen.Const(true)), (1, Gen.Const(false)))
         select new ShippedItem(cents / 100m, quantity, 0, needsShipping)).Array[1, 6];

    [Test]
    public void The_parts_of_any_order_add_up_to_its_cost_and_none_is_negative() =>
        (from items in _items
         from cost in Gen.Long[1, 2_000_000]
         from parcels in Gen.Int[0, 3].Array[6].Array[1, 6]
         select (items, cost, parcels)).Sample((items, cost, parcels) =>
        {
            var told = 0L;
            foreach (var parcel in parcels)
            {
                items = [.. items.Select((item, index) => item with { Sent = item.Sent + (item.NeedsShipping ? parcel[index] : 0) })];
                var share = ShippedShare.Of(items, cost);
                Assert.That(share, Is.GreaterThanOrEqualTo(told).And.LessThan(cost), "a further parcel takes nothing back, and leaves something for the last one");
                told = share;
            }

            // The last part is the rest.
            Assert.That(told + (cost - told), Is.EqualTo(cost));
        });

    [TestCase(1, 0, 2000, 500, TestName = "One of two pieces takes its share of the shipping costs")]
    [TestCase(2, 0, 2000, 1000)]
    [TestCase(0, 1, 2000, 1000)]
    [TestCase(1, 0, 1001, 250, TestName = "A share is rounded down, and the last part takes the rest")]
    [TestCase(9, 9, 2000, 1999, TestName = "One cent at least is left for the last part")]
    [TestCase(0, 0, 2000, 0, TestName = "Nothing has left")]
    [TestCase(1, 0, 1, 0, TestName = "Nothing can be divided")]
    public void A_share_is_in_proportion_to_the_value_of_what_has_left(int firstSent, int secondSent, long cost, long expected) =>
        Assert.That(ShippedShare.Of([new ShippedItem(8m, 2, firstSent, true), new ShippedItem(8m, 1, secondSent, true)], cost), Is.EqualTo(expected));

    [TestCase(1, 0, 24, 12, TestName = "What has not left is worth its price")]
    [TestCase(1, 0, 30, 12, TestName = "Shipping costs do not count")]
    [TestCase(1, 0, 12, 6, TestName = "A discount is spread over all pieces")]
    [TestCase(2, 1, 24, 0, TestName = "Everything has left")]
    [TestCase(2, 9, 24, 0, TestName = "More pieces have left than the order still has")]
    public void What_has_not_left_is_worth_its_price_or_less(int firstSent, int secondSent, decimal total, decimal expected) =>
        Assert.That(ShippedShare.Left([new ShippedItem(16m, 2, firstSent, true), new ShippedItem(4m, 1, secondSent, true), new ShippedItem(4m, 1, 0, false)], total), Is.EqualTo(expected));

    [Test]
    public void A_download_leaves_with_the_first_parcel_and_items_without_a_price_move_nothing()
    {
        ShippedItem[] items = [new(10m, 1, 0, false), new(30m, 1, 0, true), new(0m, 5, 0, true)];
        Assert.That(ShippedShare.Of(items, 4000), Is.Zero);
        Assert.That(ShippedShare.Of([items[0], items[1], items[2] with { Sent = 1 }], 4000), Is.EqualTo(1000));
        Assert.That(ShippedShare.Of([new ShippedItem(0m, 1, 1, true), new ShippedItem(0m, 1, 0, true)], 4000), Is.Zero);
    }

    [Test]
    public void Any_refund_is_split_exactly_over_the_parts_and_takes_no_more_than_each_has() =>
        (from parts in Gen.Select(Gen.Long[1, 100_000], Gen.Long[0, 100]).Array[1, 5]
         from share in Gen.Int[1, 100]
         select (parts, share)).Sample((parts, share) =>
        {
            var orders = parts.Select((part, index) => Part($"case-{index}", part.Item1, part.Item1 * part.Item2 / 100)).ToList();
            var attempt = Attempt(orders.Sum(order => order.Amount ?? 0));
            var payment = new PulledPayment(ShippedParts.Whole(Invoice(attempt.Amount), orders), orders);
            var amount = orders.Sum(RefundTargets.Left) * share / 100;
            if (amount <= 0)
                return;

            var targets = RefundTargets.Of(payment, attempt, amount);

            Assert.That(targets.Sum(target => target.Amount), Is.EqualTo(amount));
            Assert.That(targets.Select(target => target.OrderId), Is.Unique);
            Assert.That(targets.All(target => target.Amount > 0 && target.Amount <= RefundTargets.Left(orders.Single(order => order.OrderId == target.OrderId))), Is.True);
            if (orders.Exists(order => RefundTargets.Left(order) >= amount))
                Assert.That(targets, Has.Count.EqualTo(1), "not split without need");
        });

    [Test]
    public void A_refund_before_all_was_shipped_is_left_to_the_owner()
    {
        var part = Part("case-1", 6000, 0);
        var payment = new PulledPayment(ShippedParts.Whole(Invoice(10_000), [part]), [part]);
        Assert.That(() => RefundTargets.Of(payment, Attempt(10_000), 4000), Throws.InstanceOf<AfterSalesException>().With.Property("Resource").EqualTo("Refund.PartlyShipped"));

        // The rest was cancelled: what was shipped is the payment.
        payment = new PulledPayment(ShippedParts.Whole(Invoice(10_000) with { Status = "void", FinancialStatus = "cancelled" }, [part]), [part]);
        Assert.That(RefundTargets.Of(payment, Attempt(10_000), 4000), Is.EqualTo(new[] { new RefundTarget("case-1", 4000) }));
    }

    // The invoice order keeps its status, or shows itself as initialized, whatever was shipped of it.
    [TestCase("completed", "uncleared", 6000, 0, TransactionState.Completed, 10_000)]
    [TestCase("initialized", "initialized", 6000, 0, TransactionState.Completed, 10_000)]
    [TestCase("completed", "uncleared", 10_000, 0, TransactionState.Shipped, 10_000)]
    [TestCase("initialized", "initialized", 10_000, 0, TransactionState.Shipped, 10_000)]
    [TestCase("completed", "uncleared", 10_000, 1, TransactionState.PartialRefunded, 10_000)]
    [TestCase("completed", "uncleared", 10_000, 10_000, TransactionState.Refunded, 10_000)]
    [TestCase("expired", "expired", 6000, 0, TransactionState.Shipped, 6000)]
    [TestCase("void", "cancelled", 6000, 6000, TransactionState.Refunded, 6000)]
    public void A_payment_in_parts_counts_as_one(string status, string financialStatus, long shipped, long refunded, TransactionState expected, long amount)
    {
        var whole = ShippedParts.Whole(Invoice(10_000) with { Status = status, FinancialStatus = financialStatus }, [Part("case-1", shipped, refunded)]);
        Assert.That((TransactionStates.From(whole), whole.Amount, whole.AmountRefunded), Is.EqualTo((expected, (long?)amount, (long?)refunded)));
        Assert.That(CapturedPayments.CapturedOf(whole), Is.EqualTo(shipped), "a part that the invoice order does not name is added to it");
    }

    [Test]
    public void A_part_that_is_seen_at_MultiSafepay_is_the_one_whose_answer_was_lost()
    {
        var now = new DateTime(2030, 1, 2, 0, 0, 0, DateTimeKind.Utc);
        var attempt = Attempt(10_000) with { Parts = [new ShipmentPart(2000, now), new ShipmentPart(3000, now) { OrderId = "case-1" }] };
        var seen = attempt.WithParts([("case-1", 3000), ("case-2", 2000), ("case-3", 500)], now.AddDays(1));
        Assert.That(seen.Parts, Is.EqualTo(new[]
        {
            new ShipmentPart(2000, now) { OrderId = "case-2" }, new ShipmentPart(3000, now) { OrderId = "case-1" }, new ShipmentPart(500, now.AddDays(1)) { OrderId = "case-3" }
        }));
        Assert.That(seen.WithParts([("case-3", 500)], now), Is.SameAs(seen));
    }

    private static PaymentAttempt Attempt(long amount) => new()
    {
        OrderId = "1",
        Environment = MultiSafepayEnvironment.Test,
        Currency = "EUR",
        Amount = amount,
        CurrencyRate = 1,
        CreatedUtc = DateTime.UnixEpoch,
        ExpiresUtc = DateTime.UnixEpoch,
        Parts = [new ShipmentPart(1, DateTime.UnixEpoch) { OrderId = "case-1" }]
    };

    private static Transaction Invoice(long amount) => new()
    {
        OrderId = "1",
        TransactionId = "4711",
        Status = "completed",
        FinancialStatus = "uncleared",
        Amount = amount,
        Currency = "EUR",
        PaymentDetails = new PaymentDetails { Type = "BNPL_MF" }
    };

    private static Transaction Part(string id, long amount, long refunded) =>
        Invoice(amount) with { OrderId = id, TransactionId = id, Status = "shipped", AmountRefunded = refunded };
}
