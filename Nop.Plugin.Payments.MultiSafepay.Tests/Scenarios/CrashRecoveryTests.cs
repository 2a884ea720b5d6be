using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>
/// Kills the node at every access to the database, to a lock and to the network of every documented story: each must end as it ends undisturbed. The suite tries a sample.
/// See docs/testing.md.
/// </summary>
[TestFixture]
internal sealed class CrashRecoveryTests
{
    private const int UsualCount = 20;
    private const int UsualStories = 10;
    private const int MaxFailures = 40;

    /// <summary>How many points: a number, or "all", or one as "story#number", or all of a story as "story#".</summary>
    private const string PointsVariable = "MULTISAFEPAY_KILL_POINTS";

    /// <summary>Chooses the sample.</summary>
    private const string SeedVariable = "MULTISAFEPAY_KILL_SEED";

    /// <summary>After how many minutes no further point is tried.</summary>
    private const string MinutesVariable = "MULTISAFEPAY_KILL_MINUTES";

    /// <summary>Which part of the points, as "2/3" for the second third of each node's; without it, all that were chosen.</summary>
    private const string PartVariable = "MULTISAFEPAY_KILL_PART";

    /// <summary>Which locks the nodes have: "shared" or "own"; without it, the stories take turns.</summary>
    private const string LocksVariable = "MULTISAFEPAY_KILL_LOCKS";

    [Test]
    public async Task Every_story_ends_the_same_wherever_a_node_is_killed()
    {
        var watch = Stopwatch.StartNew();
        var (wanted, seed, minutes) = (Environment.GetEnvironmentVariable(PointsVariable), NumberVariable.Read(SeedVariable, 1), NumberVariable.Read(MinutesVariable, 30));
        var locks = Environment.GetEnvironmentVariable(LocksVariable);
        var hosts = await Task.WhenAll(new[] { locks != "own", locks == "shared" }.Select(sharedLocks => ScenarioHost.StartAsync(sharedLocks)));
        try
        {
            var undisturbed = await UndisturbedAsync(hosts, wanted, seed);
            var all = undisturbed.SelectMany(ending => Enumerable.Range(1, ending.Count).Select(number => (Ending: ending, Number: number))).ToList();
            var points = PartOf(Choose(all, wanted, seed), hosts);
            var (failed, done, half) = (new ConcurrentQueue<string>(), 0, 0);
            await Task.WhenAll(hosts.Select(host => Task.Run(async () =>
            {
                foreach (var point in points.Where(point => point.Ending.Host == host).TakeWhile(_ => watch.Elapsed.TotalMinutes < minutes && failed.Count < MaxFailures))
                {
                    var (wrong, isHalf) = await KillAsync(host, point.Ending, point.Number);
                    Interlocked.Increment(ref done);
                    if (isHalf)
                        Interlocked.Increment(ref half);
                    if (wrong is null)
                        continue;
                    failed.Enqueue(wrong);
                    await TestContext.Progress.WriteLineAsync(wrong);
                }
            })));

            await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{done} of {all.Count} points in {undisturbed.Count} stories ({half} while nopCommerce placed the order), seed {seed}, {watch.Elapsed.TotalSeconds:0} s"));
            Assert.That(failed, Is.Empty);
            Assert.That(done, Is.EqualTo(points.Count), "all were tried in time");
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }

    // How each story ends, and how many accesses it has.
    private static async Task<IReadOnlyList<Ending>> UndisturbedAsync(IReadOnlyList<ScenarioHost> hosts, string? wanted, int seed)
    {
        var stories = StoryTable.All.Where(story => wanted?.Split('#') is not [var name, _] || name == story.Name).ToArray();
        if (wanted is null or "")
        {
            // To know how a story ends undisturbed takes its time as well.
            new Random(seed).Shuffle(stories);
            stories = stories[..UsualStories];
        }

        var endings = new Ending[stories.Length];
        await Task.WhenAll(hosts.Select((host, first) => Task.Run(async () =>
        {
            for (var i = first; i < stories.Length; i += hosts.Count)
            {
                await host.RenewAsync();
                var run = new StoryRun(host, stories[i], new KillWatch(killAt: 0));
                try
                {
                    await run.RunAsync();
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException($"{stories[i]}: {exception.Message}{Environment.NewLine}{string.Join(Environment.NewLine, run.Told)}", exception);
                }

                endings[i] = new Ending(stories[i], host, run.Watch.Count, await EndState.OfAsync(run));
            }
        })));
        return endings;
    }

    private static List<(Ending Ending, int Number)> Choose(List<(Ending Ending, int Number)> all, string? wanted, int seed)
    {
        if (wanted == "all")
            return all;
        if (wanted?.Split('#') is [_, var number])
            return number.Length == 0 ? all : [.. all.Where(point => point.Number == int.Parse(number, CultureInfo.InvariantCulture))];
        var chosen = all.ToArray();
        new Random(seed).Shuffle(chosen);
        return [.. chosen.Take(NumberVariable.Read(PointsVariable, UsualCount))];
    }

    private static List<(Ending Ending, int Number)> PartOf(List<(Ending Ending, int Number)> points, IReadOnlyList<ScenarioHost> hosts)
    {
        if (Environment.GetEnvironmentVariable(PartVariable)?.Split('/') is not [var part, var parts])
            return points;
        var (number, count) = (int.Parse(part, CultureInfo.InvariantCulture), int.Parse(parts, CultureInfo.InvariantCulture));
        return
        [
            .. hosts.Select(host => points.Where(point => point.Ending.Host == host).ToList())
                .SelectMany(own => own[(own.Count * (number - 1) / count)..(own.Count * number / count)])
        ];
    }

    private static async Task<(string? Wrong, bool IsHalf)> KillAsync(ScenarioHost host, Ending ending, int number)
    {
        await host.RenewAsync();
        var run = new StoryRun(host, ending.Story, new KillWatch(number));
        List<string> wrong;
        try
        {
            await run.RunAsync();
            wrong = run.Watch.Killed is { } killed ? [.. (await EndState.OfAsync(run)).Differences(ending.State, killed)] : ["it came to no such access"];
        }
        catch (HalfPlacedException)
        {
            return (null, true);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            wrong = [exception.ToString()];
        }

        return wrong.Count == 0
            ? (null, false)
            : (string.Join(Environment.NewLine,
                [$"{ending.Story}#{number}", $"  killed before {run.Watch.Killed}", $"  locks: {(host.SharedLocks ? "shared" : "own")}",
                    .. wrong.Select(line => $"  {line}"), "  The story:", .. run.Told.Select(line => $"    {line}")]), false);
    }

    /// <summary>How a story ends when no node is killed.</summary>
    private sealed record Ending(Story Story, ScenarioHost Host, int Count, EndState State);
}
