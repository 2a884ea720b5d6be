namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>What became of a scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Wrong">What is wrong; empty when all is well.</param>
/// <param name="Story">What happened, line by line.</param>
/// <param name="Marks">For the statistics: the kinds of steps that happened, and where the orders ended.</param>
internal sealed record Verdict(Scenario Scenario, IReadOnlyList<string> Wrong, IReadOnlyList<string> Story, IReadOnlySet<string> Marks)
{
    public override string ToString() => string.Join(Environment.NewLine, [$"Seed {Scenario.Seed}:", .. Wrong.Select(wrong => $"  {wrong}"), "The story:", .. Story.Select(line => $"  {line}")]);
}

/// <summary>Runs scenarios in one world, one after the other.</summary>
internal static class Trial
{
    private const int MaxTries = 100;

    public static async Task<Verdict> RunAsync(ScenarioWorld world, Scenario scenario)
    {
        await world.RenewAsync();
        var play = new Play(world, scenario);
        List<string> wrong;
        try
        {
            await play.RunAsync();
            await play.SettleAsync();
            wrong = [.. await new Oracle(play).JudgeAsync()];
            if (wrong.Count == 0)
            {
                await play.WaitForTheEndAsync();
                wrong = [.. await new Oracle(play).JudgeAsync()];
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            wrong = [exception.ToString()];
        }

        return new Verdict(scenario, wrong, play.Story, await MarksAsync(play));
    }

    private static async Task<IReadOnlySet<string>> MarksAsync(Play play)
    {
        HashSet<string> marks = [.. play.Happened.Select(kind => kind.ToString())];
        if (play.World.Deaths > 0)
            marks.Add("a node died");
        foreach (var purchase in play.Purchases)
        {
            if (await play.OrderAsync(purchase) is { } order)
                marks.Add($"{order.OrderStatus}, {order.PaymentStatus}");
        }

        return marks;
    }

    /// <summary>Leaves steps out, and what is done to them, as long as something is still wrong: the shortest story that shows it.</summary>
    public static async Task<Verdict> ShortenAsync(ScenarioWorld world, Verdict verdict)
    {
        var left = MaxTries;
        for (var size = Math.Max(1, verdict.Scenario.Steps.Count / 2); size >= 1; size /= 2)
        {
            for (var from = 0; from < verdict.Scenario.Steps.Count && left > 0; left--)
            {
                List<Step> fewer = [.. verdict.Scenario.Steps.Take(from), .. verdict.Scenario.Steps.Skip(from + size)];
                if (await TryAsync(world, verdict.Scenario with { Steps = fewer }) is { } shorter)
                    verdict = shorter;
                else
                    from += size;
            }
        }

        for (var i = 0; i < verdict.Scenario.Steps.Count; i++)
        {
            var steps = verdict.Scenario.Steps.ToList();
            if (steps[i] is { KillAt: 0, WithNext: false })
                continue;
            steps[i] = steps[i] with { KillAt = 0, WithNext = false };
            verdict = await TryAsync(world, verdict.Scenario with { Steps = steps }) ?? verdict;
        }

        return verdict;
    }

    private static async Task<Verdict?> TryAsync(ScenarioWorld world, Scenario scenario) => await RunAsync(world, scenario) is { Wrong.Count: > 0 } verdict ? verdict : null;
}
