using BenchmarkDotNet.Reports;

namespace Benchmarks;

/// <summary>A goal: what is measured may cost at most so much of something else that is measured in the same run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Of">What is measured.</param>
/// <param name="To">What it is compared with.</param>
/// <param name="Most">The largest ratio of the two medians.</param>
internal sealed record Goal(string Name, Case Of, Case To, double Most);

/// <summary>Something that is measured.</summary>
/// <param name="Group">The class of the benchmark, or who calls the webhook.</param>
/// <param name="Method">Its method, or what is sent.</param>
/// <param name="Size">Its parameter; 0 without one.</param>
/// <param name="Build">The build that is measured.</param>
internal readonly record struct Case(string Group, string Method, int Size = 0, string Build = "today")
{
    /// <summary>The same for one unit of its size.</summary>
    public bool PerSize { get; init; }
}

/// <summary>The goals of docs/benchmarks.md. Every run ends with one line for each goal that it has measured.</summary>
internal static class Goals
{
    /// <summary>What a parsed notification may allocate beyond what is kept of it, in bytes.</summary>
    public const int MostAllocated = 1024;

    private static readonly Goal[] _all =
    [
        .. Sizes<SignatureBenchmarks>("verify", nameof(SignatureBenchmarks.Verify), nameof(SignatureBenchmarks.Kept), (1, 1.10), (4, 1.05), (64, 1.01)),
        .. Sizes<ParsingBenchmarks>("parse", nameof(ParsingBenchmarks.Parse), nameof(ParsingBenchmarks.Document), (1, 0.9), (4, 0.9), (64, 0.9)),
        .. Sizes<OrderRequestBenchmarks>("serialize", nameof(OrderRequestBenchmarks.Serialize), nameof(OrderRequestBenchmarks.Write), (1, 1.2), (20, 1.2), (200, 1.2)),
        new("build-per-line-1000-to-20", Built(1000), Built(20), 1.1),
        .. Webhook("forged", WebhookRun.Nothing, "today", 1.10, 1.18, 1.4),
        .. Webhook("repeated", "repeated", "then", 0.4, 0.4, 0.4),
        .. Webhook("new", "new", "then", 0.4, 0.4, 0.4),
    ];

    /// <summary>Prints the goals that were measured.</summary>
    /// <param name="ratio">The median ratio of two things that were measured; null if one of them was not.</param>
    public static void Print(Func<Case, Case, double?> ratio)
    {
        foreach (var goal in _all)
        {
            if (ratio(goal.Of, goal.To) is { } measured)
                Print(goal.Name, measured, goal.Most);
        }
    }

    /// <summary>Prints one goal.</summary>
    public static void Print(string name, double measured, double most) => Console.WriteLine(FormattableString.Invariant(
        $"goal {name} measured {measured:0.00} target {most:0.00} {(Math.Round(measured, 2) <= most ? "met" : "missed")}"));

    /// <summary>Prints the goals that BenchmarkDotNet has measured.</summary>
    public static void Print(IEnumerable<Summary> summaries)
    {
        var means = new Dictionary<Case, double>();
        foreach (var report in summaries.SelectMany(summary => summary.Reports).Where(report => report.ResultStatistics is not null))
        {
            var target = report.BenchmarkCase.Descriptor;
            var size = report.BenchmarkCase.Parameters.Items is [{ Value: int number }, ..] ? number : 0;
            means[new Case(target.Type.Name, target.WorkloadMethod.Name, size)] = report.ResultStatistics!.Mean;
        }

        Print((of, to) => means.TryGetValue(of with { PerSize = false }, out var first) && means.TryGetValue(to with { PerSize = false }, out var second)
            ? first / second * (of.PerSize ? (double)to.Size / of.Size : 1)
            : null);
    }

    private static Case Built(int lines) => new(nameof(OrderRequestBenchmarks), nameof(OrderRequestBenchmarks.Build), lines) { PerSize = true };

    private static IEnumerable<Goal> Sizes<T>(string name, string method, string anchor, params (int Size, double Most)[] sizes) => sizes.Select(goal =>
        new Goal(FormattableString.Invariant($"{name}-{goal.Size}"), new(typeof(T).Name, method, goal.Size), new(typeof(T).Name, anchor, goal.Size), goal.Most));

    private static IEnumerable<Goal> Webhook(string name, string anchor, string build, params double[] most) => Enum.GetValues<Caller>().Zip(most, (caller, ratio) =>
        new Goal($"{name}-{caller}", new(caller.ToString(), name), new(caller.ToString(), anchor, 0, build), ratio));
}
