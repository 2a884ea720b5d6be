using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Simulator.Gateways;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Simulator;

/// <summary>A stand-in that cannot produce a documented situation hides it: every row of MultiSafepay's table can be reached, and is shown and notified as it stands there.</summary>
[TestFixture]
internal sealed class StatusTableTests : SimulatorFixture
{
    private static readonly string[] _anyPair =
        ["initialized", "uncleared", "completed", "shipped", "declined", "cancelled", "void", "expired", "reserved", "refunded", "chargeback"];

    private static IEnumerable<TestCaseData> Payments() => Cases(StatusTable.OfGateways.Where(entry => entry.Row.IsPayment));

    private static IEnumerable<TestCaseData> Refunds() => Cases(StatusTable.OfGateways.Where(entry => !entry.Row.IsPayment));

    private static IEnumerable<TestCaseData> WaitingRefunds() =>
        Cases(StatusTable.OfGateways.Where(entry => !entry.Row.IsPayment && entry.Row.Status is not ("completed" or "declined")));

    private static IEnumerable<TestCaseData> Cases(IEnumerable<(StatusRow Row, Gateway Gateway)> entries) =>
        entries.Select(entry => new TestCaseData(entry.Gateway, entry.Row.Pair).SetArgDisplayNames(entry.Gateway.Id, entry.Row.Pair.ToString()));

    private static IEnumerable<TestCaseData> Gateways() => GatewayCatalogue.All.Select(gateway => new TestCaseData(gateway).SetArgDisplayNames(gateway.Id));

    [Test]
    public void Every_row_has_a_gateway_and_every_gateway_rows()
    {
        Assert.That(StatusTable.Rows, Has.Count.EqualTo(283));
        Assert.That(StatusTable.Rows.Select(row => row.Method).Distinct(), Is.EquivalentTo(DocumentedStatuses.Pages.Keys));
        Assert.That(DocumentedStatuses.Pages.Values.SelectMany(gateways => gateways), Is.EquivalentTo(GatewayCatalogue.All.Select(gateway => gateway.Id)));
    }

    [TestCaseSource(nameof(Payments))]
    public async Task Payment_reaches_its_row(Gateway gateway, StatusPair pair)
    {
        await Run.MakeAsync(OrderOf(gateway));
        await Run.MoveAsync("order-1", "pair", Details(pair));
        await AssertShownAsync("order-1", pair);
    }

    [TestCaseSource(nameof(Payments))]
    public async Task Payment_that_was_accepted_reaches_its_row_or_refuses_and_stays(Gateway gateway, StatusPair pair)
    {
        await Run.MakeAsync(OrderOf(gateway), "completed");
        var (status, _) = await TryAsync(Details(pair));
        await AssertShownAsync("order-1", status == HttpStatusCode.OK ? pair : gateway.Succeeded);

        // Only a pay later company takes back its word, and a direct debit can be charged back.
        var isEnd = pair.Status is "void" or "cancelled" or "declined" or "expired";
        if (isEnd)
            Assert.That(status == HttpStatusCode.OK, Is.EqualTo((gateway.Kind == GatewayKind.PayLater && gateway.Id != "AFTERPAY") || (gateway.Id == "DIRDEB" && pair.Status == "void")));
        var books = (await Run.LookAsync("order-1"))["books"]!;
        Assert.That((long)books["net"]!, Is.EqualTo(isEnd && status == HttpStatusCode.OK ? 0 : Amount(gateway)));
    }

    [TestCaseSource(nameof(Gateways))]
    public async Task Payment_goes_nowhere_else(Gateway gateway)
    {
        await Run.MakeAsync(OrderOf(gateway), "started");
        foreach (var pair in from status in _anyPair from money in _anyPair select new StatusPair(status, money))
        {
            if (gateway.Documented.Payments.Contains(pair))
                continue;
            Assert.That((await TryAsync(Details(pair))).Status, Is.EqualTo(HttpStatusCode.Conflict), pair.ToString());
        }

        Assert.That((await ShownAsync("order-1")).Pair, Is.EqualTo(new StatusPair("initialized", "initialized")));
    }

