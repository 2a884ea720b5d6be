using Sandbox.Simulator.Notifications;

namespace Sandbox.Simulator.Faults;

/// <summary>The faults that are set, each with the number of times it still strikes.</summary>
public sealed class FaultRegistry
{
    private const int MaxFaults = 100;
    private readonly List<(Fault Fault, int Left)> _faults = [];
    private readonly Lock _lock = new();

    public IReadOnlyList<(Fault Fault, int Left)> All
    {
        get
        {
            lock (_lock)
                return [.. _faults];
        }
    }

    public void Add(Fault fault)
    {
        lock (_lock)
        {
            if (_faults.Count == MaxFaults)
                _faults.RemoveAt(0);
            _faults.Add((fault, fault.Times));
        }
    }

    public void Clear()
    {
        lock (_lock)
            _faults.Clear();
    }

    /// <summary>Every fault that strikes this API call, used up by one.</summary>
    public IReadOnlyList<Fault> TakeForCall(string method, string path) => Take(fault =>
        fault.Kind is not (FaultKind.InsufficientBalance or FaultKind.DuplicateNotification or FaultKind.DelayNotification or FaultKind.LoseNotification)
        && fault.Matches(method, path));

    public bool TakeInsufficientBalance(string orderId) =>
        Take(fault => fault.Kind == FaultKind.InsufficientBalance && (fault.OrderId is null || fault.OrderId == orderId)).Count > 0;

    public NotificationTwist TwistNotification(string orderId, NotificationTwist twist)
    {
        foreach (var fault in Take(fault =>
            fault.Kind is FaultKind.DuplicateNotification or FaultKind.DelayNotification or FaultKind.LoseNotification && (fault.OrderId is null || fault.OrderId == orderId)))
        {
            twist = fault.Kind switch
            {
                FaultKind.DuplicateNotification => twist with { Copies = Math.Max(twist.Copies, fault.Copies) },
                FaultKind.LoseNotification => twist with { IsLost = true },
                _ => twist with { Delay = TimeSpan.FromMilliseconds(fault.Milliseconds) },
            };
        }

        return twist;
    }

    private List<Fault> Take(Predicate<Fault> strikes)
    {
        lock (_lock)
        {
            List<Fault> taken = [];
            for (var i = 0; i < _faults.Count; i++)
            {
                var (fault, left) = _faults[i];
                if (left == 0 || !strikes(fault))
                    continue;
                taken.Add(fault);
                if (left != Fault.Always)
                    _faults[i] = (fault, left - 1);
            }

            _faults.RemoveAll(entry => entry.Left == 0);
            return taken;
        }
    }
}
