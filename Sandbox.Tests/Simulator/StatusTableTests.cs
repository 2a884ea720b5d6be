using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Simulator.Gateways;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>A stand-in that cannot produce a documented situation hides it: every row of MultiSafepay's table can be reached, and is shown and notified as it stands there.</summary>
[TestFixture]
internal sealed class StatusTableTests : SimulatorFixture
{
    private static readonly string[] _anyPair =
        ["initialized", "uncleared", "completed", "shipped", "declined", "cancelled", "void", "expired", "reserved", "refunded", "chargeback"];

    // Methods that have ended are tested as well: their orders are still there.
    [SetUp]
    public async Task TurnOnEndedMethods()
    {
        foreach (var gateway in GatewayCatalogue.All.Where(gateway => !gateway.IsActive))
            (await Run.ControlAsync(HttpMethod.Post, $"gateways/{gateway.Id}/on")).Dispose();
    }

    private static IEnumerable<TestCaseData> Gateways() => GatewayCatalogue.All.Select(gateway => new TestCaseData(gateway).SetArgDisplayNames(gateway.Id));

    [Test]
    public void Every_documented_row_has_a_gateway_and_every_gateway_has_rows()
    {
        Assert.That(StatusTable.Rows, Has.Count.EqualTo(291).And.Unique);
        Assert.That(StatusTable.Rows.Select(row => row.Method).Distinct(), Is.EquivalentTo(DocumentedStatuses.Pages.Keys));
        Assert.That(DocumentedStatuses.Pages.Values.SelectMany(gateways => gateways), Is.EquivalentTo(GatewayCatalogue.All.Select(gateway => gateway.Id)));
    }

    [TestCaseSource(nameof(Gateways))]
    public async Task A_payment_can_reach_every_documented_status(Gateway gateway)
    {
        foreach (var (id, pair) in Numbered(PaymentsOf(gateway)))
        {
            await Run.MakeAsync(OrderOf(gateway, id));
            await Run.MoveAsync(id, "pair", Details(pair));
            await AssertShownAsync(id, pair);
        }
    }

    [TestCaseSource(nameof(Gateways))]
    public async Task An_accepted_payment_reaches_a_documented_status_or_stays_unchanged(Gateway gateway)
    {
        foreach (var (id, pair) in Numbered(PaymentsOf(gateway)))
        {
            await Run.MakeAsync(OrderOf(gateway, id), "completed");
            var isMoved = await TryAsync(id, "pair", pair) == HttpStatusCode.OK;
            await AssertShownAsync(id, isMoved ? pair : gateway.Succeeded);

            // Only a pay later company takes back its word, and a direct debit can be charged back.
            var isEnd = pair.Status is "void" or "cancelled" or "declined" or "expired";
            if (isEnd)
                Assert.That(isMoved, Is.EqualTo(gateway.Kind == GatewayKind.PayLater || (gateway.Id == "DIRDEB" && pair.Status == "void")), $"{pair}");
            Assert.That((long)(await Run.LookAsync(id))["amounts"]!["net"]!, Is.EqualTo(isEnd && isMoved ? 0 : Amount(gateway)), $"{pair}");
        }
    }

    [TestCaseSource(nameof(Gateways))]
    public async Task A_payment_cannot_reach_an_undocumented_status(Gateway gateway)
    {
        await Run.MakeAsync(OrderOf(gateway), "started");
        foreach (var pair in from status in _anyPair from money in _anyPair select new StatusPair(status, money))
        {
            if (gateway.Documented.Payments.Contains(pair))
                continue;
            Assert.That(await TryAsync("order-1", "pair", pair), Is.EqualTo(HttpStatusCode.Conflict), $"{pair}");
        }

        Assert.That((await ShownAsync("order-1")).Pair, Is.EqualTo(new StatusPair("initialized", "initialized")));
    }

    // The transitions that a test or a button calls by name, and not by the pair.
    [TestCaseSource(nameof(Gateways))]
    public async Task Named_transitions_lead_to_documented_statuses(Gateway gateway)
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

