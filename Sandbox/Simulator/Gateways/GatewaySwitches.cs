using System.Collections.Concurrent;

namespace Sandbox.Simulator.Gateways;

/// <summary>
/// What differs from account to account: the methods that it has, and for which of them manual capture is enabled. A method that is off is not listed, and refused in an
/// order; so is manual capture.
/// </summary>
public sealed class GatewaySwitches
{
    private readonly ConcurrentDictionary<string, bool> _methods = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _captures = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Off => GatewayCatalogue.All.Where(gateway => !IsOn(gateway)).Select(gateway => gateway.Id).Order(StringComparer.Ordinal);

    /// <summary>Whether methods are listed as before March 2026, without manual_capture and is_wallet.</summary>
    public bool ListsOlderShape { get; set; }

    public bool IsOn(Gateway gateway) => _methods.TryGetValue(gateway.Id, out var on) ? on : gateway.IsActive;

    public void Turn(Gateway gateway, bool on) => _methods[gateway.Id] = on;

    /// <summary>Whether the account may capture the method by hand.</summary>
    public bool CapturesByHand(Gateway gateway) => gateway.AuthorizationLifetime is not null && _captures.GetValueOrDefault(gateway.Id, true);

    public void TurnCapture(Gateway gateway, bool on) => _captures[gateway.Id] = on;

    public void Clear()
    {
        _methods.Clear();
        _captures.Clear();
        ListsOlderShape = false;
    }
}
