using CsCheck;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>
/// Any row of edited totals, refunds in the dashboard, by the shop's button and by hand, in currencies with and without decimals, with amounts that have more decimals than
/// nopCommerce keeps: each is counted once, deciding again comes to nothing, and the order is refunded only when the customer's money for it is not kept.
/// </summary>
[TestFixture]
internal sealed class EditedTotalPropertyTests
{
    private const int Stories = 4_000;

    private enum Step
    {
        Edit,
        RefundInTheDashboard,
        RefundByButton,
        BookOffline
    }

    private static readonly Gen<(Step Step, int Part)[]> _anything = Gen.Select(Gen.Enum<Step>(), Gen.Int[1, 100_000]).Array[1, 8];
    private static readonly Gen<(Step Step, int Part)[]> _elsewhere = Gen.Select(Gen.Bool.Select(edits => edits ? Step.Edit : Step.RefundInTheDashboard), Gen.Int[1, 100_000]).Array[1, 8];

    [TestCase("EUR", "1")]
    [TestCase("USD", "1.0847")]
    [TestCase("JPY", "163.27")]
    [TestCase("KWD", "0.33")]
    public void Every_refund_is_counted_once_after_any_sequence_of_edits_and_refunds(string currency, string rate) => Gen.Select(Gen.Int[100, 50_000], _anything).Sample((cents, steps) =>
    {
        var story = new Story(currency, decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture), cents / 100m);
        foreach (var (step, part) in steps)
            story.Do(step, part);
    }, iter: Stories);

    [TestCase("EUR", "1")]
    [TestCase("USD", "1.0847")]
    [TestCase("JPY", "163.27")]
    [TestCase("KWD", "0.33")]
    public void An_order_is_refunded_exactly_when_no_payment_is_kept_for_it(string currency, string rate) => Gen.Select(Gen.Int[100, 50_000], _elsewhere).Sample((cents, steps) =>
    {
        var story = new Story(currency, decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture), cents / 100m);
        foreach (var (step, part) in steps)
            story.Do(step, part);

        // Refunds that were counted before the total was edited stay counted; what is kept then says nothing of them.
        var isEditedAfterRefund = steps.SkipWhile(step => step.Step != Step.RefundInTheDashboard).Any(step => step.Step == Step.Edit);
        if (isEditedAfterRefund)
            return;

        // A minor unit of a currency with three decimals can be less than half a cent of the shop's currency, which nopCommerce cannot count.
        if (story.Kept > 0 && story.KeptInPrimary < 0.005m)
            return;
        Assert.That(story.Order.PaymentStatus == PaymentStatus.Refunded, Is.EqualTo(story.Kept == 0 && story.Order.OrderTotal <= story.Total),
            $"{story.Kept} is kept of an order of {story.Order.OrderTotal}");
        if (story.Kept == 0 && story.Order.OrderTotal > story.Total)
            Assert.That(story.Order.RefundedAmount, Is.EqualTo(story.Total), "what was paid");
    }, iter: Stories);

    private sealed class Story
    {
        private readonly PaymentAttempt _attempt;
        private readonly decimal _rate;
        private readonly List<RelatedTransaction> _refunds = [];
        private OrderModel _model;

        public Story(string currency, decimal rate, decimal total)
        {
            Total = total;
            _rate = rate;
            var attempt = DecisionTests.Attempt("A", 0, currency, rate) with { OrderTotal = total };
            _attempt = attempt with { Amount = Math.Max(1, attempt.ToCharged(total)) };
            _model = new OrderModel(new OrderSnapshot(OrderStatus.Processing, PaymentStatus.Paid, total, 0, null, DecisionTests.ThisTransaction),
                new PaymentRecord { Attempts = [_attempt], Applied = [$"paid:{DecisionTests.ThisTransaction}"] });
        }

        public decimal Total { get; }

        public OrderSnapshot Order => _model.Order;

        public long Kept => _attempt.Amount - Refunded;

        public decimal KeptInPrimary => MinorUnits.ToDecimal(Kept, _attempt.Currency) / _rate;

        private long Refunded => _refunds.Sum(refund => refund.Amount!.Value);

        public void Do(Step step, int part)
        {
            switch (step)
            {
                case Step.Edit:
                    _model = _model with { Order = Order with { OrderTotal = Math.Max(0.01m, Math.Round(Total * part / 60_000, 2)) } };
                    break;
                case Step.RefundInTheDashboard:
                    AddRefund(Math.Min(Kept, 1 + _attempt.Amount * part / 80_000), $"elsewhere-{_refunds.Count}");
                    break;
                case Step.RefundByButton:
                    RequestRefund(OrderAmounts.Round(Total * part / 123_456));
                    break;
                case Step.BookOffline:
                    BookOffline(Total * part / 234_567);
                    break;
            }

            Synchronize();
        }

        private void AddRefund(long amount, string id)
        {
            if (amount > 0)
                _refunds.Add(new RelatedTransaction
                {
                    Type = "refund",
                    Status = "completed",
                    Amount = amount,
                    Currency = _attempt.Currency,
                    OrderId = "A",
                    RefundOrderId = id,
                    TransactionId = $"9{_refunds.Count}"
                });
        }

        // The answer to the refund got lost: it is booked when MultiSafepay shows it.
        private void RequestRefund(decimal amount)
        {
            long minor;
            try
            {
                minor = RefundAmounts.Calculate(new Order { OrderTotal = Order.OrderTotal, RefundedAmount = Order.RefundedAmount }, _model.Record, _attempt, _attempt.Amount, amount);
            }
            catch (AfterSalesException)
            {
                return;
            }

            var id = $"A-r{_refunds.Count}";
            _model = _model with
            {
                Record = _model.Record.With(new RefundAttempt
                {
                    RefundOrderId = id,
                    AttemptId = "A",
                    OrderId = "A",
                    Amount = minor,
                    OrderAmount = amount,
                    BookedElsewhere = RefundAmounts.BookedElsewhere(_model.Record, Order.RefundedAmount),
                    CreatedUtc = DateTime.UnixEpoch
                })
            };
            AddRefund(minor, id);
        }

        // As nopCommerce does, and keeps in a column with four decimals.
        private void BookOffline(decimal amount)
        {
            var refunded = Math.Round(Order.RefundedAmount + amount, 4, MidpointRounding.AwayFromZero);
            if (amount > 0 && refunded <= Order.OrderTotal)
                _model = _model with { Order = Order with { RefundedAmount = refunded, PaymentStatus = refunded == Order.OrderTotal ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded } };
        }

        private void Synchronize()
        {
            var before = Order;
            var transaction = DecisionTests.Notification("A", DecisionTests.ThisTransaction, "completed", "completed", amount: _attempt.Amount, currency: _attempt.Currency) with
            {
                RelatedTransactions = [.. _refunds]
            };
            var actions = Decision.Decide(Order, _model.Record, transaction, StatusMapping.Recommended);
            _model = _model.Apply(actions);
            Assert.That(Decision.Decide(Order, _model.Record, transaction, StatusMapping.Recommended), Is.Empty, "again");
            Assert.That(Order.RefundedAmount, Is.GreaterThanOrEqualTo(before.RefundedAmount));
            Assert.That(_model.Record.Refunds.Sum(refund => refund.Amount), Is.EqualTo(Refunded), "each refund is accounted for once");
        }
    }
}
