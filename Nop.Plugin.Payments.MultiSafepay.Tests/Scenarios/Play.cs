using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>Something that can happen now.</summary>
/// <param name="Text">What, for the story.</param>
/// <param name="Work">What a node has to do for it; null when it happens elsewhere.</param>
/// <param name="AtOnce">What happens elsewhere.</param>
internal sealed record Deed(string Text, Func<Node, Task>? Work = null, Func<Task>? AtOnce = null);

/// <summary>Lets a scenario happen, and writes down its story.</summary>
internal sealed partial class Play(ScenarioWorld world, Scenario scenario)
{
    private const int MaxLetters = 300;
    private static readonly TimeSpan _letterTimeout = TimeSpan.FromSeconds(25);
    private readonly List<string> _story = [];
    private readonly Stage _stage = new(world.Time);
    private int _lettersToLose;
    private int _acknowledgementsToLose;
    private bool _mayBeUnsigned;

    public ScenarioWorld World => world;

    public Scenario Scenario => scenario;

    public IReadOnlyList<string> Story => _story;

    public List<Purchase> Purchases { get; } = [];

    /// <summary>The kinds of steps that were possible when it was their turn.</summary>
    public HashSet<StepKind> Happened { get; } = [];

    /// <summary>Whether two nodes were at work at the same time.</summary>
    public bool WasAnythingAtOnce { get; private set; }

    /// <summary>Whether somebody was at work on an order while something else was: nopCommerce then loses what one of them did.</summary>
    public bool WasSavedAtOnce { get; private set; }

    /// <summary>Every policy that was in force.</summary>
    public HashSet<CancelledThenPaidPolicy> Policies { get; } = [scenario.Situation.Policy];

    /// <summary>Every mapping that was in force.</summary>
    public HashSet<string> Mappings { get; } = [scenario.Situation.Mapping];

    /// <summary>What was wrong on the way: answers that nobody should get, exceptions.</summary>
    public List<string> Surprises { get; } = [];

