using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>The plan forgets no order, however irregularly the task runs, and looks at few of them in one run.</summary>
[TestFixture]
internal sealed class ReconciliationPlanTests
{
    private static readonly DateTime _start = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private static readonly TimeSpan _everyQuarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan _all = TimeSpan.FromDays(ReconciliationPlan.MaxAgeInDays);

    [Test]
    public void Without_an_earlier_run_it_is_everything() => Assert.Multiple(() =>
    {
        (DateTime, DateTime)[] everything = [(_start.AddDays(-1), _start), (_start - _all, _start.AddDays(-1))];
        Assert.That(ReconciliationPlan.Windows(null, _start), Is.EqualTo(everything));
        Assert.That(ReconciliationPlan.Windows(_start.AddDays(-1), _start), Is.EqualTo(everything), "a day without a run");
        Assert.That(ReconciliationPlan.Windows(_start.AddDays(1), _start), Is.EqualTo(everything), "the clock was set back");
    });

    [Test]
    public void The_last_day_is_looked_at_in_each_run_and_first() =>
        Gen.Int[0, 100_000].Sample(minutes => _start.AddMinutes(minutes) is var now && ReconciliationPlan.Windows(now.AddMinutes(-1), now)[0] == (now.AddDays(-1), now));

    [Test]
    public void A_run_looks_at_few_of_the_days()
    {
        var days = Enumerable.Range(1, 96 * 2).Select(run => Days(_start + ((run - 1) * _everyQuarter), _start + (run * _everyQuarter))).ToList();
        Assert.That(days.Average(), Is.LessThan(4));
        Assert.That(days.Max(), Is.LessThan(10));
    }

    [Test]
    public void No_order_waits_longer_than_its_age_allows() => Gen.Select(Gen.Int[0, 2000], Gen.Int[1, 40].Array[1, 60]).Sample((offset, gaps) =>
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
            if (ReconciliationPlan.Windows(covered, now).Any(window => window.From <= placed && placed <= window.To))
                seen = now;
            else if (now - seen > (2 * ReconciliationPlan.LongestWait(age.Days)) + longestGap)
                return false;
            covered = now;
        }

        return true;
    }, iter: 200);

    private static double Days(DateTime coveredUntil, DateTime now) => ReconciliationPlan.Windows(coveredUntil, now).Sum(window => (window.To - window.From).TotalDays);
}
