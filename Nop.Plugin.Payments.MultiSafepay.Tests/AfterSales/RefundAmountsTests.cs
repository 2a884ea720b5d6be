using CsCheck;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>What refunds of the shop are at MultiSafepay: in sum the charge, never more, in every currency.</summary>
[TestFixture]
public class RefundAmountsTests
{
    private static readonly (string Currency, decimal[] Rates)[] _currencies = [("EUR", [1m]), ("USD", [1.0837m, 0.9m]), ("JPY", [162.37m, 0.07m]), ("KWD", [0.3342m, 1m])];

    [Test]
    public void Refunds_that_complete_the_order_add_up_to_the_charge() =>
        (from currency in Gen.OneOf(_currencies)
         from rate in Gen.OneOf(currency.Rates)
         from total in Gen.Int[1, 500_000]
         from parts in Gen.Int[1, 100_000].Array[0, 12]
         select (currency.Currency, rate, total / 100m, parts)).Sample((currency, rate, total, parts) =>
        {
            var attempt = Attempt(currency, Math.Max(1, MinorUnits.FromDecimal(total * rate, currency)), rate);
            var order = new Order { OrderTotal = total };
            var record = new PaymentRecord { Attempts = [attempt] };
            foreach (var part in parts.Select(part => part / 100m).Where(part => part < total - order.RefundedAmount))
                Refund(ref record, order, attempt, part);

            Assert.That(Sum(record), Is.LessThan(attempt.Amount).Or.Zero, "Something is left for the last refund");
            if (total > order.RefundedAmount)
                Refund(ref record, order, attempt, total - order.RefundedAmount);
            Assert.That(Sum(record), Is.EqualTo(attempt.Amount));
        });

    [Test]
    public void The_amount_of_a_waiting_refund_cannot_be_refunded_again()
    {
        var attempt = Attempt("EUR", 1000, 1);
        var order = new Order { OrderTotal = 10m };
        var record = new PaymentRecord { Attempts = [attempt] }.With(Waiting(400, 4m));
        Assert.That(RefundAmounts.Calculate(order, record, attempt, attempt.Amount, 6m), Is.EqualTo(600));
        Assert.That(() => RefundAmounts.Calculate(order, record, attempt, attempt.Amount, 6.01m), Throws.TypeOf<AfterSalesException>());
    }

    [Test]
    public void A_waiting_refund_of_another_payment_takes_nothing_from_this_one()
    {
        var attempt = Attempt("EUR", 1000, 1);
        var record = new PaymentRecord { Attempts = [attempt] }.With(Waiting(400, 0m) with { AttemptId = "other" });
        Assert.That(RefundAmounts.Calculate(new Order { OrderTotal = 10m }, record, attempt, attempt.Amount, 10m), Is.EqualTo(1000));
    }

    [Test]
    public void A_refund_booked_offline_does_not_count_as_refunded_at_MultiSafepay()
    {
        var attempt = Attempt("EUR", 1000, 1);
        var order = new Order { OrderTotal = 10m, RefundedAmount = 1m };
        Assert.That(RefundAmounts.Calculate(order, new PaymentRecord { Attempts = [attempt] }, attempt, attempt.Amount, 9m), Is.EqualTo(900), "not all of the charge");
    }

    // The owner has changed the order's total since it was paid: an item came back, or was added.
    [TestCase(100, 50, 50, 1, 5000)]
    [TestCase(100, 80, 30, 1, 3000)]
    [TestCase(100, 80, 80, 1, 8000)]
    [TestCase(100, 80, 80, 1.0837, 8670)]
    [TestCase(100, 120, 100, 1, 10000)]
    [TestCase(100, 120, 20, 1, 2000)]
    public void A_refund_after_an_edited_total_is_the_entered_amount_up_to_the_charge(
        decimal charged, decimal total, decimal amount, decimal rate, long expected)
    {
        var attempt = Attempt("USD", MinorUnits.FromDecimal(charged * rate, "USD"), rate) with { OrderTotal = charged };
        Assert.That(RefundAmounts.Calculate(new Order { OrderTotal = total }, new PaymentRecord { Attempts = [attempt] }, attempt, attempt.Amount, amount), Is.EqualTo(expected));
    }

    [TestCase(120)]
    [TestCase(110)]
    public void A_refund_of_more_than_was_charged_is_rejected_after_the_total_was_raised(decimal amount)
    {
        var attempt = Attempt("EUR", 10000, 1) with { OrderTotal = 100m };
        var refusal = Assert.Throws<AfterSalesException>(() => RefundAmounts.Calculate(new Order { OrderTotal = 120m }, new PaymentRecord { Attempts = [attempt] }, attempt, attempt.Amount, amount))!;
        Assert.That((refusal.Resource, refusal.Arguments[0]), Is.EqualTo(("Refund.MoreThanLeft", "EUR 100.00")));
    }

    [TestCase("JPY", 0.3, 0.01)]
    [TestCase("EUR", 1, 0.001)]
    [TestCase("EUR", 1, 0)]
    [TestCase("EUR", 1, -1)]
    public void A_refund_of_less_than_one_minor_unit_is_rejected(string currency, decimal rate, decimal amount) =>
        Assert.That(() => RefundAmounts.Calculate(new Order { OrderTotal = 10m }, new PaymentRecord(), Attempt(currency, 1000, rate), 1000, amount), Throws.TypeOf<AfterSalesException>());

    private static void Refund(ref PaymentRecord record, Order order, PaymentAttempt attempt, decimal amount)
    {
        long minor;
        try
        {
            minor = RefundAmounts.Calculate(order, record, attempt, attempt.Amount, amount);
        }
        catch (AfterSalesException exception) when (exception.Resource == "Refund.TooSmall")
        {
            Assert.That(amount, Is.Not.EqualTo(order.OrderTotal - order.RefundedAmount), "All that is left can always be refunded");
            return;
        }

        Assert.That(minor, Is.Positive);
        record = record.With(new AccountedRefund(minor, amount));
        order.RefundedAmount += amount;
    }

    private static long Sum(PaymentRecord record) => record.Refunds.Sum(refund => refund.Amount);

    private static RefundAttempt Waiting(long amount, decimal orderAmount) => new()
    {
        RefundOrderId = "A-r1",
        AttemptId = "A",
        OrderId = "A",
        Amount = amount,
        OrderAmount = orderAmount,
        CreatedUtc = DateTime.UnixEpoch,
        State = RefundState.Waiting
    };

    private static PaymentAttempt Attempt(string currency, long amount, decimal rate) => new()
    {
        OrderId = "A",
        Environment = MultiSafepayEnvironment.Test,
        Currency = currency,
        Amount = amount,
        CurrencyRate = rate,
        CreatedUtc = DateTime.UnixEpoch,
        ExpiresUtc = DateTime.UnixEpoch
    };
}