    // The transitions that a test or a button calls by name, and not by the pair.
    [TestCaseSource(nameof(Gateways))]
    public async Task Named_transitions_lead_to_rows(Gateway gateway)
    {
        string[][] ways =
        [
            ["completed"], ["waiting"], ["waiting", "completed"], ["declined"], ["expired"], ["cancelled"], ["cancelled", "paid-late"], ["completed", "settled"],
            ["completed", "shipped"], ["completed", "shipped", "settled"], ["completed", "expired"], ["completed", "cancelled"], ["completed", "declined"],
        ];
        var number = 0;
        foreach (var way in ways)
        {
            var id = $"order-{++number}";
            await Run.MakeAsync(OrderOf(gateway, id), "started");
            foreach (var step in way)
            {
                using var response = await Run.ControlAsync(HttpMethod.Post, $"orders/{id}/transitions", new JsonObject { ["to"] = step });
                Assert.That((int)response.StatusCode, Is.EqualTo(200).Or.EqualTo(409));
                if (response.StatusCode != HttpStatusCode.OK || (step is "shipped" && !gateway.Documented.Payments.Any(pair => pair.Status == "shipped")))
                    break;
                var pair = (await ShownAsync(id)).Pair;
                var isUsual = pair is { Status: "declined" or "expired" } or { Status: "void", FinancialStatus: "cancelled" };
                Assert.That(gateway.Documented.Payments.Contains(pair) || isUsual, $"{string.Join(", ", way)}: {pair}");
            }
        }
    }

    [TestCaseSource(nameof(Refunds))]
    public async Task Refund_reaches_its_row(Gateway gateway, StatusPair pair)
    {
        await PayAsync(gateway);
        await Run.Shop.WaitAsync(1);
        await Run.MoveAsync("order-1", "refunded", Details(pair, refundOrderId: "refund-1"));
        await AssertRefundAsync(gateway, pair);
    }

    [TestCaseSource(nameof(Refunds))]
    public async Task Refund_that_waits_reaches_its_row(Gateway gateway, StatusPair pair)
    {
        if (!gateway.Documented.WaitingRefunds.Any())
            return;

        await PayAsync(gateway);
        await Run.MoveAsync("order-1", "refunded", Details(gateway.Documented.WaitingRefunds.First(), refundOrderId: "refund-1"));
        await Run.Shop.WaitAsync(3);
        Run.Shop.Forget();
        await Run.MoveAsync("order-1", "refund-pair", Details(pair));
        await AssertRefundAsync(gateway, pair, before: 0);
    }

