using System.Collections.Concurrent;

namespace Sandbox.Simulator.Gateways;

/// <summary>Methods that the account has lost since: no longer listed, and refused in an order.</summary>
public sealed class GatewaySwitches
{
    private readonly ConcurrentDictionary<string, bool> _off = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Off => _off.Keys.Order(StringComparer.Ordinal);

    public bool IsOn(Gateway gateway) => !_off.ContainsKey(gateway.Id);

    public void Turn(Gateway gateway, bool on)
    {
        if (on)
            _off.TryRemove(gateway.Id, out _);
        else
            _off[gateway.Id] = true;
    }

    public void Clear() => _off.Clear();
}
