using System.Net;
using System.Text.Json.Nodes;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Sandbox.Shop.Services;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>What customers do, in the shop and on the payment page.</content>
internal sealed partial class ScenarioRunner
{
    private const int MaxPurchases = 2;

    private Task PrepareAsync()
    {
        var situation = scenario.Situation;
        if (situation.Subscription is { } subscription)
            return PrepareAsync(situation, subscription);
        host.Shape.Change = request => request.RecurringId is not null ? request with { Capture = situation.Means == Means.CardByHand ? CaptureMode.Manual : null } : situation.Means switch
        {
            Means.Bank => request with { Gateway = situation.Currency == "EUR" ? "IDEAL" : "TRUSTLY" },
            Means.Card => request with { Gateway = "VISA" },
            Means.CardByHand => request with { Gateway = "VISA", Capture = CaptureMode.Manual },
            Means.PayLater => request with { Gateway = "KLARNA" },
            _ => request with { Gateway = null }
        };
        lock (host.Ledger.Gate)
        {
            for (var i = 0; i < ResponseShape.Names.Count; i++)
                host.Ledger.Shape.Set(ResponseShape.Names[i], situation.Shapes.HasFlag((Shapes)(1 << i)));
        }

        return host.SetAsync((settings, _) =>
        {
            settings.SaveCards = true;
            settings.CancelledThenPaid = situation.Policy;
            settings.StatusMapping = situation.Mapping;
            settings.CaptureOnShipment = situation.CaptureOnShipment;
            (settings.LinkLifetime, settings.LinkLifetimeUnit) = (situation.LinkMinutes, LifetimeUnit.Minutes);
        });
    }

    private ScenarioAction? Buy()
    {
        if (Purchases.Count == MaxPurchases)
            return null;
        var cookies = new CookieContainer();
        return new ScenarioAction("the customer buys", node => BuyAsync(node, cookies));
    }

    private async Task BuyAsync(Node node, CookieContainer cookies, IReadOnlyList<(string Name, string Value)>? choice = null, Func<Task>? beforeOrder = null)
    {
        var currency = (await host.Database.ListAsync<Currency>(row => row.CurrencyCode == scenario.Situation.Currency)).Single();
        try
        {
            Go(await new Visitor(node, cookies).BuyAsync(currency.Id, scenario.Situation.ProductId, scenario.Situation.Quantity, choice, beforeOrder), await NewPurchaseAsync(cookies));
        }
        catch when (node.Process.IsKilled)
        {
            // The order may be there all the same.
            await NewPurchaseAsync(cookies);
            throw;
        }
    }

    private async Task<Purchase?> NewPurchaseAsync(CookieContainer cookies)
    {
        var guid = cookies.GetAllCookies().FirstOrDefault(cookie => cookie.Name == WorkContext.CustomerCookie)?.Value;
        var customer = await host.Database.FirstOrDefaultAsync<Customer>(customer => customer.CustomerGuid.ToString() == guid);
        if (customer is null || await host.Database.FirstOrDefaultAsync<Order>(order => order.CustomerId == customer.Id) is not { } order)
            return null;
        var purchase = new Purchase(order, cookies);
        Purchases.Add(purchase);
        return purchase;
    }

    // The customer is sent somewhere: to a payment page, perhaps.
    private void Go(string location, Purchase? purchase)
    {
        Tell($"    -> {location}");
        if (purchase is not null && location.Split('/') is [.., "pay", var session, _])
            purchase.Links.Add(session);
    }

    private ScenarioAction? Retry(Purchase purchase) => new($"customer {purchase.OrderId} presses Retry payment", async node =>
        Go(await new Visitor(node, purchase.Cookies).PostAsync("Order/RePostPayment", ("orderId", $"{purchase.OrderId}")), purchase));

    private ScenarioAction Return(Purchase purchase, bool hasLeft) => new($"customer {purchase.OrderId} comes back", async node =>
        Go(await new Visitor(node, purchase.Cookies).GetAsync($"multisafepay/{(hasLeft ? "cancel" : "return")}/{purchase.Guid}"), null));

    private async Task<ScenarioAction?> CancelByCustomerAsync(Purchase purchase) => await OrderAsync(purchase) is { OrderStatus: not OrderStatus.Cancelled }
        ? new ScenarioAction($"customer {purchase.OrderId} cancels the order", async node =>
        {
            try
            {
                Go(await new Visitor(node, purchase.Cookies).PostAsync("Order/CancelOrder", ("orderId", $"{purchase.OrderId}")), null);
            }
            catch (InvalidOperationException exception) when (exception.Message.Contains("Cannot do cancel for order", StringComparison.Ordinal))
            {
                // Somebody else was faster; nopCommerce shows its error page.
            }
        })
        : null;

    /// <summary>Something on a payment page that the customer has open: mostly the newest one.</summary>
    private ScenarioAction? OnPage(Purchase purchase, Random dice, string to, Func<SimulatedTransaction, bool>? which = null)
    {
        if (OpenPage(purchase, dice) is not var (order, session))
            return null;
        var transaction = order.Transactions.Where(transaction => transaction.Session == session && (which ?? IsStarted)(transaction)).OrderBy(_ => dice.Next()).FirstOrDefault();
        if (transaction is null && which is not null)
            return null;
        var gateway = transaction?.GatewayId ?? session.GatewayId
            ?? (scenario.Situation.Means == Means.AnyMethod ? scenario.Situation.Gateway : scenario.Situation.Currency == "EUR" && dice.Next(2) == 0 ? "IDEAL" : "VISA");
        var isHeld = session.ManualCapture && GatewayCatalogue.Get(gateway).AuthorizationLifetime is not null;
        to = to switch
        {
            "completed" when isHeld => "authorised",
            "left" when order.Transactions.Exists(other => other.Session == session) => "cancelled",
            _ => to
        };
        var details = new JsonObject { ["gateway"] = gateway };
        if (transaction is not null && to != "started")
            details["transaction"] = transaction.Id;
        if (to == "cancelled")
            details["status"] = dice.Next(2) == 0 ? Status.Void : Status.Cancelled;
        return transaction is null ? OnLink(order, session, to, details) : AtMultiSafepay(order, to, details);
    }

    private ScenarioAction OnLink(SimulatedOrder order, PaymentSession session, string to, JsonObject details) =>
        new($"on the payment page of {order.OrderId}: {to} {details.ToJsonString()}", AtOnce: async () =>
    {
        if (!host.TryPay(order, session, to, details))
            Tell("    which was refused");
        await host.NotificationTransport.SettleAsync(host.Ledger);
    });

    private static bool IsStarted(SimulatedTransaction transaction) => transaction.Status == Status.Initialized;

    private (SimulatedOrder Order, PaymentSession Session)? OpenPage(Purchase purchase, Random dice)
    {
        var open = purchase.Links.Distinct().Select(host.Ledger.FindSession).OfType<(SimulatedOrder Order, PaymentSession Session)>()
            .Where(page => page.Session.ClosedAs is null && page.Session.ExpiresAt > host.Time.Now && !page.Order.IsUsed).ToList();
        return open.Count == 0 ? null : dice.Next(4) == 0 ? open[dice.Next(open.Count)] : open[^1];
    }

    private ScenarioAction AtMultiSafepay(SimulatedOrder order, string to, JsonObject? details = null)
    {
        var text = $"at MultiSafepay {order.OrderId}: {to} {details?.ToJsonString()}";
        return new ScenarioAction(text, AtOnce: async () =>
        {
            if (!host.TryMove(order, to, details))
                Tell("    which was refused");
            await host.NotificationTransport.SettleAsync(host.Ledger);
        });
    }
}
