using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>Stores the details of a payment whose order asks for it. Called under the ledger's lock.</summary>
public sealed class TokenIssuer(Ledger ledger, TokenVault vault, RecurringSwitches switches)
{
    /// <summary>Until when the cards of the customers are good, whose details are stored from now on: YYMM.</summary>
    public string ExpiryDate { get; set; } = TestCards.ExpiryDate;

    /// <summary>
    /// Whether the details of a payment are stored when it succeeds. What MultiSafepay does where the model is not activated is not documented: here it takes the money and stores nothing.
    /// </summary>
    public bool Stores(PaymentSession session, string gatewayId) =>
        session is { Token: null, Reference: not null } && switches.IsOn(session.RecurringModel) && GatewayCatalogue.Get(gatewayId).Tokenizes;

    /// <summary>Whether the payment page asks the customer, who may say no: where the details are for the customer's own use.</summary>
    public bool Asks(PaymentSession session, string gatewayId) => session.RecurringModel == RecurringSwitches.CardOnFile && Stores(session, gatewayId);

    /// <summary>Called when a payment has succeeded. Each makes a token of its own, also the second one with the same card; MultiSafepay does not say what it does then.</summary>
    public void Issue(SimulatedOrder order, SimulatedTransaction transaction)
    {
        var session = transaction.Session;
        if (transaction.Token is not null || !transaction.StoresDetails || !Stores(session, transaction.GatewayId))
            return;

        transaction.Token = Create(order.Site, session.Reference!, transaction.GatewayId, session.RecurringModel!);
        vault.Add(transaction.Token);
    }

    /// <summary>A token with the details that the simulator's customers have.</summary>
    public StoredToken Create(SimulatorSite site, string reference, string gatewayId, string model, string? last4 = null, string? expiryDate = null, string? display = null)
    {
        var isCard = GatewayCatalogue.Get(gatewayId).Kind == GatewayKind.Card;
        var digits = isCard ? last4 ?? TestCards.LastFour(gatewayId) : null;
        return new()
        {
            Id = TokenVault.NewId(),
            AccountId = site.AccountId,
            Environment = site.Environment,
            Reference = reference,
            GatewayId = gatewayId,
            Model = model,
            Display = display ?? (isCard ? $"Card xxxx xxxx xxxx {digits}" : "NL** **** **** **** 89"),
            Last4 = digits,
            ExpiryDate = isCard ? expiryDate ?? ExpiryDate : null,
            Created = ledger.Now,
        };
    }
}
