using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>Ends what has run out of time: links, transactions and authorisations. A timer looks at all orders; whoever reads an order looks at that one first.</summary>
public sealed class Expiry(Ledger ledger, PaymentTransitions payments, CaptureProcessor captures, SimulatorOptions options, TimeProvider time) : BackgroundService
{
    /// <summary>Called under the ledger's lock.</summary>
    public void Settle(SimulatedOrder order)
    {
        var now = ledger.Now;
        foreach (var transaction in order.Transactions.ToList())
        {
            if (transaction.Status is Status.Initialized or Status.Uncleared && transaction.ExpiresAt <= now)
                payments.Expire(order, transaction);
            else if (transaction.Authorization?.ExpiresAt <= now && SimulatedOrder.CaptureRemain(transaction) > 0)
                captures.Release(order, "Authorisation expired");
        }

        foreach (var session in order.Sessions.Where(session => session.ClosedAs is null && session.ExpiresAt <= now).ToList())
        {
            if (order.Transactions.Exists(transaction => transaction.Session == session))
                session.ClosedAs = Status.Expired;
            else
                payments.Close(order, session, Status.Expired);
        }
    }

    /// <summary>Looks at every order.</summary>
    public void SettleAll()
    {
        lock (ledger.Gate)
        {
            foreach (var order in ledger.Orders.ToList())
                Settle(order);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ExpirySweep, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                SettleAll();
        }
        catch (OperationCanceledException)
        {
            // The simulator stops.
        }
    }
}
