using CsCheck;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>Refunds that the owner makes in MultiSafepay's dashboard, in whatever parts and in whatever currency was charged.</summary>
[TestFixture]
internal sealed class DashboardRefundTests
{
    private static readonly (string Currency, decimal Rate)[] _charges = [("EUR", 1m), ("USD", 1.0837m), ("USD", 0.5m), ("JPY", 162.37m), ("KWD", 0.3342m)];

    /// <summary>A life in parts: never more than the order, and the whole in the end, to the cent of the order and to the smallest unit of the charge.</summary>
    [Test]
    public void Partial_dashboard_refunds_add_up_to_the_order_total() =>
        (from charge in Gen.OneOf(_charges)
         from total in Gen.Int[100, 500_000]
         from parts in Gen.Double[0.01, 0.99].Array[0, 5]
         from byHand in Gen.Int[0, 3]
         select (charge, total / 100m, parts, byHand / 10m)).Sample((charge, total, parts, byHand) =>
        {
            var amount = MinorUnits.FromDecimal(total * charge.Rate, charge.Currency);
            var model = new OrderModel(
                new OrderSnapshot(OrderStatus.Processing, byHand == 0 ? PaymentStatus.Paid : PaymentStatus.PartiallyRefunded, total, byHand, null, "1"),
                new PaymentRecord { Attempts = [DecisionTests.Attempt("A", amount, charge.Currency, charge.Rate)] });
            foreach (var refunded in parts.Select(part => (long)(amount * part)).Where(refunded => refunded > 0).Order())
            {
                model = Receive(model, amount, refunded, charge.Currency, "partial_refunded");
                Assert.That(model.Record.Refunds.Sum(refund => refund.Amount), Is.EqualTo(refunded));
            }

            model = Receive(model, amount, amount, charge.Currency, "refunded");
            Assert.That((model.Order.RefundedAmount, model.Order.PaymentStatus), Is.EqualTo((total, PaymentStatus.Refunded)));
            Assert.That(model.Record.Refunds.Sum(refund => refund.Amount), Is.EqualTo(amount));
            Assert.That(model.Record.Refunds.Sum(refund => refund.OrderAmount), Is.EqualTo(total));
        });

    [TestCase(1, 1.0, 0.01)]
    [TestCase(1000, 1.25, 8)]
    [TestCase(1001, 1.25, 8.01)]
    [TestCase(1, 2.0, 0.01, Description = "half a cent is rounded away from zero, as nopCommerce does")]
    [TestCase(5, 2.0, 0.03)]
    [TestCase(1000, 0.0, 10, Description = "an old record without a rate")]
    [TestCase(1000, -1.0, 10)]
    public void A_partial_refund_is_converted_at_the_rate_of_the_charge(long refunded, decimal rate, decimal expected)
    {
        var record = new PaymentRecord { Attempts = [DecisionTests.Attempt("A", rate: rate)] };
        var refund = Decision.Decide(Paid(), record, Payment(4995, refunded, "EUR", "partial_refunded"), StatusMapping.Recommended).OfType<SyncAction.BookRefund>().Single();
        Assert.That((refund.Amount, refund.OrderAmount, refund.ToBook), Is.EqualTo((refunded, expected, expected)));
    }

    // MultiSafepay calls the payment refunded when all of it is but the gift card's part.
    [TestCase("COUPON", 3000, 30)]
    [TestCase("coupon", 3000, 30)]
    [TestCase("VISA", 3000, 49.95)]
    [TestCase("COUPON", 0, 49.95, Description = "without an amount there is nothing but the status to go by")]
    [TestCase("COUPON", null, 49.95)]
    public void The_gift_card_part_is_not_booked_as_refunded(string method, long? refunded, decimal expected)
    {
        var payment = Payment(4995, refunded, "EUR", "refunded") with { PaymentMethods = [new TransactionPaymentMethod { Type = "VISA" }, new TransactionPaymentMethod { Type = method }] };
        var after = new OrderModel(Paid(), Record()).Apply(Decision.Decide(Paid(), Record(), payment, StatusMapping.Recommended));
        Assert.That(after.Order.RefundedAmount, Is.EqualTo(expected));
    }

    [TestCase(null)]
    [TestCase(0L)]
    public void A_partial_refund_without_an_amount_books_nothing(long? refunded) =>
        Assert.That(Decision.Decide(Paid(), Record(), Payment(4995, refunded, "EUR", "partial_refunded"), StatusMapping.Recommended), Is.Empty);

    [Test]
    public void A_refund_above_the_charge_is_booked_as_the_charge()
    {
        var refund = Decision.Decide(Paid(), Record(), Payment(4995, 9990, "EUR", "partial_refunded"), StatusMapping.Recommended).OfType<SyncAction.BookRefund>().Single();
        Assert.That((refund.Amount, refund.OrderAmount), Is.EqualTo((4995L, 49.95m)));
    }

    private static OrderModel Receive(OrderModel model, long amount, long refunded, string currency, string status)
    {
        var after = model.Apply(Decision.Decide(model.Order, model.Record, Payment(amount, refunded, currency, status), StatusMapping.Recommended));
        Assert.That(after.Order.RefundedAmount, Is.InRange(model.Order.RefundedAmount, model.Order.OrderTotal));
        return after;
    }

    private static OrderSnapshot Paid() => new(OrderStatus.Processing, PaymentStatus.Paid, 49.95m, 0, null, "1");

    private static PaymentRecord Record() => new() { Attempts = [DecisionTests.Attempt("A")] };

    private static Transaction Payment(long amount, long? refunded, string currency, string status) =>
        DecisionTests.Notification("A", "1", status, status, amount: amount, currency: currency, amountRefunded: refunded);
}
