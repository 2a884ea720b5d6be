using System.Net;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>Customers who pay with a card that they have saved.</content>
internal sealed partial class ScenarioRunner
{
    private static readonly string[] _cardErrors = [.. CardErrors.Texts.Keys.Order(StringComparer.Ordinal)];
    private int _cardCustomers;

    /// <summary>A customer who has a card pays with it; the next payment with a card ends as the dice decide.</summary>
    private ScenarioAction? BuyWithCard(Random dice)
    {
        if (Purchases.Count == MaxPurchases)
            return null;
        var planned = dice.Next(8) switch
        {
            < 3 => PlannedPayment.Success,
            3 => new PlannedPayment(Status.Uncleared),
            4 or 5 => new PlannedPayment(PlannedPayment.Authenticate),
            _ => new PlannedPayment(Status.Declined, _cardErrors[dice.Next(_cardErrors.Length)])
        };
        var vanishes = dice.Next(6) == 0;
        var cookies = new CookieContainer();
        var choice = string.Empty;
        return new ScenarioAction(
            $"a customer pays with a saved card: {planned.Outcome} {planned.ReasonCode}{(vanishes ? ", but the card vanishes" : "")}",
            node => BuyAsync(node, cookies, [(CustomerFields.MethodField, choice)], vanishes ? ForgetCardsAsync : null),
            async () => choice = await SignInWithCardAsync(cookies, planned));
    }

    private ScenarioAction? RemoveCards() => host.Simulated<TokenVault>().All.Count == 0 ? null : new ScenarioAction("all saved cards vanish at MultiSafepay", AtOnce: ForgetCardsAsync);

    // As if the customer had paid with the card and saved it long ago; gives the value of its radio button.
    private async Task<string> SignInWithCardAsync(CookieContainer cookies, PlannedPayment planned)
    {
        var email = FormattableString.Invariant($"customer{++_cardCustomers}@customer.example");
        await new Visitor(host.Nodes[0], cookies).PostAsync("login", ("email", email));
        var customer = (await host.Database.ListAsync<Customer>(customer => customer.Email == email)).Single();
        var reference = Guid.NewGuid().ToString("N");
        await host.Database.InsertAsync(new MultiSafepayCustomerReference { CustomerId = customer.Id, Reference = reference });
        lock (host.Ledger.Gate)
        {
            var token = host.Simulated<TokenIssuer>().Create(host.Site, reference, "VISA", RecurringSwitches.CardOnFile, expiryDate: "9912");
            host.Simulated<TokenVault>().Add(token);
            host.Simulated<TokenVault>().ForgetPlans();
            host.Simulated<TokenVault>().Plan(planned);
            return CustomerFields.CardPrefix + SavedCard.From(new() { Token = token.Id, Code = token.GatewayId }, reference, DateOnly.MinValue)!.Id;
        }
    }

    private Task ForgetCardsAsync()
    {
        lock (host.Ledger.Gate)
        {
            foreach (var token in host.Simulated<TokenVault>().All.ToList())
                host.Simulated<TokenVault>().Remove(token);
        }

        return Task.CompletedTask;
    }
}