    public async Task RunAsync()
    {
        Tell($"The shop: {scenario.Situation}");
        await PrepareAsync();
        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            List<Step> steps = [scenario.Steps[i]];
            if (steps[0].WithNext && i + 1 < scenario.Steps.Count)
                steps.Add(scenario.Steps[++i]);
            await HappenAsync(steps);
        }
    }

    public void Tell(string line) => _story.Add(string.Create(CultureInfo.InvariantCulture, $"{(world.Time.Now - _began).TotalHours,8:0.000} h  {line}"));

    public Task<Order?> OrderAsync(Purchase purchase) => world.Database.FindAsync<Order>(purchase.OrderId);

    /// <summary>The task runs, with nothing in its way.</summary>
    public Task RunTaskAsync()
    {
        var node = world.Nodes[0];
        return ActAsync([new Act("the task runs", node, () => RunTask().Work!(node))], new Random(1));
    }

    public Task EnterKeyAsync() => EnterKey().AtOnce!();

    /// <summary>From now on all notifications arrive, and their answers.</summary>
    public void LoseNothing() => (_lettersToLose, _acknowledgementsToLose) = (0, 0);

    public async Task AllMailArrivesAsync(Random dice)
    {
        for (var i = 0; i < MaxLetters && world.Mailbox.Letters.Count > 0; i++)
            await MailArrivesAsync(dice, killAt: 0);
    }

    /// <summary>Lets time pass; no letter stays under way for longer than MultiSafepay would wait for an answer.</summary>
    public async Task PassAsync(TimeSpan time, Random dice)
    {
        var isLong = time > _letterTimeout;
        for (var chunk = 0; time > TimeSpan.Zero; chunk++)
        {
            if (isLong)
                await AllMailArrivesAsync(dice);
            var part = chunk < 4 && time > Quarter ? Quarter : time;
            await world.MoveClockAsync(part);
            time -= part;
        }

        if (isLong)
            await AllMailArrivesAsync(dice);
    }

    private static TimeSpan Quarter => TimeSpan.FromMinutes(15);

    private readonly DateTimeOffset _began = world.Time.Now;

    private async Task HappenAsync(IReadOnlyList<Step> steps)
    {
        var acts = new List<Act>();
        var dice = new Random(steps[0].Dice);
        foreach (var step in steps)
        {
            var own = new Random(step.Dice);
            if (step.Kind == StepKind.MailArrives)
            {
                Happened.Add(step.Kind);
                await ActAsync(acts, dice);
                acts.Clear();
                await MailArrivesAsync(own, step.KillAt);
                continue;
            }

            if (await FindAsync(step.Kind, own) is not { } deed)
                continue;
            Happened.Add(step.Kind);
            if (deed.AtOnce is { } atOnce)
            {
                Tell(deed.Text);
                await atOnce();
            }

            if (deed.Work is { } work)
            {
                // In two tabs, at once.
                var isDouble = step.Kind == StepKind.PressesRetryTwice && steps.Count == 1;
                var node = acts.Count > 0 ? world.Nodes.First(node => node != acts[0].Node) : world.Nodes[own.Next(world.Nodes.Count)];
                acts.Add(new Act(deed.Text, node, () => work(node)) { KillAt = step.KillAt, IsWoven = steps.Count > 1 || isDouble });
                if (isDouble && world.Nodes.First(other => other != node) is var second)
                    acts.Add(new Act("the other tab", second, () => work(second)) { IsWoven = true });
            }
        }

        WasAnythingAtOnce |= acts.Count > 1;
        WasSavedAtOnce |= acts.Count > 1;
        await ActAsync(acts, dice);
        if (dice.Next(3) > 0)
            await AllMailArrivesAsync(dice);
    }

    private async Task ActAsync(IReadOnlyList<Act> acts, Random dice)
    {
        if (acts.Count > 0)
            Tell(string.Join(", and at once ", acts.Select(act => $"{act.Name} ({act.Node.Name})")));
        await _stage.RunAsync(acts, dice);
        foreach (var act in acts)
        {
            if (act.Failure is { } failure)
                Surprise($"{act.Name}: {failure}");
            if (act.Node.Process.IsKilled)
                Tell($"    {act.Node.Name} was killed");
        }

        await world.ReviveAsync();
        await world.Mailbox.SettleAsync(world.Ledger);
    }

    // The next notification, with all its copies at once.
    private async Task MailArrivesAsync(Random dice, int killAt)
    {
        if (world.Mailbox.Letters is not [var first, ..])
            return;
        var letters = world.Mailbox.Letters.Where(letter => letter.Delivery == first.Delivery).Take(world.Nodes.Count).ToList();
        letters.ForEach(world.Mailbox.Take);
        if (_lettersToLose > 0)
        {
            _lettersToLose--;
            Tell($"lost: {first}");
            letters.ForEach(letter => letter.Broken());
            await world.Mailbox.SettleAsync(world.Ledger);
            return;
        }

        var start = dice.Next(world.Nodes.Count);
        var acts = letters.Select((letter, index) => world.Nodes[(start + index) % world.Nodes.Count] is var node
            ? new Act(letter.ToString(), node, () => BringAsync(letter, node)) { KillAt = index == 0 ? killAt : 0, IsWoven = letters.Count > 1 }
            : null!).ToList();
        WasAnythingAtOnce |= acts.Count > 1;
        Tell(string.Join(", and at once ", acts.Select(act => $"{act.Name} ({act.Node.Name})")));
        await _stage.RunAsync(acts, dice);
        foreach (var act in acts.Where(act => act.Failure is not null))
            Surprise($"{act.Name}: {act.Failure}");
        letters.ForEach(letter => letter.Broken());
        await world.ReviveAsync();
        await world.Mailbox.SettleAsync(world.Ledger);
    }

    private async Task BringAsync(Letter letter, Node node)
    {
        using var request = letter.Request();
        using var answer = await node.SendAsync(request, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync();
        Tell($"    {(int)answer.StatusCode} {text}");

        // One that was under way for too long is refused, and sent again with the time of then.
        var isOld = letter.SignedAt is { } at && world.Time.Now - at > NotificationSignature.DefaultTolerance;
        var isExpected = answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable || (answer.StatusCode == HttpStatusCode.Unauthorized && (_mayBeUnsigned || isOld))
            || (answer.StatusCode == HttpStatusCode.NotFound && !IsOurs(letter));
        if (!isExpected)
            Surprise($"{letter} was answered with {(int)answer.StatusCode} {text}");
        if (_acknowledgementsToLose > 0)
        {
            _acknowledgementsToLose--;
            Tell("    the answer got lost");
        }
        else
        {
            letter.Answered(answer.StatusCode, text);
        }
    }

    // Whether it names an order of the shop: another shop's order does not, nor does a refund that was made in the dashboard.
    private bool IsOurs(Letter letter) => JsonNode.Parse(letter.Delivery.Body.Span)?["var1"]?.ToString() is { } tag
        && Purchases.Exists(purchase => tag.StartsWith(purchase.Guid.ToString(), StringComparison.Ordinal));

    private void Surprise(string text)
    {
        Tell($"    SURPRISE {text}");
        Surprises.Add(text);
    }
}