    [TestCaseSource(nameof(WaitingRefunds))]
    public async Task Refund_goes_nowhere_else(Gateway gateway, StatusPair pair)
    {
        await PayAsync(gateway);
        await Run.MoveAsync("order-1", "refunded", Details(pair));
        var other = new StatusPair(pair.Status, "shipped");
        using var response = await Run.ControlAsync(HttpMethod.Post, "orders/order-1/transitions", With(Details(other), "refund-pair"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [TestCaseSource(nameof(Gateways))]
    public async Task Refund_without_balance_waits_where_the_method_knows_how(Gateway gateway)
    {
        if (gateway.Documented.Refunds.Count == 0)
            return;

        await PayAsync(gateway);
        await Run.SetFaultAsync(new() { ["kind"] = "insufficient-balance" });
        await Run.MoveAsync("order-1", "refunded", new() { ["refund_order_id"] = "refund-1" });
        var waits = gateway.Documented.WaitingRefunds.Select(StatusPair? (pair) => pair).FirstOrDefault();
        Assert.That((await ShownAsync("refund-1")).Pair, Is.EqualTo(waits ?? gateway.Documented.MadeRefund));
        Assert.That((long)(await ShownAsync("order-1")).Json["amount_refunded"]! == 0, Is.EqualTo(waits is not null));
    }

    [TestCase("PAYPAL", "completed/initialized")]
    [TestCase("BIZUM", "completed/initialized")]
    [TestCase("AMAZONBTN", "completed/initialized")]
    [TestCase("EINVOICE", "completed/initialized", "completed/completed")]
    [TestCase("ZINIA", "completed/initialized")]
    [TestCase("KLARNA", "completed/uncleared")]
    [TestCase("IN3", "completed/uncleared", "completed/completed")]
    [TestCase("AFTERPAY", "shipped/uncleared", "shipped/completed")]
    [TestCase("MBWAY", "completed/uncleared", "completed/completed")]
    [TestCase("MULTIBANCO", "completed/uncleared", "completed/completed")]
    [TestCase("DBRTP", "completed/uncleared", "completed/completed")]
    [TestCase("IDEAL", "completed/completed")]
    [TestCase("AMEX", "completed/completed")]
    [TestCase("DIRDEB", "completed/completed")]
    public async Task Success_is_what_the_method_documents(string gateway, string paid, string? settled = null)
    {
        await Run.MakeAsync(OrderOf(GatewayCatalogue.Get(gateway)), "completed");
        Assert.That((await ShownAsync("order-1")).Pair.ToString(), Is.EqualTo(paid));
        Assert.That((long)(await Run.LookAsync("order-1"))["books"]!["charged"]!, Is.EqualTo(Amount(GatewayCatalogue.Get(gateway))));
        using var settling = await Run.ControlAsync(HttpMethod.Post, "orders/order-1/transitions", new JsonObject { ["to"] = "settled" });
        Assert.That(settling.StatusCode, Is.EqualTo(settled is null ? HttpStatusCode.Conflict : HttpStatusCode.OK));
        Assert.That((await ShownAsync("order-1")).Pair.ToString(), Is.EqualTo(settled ?? paid));
    }

    private static long Amount(Gateway gateway) => Math.Max(1000, gateway.MinAmount);

    private JsonObject OrderOf(Gateway gateway, string id = "order-1")
    {
        var order = Run.Order(id, Amount(gateway), gateway.Id);
        order["shopping_cart"] = new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject { ["name"] = "Item", ["unit_price"] = Amount(gateway) / 100m, ["quantity"] = 1, ["merchant_item_id"] = "1" }),
        };
        order["checkout_options"] = new JsonObject { ["tax_tables"] = new JsonObject { ["default"] = new JsonObject { ["rate"] = 0 } } };
        return order;
    }

    // Paid, with refunds told as the transactions that they are. A gift card alone is never given back; with another method beside it is.
    private async Task PayAsync(Gateway gateway)
    {
        await Run.MakeAsync(OrderOf(gateway), gateway.Kind == GatewayKind.GiftCard ? "giftcard" : "completed");
        (await Run.ControlAsync(HttpMethod.Post, "orders/order-1/shape", new JsonObject { ["refund_notified"] = true })).Dispose();
    }

    private async Task AssertRefundAsync(Gateway gateway, StatusPair pair, int before = 1)
    {
        Assert.That((await ShownAsync("refund-1")).Pair, Is.EqualTo(pair));
        var order = (await ShownAsync("order-1")).Json;
        var related = order["related_transactions"]!.AsArray().Single()!;
        Assert.That(((string?)related["type"], (string?)related["status"], related["financial_status"]), Is.EqualTo(("refund", pair.Status, (JsonNode?)null)));
        Assert.That((long)order["amount_refunded"]!, Is.EqualTo(pair.Status == "completed" ? Refundable(gateway) : 0));
        if (pair.Status != "completed")
            Assert.That((string?)order["status"], Is.EqualTo(gateway.Succeeded.Status), "the order stays as it is");

        var told = (await Run.Shop.WaitAsync(before + 2)).Skip(before).ToList();
        var refund = told.Single(notification => notification.Query["transactionid"] == "refund-1");
        Assert.That(new StatusPair(refund.Status, refund.FinancialStatus), Is.EqualTo(pair));
        Assert.That((string?)refund.Json["type"], Is.EqualTo("refund"));
        Assert.That((string?)told.Single(notification => notification != refund).Json["status"], Is.EqualTo((string?)order["status"]));
    }

    private static long Refundable(Gateway gateway) => gateway.Kind == GatewayKind.GiftCard ? Amount(gateway) / 2 : Amount(gateway);

    private async Task AssertShownAsync(string id, StatusPair pair)
    {
        Assert.That((await ShownAsync(id)).Pair, Is.EqualTo(pair));
        for (var i = 0; i < 500 && !Told(); i++)
            await Task.Delay(10);
        Assert.That(Told(), "told as it is shown");

        bool Told() => Run.Shop.Received.Any(notification => notification.Query["transactionid"] == id && new StatusPair(notification.Status, notification.FinancialStatus) == pair
            && Sandbox.Simulator.Notifications.Signature.AuthHeader(notification.Body, SimulatorRun.Key, long.Parse(notification.Query["timestamp"], System.Globalization.CultureInfo.InvariantCulture)) == notification.Auth);
    }

    private async Task<(StatusPair Pair, JsonObject Json)> ShownAsync(string id)
    {
        var json = (await Run.GetAsync("orders/" + id)).AssertSuccess().Data;
        return (new((string)json["status"]!, (string)json["financial_status"]!), json);
    }

    private async Task<(HttpStatusCode Status, string Text)> TryAsync(JsonObject details)
    {
        using var response = await Run.ControlAsync(HttpMethod.Post, "orders/order-1/transitions", With(details, "pair"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static JsonObject With(JsonObject details, string to)
    {
        details["to"] = to;
        return details;
    }

    private static JsonObject Details(StatusPair pair, string? refundOrderId = null) =>
        new() { ["status"] = pair.Status, ["financial_status"] = pair.FinancialStatus, ["refund_order_id"] = refundOrderId };
}
