using System.Text.Json.Nodes;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>What MultiSafepay documents of its methods, and what another shop of the same site does under our order ids.</content>
internal sealed partial class ScenarioRunner
{
    private const int MaxOthers = 3;

    private ScenarioAction? TransferArrives(Purchase purchase, IReadOnlyList<SimulatedOrder> books)
    {
        foreach (var order in books.Where(order => !order.IsUsed))
        {
            if (order.Transactions.LastOrDefault(transaction => purchase.Owns(transaction.Session) && transaction is { Completed: null, Status: Status.Void or Status.Cancelled or Status.Expired }
                && GatewayCatalogue.Get(transaction.GatewayId).Kind == GatewayKind.Banking) is not { } transaction)
                continue;
            purchase.IsPaidLate = true;
            return AtMultiSafepay(order, "paid-late", new JsonObject { ["transaction"] = transaction.Id });
        }

        return null;
    }

    // A pay later company had accepted the customer, and calls it off.
    private ScenarioAction? AcceptanceEnds(IReadOnlyList<SimulatedOrder> books, Random dice) =>
        books.LastOrDefault(order => order.Current is { } current && PaymentTransitions.CanBeWithdrawn(current)) is { } order
            ? AtMultiSafepay(order, new[] { "declined", "cancelled", "expired" }[dice.Next(3)])
            : null;

    private ScenarioAction? GoToPair(Purchase purchase, IReadOnlyList<SimulatedOrder> books, Random dice)
    {
        if (books.LastOrDefault(order => order.Current is { Session.ManualCapture: false, Status: not Status.Declined }) is not { Current: { } current } order
            || GatewayCatalogue.Get(current.GatewayId).Documented.Payments is not { Count: > 0 } pairs)
            return null;
        var pair = pairs[dice.Next(pairs.Count)];
        purchase.IsPaidLate |= pair.Status is Status.Completed or Status.Shipped && current.Status is Status.Void or Status.Cancelled or Status.Expired;
        return AtMultiSafepay(order, "pair", Pair(pair));
    }

    private ScenarioAction? DashboardShip(IReadOnlyList<SimulatedOrder> books) =>
        books.LastOrDefault(order => order.Current is { IsPaid: true, Status: Status.Completed or Status.PartialRefunded }) is { } order ? AtMultiSafepay(order, "shipped") : null;

    private ScenarioAction? DashboardRefundWaits(IReadOnlyList<SimulatedOrder> books, Random dice)
    {
        if (books.LastOrDefault(order => order.Current is { Refundable: > 0 }) is not { Current: { } paid } order
            || GatewayCatalogue.Get(paid.GatewayId).Documented.WaitingRefunds.ToList() is not { Count: > 0 } pairs)
            return null;
        var details = Pair(pairs[dice.Next(pairs.Count)]);
        details["amount"] = dice.Next(3) == 0 ? paid.Refundable : Math.Max(1, paid.Refundable * dice.Next(1, 100) / 100);
        return AtMultiSafepay(order, "refunded", details);
    }

    private ScenarioAction? RefundGoesToPair(IReadOnlyList<SimulatedOrder> books, Random dice)
    {
        if (books.FirstOrDefault(order => order.Reserved > 0) is not { } order
            || GatewayCatalogue.Get(order.Transactions.First(transaction => transaction.Reserved > 0).GatewayId).Documented.Refunds is not { Count: > 0 } pairs)
            return null;
        return AtMultiSafepay(order, "refund-pair", Pair(pairs[dice.Next(pairs.Count)]));
    }

    private ScenarioAction? DashboardCapture(Purchase purchase, IReadOnlyList<SimulatedOrder> books)
    {
        if (WithHeld(books, "captured") is not { } action)
            return null;
        purchase.IsCapturedElsewhere = true;
        return action;
    }

    private static JsonObject Pair(StatusPair pair) => new() { ["status"] = pair.Status, ["financial_status"] = pair.FinancialStatus };

