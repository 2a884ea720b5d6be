namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>What became of a scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Wrong">What is wrong; empty when all is well.</param>
/// <param name="Story">What happened, line by line.</param>
/// <param name="Marks">For the statistics: the kinds of steps that happened, and where the orders ended.</param>
internal sealed record ScenarioResult(Scenario Scenario, IReadOnlyList<string> Wrong, IReadOnlyList<string> Story, IReadOnlySet<string> Marks)
{
    public override string ToString() => string.Join(Environment.NewLine, [$"Seed {Scenario.Seed}:", .. Wrong.Select(wrong => $"  {wrong}"), "The story:", .. Story.Select(line => $"  {line}")]);
}

/// <summary>Runs scenarios in one host, one after the other.</summary>
internal static class ScenarioExecutor
{
    private const int MaxTries = 100;

    public static async Task<ScenarioResult> RunAsync(ScenarioHost host, Scenario scenario)
    {
        await host.RenewAsync();
        var runner = new ScenarioRunner(host, scenario);
        List<string> wrong;
        try
        {
            await runner.RunAsync();
            await runner.SettleAsync();
            wrong = [.. await new Oracle(runner).JudgeAsync(isOver: false)];
            if (wrong.Count == 0)
            {
                await runner.WaitForTheEndAsync();
                wrong = [.. await new Oracle(runner).JudgeAsync(isOver: true)];
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            wrong = [exception.ToString()];
        }

        return new ScenarioResult(scenario, wrong, runner.Story, await MarksAsync(runner));
    }

    private static async Task<IReadOnlySet<string>> MarksAsync(ScenarioRunner runner)
    {
        HashSet<string> marks = [.. runner.Happened.Select(kind => kind.ToString())];
        if (runner.Host.Deaths > 0)
            marks.Add("a node died");
        foreach (var purchase in runner.Purchases)
        {
            if (await runner.OrderAsync(purchase) is { } order)
                marks.Add($"{order.OrderStatus}, {order.PaymentStatus}");
        }

        return marks;
    }

    /// <summary>Leaves steps out, and what is done to them, as long as something is still wrong: the shortest story that shows it.</summary>
    public static async Task<ScenarioResult> ShortenAsync(ScenarioHost host, ScenarioResult result)
    {
        var left = MaxTries;
        for (var size = Math.Max(1, result.Scenario.Steps.Count / 2); size >= 1; size /= 2)
        {
            for (var from = 0; from < result.Scenario.Steps.Count && left > 0; left--)
            {
                List<Step> fewer = [.. result.Scenario.Steps.Take(from), .. result.Scenario.Steps.Skip(from + size)];
                if (await TryAsync(host, result.Scenario with { Steps = fewer }) is { } shorter)
                    result = shorter;
                else
                    from += size;
            }
        }

        for (var i = 0; i < result.Scenario.Steps.Count; i++)
        {
            var steps = result.Scenario.Steps.ToList();
            if (steps[i] is { KillAt: 0, WithNext: false })
                continue;
            steps[i] = steps[i] with { KillAt = 0, WithNext = false };
            result = await TryAsync(host, result.Scenario with { Steps = steps }) ?? result;
        }

        return result;
    }

    private static async Task<ScenarioResult?> TryAsync(ScenarioHost host, Scenario scenario) => await RunAsync(host, scenario) is { Wrong.Count: > 0 } result ? result : null;
}
