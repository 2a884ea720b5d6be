using BenchmarkDotNet.Mathematics;

namespace Benchmarks;

/// <summary>What was measured in turns: one time of each case for each round. A ratio is the median of the ratios of all rounds, because what a machine does drifts.</summary>
internal sealed class Figures
{
    private readonly Dictionary<Case, Dictionary<int, double>> _times = [];

    /// <summary>Notes a time.</summary>
    /// <param name="what">What took it.</param>
    /// <param name="round">In which round.</param>
    /// <param name="time">The time of one call, in microseconds.</param>
    public void Note(Case what, int round, double time)
    {
        if (!_times.TryGetValue(what, out var times))
            _times.Add(what, times = []);
        times[round] = time;
    }

    /// <summary>Notes a part of a time.</summary>
    /// <inheritdoc cref="Note"/>
    public void Add(Case what, int round, double time) => Note(what, round, time + (_times.TryGetValue(what, out var times) ? times.GetValueOrDefault(round) : 0));

    /// <summary>Adds the figures of another run.</summary>
    public void Add(Figures more)
    {
        foreach (var (what, times) in more._times)
            _times[what] = times;
    }

    /// <summary>Prints a table: each case with its ratio to an anchor of the same build, and with the ratio of today's time to that of the other build.</summary>
    /// <param name="anchorOf">The anchor of a case.</param>
    public void Print(Func<Case, Case> anchorOf)
    {
        Console.WriteLine("| Group | Case | Size | To the anchor | of half of the rounds | Then, to the anchor | Today to then | of half of the rounds | Microseconds |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (what, times) in _times.Where(figure => figure.Key.Build == Build.Today.Name))
        {
            var then = what with { Build = "then" };
            var (toAnchor, thenToAnchor, toThen) = (Ratios(what, anchorOf(what)), Ratios(then, anchorOf(then)), Ratios(what, then));
            Console.WriteLine(FormattableString.Invariant($"| {what.Group} | {what.Method} | {what.Size} | {Median(toAnchor)} | {Quartiles(toAnchor)} | {Median(thenToAnchor)} ")
                + FormattableString.Invariant($"| {Median(toThen)} | {Quartiles(toThen)} | {new Statistics(times.Values).Median:0.00} |"));
        }
    }

    /// <summary>The median ratio of two cases; null if one of them was not measured.</summary>
    public double? Ratio(Case of, Case to) => Ratios(of, to)?.Median;

    /// <summary>The median ratio of two cases and its quartiles, as two cells of a table; empty if one of them was not measured.</summary>
    public string Spread(Case of, Case to) => $"{Median(Ratios(of, to))} | {Quartiles(Ratios(of, to))}";

    /// <summary>The median time of a case, in microseconds; null if it was not measured.</summary>
    public double? Median(Case what) => _times.TryGetValue(what, out var times) ? new Statistics(times.Values).Median : null;

    private Statistics? Ratios(Case of, Case to)
    {
        if (!_times.TryGetValue(of with { PerSize = false }, out var first) || !_times.TryGetValue(to with { PerSize = false }, out var second))
            return null;
        var sizes = of.PerSize ? (double)to.Size / of.Size : 1;
        return new Statistics(first.Where(time => second.ContainsKey(time.Key)).Select(time => time.Value / second[time.Key] * sizes));
    }

    private static string Median(Statistics? ratios) => ratios is null ? "" : FormattableString.Invariant($"{ratios.Median:0.00}");

    private static string Quartiles(Statistics? ratios) => ratios is null ? "" : FormattableString.Invariant($"{ratios.Q1:0.00} to {ratios.Q3:0.00}");
}
