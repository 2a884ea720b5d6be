using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>Card payments for manual capture: authorised, captured in parts or whole, given back, expired.</summary>
[TestFixture]
internal sealed class CaptureTests : SimulatorFixture
{
    private async Task AuthorizeAsync(string gateway = "VISA")
    {
        var order = Run.Order(gateway: gateway);
        order["capture"] = "manual";
        await Run.MakeAsync(order, "authorised");
    }

    private Task<SimulatedApiResponse> CaptureAsync(int? amount, string? newOrderId = null) => Run.PostAsync(
        "orders/order-1/capture",
        new JsonObject { ["amount"] = amount, ["new_order_id"] = newOrderId, ["new_order_status"] = "completed", ["reason"] = "Shipped" });

    private async Task<JsonObject> ShownAsync(string id = "order-1") => (await Run.GetAsync("orders/" + id)).AssertSuccess().Data;

    private static (string, string) Statuses(JsonObject order) => ((string)order["status"]!, (string)order["financial_status"]!);

    [Test]
    public async Task An_authorized_order_is_completed_with_financial_status_initialized()
    {
        await AuthorizeAsync();
        var order = await ShownAsync();
        Assert.That(Statuses(order), Is.EqualTo(("completed", "initialized")));
        var details = order["payment_details"]!;
        Assert.That(((string?)details["capture"], (long)details["capture_remain"]!), Is.EqualTo(("manual", 1000L)));
        Assert.That((string?)details["capture_expiry"], Is.EqualTo("2030-01-09T04:04:05"), "7 days, in MultiSafepay's time");
        var books = (await Run.LookAsync("order-1"))["amounts"]!;
        Assert.That(((long)books["charged"]!, (long)books["authorized"]!), Is.EqualTo((0L, 1000L)));
    }

    [Test]
    public async Task A_capture_with_an_invoice_id_of_more_than_50_characters_is_rejected()
    {
        await AuthorizeAsync();
        JsonObject Body(int length) => new() { ["amount"] = 400, ["new_order_status"] = "completed", ["invoice_id"] = new string('i', length) };
        (await Run.PostAsync("orders/order-1/capture", Body(51))).AssertRefused(1000);
        (await Run.PostAsync("orders/order-1/capture", Body(50))).AssertSuccess();
    }

    [Test]
    public async Task Partial_captures_create_separate_orders()
    {
        await AuthorizeAsync();
        await Run.Shop.WaitAsync(1);
        var first = (await CaptureAsync(400, "order-1-a")).AssertSuccess().Data;
        Assert.That((string?)first["order_id"], Is.EqualTo("order-1-a"));
        var capture = await ShownAsync("order-1-a");
        Assert.That(Statuses(capture), Is.EqualTo(("completed", "completed")));
        Assert.That(((string?)capture["auth_order_id"], (long)capture["amount"]!), Is.EqualTo(("order-1", 400L)));

        var authorization = await ShownAsync();
        Assert.That(Statuses(authorization), Is.EqualTo(("completed", "initialized")), "keeps its status");
        Assert.That((long)authorization["payment_details"]!["capture_remain"]!, Is.EqualTo(600));
        Assert.That((string?)authorization["related_transactions"]![0]!["type"], Is.EqualTo("capture"));

        (await CaptureAsync(601)).AssertRefused(1001);
        (await CaptureAsync(100, "order-1-a")).AssertRefused(1006);
        (await CaptureAsync(null)).AssertSuccess();
        Assert.That(Statuses(await ShownAsync()), Is.EqualTo(("completed", "completed")));
        (await CaptureAsync(1)).AssertRefused(1000, HttpStatusCode.Gone);

        var ids = (await Run.Shop.WaitAsync(4)).Select(notification => (string)notification.Json["order_id"]!);
        Assert.That(ids, Is.EquivalentTo(["order-1", "order-1-a", "order-1-capture-1", "order-1"]));
        var books = (await Run.LookAsync("order-1"))["amounts"]!;
        Assert.That(((long)books["captured"]!, (long)books["authorized"]!), Is.EqualTo((1000L, 0L)));
    }

