using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Reconciliation;

/// <summary>The plan forgets no order, however irregularly the task runs, and looks at few of them in one run.</summary>
[TestFixture]
internal sealed class ReconciliationPlanTests
{
    private static readonly DateTime _start = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private static readonly TimeSpan _everyQuarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan _all = TimeSpan.FromDays(ReconciliationPlan.MaxAgeInDays);

    [Test]
    public void Without_a_recent_run_all_unpaid_orders_are_covered() => Assert.Multiple(() =>
    {
        (DateTime, DateTime)[] everything = [(_start - _all, _start.AddDays(-1))];
        Assert.That(ReconciliationPlan.Windows(null, _start), Is.EqualTo(everything));
        Assert.That(ReconciliationPlan.Windows(_start.AddDays(-10), _start), Is.EqualTo(everything), "ten days without a run");
        Assert.That(ReconciliationPlan.Windows(_start.AddDays(-1), _start), Has.Some.Matches<(DateTime From, DateTime To)>(window =>
            window.From <= _start.AddDays(-100) && window.To == _start.AddDays(-1)), "a day without a run");
        Assert.That(ReconciliationPlan.Windows(_start.AddDays(1), _start), Is.EqualTo(everything), "the clock was set back");
    });

    [Test]
    public void A_payment_link_with_the_longest_lifetime_is_covered_to_its_end() =>
        Assert.That(_all, Is.GreaterThan(PaymentLinkLifetime.Longest + ReconciliationPlan.LongestWait(0)));

    [Test]
    public void The_window_of_the_last_day_adjoins_the_earlier_windows() =>
        Assert.That(ReconciliationPlan.Windows(null, _start)[^1].To, Is.EqualTo(ReconciliationPlan.LastDay(_start).From));

    [Test]
    public void A_paid_order_is_checked_once_at_each_age_however_irregularly_the_task_runs() => Gen.Select(Gen.Int[0, 2000], Gen.Int[1, 4000].Array[1, 60]).Sample((offset, gaps) =>
    {
        var placed = _start;
        var covered = placed.AddMinutes(-offset);
        var ages = new List<double>();
        for (var run = 0; covered < placed.AddDays(100); run++)
        {
            var now = covered.AddMinutes(gaps[run % gaps.Length]);
            ages.AddRange(ReconciliationPlan.SecondLooks(covered, now).Where(window => window.From < placed && placed <= window.To).Select(window => (now - placed).TotalDays));
            covered = now;
        }

        var latest = TimeSpan.FromMinutes(gaps.Max()).TotalDays;
        return ages.Count == 5 && ages.Order().Zip([1, 7, 30, 60, 90]).All(pair => pair.First >= pair.Second && pair.First <= pair.Second + latest);
    });

    [Test]
    public void Paid_orders_are_not_checked_if_the_last_run_is_unknown()
    {
        Assert.That(ReconciliationPlan.SecondLooks(null, _start), Is.Empty);
        Assert.That(ReconciliationPlan.SecondLooks(_start.AddDays(1), _start), Is.Empty, "the clock was set back");
    }

    [Test]
    public void A_run_covers_only_a_few_days()
    {
        var days = Enumerable.Range(1, 96 * 2).Select(run => Days(_start + ((run - 1) * _everyQuarter), _start + (run * _everyQuarter))).ToList();
        Assert.That(days.Average(), Is.LessThan(3));
        Assert.That(days.Max(), Is.LessThan(9));
    }

    [Test]
    public void No_unpaid_order_waits_longer_than_its_age_allows() => Gen.Select(Gen.Int[0, 2000], Gen.Int[1, 40].Array[1, 60]).Sample((offset, gaps) =>
    {
        // An order that was placed at the start, and runs at odd times: those that it is part of are never further apart than a turn of its age, twice for the
        // change from one day of age to the next, and the longest gap between two runs.
        var placed = _start;
        var covered = placed.AddMinutes(offset);
        var seen = covered;
        var longestGap = TimeSpan.FromMinutes(gaps.Max() * 15);
        for (var run = 0; run < 3000; run++)
        {
            var now = covered.AddMinutes(gaps[run % gaps.Length] * 15);
            var age = now - placed;
            if (age >= _all)
                return true;
            if (ReconciliationPlan.Windows(covered, now).Append(ReconciliationPlan.LastDay(now)).Any(window => window.From <= placed && placed <= window.To))
                seen = now;
            else if (now - seen > (2 * ReconciliationPlan.LongestWait(age.Days)) + longestGap)
                return false;
            covered = now;
        }

        return true;
    }, iter: 200);

    private static double Days(DateTime coveredUntil, DateTime now) => ReconciliationPlan.Windows(coveredUntil, now).Sum(window => (window.To - window.From).TotalDays);
}
