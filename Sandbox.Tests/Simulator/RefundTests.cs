using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>Refunds: full, partial, twice, too much, too late, reserved, and by cart.</summary>
[TestFixture]
internal sealed class RefundTests : SimulatorFixture
{
    private Task<SimulatedApiResponse> RefundAsync(JsonNode? amount, string currency = "EUR") =>
        Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = currency, ["amount"] = amount?.DeepClone() });

    private async Task<JsonObject> ShownAsync() => (await Run.GetAsync("orders/order-1")).AssertSuccess().Data;

    private static IEnumerable<TestCaseData> FullRefundAmounts() =>
    [
        new TestCaseData((JsonNode?)null).SetName("{m}(amount absent)"),
        new TestCaseData(JsonValue.Create("")).SetName("{m}(amount empty)"),
        new TestCaseData(JsonValue.Create(0)).SetName("{m}(amount zero)"),
        new TestCaseData(JsonValue.Create(1000)).SetName("{m}(whole amount)"),
    ];

    [TestCaseSource(nameof(FullRefundAmounts))]
    public async Task A_full_refund_refunds_the_whole_order(JsonNode? amount)
    {
        await Run.MakeAsync(Run.Order(), "completed");
        var answer = (await RefundAsync(amount)).AssertSuccess().Data;
        var order = await ShownAsync();
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer["order_id"], Is.EqualTo("order-1"));
            Assert.That((string?)order["status"], Is.EqualTo("refunded"));
            Assert.That((long)order["amount_refunded"]!, Is.EqualTo(1000));
            Assert.That((long)order["related_transactions"]![0]!["transaction_id"]!, Is.EqualTo((long)answer["transaction_id"]!));
            Assert.That((string?)order["related_transactions"]![0]!["status"], Is.EqualTo("completed"));
        });
        Assert.That((await Run.Shop.WaitAsync(2))[1].Status, Is.EqualTo("refunded"));
        (await RefundAsync(null)).AssertRefused(1034);
    }

    [Test]
    public async Task Partial_refunds_add_up_to_a_full_refund()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        (await RefundAsync(300)).AssertSuccess();
        var order = await ShownAsync();
        Assert.That(((string?)order["status"], (string?)order["financial_status"]), Is.EqualTo(("partial_refunded", "partial_refunded")));
        (await RefundAsync(null)).AssertRefused(1034);
        (await RefundAsync(701)).AssertRefused(1034);
        (await RefundAsync(700)).AssertSuccess();
        order = await ShownAsync();
        Assert.That(((string?)order["status"], (long)order["amount_refunded"]!), Is.EqualTo(("refunded", 1000L)));
        Assert.That((await Run.Shop.WaitAsync(3)).Select(notification => notification.Status), Is.EqualTo(["completed", "partial_refunded", "refunded"]));
    }

    [Test]
    public async Task A_refund_of_the_same_amount_within_five_minutes_is_rejected()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        (await RefundAsync(300)).AssertSuccess();
        (await RefundAsync(300)).AssertRefused(1034);
        (await RefundAsync(301)).AssertSuccess();
        Run.Pass(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await RefundAsync(300)).AssertRefused(1034);
        Run.Pass(TimeSpan.FromSeconds(1));
        (await RefundAsync(300)).AssertSuccess();
        Assert.That((long)(await ShownAsync())["amount_refunded"]!, Is.EqualTo(901));
    }

    [TestCase("-1", 1001)]
    [TestCase("10.5", 1001)]
    [TestCase("\"ten\"", 1001)]
    [TestCase("1001", 1034)]
    public async Task An_invalid_refund_amount_is_rejected(string amount, int code)
    {
        await Run.MakeAsync(Run.Order(), "completed");
        (await RefundAsync(JsonNode.Parse(amount))).AssertRefused(code);
        Assert.That((string?)(await ShownAsync())["status"], Is.EqualTo("completed"));
    }

    [Test]
    public async Task A_refund_in_another_currency_is_rejected()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        (await RefundAsync(100, "USD")).AssertRefused(1002);
        (await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["amount"] = 100 })).AssertRefused(1002);
    }

    [TestCase("started")]
    [TestCase("uncleared")]
    [TestCase("declined")]
    public async Task An_unpaid_order_cannot_be_refunded(string to)
    {
        await Run.MakeAsync(Run.Order(), to);
        (await RefundAsync(null)).AssertRefused(1034);
    }

    [Test]
    public async Task A_refund_of_an_unknown_order_is_not_found() => (await RefundAsync(null)).AssertRefused(1006, HttpStatusCode.NotFound);

    [TestCase("PAYPAL", 60)]
    [TestCase("VISA", 180)]
    [TestCase("MISTERCASH", 180)]
    [TestCase("TRUSTLY", 365)]
    [TestCase("IDEAL", 730)]
    public async Task The_refund_window_closes_after_the_days_of_the_gateway(string gateway, int days)
    {
        await Run.MakeAsync(Run.Order(gateway: gateway), "completed");
        Run.Pass(TimeSpan.FromDays(days));
        (await RefundAsync(1)).AssertSuccess();
        Run.Pass(TimeSpan.FromSeconds(1));
        (await RefundAsync(2)).AssertRefused(1034);
    }

    [TestCase("MULTIBANCO")]
    [TestCase("VVVGIFTCRD")]
    public async Task Multibanco_and_gift_card_payments_cannot_be_refunded(string gateway)
    {
        await Run.MakeAsync(Run.Order(gateway: gateway), "completed");
        (await RefundAsync(null)).AssertRefused(1034);
    }

    [TestCase("refund-accepted", "refunded", "completed", 1000)]
    [TestCase("refund-declined", "completed", "declined", 0)]
    public async Task A_refund_without_balance_is_reserved_until_it_is_decided(string decision, string status, string refundStatus, long refunded)
    {
        await Run.MakeAsync(Run.Order(), "completed");
        await Run.SetFaultAsync(new() { ["kind"] = "insufficient-balance" });
        (await RefundAsync(null)).AssertSuccess();
        var order = await ShownAsync();
        Assert.That(((string?)order["status"], (long)order["amount_refunded"]!), Is.EqualTo(("completed", 0L)));
        Assert.That((string?)order["related_transactions"]![0]!["status"], Is.EqualTo("reserved"));
        Run.Pass(TimeSpan.FromMinutes(10));
        (await RefundAsync(1)).AssertRefused(1034);

        await Run.MoveAsync("order-1", decision);
        order = await ShownAsync();
        Assert.That(((string?)order["status"], (long)order["amount_refunded"]!), Is.EqualTo((status, refunded)));
        Assert.That((string?)order["related_transactions"]![0]!["status"], Is.EqualTo(refundStatus));
    }

    [Test]
    public async Task A_reserved_refund_can_be_voided_but_a_completed_one_cannot()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        await Run.SetFaultAsync(new() { ["kind"] = "insufficient-balance" });
        var reserved = (long)(await RefundAsync(400)).Data["refund_id"]!;
        (await Run.PatchAsync($"orders/order-1/refunds/{reserved}", new JsonObject { ["status"] = "gone" })).AssertRefused(1000);
        (await Run.PatchAsync($"orders/order-1/refunds/{reserved}", new JsonObject { ["status"] = "void" })).AssertSuccess();
        (await Run.PatchAsync($"orders/order-1/refunds/{reserved}", new JsonObject { ["status"] = "void" })).AssertRefused(1034);
        (await Run.PatchAsync("orders/order-1/refunds/1", new JsonObject { ["status"] = "void" })).AssertRefused(1006, HttpStatusCode.NotFound);

        var completed = (long)(await RefundAsync(400)).AssertSuccess().Data["refund_id"]!;
        (await Run.PatchAsync($"orders/order-1/refunds/{completed}", new JsonObject { ["status"] = "void" })).AssertRefused(1034);
        Assert.That((long)(await ShownAsync())["amount_refunded"]!, Is.EqualTo(400));
    }

    [Test]
    public async Task A_refund_with_its_own_order_id_is_an_order()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        var body = new JsonObject { ["currency"] = "EUR", ["amount"] = 250, ["refund_order_id"] = "order-1-refund-1", ["var1"] = "note 7" };
        (await Run.PostAsync("orders/order-1/refunds", body)).AssertSuccess();
        var refund = (await Run.GetAsync("orders/order-1-refund-1")).AssertSuccess().Data;
        Assert.That(((string?)refund["type"], (long)refund["amount"]!, (string?)refund["var1"]), Is.EqualTo(("refund", 250L, "note 7")));
        Assert.That((string?)(await ShownAsync())["related_transactions"]![0]!["order_id"], Is.EqualTo("order-1-refund-1"));
    }

    private static JsonObject Item(string id, decimal price, int quantity) =>
        new() { ["name"] = id, ["merchant_item_id"] = id, ["unit_price"] = price, ["quantity"] = quantity, ["tax_table_selector"] = "BTW21" };

    private async Task MakePayLaterAsync()
    {
        var order = Run.Order(amount: 4840, gateway: "KLARNA");
        order["shopping_cart"] = new JsonObject { ["items"] = new JsonArray(Item("a", 10, 3), Item("b", 10, 1)) };
        order["checkout_options"] = new JsonObject
        {
            ["tax_tables"] = new JsonObject
            {
                ["default"] = new JsonObject { ["rate"] = 0 },
                ["alternate"] = new JsonArray(new JsonObject { ["name"] = "BTW21", ["rules"] = new JsonArray(new JsonObject { ["rate"] = 0.21m }) }),
            },
        };
        await Run.MakeAsync(order, "completed");
    }

    private Task<SimulatedApiResponse> RefundItemsAsync(params JsonObject[] items) =>
        Run.PostAsync("orders/order-1/refunds", new JsonObject { ["checkout_data"] = new JsonObject { ["items"] = new JsonArray([.. items]) } });

    [Test]
    public async Task A_card_is_refunded_by_the_amount_beside_a_cart_that_gives_nothing_back()
    {
        var order = Run.Order(gateway: "VISA");
        order["shopping_cart"] = new JsonObject { ["items"] = new JsonArray(Item("a", 10, 1)) };
        await Run.MakeAsync(order, "completed");
        JsonObject Body(params JsonObject[] items) => new()
        {
            ["currency"] = "EUR",
            ["amount"] = 300,
            ["checkout_data"] = new JsonObject { ["items"] = new JsonArray([.. items]) },
        };

        (await Run.PostAsync("orders/order-1/refunds", Body(Item("a", 10, 1)))).AssertSuccess();
        Assert.That((long)(await ShownAsync())["amount_refunded"]!, Is.EqualTo(300));
        (await Run.PostAsync("orders/order-1/refunds", Body(Item("a", 10, 1), Item("a", -4, 1)))).AssertSuccess();
        Assert.That((long)(await ShownAsync())["amount_refunded"]!, Is.EqualTo(700), "the rows of a negative price");
    }

    [Test]
    public async Task A_refund_beyond_a_limit_of_its_fields_is_rejected()
    {
        await Run.MakeAsync(Run.Order(amount: 5000), "completed");
        foreach (var (code, field, longest) in new[] { (1008, "description", 200), (1006, "refund_order_id", 50), (1010, "var2", 500) })
        {
            JsonObject Body(int length) => new() { ["currency"] = "EUR", ["amount"] = 100 + length, [field] = new string('x', length) };
            (await Run.PostAsync("orders/order-1/refunds", Body(longest + 1))).AssertRefused(code);
            (await Run.PostAsync("orders/order-1/refunds", Body(longest))).AssertSuccess();
        }
    }

    [Test]
    public async Task A_pay_later_order_is_refunded_by_its_cart()
    {
        await MakePayLaterAsync();
        (await RefundAsync(1210)).AssertRefused(1034);
        (await RefundItemsAsync(Item("a", 10, 3), Item("a", -10, 1))).AssertRefused(1027);
        (await RefundItemsAsync(Item("a", 10, 3), Item("b", 10, 1))).AssertRefused(1001);
        (await RefundItemsAsync(Item("a", 10, 3), Item("b", 10, 1), Item("a", -10, 5))).AssertRefused(1034);
        (await RefundItemsAsync(Item("a", 10, 3), Item("b", 10, 1), Item("a", -10, 2))).AssertSuccess();
        var order = await ShownAsync();
        Assert.That(((string?)order["status"], (long)order["amount_refunded"]!), Is.EqualTo(("partial_refunded", 2420L)));

        // The cart that GET orders shows is where the next refund begins.
        var items = order["shopping_cart"]!["items"]!.AsArray().Select(item => item!.DeepClone().AsObject());
        (await RefundItemsAsync([.. items, Item("b", -10, 1)])).AssertSuccess();
        Assert.That((long)(await ShownAsync())["amount_refunded"]!, Is.EqualTo(3630));
    }
}

/// <summary>MultiSafepay's test environment leaves every refund reserved.</summary>
[TestFixture]
internal sealed class ReservedRefundTests : SimulatorFixture
{
    [Test]
    public async Task Every_refund_stays_reserved_until_it_is_accepted()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        (await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = "EUR", ["amount"] = 100 })).AssertSuccess();
        var state = await Run.LookAsync("order-1");
        Assert.That(((long)state["amounts"]!["reserved"]!, (long)state["amounts"]!["refunded"]!), Is.EqualTo((100L, 0L)));
        state = await Run.MoveAsync("order-1", "refund-accepted");
        Assert.That(((long)state["amounts"]!["reserved"]!, (long)state["amounts"]!["refunded"]!), Is.EqualTo((0L, 100L)));
    }

    protected override Sandbox.Simulator.SimulatorOptions Configure(Sandbox.Simulator.SimulatorOptions options) => options with { ReserveRefunds = true };
}