    [TestCase("order-1-a")]
    [TestCase(null)]
    public async Task Full_capture_completes_the_authorization_itself(string? newOrderId)
    {
        await AuthorizeAsync();
        await Run.Shop.WaitAsync(1);
        var answer = (await CaptureAsync(newOrderId is null ? null : 1000, newOrderId)).AssertSuccess().Data;
        Assert.That((string?)answer["order_id"], Is.EqualTo("order-1"));
        var order = await ShownAsync();
        Assert.That(Statuses(order), Is.EqualTo(("completed", "completed")));
        Assert.That(order["related_transactions"], Is.Null);
        Assert.That(((string?)order["payment_details"]!["capture"], (long)order["payment_details"]!["capture_remain"]!), Is.EqualTo(("manual", 0L)));
        Assert.That(await Run.ListAsync("orders"), Has.Count.EqualTo(1), "no order of its own");
        Assert.That((await Run.Shop.WaitAsync(2))[1].FinancialStatus, Is.EqualTo("completed"));
        (await CaptureAsync(1)).AssertRefused(1000, HttpStatusCode.Gone);
        (await Run.PatchAsync("capture/order-1", new JsonObject { ["status"] = "cancelled", ["reason"] = "Too late" })).AssertRefused(1000, HttpStatusCode.Gone);

        // And so are refunds and chargebacks.
        (await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = "EUR", ["amount"] = 400 })).AssertSuccess();
        Assert.That(Statuses(await ShownAsync()), Is.EqualTo(("partial_refunded", "partial_refunded")));
        var books = (await Run.MoveAsync("order-1", "chargeback"))["amounts"]!;
        Assert.That(((long)books["charged"]!, (long)books["refunded"]!, (long)books["charged_back"]!, (long)books["net"]!), Is.EqualTo((1000L, 400L, 600L, 0L)));
        Assert.That((string?)(await ShownAsync())["related_transactions"]!.AsArray()[^1]!["type"], Is.EqualTo("chargeback"));
    }

    [TestCase("shape")]
    [TestCase("orders/order-1/shape")]
    public async Task Full_capture_creates_a_separate_order_if_configured(string path)
    {
        await AuthorizeAsync();
        (await Run.ControlAsync(HttpMethod.Post, path, new JsonObject { ["full_capture_is_order"] = true })).Dispose();
        var answer = (await CaptureAsync(1000, "order-1-a")).AssertSuccess().Data;
        Assert.That((string?)answer["order_id"], Is.EqualTo("order-1-a"));
        Assert.That(Statuses(await ShownAsync()), Is.EqualTo(("completed", "completed")));
        Assert.That((string?)(await ShownAsync())["related_transactions"]![0]!["type"], Is.EqualTo("capture"));
        Assert.That(Statuses(await ShownAsync("order-1-a")), Is.EqualTo(("completed", "completed")));
    }

    [Test]
    public async Task Refunds_are_made_on_the_capture_order()
    {
        await AuthorizeAsync();
        await CaptureAsync(400, "order-1-a");
        var refund = new JsonObject { ["currency"] = "EUR", ["amount"] = 401 };
        (await Run.PostAsync("orders/order-1/refunds", refund)).AssertRefused(1034);
        (await Run.PostAsync("orders/order-1-a/refunds", refund)).AssertRefused(1034);
        refund["amount"] = 400;
        (await Run.PostAsync("orders/order-1-a/refunds", refund)).AssertSuccess();
        Assert.That((string?)(await ShownAsync("order-1-a"))["status"], Is.EqualTo("refunded"));
    }

    [TestCase(0)]
    [TestCase(400)]
    public async Task A_release_voids_the_uncaptured_rest(int captured)
    {
        await AuthorizeAsync();
        if (captured > 0)
            (await CaptureAsync(captured, "order-1-a")).AssertSuccess();
        (await Run.PatchAsync("capture/order-1", new JsonObject { ["status"] = "cancelled" })).AssertRefused(1000);
        (await Run.PatchAsync("capture/order-1", new JsonObject { ["status"] = "cancelled", ["reason"] = "Out of stock" })).AssertSuccess();
        var order = await ShownAsync();
        Assert.That(Statuses(order), Is.EqualTo(("void", "void")));
        Assert.That((long)order["payment_details"]!["capture_remain"]!, Is.Zero);
        Assert.That((string?)order["related_transactions"]!.AsArray()[^1]!["type"], Is.EqualTo("auth-cancellation"));
        if (captured > 0)
            Assert.That(Statuses(await ShownAsync("order-1-a")), Is.EqualTo(("completed", "completed")), "what was captured stays");
        (await CaptureAsync(1)).AssertRefused(1000, HttpStatusCode.Gone);
    }

    [TestCase("VISA", 7)]
    [TestCase("MASTERCARD", 30)]
    [TestCase("MAESTRO", 30)]
    public async Task An_authorization_expires_after_the_days_of_its_gateway(string gateway, int days)
    {
        await AuthorizeAsync(gateway);
        Run.Pass(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        Assert.That(Statuses(await ShownAsync()), Is.EqualTo(("completed", "initialized")));
        Run.Pass(TimeSpan.FromSeconds(1));
        Assert.That(Statuses(await ShownAsync()), Is.EqualTo(("void", "void")));
        Assert.That((await Run.Shop.WaitAsync(2))[1].Status, Is.EqualTo("void"));
    }

    [Test]
    public async Task Invalid_capture_requests_are_rejected()
    {
        await AuthorizeAsync();
        (await Run.PostAsync("orders/order-1/capture", new JsonObject { ["amount"] = 100 })).AssertRefused(1000);
        (await CaptureAsync(0)).AssertRefused(1001);
        (await CaptureAsync(100, new string('1', 51))).AssertRefused(1006);
        await Run.MakeAsync(Run.Order("order-2"), "completed");
        (await Run.PostAsync("orders/order-2/capture", new JsonObject { ["amount"] = 1, ["new_order_status"] = "completed" }))
            .AssertRefused(1000, HttpStatusCode.Gone);
    }

    [Test]
    public async Task The_payment_page_offers_only_cards_that_support_manual_capture()
    {
        var order = Run.Order(gateway: null);
        order["capture"] = "manual";
        var link = (string)(await Run.PostAsync("orders", order)).AssertSuccess().Data["payment_url"]!;
        using var opened = await Run.OpenAsync(link);
        Assert.That(await opened.Content.ReadAsStringAsync(), Does.Contain("value=\"VISA\"").And.Not.Contain("value=\"AMEX\"").And.Not.Contain("value=\"IDEAL\""));
        using var chosen = await Run.PressAsync(new Uri(link).AbsolutePath + "start", ("gateway", "VISA"));
        using var decided = await Run.PressAsync(chosen.Headers.Location!.ToString(), ("scenario", "authorised"));
        Assert.That(decided.Headers.Location!.AbsolutePath, Is.EqualTo("/return"));
        Assert.That(Statuses(await ShownAsync()), Is.EqualTo(("completed", "initialized")));
    }
}
