using Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>
/// Something that a node does: a request that it serves, a button of the owner's, the task. It runs until it comes to a place where others may go first, and stands
/// there until it is told to go on. So what several nodes do at once is woven together in an order that the dice decide, and that is the same every time.
/// </summary>
internal sealed class InterleavedOperation(string name, Node node, Func<Task> work)
{
    // Real time. The first page that is shown is compiled, which takes a busy machine its time.
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(2);

    private TaskCompletionSource _stopped = NewStop();
    private TaskCompletionSource? _gate;
    private int _passed;

    public string Name => name;

    public Node Node => node;

    /// <summary>At which access the node is killed; 0 for never.</summary>
    public int KillAt { get; init; }

    /// <summary>Asked at each access whether the node is killed there.</summary>
    public Func<NodeAccess, bool>? Kills { get; init; }

    /// <summary>Whether it lets others go first before each access.</summary>
    public bool IsWoven { get; init; }

    public bool IsDone { get; private set; }

    /// <summary>It waits for the clock until then.</summary>
    public DateTimeOffset? SleepsUntil { get; private set; }

    /// <summary>What it ended with, if it was not that its node is dead.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Begins, and comes back when it stands for the first time.</summary>
    public Task StartAsync()
    {
        node.Process.Passing = PassAsync;
        node.Clock.FallsAsleep = until =>
        {
            SleepsUntil = until;
            _stopped.TrySetResult();
        };
        _ = RunAsync();
        return StandsAsync();
    }

    /// <summary>Goes on from a place where others might go first, and comes back when it stands again.</summary>
    public Task GoOnAsync()
    {
        _stopped = NewStop();
        var gate = _gate!;
        _gate = null;
        gate.SetResult();
        return StandsAsync();
    }

    /// <summary>Is about to be woken by the clock. Said before the clock moves: whoever has woken may stand again before anybody looks.</summary>
    public void Rouse()
    {
        _stopped = NewStop();
        SleepsUntil = null;
    }

    /// <summary>Gives it up where it stands; its node is dead then.</summary>
    public void Abandon()
    {
        node.Process.Kill();
        _gate?.TrySetResult();
    }

    /// <summary>Comes back when it stands, or has ended.</summary>
    public async Task StandsAsync()
    {
        try
        {
            await _stopped.Task.WaitAsync(_timeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{name} on {node.Name} neither ends nor stands.");
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await work();
            node.Process.ThrowIfKilled();
        }
        catch (Exception exception)
        {
            Failure = node.Process.IsKilled ? null : exception;
        }
        finally
        {
            (node.Process.Passing, node.Clock.FallsAsleep) = (null, null);
            IsDone = true;
            _stopped.TrySetResult();
        }
    }

    private Task PassAsync(NodeAccess access)
    {
        if (++_passed == KillAt || Kills?.Invoke(access) == true)
        {
            node.Process.Kill();
            return Task.CompletedTask;
        }

        if (!IsWoven)
            return Task.CompletedTask;
        _gate = new TaskCompletionSource();
        var passage = _gate.Task;
        _stopped.TrySetResult();
        return passage;
    }

    private static TaskCompletionSource NewStop() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Lets operations happen, one or several at the same time.</summary>
internal sealed class InterleavingScheduler(NodeTime time)
{
    private const int MaxTurns = 20_000;

    /// <summary>Runs the operations to their end. No two of them are on the same node.</summary>
    public async Task RunAsync(IReadOnlyList<InterleavedOperation> operations, Random dice)
    {
        try
        {
            foreach (var operation in operations)
                await operation.StartAsync();
            for (var turn = 0; operations.Any(operation => !operation.IsDone); turn++)
            {
                if (turn == MaxTurns)
                    throw new TimeoutException($"It does not end: {string.Join(", ", operations.Where(operation => !operation.IsDone).Select(operation => operation.Name))}");
                await TakeTurnAsync(operations, dice);
            }
        }
        catch (TimeoutException)
        {
            // The next scenario must not find somebody standing there.
            foreach (var operation in operations.Where(operation => !operation.IsDone))
                operation.Abandon();
            throw;
        }
    }

    private async Task TakeTurnAsync(IReadOnlyList<InterleavedOperation> operations, Random dice)
    {
        // Whoever waits for the clock does so seldom while others could go on: the clock is slow compared with them.
        var awake = operations.Where(operation => operation is { IsDone: false, SleepsUntil: null }).ToList();
        if (awake.Count > 0 && (awake.Count == operations.Count(operation => !operation.IsDone) || dice.Next(20) > 0))
            await awake[dice.Next(awake.Count)].GoOnAsync();
        else
            await WakeFirstAsync(operations);
    }

    private async Task WakeFirstAsync(IReadOnlyList<InterleavedOperation> operations)
    {
        var until = operations.Where(operation => !operation.IsDone).Min(operation => operation.SleepsUntil)!.Value;
        var waking = operations.Where(operation => !operation.IsDone && operation.SleepsUntil <= until).ToList();
        waking.ForEach(operation => operation.Rouse());
        time.MoveTo(until);
        foreach (var operation in waking)
            await operation.StandsAsync();
    }
}
