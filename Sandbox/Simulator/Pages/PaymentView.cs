using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Pages;

/// <summary>What the payment page shows: a message, or the scenarios of a transaction, or the methods to choose from.</summary>
public sealed record PaymentView(string SessionId, string OrderId, string Amount, string Description)
{
    public string? Message { get; init; }

    public string? ReturnUrl { get; init; }

    public long? TransactionId { get; init; }

    public string GatewayName { get; init; } = "";

    public IReadOnlyList<(string Name, string Label, string Hint)> Scenarios { get; init; } = [];

    /// <summary>Asks the customer whether the details may be stored.</summary>
    public bool AsksToStore { get; init; }

    public IReadOnlyList<Gateway> Gateways { get; init; } = [];

    public bool ShowsAll { get; init; }

    /// <summary>The language that the shop asked for, such as nl_NL; the names of the methods are in it, the rest of the page is not MultiSafepay's.</summary>
    public string? Locale { get; init; }

    public static PaymentView From(SimulatedOrder order, PaymentSession session) =>
        new(session.Id, order.OrderId, Currencies.Show(session.Amount, session.Currency), session.Description) { Locale = session.Locale };

    /// <summary>What MultiSafepay's test environment lets one choose for this kind of method.</summary>
    public static IReadOnlyList<(string Name, string Label, string Hint)> ScenariosOf(SimulatedTransaction transaction)
    {
        if (transaction.Session.Token is not null)
        {
            return
            [
                ("confirmed", "Confirm the payment", "3-D Secure: the bank believes the customer."),
                ("unconfirmed", "Fail", "3-D Secure: the customer does not prove who they are."),
                ("leave", "Close the page", "Nothing is reported; the transaction stays open until it expires."),
            ];
        }

        var gateway = GatewayCatalogue.Get(transaction.GatewayId);
        List<(string, string, string)> scenarios =
        [
            transaction.Session.ManualCapture
                ? ("authorised", "Authorise", "The card's money is reserved; the shop captures it later.")
                : ("completed", "Complete", "The payment succeeds."),
        ];

        if (gateway.Id is "BANKTRANS" or "MULTIBANCO")
            scenarios.Add(("pending", "Pay later by transfer", "The customer returns to the shop; the money comes later, or never."));
        if (!transaction.Session.ManualCapture && gateway.Kind != GatewayKind.GiftCard && transaction.Amount > 1)
            scenarios.Add(("giftcard", "Complete, half of it with a gift card", "Two payment methods share the amount."));
        if (gateway.Id == "AMEX")
            scenarios.Add(("collected", "Complete, with a number of the shop's own", "American Express collects: the money stays initialized for ever."));
        if (Lifecycle.PaymentTransitions.CanWait(transaction))
            scenarios.Add(("waiting", "Let it wait", "Uncleared: the customer or the provider has yet to do something."));
        if (gateway.Kind is GatewayKind.Card or GatewayKind.PayLater or GatewayKind.Wallet || gateway.Id == "DIRDEB")
            scenarios.Add(("uncleared", "Put under review", "Uncleared: MultiSafepay accepts or declines it later."));
        scenarios.Add(("declined", "Decline", "The issuer refuses the payment."));
        scenarios.Add(("cancelled", "Cancel", "The customer changes their mind."));
        scenarios.Add(("expired", "Let it expire", "The customer takes too long."));
        scenarios.Add(("leave", "Close the page", "Nothing is reported; the transaction stays open until it expires."));
        return scenarios;
    }
}
