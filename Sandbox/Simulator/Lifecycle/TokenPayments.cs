using Sandbox.Simulator.Api;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>Payments with stored details, without a payment page. Called under the ledger's lock.</summary>
public sealed class TokenPayments(Ledger ledger, TokenVault vault, RecurringSwitches recurring, GatewaySwitches gateways, PaymentTransitions payments)
{
    private const string DirectDebit = "DIRDEB";

    /// <summary>Finds the stored details that an order names.</summary>
    /// <exception cref="RefusalException">
    /// 1000: they are not there, belong to another reference, or have expired, or the account has no such model. 1023: the account does not take the method.
    /// </exception>
    public void Prepare(SimulatorSite site, PaymentSession session)
    {
        if (session.RecurringId is not { } id)
            return;

        if (!recurring.IsOn(session.RecurringModel))
            throw RefusalException.General($"Invalid recurring_model: {session.RecurringModel} is not active in this account");
        var token = vault.Find(site, session.Reference!, id);
        if (token is null || token.HasExpired(ledger.Now))
            throw NotKnown("Not found: token");

        // What was stored with a payment by bank is debited from the account later (docs.multisafepay.com, Recurring payments).
        var gateway = GatewayCatalogue.Get(token.Last4 is null ? DirectDebit : token.GatewayId);
        if (!gateways.IsOn(gateway) || !gateway.Suits(country: null, session.Currency, session.Amount))
            throw new RefusalException(ErrorCode.Gateway, $"Gateway unavailable: {gateway.Id}");
        session.Token = token;
        session.GatewayId = gateway.Id;
    }

    /// <summary>Takes the money, as it was planned for this payment. The transaction stays initialized if the customer has to confirm it on a page.</summary>
    /// <exception cref="RefusalException">1024: it is declined, and the switch is set that makes this an error; the order is declined all the same.</exception>
    public SimulatedTransaction Pay(SimulatedOrder order, PaymentSession session)
    {
        var transaction = payments.Start(order, session, session.GatewayId!);
        transaction.Token = session.Token;
        var planned = vault.NextPayment();
        switch (planned.Outcome)
        {
            case PlannedPayment.Authenticate:
                break;
            case Status.Declined:
                payments.Decline(order, transaction, planned.ReasonCode, planned.Reason);
                if (order.Shape.Has(ResponseShape.DeclinedTokenIsError))
                    throw new RefusalException(ErrorCode.Declined, transaction.Reason);
                break;
            case Status.Uncleared:
                payments.Review(order, transaction);
                break;
            default:
                Succeed(order, transaction);
                break;
        }

        return transaction;
    }

    /// <summary>The customer has confirmed the payment, or nobody had to.</summary>
    public void Succeed(SimulatedOrder order, SimulatedTransaction transaction)
    {
        if (transaction.GatewayId == DirectDebit)
            payments.Wait(order, transaction);
        else if (transaction.Session.ManualCapture && GatewayCatalogue.Get(transaction.GatewayId).AuthorizationLifetime is not null)
            payments.Authorize(order, transaction);
        else
            payments.Complete(order, transaction);
    }

    /// <summary>What MultiSafepay answers about details that it does not have: 1000, with HTTP 410 or, by a switch, 404.</summary>
    public RefusalException NotKnown(string info) =>
        new(ErrorCode.General, info, ledger.Shape.Has(ResponseShape.UnknownTokenIs404) ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone);
}
