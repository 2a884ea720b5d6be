using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Benchmarks;

/// <summary>
/// The classes of BenchmarkDotNet's run, but all cases of a class take turns within milliseconds, and those of another build with them. For goals: BenchmarkDotNet measures one case after the
/// other, and on a machine that is shared or gets warm, ratios of its figures drift by more than a goal may be missed by.
/// </summary>
internal static class OperationRun
{
    private const int MostRounds = 400;
    private const int FewestRounds = 15;

    // A batch of calls takes at least so long, and the rounds of a class and its warm-up at most.
    private static readonly TimeSpan _batch = TimeSpan.FromMilliseconds(0.5);
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan _whole = TimeSpan.FromSeconds(40);

    private static readonly (Type Type, int[] Sizes)[] _classes =
        [(typeof(SignatureBenchmarks), [1, 4, 64]), (typeof(ParsingBenchmarks), [1, 4, 64]), (typeof(DecisionBenchmarks), [0]), (typeof(OrderRequestBenchmarks), [1, 20, 200, 1000])];

    /// <summary>Measures all of them.</summary>
    /// <param name="builds">Today's build, and possibly another.</param>
    public static Figures Run(IReadOnlyList<Build> builds)
    {
        var figures = new Figures();
        foreach (var (type, sizes) in _classes)
            Measure(figures, builds, type, sizes);
        figures.Print(what => what with { Method = AnchorOf(what.Group) });
        Console.WriteLine();
        foreach (var (kb, beyond) in AllocatedBeyondKept())
            Goals.Print(FormattableString.Invariant($"parse-allocated-{kb}"), (double)beyond / Goals.MostAllocated, 1);
        return figures;
    }

    private static string AnchorOf(string type) => Build.Today.Find(type)!.GetMethods().Single(method => method.GetCustomAttribute<BenchmarkAttribute>()?.Baseline == true).Name;

    private static void Measure(Figures figures, IReadOnlyList<Build> builds, Type type, int[] sizes)
    {
        var (running, cleanups) = (new List<Running>(), new List<Action>());
        foreach (var (build, size) in builds.SelectMany(build => sizes.Select(size => (build, size))))
        {
            if (build.Find(type.Name) is not { } theirs)
                continue;
            var benchmarks = Activator.CreateInstance(theirs)!;
            theirs.GetProperties().SingleOrDefault(property => property.IsDefined(typeof(ParamsAttribute), false) || property.Name is "Lines" or "Body")?.SetValue(benchmarks, size);
            foreach (var method in theirs.GetMethods())
            {
                var attributes = method.GetCustomAttributesData().Select(attribute => attribute.AttributeType.Name).ToHashSet();
                if (attributes.Contains(nameof(GlobalSetupAttribute)))
                    build.Run(() => method.Invoke(benchmarks, null));
                else if (attributes.Contains(nameof(GlobalCleanupAttribute)))
                    cleanups.Add(() => method.Invoke(benchmarks, null));
                else if (attributes.Contains(nameof(BenchmarkAttribute)))
                    running.Add(new Running(new Case(type.Name, method.Name, size, build.Name), CallerOf(method, benchmarks)));
            }
        }

        // The runtime compiles what is used often once more, with what it has seen.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < _warmUp * builds.Count;)
        {
            foreach (var one in running)
                one.Calls = Math.Max(1, (int)Math.Ceiling(_batch.TotalMicroseconds / Math.Max(one.Time(), 0.001)));
        }

        var whole = Stopwatch.StartNew();
        for (var round = 0; round < MostRounds && (round < FewestRounds || whole.Elapsed < _whole); round++)
        {
            foreach (var one in running)
                figures.Note(one.What, round, one.Time());
        }

        cleanups.ForEach(cleanup => cleanup());
    }

    // A delegate to a method that returns anything, perhaps a task.
    private static Action CallerOf(MethodInfo method, object target)
    {
        if (method.ReturnType.IsValueType)
            return (Action)typeof(OperationRun).GetMethod(nameof(Ignoring), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(method.ReturnType).Invoke(null, [method, target])!;
        var call = method.CreateDelegate<Func<object>>(target);
        return () =>
        {
            if (call() is Task task)
                task.GetAwaiter().GetResult();
        };
    }

    private static Action Ignoring<T>(MethodInfo method, object target)
    {
        var call = method.CreateDelegate<Func<T>>(target);
        return () => call();
    }

    // What parsing allocates and does not keep, in bytes: everything that was allocated, without what is still there when the garbage has been collected.
    private static IEnumerable<(int Kb, long Bytes)> AllocatedBeyondKept()
    {
        const int times = 1000;
        foreach (var kb in new[] { 1, 4, 64 })
        {
            var parsing = new ParsingBenchmarks { Body = kb };
            parsing.Setup();
            var kept = new object[times];
            kept[0] = parsing.Parse();
            var (there, allocated) = (GC.GetTotalMemory(forceFullCollection: true), GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < times; i++)
                kept[i] = parsing.Parse();
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            there = GC.GetTotalMemory(forceFullCollection: true) - there;
            GC.KeepAlive(kept);
            yield return (kb, (allocated - there) / times);
        }
    }

    private sealed record Running(Case What, Action Call)
    {
        public int Calls { get; set; } = 1;

        /// <summary>Microseconds of one call.</summary>
        public double Time()
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls; i++)
                Call();
            return Stopwatch.GetElapsedTime(started).TotalMicroseconds / Calls;
        }
    }
}
