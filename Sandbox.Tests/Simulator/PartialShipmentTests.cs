using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>Pay later orders that are shipped in parts, each an order of its own.</summary>
[TestFixture]
internal sealed class PartialShipmentTests : SimulatorFixture
{
    private const int Total = 4840;

    [TestCase("BNPL_MF", "uncleared")]
    [TestCase("EINVOICE", "initialized")]
    public async Task Each_part_is_an_order_of_its_own_and_the_invoice_order_keeps_its_status(string gateway, string money)
    {
        await MakeAsync(gateway);
        await Run.Shop.WaitAsync(1);

        var first = (await ShipAsync("2000")).AssertSuccess().Data;
        var part = (await Run.GetAsync($"orders/{first["order_id"]}")).AssertSuccess().Data;
        Assert.That(((string?)part["status"], (string?)part["financial_status"], (long)part["amount"]!, (string?)part["var1"], (string?)part["tracktrace_code"]),
            Is.EqualTo(("shipped", money, 2000L, "note 7", "3S1")));
        Assert.That(((string)first["order_id"]!, (long)first["transaction_id"]!), Is.EqualTo(((string)part["order_id"]!, (long)part["transaction_id"]!)));
        var told = (await Run.Shop.WaitAsync(2))[1];
        Assert.That(((string?)told.Json["order_id"], told.Status), Is.EqualTo(((string?)first["order_id"], "shipped")));

        (await ShipAsync(2841)).AssertRefused(1001);
        var second = (await ShipAsync(2840)).AssertSuccess().Data;
        Assert.That((string?)second["order_id"], Is.Not.EqualTo((string?)first["order_id"]));
        (await ShipAsync(1)).AssertRefused(1001);

        var whole = await ShownAsync();
        Assert.That(((string?)whole["status"], (string?)whole["financial_status"]), Is.EqualTo(("completed", gateway == "EINVOICE" ? "initialized" : "uncleared")));
        Assert.That(whole["related_transactions"]!.AsArray().Select(related => ((string?)related!["type"], (long)related["amount"]!)),
            Is.EqualTo(new[] { ("capture", 2000L), ("capture", 2840L) }));
        Assert.That((long)(await Run.LookAsync("order-1"))["amounts"]!["charged"]!, Is.Zero, "it is all in the parts");
    }

    [Test]
    public async Task Without_an_amount_the_rest_is_shipped()
    {
        await MakeAsync("BNPL_MF");
        (await ShipAsync(2000)).AssertSuccess();
        var rest = (await ShipAsync(null)).AssertSuccess().Data;
        Assert.That((long)(await Run.GetAsync($"orders/{rest["order_id"]}")).Data["amount"]!, Is.EqualTo(2840));
        Assert.That((await ShipAsync(null)).AssertSuccess().Data, Is.Empty, "only the tracking number is new");
    }

    [Test]
    public async Task The_whole_amount_is_no_partial_shipment()
    {
        await MakeAsync("BNPL_MF");
        Assert.That((await ShipAsync(Total)).AssertSuccess().Data, Is.Empty);
        Assert.That((string?)(await ShownAsync())["status"], Is.EqualTo("shipped"));
        (await ShipAsync(100)).AssertRefused(1000, HttpStatusCode.Gone);
    }

    [TestCase("KLARNA", "", false)]
    [TestCase("BILLINK", "", false)]
    [TestCase("BNPL_MF", "partial_shipments_off", false)]
    [TestCase("BNPL_MF", "one_part_only", true)]
    public async Task Methods_and_accounts_without_partial_shipments_refuse_them(string gateway, string shape, bool isFirstTaken)
    {
        await MakeAsync(gateway);
        if (shape.Length > 0)
            await Run.ShapeAsync(shape);
        if (isFirstTaken)
            (await ShipAsync(100)).AssertSuccess();
        (await ShipAsync(200)).AssertRefused(1000, HttpStatusCode.Gone);
        (await ShipAsync(null)).AssertSuccess();
    }

    [Test]
    public async Task Only_the_order_of_a_part_is_refunded_and_no_more_than_was_shipped_with_it()
    {
        await MakeAsync("BNPL_MF");
        var part = (string)(await ShipAsync(2000)).AssertSuccess().Data["order_id"]!;
        (await RefundAsync("order-1", 10)).AssertRefused(1034);
        (await RefundAsync(part, 20)).AssertRefused(1034);
        (await RefundAsync(part, 10)).AssertSuccess();
        var shown = (await Run.GetAsync($"orders/{part}")).Data;
        Assert.That(((string?)shown["status"], (long)shown["amount_refunded"]!), Is.EqualTo(("partial_refunded", 1210L)));
        Assert.That((long)(await Run.LookAsync(part))["amounts"]!["net"]!, Is.EqualTo(790));
    }

    [Test]
    public async Task A_part_without_a_cart_is_refunded_by_amount()
    {
        await MakeAsync("EINVOICE");
        await Run.ShapeAsync("part_without_cart");
        var part = (string)(await ShipAsync(2000)).AssertSuccess().Data["order_id"]!;
        (await Run.PostAsync($"orders/{part}/refunds", new JsonObject { ["currency"] = "EUR", ["amount"] = 500 })).AssertSuccess();
        Assert.That((long)(await Run.GetAsync($"orders/{part}")).Data["amount_refunded"]!, Is.EqualTo(500));
    }

    [Test]
    public async Task What_was_not_shipped_can_be_cancelled_or_expire_and_the_parts_remain()
    {
        await MakeAsync("BNPL_MF");
        var part = (string)(await ShipAsync(2000)).AssertSuccess().Data["order_id"]!;
        (await Run.PatchAsync("orders/order-1", new JsonObject { ["status"] = "cancelled" })).AssertSuccess();
        Assert.That((string?)(await ShownAsync())["status"], Is.EqualTo("void"));
        Assert.That((string?)(await Run.GetAsync($"orders/{part}")).Data["status"], Is.EqualTo("shipped"));
        (await ShipAsync(100)).AssertRefused(1000, HttpStatusCode.Gone);
    }

    private async Task MakeAsync(string gateway)
    {
        var order = Run.Order(amount: Total, gateway: gateway);
        order["var1"] = "note 7";
        order["shopping_cart"] = new JsonObject { ["items"] = new JsonArray(Item(1, 4)) };
        order["checkout_options"] = new JsonObject
        {
            ["tax_tables"] = new JsonObject
            {
                ["alternate"] = new JsonArray(new JsonObject { ["name"] = "BTW21", ["rules"] = new JsonArray(new JsonObject { ["rate"] = 0.21m }) }),
            },
        };
        await Run.MakeAsync(order, "completed");
    }

    private Task<SimulatedApiResponse> ShipAsync(JsonNode? amount)
    {
        var body = new JsonObject { ["status"] = "shipped", ["tracktrace_code"] = "3S1" };
        if (amount is not null)
            body["amount"] = amount;
        return Run.PatchAsync("orders/order-1", body);
    }

    private Task<SimulatedApiResponse> RefundAsync(string id, decimal price) =>
        Run.PostAsync($"orders/{id}/refunds", new JsonObject { ["checkout_data"] = new JsonObject { ["items"] = new JsonArray(Item(1, 4), Item(-1, (int)price / 10)) } });

    private static JsonObject Item(int sign, int quantity) =>
        new() { ["name"] = "a", ["merchant_item_id"] = "a", ["unit_price"] = sign * 10m, ["quantity"] = quantity, ["tax_table_selector"] = "BTW21" };

    private async Task<JsonObject> ShownAsync() => (await Run.GetAsync("orders/order-1")).AssertSuccess().Data;
}
