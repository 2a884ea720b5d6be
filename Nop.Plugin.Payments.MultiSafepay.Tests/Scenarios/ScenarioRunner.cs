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
internal sealed record ScenarioAction(string Text, Func<Node, Task>? Work = null, Func<Task>? AtOnce = null);

/// <summary>Lets a scenario happen, and writes down its story.</summary>
internal sealed partial class ScenarioRunner(ScenarioHost host, Scenario scenario)
{
    private const int MaxNotifications = 300;
    private static readonly TimeSpan _letterTimeout = TimeSpan.FromSeconds(25);
    private readonly List<string> _story = [];
    private readonly InterleavingScheduler _scheduler = new(host.Time);
    private int _notificationsToLose;
    private int _acknowledgementsToLose;
    private bool _mayBeUnsigned;

    public ScenarioHost Host => host;

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
            await FindLaterOrdersAsync();
        }
    }

    public void Tell(string line) => _story.Add(string.Create(CultureInfo.InvariantCulture, $"{(host.Time.Now - _began).TotalHours,8:0.000} h  {line}"));

    public Task<Order?> OrderAsync(Purchase purchase) => host.Database.FindAsync<Order>(purchase.OrderId);

    /// <summary>The task runs, with nothing in its way.</summary>
    public Task RunTaskAsync()
    {
        var node = host.Nodes[0];
        return RunOperationsAsync([new InterleavedOperation("the task runs", node, () => RunTask().Work!(node))], new Random(1));
    }

    public Task EnterKeyAsync() => EnterKey().AtOnce!();

    /// <summary>From now on all notifications arrive, and their answers.</summary>
    public void LoseNothing() => (_notificationsToLose, _acknowledgementsToLose) = (0, 0);

    public async Task AllMailArrivesAsync(Random dice)
    {
        for (var i = 0; i < MaxNotifications && host.NotificationTransport.Pending.Count > 0; i++)
            await MailArrivesAsync(dice, killAt: 0);
    }

    /// <summary>Lets time pass; no notification stays under way for longer than MultiSafepay would wait for an answer.</summary>
    public async Task PassAsync(TimeSpan time, Random dice)
    {
        var isLong = time > _letterTimeout;
        for (var chunk = 0; time > TimeSpan.Zero; chunk++)
        {
            if (isLong)
                await AllMailArrivesAsync(dice);
            var part = chunk < 4 && time > Quarter ? Quarter : time;
            await host.MoveClockAsync(part);
            time -= part;
        }

        if (isLong)
            await AllMailArrivesAsync(dice);
    }

    private static TimeSpan Quarter => TimeSpan.FromMinutes(15);

    private readonly DateTimeOffset _began = host.Time.Now;

    private async Task HappenAsync(IReadOnlyList<Step> steps)
    {
        var operations = new List<InterleavedOperation>();
        var dice = new Random(steps[0].Dice);
        foreach (var step in steps)
        {
            var own = new Random(step.Dice);
            if (step.Kind == StepKind.MailArrives)
            {
                Happened.Add(step.Kind);
                await RunOperationsAsync(operations, dice);
                operations.Clear();
                await MailArrivesAsync(own, step.KillAt);
                continue;
            }

            if (step.Kind is StepKind.ShopCancelsUnpaid or StepKind.ShopReminds)
            {
                await RunOperationsAsync(operations, dice);
                operations.Clear();
                if (await ShopTaskRunsAsync(step.Kind, own, step.KillAt))
                    Happened.Add(step.Kind);
                continue;
            }

            if (await FindAsync(step.Kind, own) is not { } action)
                continue;
            Happened.Add(step.Kind);
            if (action.AtOnce is { } atOnce)
            {
                Tell(action.Text);
                await atOnce();
            }

            if (action.Work is { } work)
            {
                // In two tabs, at once.
                var isDouble = step.Kind is StepKind.PressesRetryTwice or StepKind.TaskRunsTwice && steps.Count == 1 && Purchases.Count > 0;
                var node = operations.Count > 0 ? host.Nodes.First(node => node != operations[0].Node) : host.Nodes[own.Next(host.Nodes.Count)];
                operations.Add(new InterleavedOperation(action.Text, node, () => work(node)) { KillAt = step.KillAt, IsWoven = steps.Count > 1 || isDouble });
                if (isDouble && host.Nodes.First(other => other != node) is var second)
                    operations.Add(new InterleavedOperation(step.Kind == StepKind.TaskRunsTwice ? "it runs there as well" : "the other tab", second, () => work(second)) { IsWoven = true });
            }
        }

        WasAnythingAtOnce |= operations.Count > 1;
        WasSavedAtOnce |= operations.Count > 1;
        await RunOperationsAsync(operations, dice);
        if (dice.Next(3) > 0)
            await AllMailArrivesAsync(dice);
    }

    private async Task RunOperationsAsync(IReadOnlyList<InterleavedOperation> operations, Random dice)
    {
        if (operations.Count > 0)
            Tell(string.Join(", and at once ", operations.Select(operation => $"{operation.Name} ({operation.Node.Name})")));
        await _scheduler.RunAsync(operations, dice);
        foreach (var operation in operations)
        {
            if (operation.Failure is { } failure)
                Surprise($"{operation.Name}: {failure}");
            if (operation.Node.Process.IsKilled)
                Tell($"    {operation.Node.Name} was killed");
        }

        await host.ReviveAsync();
        await host.NotificationTransport.SettleAsync(host.Ledger);
    }

    // The next notification, with all its copies at once.
    private Task MailArrivesAsync(Random dice, int killAt) => MailArrivesAsync(dice, killAt, host.Nodes);

    private async Task MailArrivesAsync(Random dice, int killAt, IReadOnlyList<Node> nodes)
    {
        if (host.NotificationTransport.Pending is not [var first, ..])
            return;
        var notifications = host.NotificationTransport.Pending.Where(notification => notification.Delivery == first.Delivery).Take(nodes.Count).ToList();
        notifications.ForEach(host.NotificationTransport.Take);
        if (_notificationsToLose > 0)
        {
            _notificationsToLose--;
            Tell($"lost: {first}");
            notifications.ForEach(notification => notification.Broken());
            await host.NotificationTransport.SettleAsync(host.Ledger);
            return;
        }

        var start = dice.Next(nodes.Count);
        var operations = notifications.Select((notification, index) => nodes[(start + index) % nodes.Count] is var node
            ? new InterleavedOperation(notification.ToString(), node, () => BringAsync(notification, node)) { KillAt = index == 0 ? killAt : 0, IsWoven = notifications.Count > 1 }
            : null!).ToList();
        WasAnythingAtOnce |= operations.Count > 1;
        Tell(string.Join(", and at once ", operations.Select(operation => $"{operation.Name} ({operation.Node.Name})")));
        await _scheduler.RunAsync(operations, dice);
        foreach (var operation in operations.Where(operation => operation.Failure is not null))
            Surprise($"{operation.Name}: {operation.Failure}");
        notifications.ForEach(notification => notification.Broken());
        await host.ReviveAsync();
        await host.NotificationTransport.SettleAsync(host.Ledger);
    }

    private async Task BringAsync(NotificationInTransit notification, Node node)
    {
        using var request = notification.Request();
        using var answer = await node.SendAsync(request, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync();
        Tell($"    {(int)answer.StatusCode} {text}");

        // One that was under way for too long is refused, and sent again with the time of then.
        var isOld = notification.SignedAt is { } at && host.Time.Now - at > NotificationSignature.DefaultTolerance;
        var isExpected = answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable || (answer.StatusCode == HttpStatusCode.Unauthorized && (_mayBeUnsigned || isOld))
            || (answer.StatusCode == HttpStatusCode.NotFound && !IsOurs(notification));
        if (!isExpected)
            Surprise($"{notification} was answered with {(int)answer.StatusCode} {text}");
        if (_acknowledgementsToLose > 0)
        {
            _acknowledgementsToLose--;
            Tell("    the answer got lost");
        }
        else
        {
            notification.Answered(answer.StatusCode, text);
        }
    }

    // Whether it names an order of the shop: another shop's order does not, nor does a refund that was made in the dashboard.
    private bool IsOurs(NotificationInTransit notification) => JsonNode.Parse(notification.Delivery.Body.Span)?["var1"]?.ToString() is { } tag
        && Purchases.Exists(purchase => tag.StartsWith(purchase.Guid.ToString(), StringComparison.Ordinal));

    private void Surprise(string text)
    {
        Tell($"    SURPRISE {text}");
        Surprises.Add(text);
    }
}