    // Under an id that we have used and nobody has paid; under the one that our next attempt would have; or under the one of our capture.
    private ScenarioAction? OtherShopOrders(Purchase purchase, IReadOnlyList<SimulatedOrder> books, Random dice)
    {
        if (purchase.Others.Count == MaxOthers || books.Where(order => order.Site == host.Site).ToList() is not [.., var newest] ours)
            return null;
        var id = dice.Next(6) switch
        {
            0 => $"{ours[0].OrderId}-{ours.Count + 1}",
            1 when ours.Find(order => order.Authorized > 0) is { } held => $"{held.OrderId}-c",
            _ => ours.LastOrDefault(order => !order.IsUsed)?.OrderId
        };
        if (id is null)
            return null;
        var options = new JsonObject { ["redirect_url"] = "http://localhost/elsewhere", ["cancel_url"] = "http://localhost/elsewhere" };

        // It has no notification URL of its own, and the site's own is ours.
        if (dice.Next(2) == 0)
            options["notification_url"] = newest.Session.NotificationUrl;
        var body = new JsonObject
        {
            ["type"] = "redirect",
            ["order_id"] = id,
            ["amount"] = dice.Next(2) == 0 ? newest.Session.Amount : dice.Next(100, 100_000),
            ["currency"] = newest.Session.Currency,
            ["description"] = "Order of another shop",
            ["customer"] = new JsonObject { ["ip_address"] = "203.0.113.8", ["country"] = "NL" },
            ["payment_options"] = options
        };
        if (dice.Next(3) > 0)
            body["var1"] = dice.Next(2) == 0 ? "12345" : $"{new Guid(dice.Next(), 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)}:{purchase.OrderId}";
        if (dice.Next(4) == 0)
            (body["gateway"], body["capture"]) = ("VISA", "manual");
        return new ScenarioAction($"another shop of the site orders {id}, {body["var1"]}", AtOnce: () =>
        {
            if (host.TryOrder(host.Site, body) is var (order, session))
                purchase.Others.Add(new OtherShopOrder(order, session));
            else
                Tell("    which was refused");
            return Task.CompletedTask;
        });
    }

    private ScenarioAction? OtherShopPays(Purchase purchase, Random dice)
    {
        if (purchase.Others.LastOrDefault(other => !other.Order.IsUsed && other.Session.ClosedAs is null && other.Session.ExpiresAt > host.Time.Now) is not { } other)
            return null;
        var to = dice.Next(6) switch { 0 => "uncleared", 1 => "declined", _ => other.Session.ManualCapture ? "authorised" : "completed" };
        return OnLink(other.Order, other.Session, to, new JsonObject { ["gateway"] = other.Session.GatewayId ?? "IDEAL" });
    }

    private ScenarioAction? OtherShopLeaves(Purchase purchase, Random dice)
    {
        if (purchase.Others.LastOrDefault(other => !other.Order.IsUsed && other.Session.ClosedAs is null && other.Session.ExpiresAt > host.Time.Now) is not { } other)
            return null;
        other.IsLeft = true;
        return other.Order.Transactions.LastOrDefault(transaction => transaction.Session == other.Session && transaction.Status is Status.Initialized or Status.Uncleared) is { } begun
            ? AtMultiSafepay(other.Order, dice.Next(2) == 0 ? "cancelled" : "expired", new JsonObject { ["transaction"] = begun.Id })
            : OnLink(other.Order, other.Session, "left", []);
    }

    private ScenarioAction? OtherShopRefunds(Purchase purchase, Random dice)
    {
        if (purchase.Others.LastOrDefault(other => other.Order.Current is { Refundable: > 0 } paid && paid.Session == other.Session) is not { Order.Current: { } current } other)
            return null;
        if (dice.Next(4) == 0)
            return AtMultiSafepay(other.Order, "chargeback");
        var amount = dice.Next(2) == 0 ? current.Refundable : Math.Max(1, current.Refundable / 2);
        return new ScenarioAction($"the other shop refunds {amount} of {other.Order.OrderId}", AtOnce: async () =>
        {
            if (host.TryMove(other.Order, "refunded", new JsonObject { ["amount"] = amount }))
                other.Refunds++;
            await host.NotificationTransport.SettleAsync(host.Ledger);
        });
    }
}
