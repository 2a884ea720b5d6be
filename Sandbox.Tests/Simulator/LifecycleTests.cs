using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>What an order goes through after its payment began: reviews, shipments, chargebacks, cancellations, and time.</summary>
[TestFixture]
internal sealed class LifecycleTests : SimulatorFixture
{
    private async Task<(string Status, string FinancialStatus)> StatusAsync(string id = "order-1")
    {
        var order = (await Run.GetAsync("orders/" + id)).AssertSuccess().Data;
        return ((string)order["status"]!, (string)order["financial_status"]!);
    }

    private static JsonObject WithCart(JsonObject order, string gateway)
    {
        order["gateway"] = gateway;
        order["shopping_cart"] = new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject { ["name"] = "Item", ["unit_price"] = 10, ["quantity"] = 1, ["merchant_item_id"] = "1" }),
        };
        order["checkout_options"] = new JsonObject { ["tax_tables"] = new JsonObject { ["default"] = new JsonObject { ["rate"] = 0 } } };
        return order;
    }

    [TestCase("completed", "completed", "completed")]
    [TestCase("declined", "declined", "declined")]
    [TestCase("cancelled", "void", "cancelled")]
    public async Task A_payment_under_review_can_be_accepted_declined_or_cancelled(string to, string status, string financialStatus)
    {
        await Run.MakeAsync(Run.Order(gateway: "VISA"), "uncleared", to);
        Assert.That(await StatusAsync(), Is.EqualTo((status, financialStatus)));
        Assert.That((await Run.Shop.WaitAsync(2))[1].Status, Is.EqualTo(status));
    }

    [TestCase("void")]
    [TestCase("chargeback")]
    [TestCase("chargedback")]
    public async Task A_chargeback_takes_the_amount_and_can_be_reversed(string status)
    {
        await Run.MakeAsync(Run.Order(gateway: "VISA"), "completed");
        var state = await Run.MoveAsync("order-1", "chargeback", new() { ["status"] = status });
        Assert.That(await StatusAsync(), Is.EqualTo((status, "void")));
        Assert.That((long)state["amounts"]!["net"]!, Is.Zero);
        Assert.That((string?)state["order"]!["related_transactions"]![0]!["type"], Is.EqualTo("chargeback"));
        (await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = "EUR" })).AssertRefused(1034);

        state = await Run.MoveAsync("order-1", "chargeback-reversed");
        Assert.That(await StatusAsync(), Is.EqualTo(("completed", "completed")));
        Assert.That((long)state["amounts"]!["net"]!, Is.EqualTo(1000));
    }

    [Test]
    public async Task A_pay_later_order_is_settled_after_shipment()
    {
        await Run.MakeAsync(WithCart(Run.Order(), "KLARNA"), "completed");
        Assert.That(await StatusAsync(), Is.EqualTo(("completed", "uncleared")));
        (await Run.PatchAsync("orders/order-1", new JsonObject { ["status"] = "shipped", ["tracktrace_code"] = "3S123", ["carrier"] = "Post" })).AssertSuccess();
        Assert.That(await StatusAsync(), Is.EqualTo(("shipped", "uncleared")));
        await Run.MoveAsync("order-1", "settled");
        Assert.That(await StatusAsync(), Is.EqualTo(("shipped", "completed")));
        Assert.That((await Run.Shop.WaitAsync(3)).Select(notification => notification.Status), Is.EqualTo(["completed", "shipped", "shipped"]));
        Assert.That((string?)(await Run.GetAsync("orders/order-1")).Data["tracktrace_code"], Is.EqualTo("3S123"));
    }

    [Test]
    public async Task Only_Klarna_orders_can_be_extended()
    {
        await Run.MakeAsync(WithCart(Run.Order(), "KLARNA"), "completed");
        var extension = new JsonObject { ["extend_expiration"] = true, ["reason"] = "Shipment is late" };
        Assert.That((string?)(await Run.PatchAsync("orders/order-1", extension)).AssertSuccess().Data["expiration_date"], Is.EqualTo("2030-03-27"), "12 weeks");
        await Run.MakeAsync(Run.Order("order-2"), "completed");
        (await Run.PatchAsync("orders/order-2", extension)).AssertRefused(1000, HttpStatusCode.Gone);
    }

    [Test]
    public async Task An_unpaid_order_can_be_cancelled()
    {
        await Run.MakeAsync(Run.Order(), "started");
        (await Run.PatchAsync("orders/order-1", new JsonObject { ["status"] = "cancelled", ["exclude_order"] = true })).AssertSuccess();
        Assert.That(await StatusAsync(), Is.EqualTo(("cancelled", "cancelled")));
        Assert.That((bool)(await Run.LookAsync("order-1"))["excluded"]!, Is.True);
        Assert.That((await Run.Shop.WaitAsync(1))[0].Query, Does.Not.ContainKey("payload_type"));
    }

    [Test]
    public async Task An_unopened_payment_link_can_be_cancelled()
    {
        var link = (string)(await Run.PostAsync("orders", Run.Order())).Data["payment_url"]!;
        (await Run.PatchAsync("orders/order-1", new JsonObject { ["status"] = "cancelled" })).AssertSuccess();
        Assert.That((await Run.Shop.WaitAsync(1))[0].Query["payload_type"], Is.EqualTo("pretransaction"));
        using var opened = await Run.OpenAsync(link);
        Assert.That(opened.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
    }

    [TestCase("{\"status\":\"cancelled\"}")]
    [TestCase("{\"status\":\"completed\"}")]
    [TestCase("{\"status\":\"shipped\",\"amount\":500}")]
    [TestCase("{\"memo\":\"\"}")]
    [TestCase("{}")]
    public async Task An_invalid_update_of_a_paid_order_is_rejected(string body)
    {
        await Run.MakeAsync(Run.Order(), "completed");
        (await Run.CallAsync(HttpMethod.Patch, "orders/order-1", body, SimulatorRun.Key)).AssertRefused(1000, HttpStatusCode.Gone);
        Assert.That(await StatusAsync(), Is.EqualTo(("completed", "completed")));
    }

    [Test]
    public async Task Only_a_paid_order_can_be_shipped_or_take_an_invoice_number()
    {
        await Run.MakeAsync(Run.Order(), "started");
        (await Run.PatchAsync("orders/order-1", new JsonObject { ["status"] = "shipped" })).AssertRefused(1000, HttpStatusCode.Gone);
        await Run.MoveAsync("order-1", "completed");
        (await Run.PatchAsync("orders/order-1", new JsonObject { ["invoice_id"] = "INV-1", ["invoice_url"] = "https://shop.example/INV-1" })).AssertSuccess();
        Assert.That((string?)(await Run.GetAsync("orders/order-1")).Data["invoice_id"], Is.EqualTo("INV-1"));
    }

    // Facts: how long a started transaction lives.
    [TestCase("IDEAL", 60)]
    [TestCase("VISA", 60)]
    [TestCase("MBWAY", 4)]
    [TestCase("BIZUM", 30)]
    [TestCase("PAYPAL", 14 * 24 * 60)]
    [TestCase("BANKTRANS", 60 * 24 * 60)]
    public async Task A_started_transaction_expires_after_the_time_of_its_gateway(string gateway, int minutes)
    {
        var order = Run.Order(gateway: gateway);
        order["days_active"] = 365;
        await Run.MakeAsync(order, "started");
        Run.Pass(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.That(await StatusAsync(), Is.EqualTo(("initialized", "initialized")));
        Run.Pass(TimeSpan.FromSeconds(1));
        Assert.That(await StatusAsync(), Is.EqualTo(("expired", "expired")));
        await Run.Shop.WaitAsync(1);
    }

    [Test]
    public async Task A_direct_debit_never_expires()
    {
        await Run.MakeAsync(Run.Order(gateway: "DIRDEB"), "started");
        Run.Pass(TimeSpan.FromDays(3650));
        Assert.That(await StatusAsync(), Is.EqualTo(("initialized", "initialized")));
    }

    [TestCase("days_active", 2, 2 * 86400)]
    [TestCase("seconds_active", 90, 90)]
    [TestCase(null, 0, 30 * 86400)]
    public async Task A_payment_link_expires_after_its_lifetime(string? field, int value, int seconds)
    {
        var order = Run.Order();
        if (field is not null)
            order[field] = value;
        await Run.MakeAsync(order);
        Run.Pass(TimeSpan.FromSeconds(seconds - 1));
        Assert.That(await StatusAsync(), Is.EqualTo(("initialized", "initialized")));
        Run.Pass(TimeSpan.FromSeconds(1));
        Assert.That(await StatusAsync(), Is.EqualTo(("expired", "expired")));
        Assert.That((await Run.Shop.WaitAsync(1))[0].Query["payload_type"], Is.EqualTo("pretransaction"));
    }

    [Test]
    public async Task The_lifetime_in_seconds_takes_precedence_over_days()
    {
        var order = Run.Order();
        (order["days_active"], order["seconds_active"]) = (30, 60);
        await Run.MakeAsync(order);
        Run.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await StatusAsync()).Status, Is.EqualTo("expired"), "on access, without the timer's help");
    }

    [Test]
    public async Task A_card_payment_under_review_expires_after_five_days()
    {
        await Run.MakeAsync(Run.Order(gateway: "VISA"), "uncleared");
        Run.Pass(TimeSpan.FromDays(5));
        Assert.That(await StatusAsync(), Is.EqualTo(("expired", "expired")));
    }

    [Test]
    public async Task A_transaction_expires_by_timer_without_being_read()
    {
        await Run.MakeAsync(Run.Order(), "started");
        await Run.PassUntilAsync(TimeSpan.FromMinutes(10), () => Run.Shop.Received.Count == 1);
        Assert.That(Run.Shop.Received[0].Status, Is.EqualTo("expired"));
    }

    [Test]
    public async Task An_impossible_transition_is_a_conflict_and_changes_nothing()
    {
        await Run.MakeAsync(Run.Order(), "declined");
        using var response = await Run.ControlAsync(HttpMethod.Post, "orders/order-1/transitions", new JsonObject { ["to"] = "completed" });
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await StatusAsync(), Is.EqualTo(("declined", "declined")));
        await Run.Shop.WaitAsync(1);
    }
}
