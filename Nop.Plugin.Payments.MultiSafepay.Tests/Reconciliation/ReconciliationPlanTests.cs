using CsCheck;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Reconciliation;

/// <summary>The plan forgets no payment, however irregularly the task runs, and looks at each of them as often as its age demands.</summary>
[TestFixture]
internal sealed class ReconciliationPlanTests
{
    private static readonly DateTime _start = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [TestCase(1, 10)]
    [TestCase(60, 10)]
    [TestCase(240, 20)]
    [TestCase(60 * 24 * 30, 60 * 24)]
    public void The_check_interval_grows_with_the_age_of_the_payment(int ageInMinutes, int expectedMinutes) =>
        Assert.That(ReconciliationPlan.Interval(TimeSpan.FromMinutes(ageInMinutes)), Is.EqualTo(TimeSpan.FromMinutes(expectedMinutes)));

    [TestCase(1, 0, 10)]
    [TestCase(1, 1, 20)]
    [TestCase(1, 2, 40)]
    [TestCase(1, 3, 60)]
    [TestCase(1, 1000, 60)]
    [TestCase(60 * 24 * 30, 3, 60 * 24)]
    public void An_order_that_fails_is_looked_at_ever_more_rarely(int ageInMinutes, int failedTries, int expectedMinutes) =>
        Assert.That(ReconciliationPlan.Interval(TimeSpan.FromMinutes(ageInMinutes), failedTries), Is.EqualTo(TimeSpan.FromMinutes(expectedMinutes)));

    [Test]
    public void An_order_that_was_compared_is_due_when_it_was_said_to_be() => Gen.Select(Gen.Int[0, 60 * 24 * 40], Gen.Int[0, 60 * 24 * 2]).Sample((age, ago) =>
    {
        var now = _start.AddMinutes(age);
        var (order, record) = (Pending(), Started(_start, linkDays: 365) with { LastCheckedUtc = now.AddMinutes(-ago) });
        return ReconciliationPlan.NextUtc(order, record, now) is { } next && next > now && ReconciliationPlan.IsDue(order, record, next);
    });

    [Test]
    public void An_open_payment_is_due_until_its_longest_possible_link_is_over()
    {
        Assert.That(TimeSpan.FromDays(ReconciliationPlan.MaxAgeInDays), Is.GreaterThan(PaymentLinkLifetime.Longest + ReconciliationPlan.Interval(PaymentLinkLifetime.Longest)));
        var (order, record) = (Pending(), Started(_start, linkDays: 365));
        Gen.Double[0, 369].Sample(days => ReconciliationPlan.NextUtc(order, record, _start.AddDays(days)) is { } next
            && next > _start.AddDays(days) && next - _start.AddDays(days) <= TimeSpan.FromDays(1));
        Assert.That(ReconciliationPlan.NextUtc(order, record, _start.AddDays(371)), Is.Null);
    }

    // A link of a year that is paid on day 150, or a payment that the customer retries with an order of 99 days.
    [Test]
    public void The_start_of_the_payment_counts_and_not_the_age_of_the_order()
    {
        var order = Pending();
        order.CreatedOnUtc = _start.AddDays(-99);
        var record = Started(_start.AddDays(-99), linkDays: 1, isClosed: true);
        record = record with { Attempts = [.. record.Attempts, Started(_start, linkDays: 30).Current!] };
        Assert.That(ReconciliationPlan.NextUtc(order, record, _start), Is.EqualTo(_start.AddMinutes(10)));
        Assert.That(ReconciliationPlan.IsDue(order, record, _start.AddMinutes(10)), Is.True);
    }

    [Test]
    public void An_order_is_due_when_its_link_has_been_over_for_an_hour()
    {
        var (order, record) = (Pending(), Started(_start, linkDays: 30));
        var before = _start.AddDays(30).AddMinutes(-30);
        Assert.That(ReconciliationPlan.NextUtc(order, record, before), Is.EqualTo(_start.AddDays(30).AddHours(1)));
        record = record with { LastCheckedUtc = before };
        Assert.That(ReconciliationPlan.IsDue(order, record, _start.AddDays(30).AddHours(1)), Is.True, "though it was compared half an hour ago");
        Assert.That(ReconciliationPlan.IsDue(order, record, before.AddMinutes(1)), Is.False);
    }

    [Test]
    public void A_paid_order_is_checked_once_at_each_age_however_irregularly_the_task_runs() => Gen.Int[1, 4000].Array[1, 60].Sample(gaps =>
    {
        var (order, record) = (Pending(), Started(_start, linkDays: 30));
        (order.PaymentStatus, order.PaidDateUtc) = (PaymentStatus.Paid, _start.AddMinutes(3));
        var ages = new List<double>();
        var (now, due) = (_start.AddMinutes(10), (DateTime?)_start.AddMinutes(10));
        for (var run = 0; due is not null; run++)
        {
            if (due <= now)
            {
                if (ReconciliationPlan.IsDue(order, record, now))
                {
                    ages.Add((now - order.PaidDateUtc.Value).TotalDays);
                    record = record with { LastCheckedUtc = now };
                }

                due = ReconciliationPlan.NextUtc(order, record, now);
            }

            now = now.AddMinutes(gaps[run % gaps.Length]);
        }

        // Runs that are further apart than two ages meet one of them only.
        var latest = TimeSpan.FromMinutes(gaps.Max()).TotalDays;
        return ages.Count == 5 && ages.Zip([1, 7, 30, 60, 90]).All(pair => pair.First >= pair.Second && pair.First <= pair.Second + latest);
    });

    [TestCase(PaymentStatus.Refunded, false)]
    [TestCase(PaymentStatus.Voided, false)]
    [TestCase(PaymentStatus.Paid, true)]
    [TestCase(PaymentStatus.PartiallyRefunded, true)]
    public void MultiSafepay_is_asked_about_paid_orders_only_once_their_payment_is_no_longer_open(PaymentStatus status, bool isDue)
    {
        var (order, record) = (Pending(), Started(_start, linkDays: 30));
        order.PaymentStatus = status;
        Assert.That(ReconciliationPlan.IsDue(order, record, _start.AddDays(1)), Is.EqualTo(isDue));
    }

    [Test]
    public void An_order_without_a_payment_is_never_due()
    {
        var order = Pending();
        order.CreatedOnUtc = _start;
        Assert.That((ReconciliationPlan.NextUtc(order, new PaymentRecord(), _start), ReconciliationPlan.IsDue(order, new PaymentRecord(), _start.AddDays(2))), Is.EqualTo(((DateTime?)null, false)));
    }

    private static Order Pending() => new() { PaymentStatus = PaymentStatus.Pending, CreatedOnUtc = _start };

    private static PaymentRecord Started(DateTime createdUtc, int linkDays, bool isClosed = false) => new()
    {
        Attempts =
        [
            new PaymentAttempt
            {
                OrderId = "1",
                Environment = MultiSafepayEnvironment.Test,
                Currency = "EUR",
                Amount = 100,
                CurrencyRate = 1,
                CreatedUtc = createdUtc,
                ExpiresUtc = createdUtc.AddDays(linkDays),
                Closed = isClosed,
                State = isClosed ? TransactionState.Expired : null
            }
        ]
    };
}
