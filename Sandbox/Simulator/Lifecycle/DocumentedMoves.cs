using Sandbox.Simulator.Api;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>
/// Moves a payment to any pair of statuses that MultiSafepay documents for its method, and to no other. Money moves along, and never backwards. Called under the
/// ledger's lock.
/// </summary>
public sealed class DocumentedMoves(PaymentTransitions payments, RefundProcessor refunds)
{
    /// <exception cref="RefusalException">The pair is not documented for the method, or the payment cannot come there any more.</exception>
    public void Move(SimulatedOrder order, SimulatedTransaction transaction, StatusPair pair)
    {
        var gateway = GatewayCatalogue.Get(transaction.GatewayId);
        if (!gateway.Documented.Payments.Contains(pair))
            throw RefusalException.NotNow($"{gateway.Name} is never {pair}; documented are {string.Join(", ", gateway.Documented.Payments)}");
        if (transaction.IsAuthorization || transaction.Refunded + transaction.Reserved + transaction.ChargedBack > 0)
            throw RefusalException.NotNow("An authorisation, and a payment with refunds or a chargeback, is moved by transitions of its own");

        switch (pair.Status)
        {
            case Status.Initialized or Status.Uncleared:
                Wait(order, transaction, pair);
                break;
            case Status.Completed or Status.Shipped when transaction.IsPaid:
                Advance(order, transaction, pair);
                break;
            case Status.Completed or Status.Shipped:
                payments.Pay(order, transaction, pair);
                break;

            // The one method whose page says charged back and cancelled by the same words.
            case Status.Void when transaction.IsPaid && gateway.Id == "DIRDEB":
                refunds.ChargeBack(order, Status.Void);
                break;
            default:
                payments.End(order, transaction, pair, pair.Status);
                break;
        }
    }

    private void Wait(SimulatedOrder order, SimulatedTransaction transaction, StatusPair pair)
    {
        if (transaction.Status != Status.Initialized && (transaction.Status != Status.Uncleared || pair.Status == Status.Initialized))
            throw RefusalException.NotNow($"A payment that is {transaction.Status} does not become {pair}");
        payments.Move(order, transaction, pair.Status, pair.FinancialStatus, pair.Status == Status.Uncleared ? "Pending" : "");
    }

    private void Advance(SimulatedOrder order, SimulatedTransaction transaction, StatusPair pair)
    {
        var isUnshipped = transaction.Status == Status.Shipped && pair != DocumentedStatuses.For(transaction.GatewayId).Settled(Status.Shipped) && pair.Status == Status.Completed;
        if (isUnshipped || (transaction.FinancialStatus == Status.Completed && pair.FinancialStatus != Status.Completed))
            throw RefusalException.NotNow($"A payment that is {transaction.Status}/{transaction.FinancialStatus} does not go back to {pair}");
        payments.Move(order, transaction, pair.Status, pair.FinancialStatus, transaction.Reason);
    }
}