    [TestCaseSource(nameof(Gateways))]
    public async Task A_refund_can_reach_every_documented_status_directly_or_after_waiting(Gateway gateway)
    {
        await NotifyRefundsAsync();
        StatusPair? waiting = gateway.Documented.WaitingRefunds.Any() ? gateway.Documented.WaitingRefunds.First() : null;
        foreach (var (id, pair) in Numbered(RefundsOf(gateway)))
        {
            await PayAsync(gateway, id);
            await Run.MoveAsync(id, "refunded", Details(pair, $"refund-{id}"));
            await AssertRefundAsync(gateway, id, pair);
            if (waiting is not { } first)
                continue;

            await PayAsync(gateway, id + "-w");
            await Run.MoveAsync(id + "-w", "refunded", Details(first, $"refund-{id}-w"));
            await Run.MoveAsync(id + "-w", "refund-pair", Details(pair));
            await AssertRefundAsync(gateway, id + "-w", pair);
        }
    }

    [TestCaseSource(nameof(Gateways))]
    public async Task A_refund_cannot_reach_an_undocumented_status(Gateway gateway)
    {
        await PayAsync(gateway, "order-1");
        if (gateway.Documented.WaitingRefunds.Any())
            await Run.MoveAsync("order-1", "refunded", Details(gateway.Documented.WaitingRefunds.First()));
        foreach (var pair in from status in _anyPair from money in _anyPair select new StatusPair(status, money))
        {
            if (gateway.Documented.Refunds.Contains(pair))
                continue;
            Assert.That(await TryAsync("order-1", "refund-pair", pair), Is.EqualTo(HttpStatusCode.Conflict), $"{pair}");
            Assert.That((int)await TryAsync("order-1", "refunded", pair), Is.EqualTo(409).Or.EqualTo(400), $"{pair}");
        }

        Assert.That((long)(await Run.LookAsync("order-1"))["amounts"]!["refunded"]!, Is.Zero);
    }

