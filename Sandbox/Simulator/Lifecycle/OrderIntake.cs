using System.Text.Json;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>Takes orders in. Called under the ledger's lock.</summary>
public sealed class OrderIntake(Ledger ledger, SimulatorOptions options, GatewaySwitches switches, LocaleSwitches locales, TokenPayments tokens)
{
    /// <summary>What POST orders does. An order id that was never paid goes to whoever uses it next.</summary>
    /// <exception cref="RefusalException">The order breaks a rule, or its id belongs to a paid order.</exception>
    public (SimulatedOrder Order, PaymentSession Session) Add(SimulatorSite site, JsonElement body)
    {
        var (orderId, session) = OrderCheck.Check(body, options, switches, locales, ledger.Now);
        if (ledger.TryFind(site, orderId, out var known) && known.IsUsed)
            throw new RefusalException(ErrorCode.OrderId, "Invalid order ID: it belongs to a completed order");

        tokens.Prepare(site, session);
        var order = ledger.GetOrAdd(site, orderId);
        ledger.AddSession(order, session);
        return (order, session);
    }
}
