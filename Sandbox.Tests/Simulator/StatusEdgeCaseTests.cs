using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Simulator.State;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>Situations beyond the table of statuses: the shapes of a refunded order, money that comes late, and another shop of the same site.</summary>
[TestFixture]
internal sealed class StatusEdgeCaseTests : SimulatorFixture
{
    private async Task<JsonObject> ShownAsync() => (await Run.GetAsync("orders/order-1")).AssertSuccess().Data;

    private async Task<(string, string)> StatusAsync()
    {
        var order = await ShownAsync();
        return ((string)order["status"]!, (string)order["financial_status"]!);
    }

    private async Task<HttpStatusCode> TryAsync(string path, JsonObject body)
    {
        using var response = await Run.ControlAsync(HttpMethod.Post, path, body);
        return response.StatusCode;
    }

    private JsonObject PayLater(string gateway)
    {
        var order = Run.Order(gateway: gateway);
        order["shopping_cart"] = new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject { ["name"] = "Item", ["unit_price"] = 10, ["quantity"] = 1, ["merchant_item_id"] = "1" }),
        };
        order["checkout_options"] = new JsonObject { ["tax_tables"] = new JsonObject { ["default"] = new JsonObject { ["rate"] = 0 } } };
        return order;
    }

    [TestCase("shape", "orders/order-1/shape")]
    [TestCase("orders/order-1/shape", "orders/order-1/shape")]
    public async Task The_amount_refunded_can_be_omitted_from_the_response(string path, string back)
    {
        await Run.MakeAsync(Run.Order(), "completed");
        await Run.MakeAsync(Run.Order("order-2"), "completed");
        Assert.That(await TryAsync(path, new() { ["amount_refunded_missing"] = true }), Is.EqualTo(HttpStatusCode.OK));
        await Run.MoveAsync("order-1", "refunded", new() { ["amount"] = 300 });
        Assert.That(await ShownAsync(), Does.Not.ContainKey("amount_refunded"));
        var told = (await Run.Shop.WaitAsync(3)).Single(notification => notification.Status == "partial_refunded");
        Assert.That(told.Json, Does.Not.ContainKey("amount_refunded"));
        Assert.That((await Run.GetAsync("orders/order-2")).Data.ContainsKey("amount_refunded"), Is.EqualTo(path != "shape"));

        // What an order says of itself goes before what is said of all.
        Assert.That(await TryAsync(back, new() { ["amount_refunded_missing"] = false }), Is.EqualTo(HttpStatusCode.OK));
        Assert.That((long)(await ShownAsync())["amount_refunded"]!, Is.EqualTo(300));
    }

    [Test]
    public async Task An_unknown_switch_is_rejected_and_a_reset_clears_all_switches()
    {
        Assert.That(await TryAsync("shape", new() { ["amount_refunded_mising"] = true }), Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await TryAsync("shape", new() { ["refunded_stays_shipped"] = true }), Is.EqualTo(HttpStatusCode.OK));
        (await Run.ControlAsync(HttpMethod.Post, "reset")).Dispose();
        using var response = await Run.ControlAsync(HttpMethod.Get, "shape");
        Assert.That(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject().Select(field => (bool)field.Value!), Is.All.False.And.Exactly(ResponseShape.Names.Count).Items);
    }

    [TestCase(true, "shipped", "partial_refunded", "shipped", "refunded")]
    [TestCase(false, "partial_refunded", "partial_refunded", "refunded", "completed")]
    public async Task A_refunded_order_can_keep_the_status_shipped(bool stays, string partStatus, string partMoney, string status, string money)
    {
        await Run.MakeAsync(PayLater("KLARNA"), "completed", "shipped");
        Assert.That(await TryAsync("orders/order-1/shape", new() { ["refunded_stays_shipped"] = stays }), Is.EqualTo(HttpStatusCode.OK));
        await Run.MoveAsync("order-1", "refunded", new() { ["amount"] = 300 });
        Assert.That(await StatusAsync(), Is.EqualTo((partStatus, partMoney)));
        await Run.MoveAsync("order-1", "refunded", new() { ["amount"] = 700 });
        Assert.That(await StatusAsync(), Is.EqualTo((status, money)));
        Assert.That((long)(await ShownAsync())["amount_refunded"]!, Is.EqualTo(1000));
    }

    [Test]
    public async Task A_payment_collected_by_the_provider_stays_financially_initialized_and_can_be_refunded()
    {
        await Run.MakeAsync(Run.Order(gateway: "PAYPAL"), "waiting", "completed");
        Assert.That((await Run.Shop.WaitAsync(2)).Select(notification => (notification.Status, notification.FinancialStatus)),
            Is.EqualTo([("uncleared", "initialized"), ("completed", "initialized")]));
        Assert.That((string?)(await ShownAsync())["payment_details"]!["capture"], Is.Null);
        (await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = "EUR", ["amount"] = 300 })).AssertSuccess();
        Assert.That(await StatusAsync(), Is.EqualTo(("partial_refunded", "initialized")));
        (await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = "EUR", ["amount"] = 700 })).AssertSuccess();
        Assert.That(await StatusAsync(), Is.EqualTo(("refunded", "initialized")));
    }

    [Test]
    public async Task An_American_Express_payment_can_be_collected_by_the_provider()
    {
        await Run.MakeAsync(Run.Order(gateway: "AMEX"), "started");
        await Run.MoveAsync("order-1", "completed", new() { ["financial_status"] = "initialized" });
        Assert.That(await StatusAsync(), Is.EqualTo(("completed", "initialized")));
        await Run.MakeAsync(Run.Order("order-2"), "started");
        Assert.That(await TryAsync("orders/order-2/transitions", new() { ["to"] = "completed", ["financial_status"] = "initialized" }), Is.EqualTo(HttpStatusCode.Conflict));
    }

    [TestCase("void", "void")]
    [TestCase("void", "cancelled")]
    [TestCase("cancelled", "void")]
    [TestCase("cancelled", "cancelled")]
    public async Task An_accepted_pay_later_order_can_be_cancelled_with_every_documented_status(string status, string financialStatus)
    {
        await Run.MakeAsync(PayLater("PAYAFTER"), "completed");
        var state = await Run.MoveAsync("order-1", "cancelled", new() { ["status"] = status, ["financial_status"] = financialStatus });
        Assert.That(await StatusAsync(), Is.EqualTo((status, financialStatus)));
        Assert.That((long)state["amounts"]!["charged"]!, Is.Zero);
        (await Run.PatchAsync("orders/order-1", new JsonObject { ["status"] = "shipped" })).AssertRefused(1000, HttpStatusCode.Gone);
        (await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["checkout_data"] = new JsonObject { ["items"] = new JsonArray() } })).AssertRefused(1034);
    }

    [TestCase("shipped")]
    [TestCase("refunded")]
    public async Task A_shipped_or_refunded_pay_later_order_cannot_be_cancelled(string before)
    {
        await Run.MakeAsync(PayLater("KLARNA"), "completed", before);
        foreach (var end in new[] { "cancelled", "expired", "declined" })
            Assert.That(await TryAsync("orders/order-1/transitions", new() { ["to"] = end }), Is.EqualTo(HttpStatusCode.Conflict));
    }

    // What the pages say: of Pay After Delivery and Riverty that one can still cancel, of the others that one can refund only.
    [TestCase("PAYAFTER", true)]
    [TestCase("AFTERPAY", true)]
    [TestCase("KLARNA", false)]
    [TestCase("EINVOICE", false)]
    public async Task The_shop_can_cancel_an_accepted_pay_later_order_only_if_the_method_allows_it(string gateway, bool isCancelled)
    {
        await Run.MakeAsync(PayLater(gateway), "completed");
        var answer = await Run.PatchAsync("orders/order-1", new JsonObject { ["status"] = "cancelled" });
        Assert.That((bool?)answer.Json["success"], Is.EqualTo(isCancelled));
        Assert.That((await StatusAsync()).Item1, Is.EqualTo(isCancelled ? "void" : "completed"));
    }

    [TestCase("paid-late")]
    [TestCase("pair")]
    public async Task A_bank_transfer_can_arrive_after_the_shop_cancelled_the_payment(string transition)
    {
        await Run.MakeAsync(Run.Order(gateway: "BANKTRANS"), "started");
        (await Run.PatchAsync("orders/order-1", new JsonObject { ["status"] = "cancelled" })).AssertSuccess();
        Assert.That(await StatusAsync(), Is.EqualTo(("cancelled", "cancelled")));
        var state = await Run.MoveAsync("order-1", transition, new() { ["status"] = "completed", ["financial_status"] = "completed" });
        Assert.That(await StatusAsync(), Is.EqualTo(("completed", "completed")));
        Assert.That((long)state["amounts"]!["charged"]!, Is.EqualTo(1000));
        Assert.That((await Run.Shop.WaitAsync(2))[1].Status, Is.EqualTo("completed"));
        Assert.That(await TryAsync("orders/order-1/transitions", new() { ["to"] = "paid-late" }), Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task A_bank_transfer_can_arrive_after_the_payment_expired()
    {
        await Run.MakeAsync(Run.Order(gateway: "BANKTRANS"), "started");
        Run.Pass(TimeSpan.FromDays(61));
        Assert.That(await StatusAsync(), Is.EqualTo(("expired", "expired")));
        await Run.MoveAsync("order-1", "paid-late");
        Assert.That(await StatusAsync(), Is.EqualTo(("completed", "completed")));
    }

    [TestCase(false, null)]
    [TestCase(true, "another-shops-order")]
    public async Task Another_shop_of_the_site_can_reuse_an_order_id_that_was_never_paid(bool oursExists, string? var1)
    {
        if (oursExists)
        {
            var ours = Run.Order(amount: 1234);
            ours["var1"] = "our-order";
            await Run.MakeAsync(ours, "started", "expired");
            await Run.Shop.WaitAsync(1);
        }

        var theirs = new JsonObject { ["order_id"] = "order-1", ["var1"] = var1, ["payment_options"] = new JsonObject { ["notification_url"] = Run.Shop.Url + "notify" } };
        Assert.That(await TryAsync("orders", theirs), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(), Is.EqualTo(("initialized", "initialized")));
        await Run.MoveAsync("order-1", "completed");
        var order = await ShownAsync();
        Assert.That(((string?)order["var1"], (string?)order["status"], (long)order["amount"]!), Is.EqualTo((var1, "completed", oursExists ? 1234L : 1000L)));
        Assert.That((string?)(await Run.Shop.WaitAsync(oursExists ? 2 : 1))[^1].Json["var1"], Is.EqualTo(var1));

        // From now on the id is taken, for everybody.
        (await Run.PostAsync("orders", Run.Order())).AssertRefused(1006);
        Assert.That(await TryAsync("orders", new() { ["order_id"] = "order-1" }), Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