    [TestCaseSource(nameof(Gateways))]
    public async Task A_refund_without_balance_waits_if_the_method_supports_it(Gateway gateway)
    {
        if (gateway.Documented.Refunds.Count == 0)
            return;

        await PayAsync(gateway, "order-1");
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
    [TestCase("AFTERPAY", "completed/uncleared")]
    [TestCase("MBWAY", "completed/uncleared", "completed/completed")]
    [TestCase("MULTIBANCO", "completed/uncleared", "completed/completed")]
    [TestCase("DBRTP", "completed/uncleared", "completed/completed")]
    [TestCase("IDEAL", "completed/completed")]
    [TestCase("AMEX", "completed/completed")]
    [TestCase("DIRDEB", "completed/completed")]
    public async Task A_successful_payment_has_the_status_documented_for_its_method(string gateway, string paid, string? settled = null)
    {
        await Run.MakeAsync(OrderOf(GatewayCatalogue.Get(gateway)), "completed");
        Assert.That((await ShownAsync("order-1")).Pair.ToString(), Is.EqualTo(paid));
        Assert.That((long)(await Run.LookAsync("order-1"))["amounts"]!["charged"]!, Is.EqualTo(Amount(GatewayCatalogue.Get(gateway))));
        using var settling = await Run.ControlAsync(HttpMethod.Post, "orders/order-1/transitions", new JsonObject { ["to"] = "settled" });
        Assert.That(settling.StatusCode, Is.EqualTo(settled is null ? HttpStatusCode.Conflict : HttpStatusCode.OK));
        Assert.That((await ShownAsync("order-1")).Pair.ToString(), Is.EqualTo(settled ?? paid));
    }

    [TestCase("KLARNA", "shipped/uncleared", "shipped/completed")]
    [TestCase("PAYAFTER", "shipped/uncleared", "shipped/completed")]
    [TestCase("AFTERPAY", "shipped/uncleared", "shipped/completed")]
    [TestCase("ZINIA", "shipped/uncleared", "shipped/completed")]
    [TestCase("EINVOICE", "shipped/initialized", "completed/completed")]
    [TestCase("IN3", "shipped/uncleared", "completed/completed")]
    public async Task A_shipment_settles_the_payment_as_documented(string gateway, string shipped, string settled)
    {
        await Run.MakeAsync(OrderOf(GatewayCatalogue.Get(gateway)), "completed");
        (await Run.PatchAsync("orders/order-1", new JsonObject { ["status"] = "shipped" })).AssertSuccess();
        Assert.That((await ShownAsync("order-1")).Pair.ToString(), Is.EqualTo(shipped));
        await Run.MoveAsync("order-1", "settled");
        Assert.That((await ShownAsync("order-1")).Pair.ToString(), Is.EqualTo(settled));
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

    // A gift card alone is never given back; with another method beside it is.
    private Task PayAsync(Gateway gateway, string id) => Run.MakeAsync(OrderOf(gateway, id), gateway.Kind == GatewayKind.GiftCard ? "giftcard" : "completed");

    private async Task NotifyRefundsAsync() => (await Run.ControlAsync(HttpMethod.Post, "shape", new JsonObject { ["refund_notified"] = true })).Dispose();

    private async Task AssertRefundAsync(Gateway gateway, string id, StatusPair pair)
    {
        await AssertShownAsync($"refund-{id}", pair);
        Assert.That(
            Run.Shop.Received.Where(notification => notification.Query["transactionid"] == $"refund-{id}").Select(notification => (string?)notification.Json["type"]),
            Is.All.EqualTo("refund"));

        var (shown, order) = await ShownAsync(id);
        var related = order["related_transactions"]!.AsArray().Single()!;
        Assert.That(((string?)related["type"], (string?)related["status"], related["financial_status"]), Is.EqualTo(("refund", pair.Status, (JsonNode?)null)), $"{pair}");
        Assert.That((long)order["amount_refunded"]!, Is.EqualTo(pair.Status == "completed" ? Refundable(gateway) : 0), $"{pair}");
        if (pair.Status != "completed")
            Assert.That(shown, Is.EqualTo(gateway.Succeeded), "the order stays as it is");
        await AssertShownAsync(id, shown);
    }

    private static long Refundable(Gateway gateway) => gateway.Kind == GatewayKind.GiftCard ? Amount(gateway) / 2 : Amount(gateway);

    private async Task AssertShownAsync(string id, StatusPair pair)
    {
        Assert.That((await ShownAsync(id)).Pair, Is.EqualTo(pair));
        for (var i = 0; i < 500 && !IsNotified(); i++)
            await Task.Delay(10);
        Assert.That(IsNotified(), "told as it is shown");

        bool IsNotified() => Run.Shop.Received.Any(notification => notification.Query["transactionid"] == id && new StatusPair(notification.Status, notification.FinancialStatus) == pair
            && Sandbox.Simulator.Notifications.Signature.AuthHeader(notification.Body, SimulatorRun.Key,
                long.Parse(notification.Query["timestamp"], System.Globalization.CultureInfo.InvariantCulture)) == notification.Auth);
    }

    private async Task<(StatusPair Pair, JsonObject Json)> ShownAsync(string id)
    {
        var json = (await Run.GetAsync("orders/" + id)).AssertSuccess().Data;
        return (new((string)json["status"]!, (string)json["financial_status"]!), json);
    }

    private async Task<HttpStatusCode> TryAsync(string id, string to, StatusPair pair)
    {
        var body = Details(pair);
        body["to"] = to;
        using var response = await Run.ControlAsync(HttpMethod.Post, $"orders/{id}/transitions", body);
        return response.StatusCode;
    }

    private static IEnumerable<StatusPair> PaymentsOf(Gateway gateway) => RowsFor(gateway).Where(row => row.IsPayment).Select(row => row.Pair);

    private static IEnumerable<StatusPair> RefundsOf(Gateway gateway) => RowsFor(gateway).Where(row => !row.IsPayment).Select(row => row.Pair);

    private static IEnumerable<StatusRow> RowsFor(Gateway gateway) => StatusTable.Rows.Where(row => DocumentedStatuses.Pages[row.Method].Contains(gateway.Id));

    private static IEnumerable<(string Id, StatusPair Pair)> Numbered(IEnumerable<StatusPair> pairs) => pairs.Select((pair, number) => ($"order-{number + 1}", pair));

    private static JsonObject Details(StatusPair pair, string? refundOrderId = null) =>
        new() { ["status"] = pair.Status, ["financial_status"] = pair.FinancialStatus, ["refund_order_id"] = refundOrderId };
}
