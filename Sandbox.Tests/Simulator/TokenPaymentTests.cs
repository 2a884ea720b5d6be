using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Simulator;
using Sandbox.Simulator.Gateways;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>Payments with stored details, and what a test can have happen to them.</summary>
[TestFixture]
internal sealed class TokenPaymentTests : SimulatorFixture
{
    private const string Reference = "customer-1";

    private static IEnumerable<string> Codes => CardErrors.Texts.Keys.Order(StringComparer.Ordinal);

    protected override SimulatorOptions Configure(SimulatorOptions options) => options with { RecurringModels = ["cardOnFile", "unscheduled"] };

    private JsonObject Order(string token, string id = "order-1", string reference = Reference, string model = "cardOnFile")
    {
        var order = Run.Order(id, gateway: null);
        (order["type"], order["recurring_id"], order["recurring_model"], order["customer"]!["reference"]) = ("direct", token, model, reference);
        return order;
    }

    private async Task<JsonObject> PayAsync(JsonObject order) => (await Run.PostAsync("orders", order)).AssertSuccess().Data;

    private static (string?, string?, string?) StatusOf(JsonNode order) => ((string?)order["status"], (string?)order["financial_status"], (string?)order["payment_url"]);

    [TestCase("VISA", "1111")]
    [TestCase("MASTERCARD", "4242")]
    public async Task A_payment_with_stored_details_is_completed_at_once_and_notified(string code, string last4)
    {
        var token = await Run.AddTokenAsync(Reference, new() { ["code"] = code, ["last4"] = last4, ["expiry_date"] = "3107" });
        var answer = await PayAsync(Order(token));

        Assert.That(StatusOf(answer), Is.EqualTo(("completed", "completed", (string?)null)));
        var details = answer["payment_details"]!;
        Assert.That(((string?)details["type"], (string?)details["last4"], (string?)details["card_expiry_date"]), Is.EqualTo((code, last4, "3107")));
        Assert.That(((string?)details["recurring_id"], (string?)details["recurring_model"], (string?)details["recurring_flow"]), Is.EqualTo((token, "cardOnFile", "token")));
        var notification = (await Run.Shop.WaitAsync(1))[0];
        Assert.That((notification.Status, (string?)notification.Json["order_id"], (string?)notification.Json["payment_details"]!["recurring_id"]), Is.EqualTo(("completed", "order-1", token)));
        Assert.That(await Run.TokensAsync(Reference), Has.Count.EqualTo(1), "no further token");
        Assert.That((long)(await Run.LookAsync("order-1"))["amounts"]!["charged"]!, Is.EqualTo(1000));
    }

    [Test]
    public async Task A_token_that_was_stored_by_a_payment_pays_again_and_a_paid_order_is_not_paid_twice()
    {
        var first = Run.Order("order-1", gateway: "AMEX");
        (first["recurring_model"], first["customer"]!["reference"]) = ("cardOnFile", Reference);
        await Run.MakeAsync(first, "completed");
        var token = (string)(await Run.TokensAsync(Reference)).Single()!["token"]!;

        Assert.That((string?)(await PayAsync(Order(token, "order-2")))["payment_details"]!["type"], Is.EqualTo("AMEX"));
        (await Run.PostAsync("orders", Order(token, "order-2"))).AssertRefused(1006);
        Assert.That((long)(await Run.LookAsync("order-2"))["amounts"]!["charged"]!, Is.EqualTo(1000));
    }

    [TestCase("gone")]
    [TestCase("expired")]
    [TestCase("of another customer")]
    [TestCase("of another environment")]
    public async Task A_token_that_cannot_be_used_is_not_found_and_nothing_is_ordered(string how)
    {
        var token = await Run.AddTokenAsync(how == "of another customer" ? "customer-2" : Reference, site: how == "of another environment" ? 1002 : 1001);
        if (how == "gone")
            await Run.RemoveTokenAsync(token);
        else if (how == "expired")
            await Run.ExpireTokenAsync(token);

        var refused = await Run.PostAsync("orders", Order(token));
        refused.AssertRefused(1000, HttpStatusCode.Gone);
        Assert.That((string?)refused.Json["error_info"], Is.EqualTo("Not found: token"));
        await Run.ShapeAsync("unknown_token_is_404");
        (await Run.PostAsync("orders", Order(token))).AssertRefused(1000, HttpStatusCode.NotFound);
        Assert.That(await Run.ListAsync("orders"), Is.Empty);
    }

    [Test]
    public async Task A_payment_needs_the_model_and_the_method_in_the_account()
    {
        var token = await Run.AddTokenAsync(Reference);
        (await Run.PostAsync("orders", Order(token, model: "subscription"))).AssertRefused(1000);
        (await Run.ControlAsync(HttpMethod.Post, "gateways/VISA/off")).Dispose();
        (await Run.PostAsync("orders", Order(token))).AssertRefused(1023);
        (await Run.ControlAsync(HttpMethod.Post, "gateways/VISA/on")).Dispose();
        await PayAsync(Order(token, model: "unscheduled"));
    }

    [TestCaseSource(nameof(Codes))]
    public async Task A_payment_is_declined_by_code(string code)
    {
        var token = await Run.AddTokenAsync(Reference);
        await Run.PlanTokenPaymentAsync("declined", int.Parse(code, System.Globalization.CultureInfo.InvariantCulture));

        var declined = await PayAsync(Order(token));
        Assert.That(StatusOf(declined), Is.EqualTo(("declined", "declined", (string?)null)));
        Assert.That(((string?)declined["reason_code"], (string?)declined["reason"]), Is.EqualTo((code, CardErrors.Texts[code])));
        var notification = (await Run.Shop.WaitAsync(1))[0].Json;
        Assert.That(((string?)notification["status"], (string?)notification["reason_code"]), Is.EqualTo(("declined", code)));
        Assert.That(StatusOf(await PayAsync(Order(token))), Is.EqualTo(("completed", "completed", (string?)null)), "only the next payment was planned");
    }

    [Test]
    public async Task A_declined_payment_can_be_answered_as_an_error()
    {
        var token = await Run.AddTokenAsync(Reference);
        await Run.ShapeAsync("declined_token_is_error");
        await Run.PlanTokenPaymentAsync("declined", 4999, "Stop payment order");

        var refused = await Run.PostAsync("orders", Order(token));
        refused.AssertRefused(1024);
        Assert.That((string?)refused.Json["error_info"], Is.EqualTo("Stop payment order"));
        var order = (await Run.GetAsync("orders/order-1")).AssertSuccess().Data;
        Assert.That(((string?)order["status"], (string?)order["reason_code"], (string?)order["reason"]), Is.EqualTo(("declined", "4999", "Stop payment order")));
    }

    [Test]
    public async Task A_payment_can_be_put_under_review()
    {
        await Run.PlanTokenPaymentAsync("uncleared");
        Assert.That(StatusOf(await PayAsync(Order(await Run.AddTokenAsync(Reference)))), Is.EqualTo(("uncleared", "uncleared", (string?)null)));
        Assert.That((string?)(await Run.MoveAsync("order-1", "completed"))["status"], Is.EqualTo("completed"));
    }

    [TestCase("confirmed", "completed", "return")]
    [TestCase("unconfirmed", "declined", "cancel")]
    public async Task A_payment_can_ask_the_customer_to_confirm_it(string scenario, string status, string leadsTo)
    {
        var token = await Run.AddTokenAsync(Reference);
        await Run.PlanTokenPaymentAsync("authenticate");
        var answer = await PayAsync(Order(token));
        Assert.That(((string?)answer["status"], (string?)answer["financial_status"]), Is.EqualTo(("initialized", "initialized")));

        var url = (string)answer["payment_url"]!;
        using var page = await Run.OpenAsync(url);
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("value=\"confirmed\"").And.Contain("value=\"unconfirmed\"").And.Not.Contain("name=\"save\""));
        using var decided = await Run.PressAsync(url, ("scenario", scenario));
        Assert.That(decided.Headers.Location, Is.EqualTo(new Uri(Run.Shop.Url, leadsTo + "?transactionid=order-1")));
        var order = (await Run.GetAsync("orders/order-1")).Data;
        Assert.That(((string?)order["status"], (string?)order["reason_code"]), Is.EqualTo((status, status == "declined" ? "3001" : null)));
        Assert.That((await Run.Shop.WaitAsync(1))[0].Status, Is.EqualTo(status));

        using var again = await Run.PressAsync($"{url[..url.LastIndexOf('/')]}/start", ("gateway", "VISA"));
        Assert.That(again.StatusCode, Is.EqualTo(status == "completed" ? HttpStatusCode.Gone : HttpStatusCode.Conflict), "it is tried once");
    }

    [Test]
    public async Task A_manual_capture_is_authorised()
    {
        var order = Order(await Run.AddTokenAsync(Reference));
        order["capture"] = "manual";
        Assert.That(StatusOf(await PayAsync(order)), Is.EqualTo(("completed", "initialized", (string?)null)));
    }

    [Test]
    public async Task Details_of_a_bank_payment_are_debited()
    {
        var token = await Run.AddTokenAsync(Reference, new() { ["code"] = "IDEAL" });
        var answer = await PayAsync(Order(token));
        Assert.That((StatusOf(answer), (string?)answer["payment_details"]!["type"]), Is.EqualTo((("uncleared", "initialized", (string?)null), "DIRDEB")));
    }

    [TestCase("""{"outcome": "paid"}""")]
    [TestCase("""{"outcome": "declined", "reason_code": "1"}""")]
    [TestCase("""{"outcome": "completed", "times": 0}""")]
    [TestCase("""{}""")]
    public async Task A_plan_that_makes_no_sense_is_refused(string body)
    {
        using var refused = await Run.ControlAsync(HttpMethod.Post, "token-payments", JsonNode.Parse(body));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await Run.ListAsync("token-payments"), Is.Empty);
    }

    [Test]
    public async Task The_dashboard_shows_tokens_and_changes_them()
    {
        var token = await Run.AddTokenAsync(Reference, new() { ["display"] = "<script>alert(1)</script>" });
        using var page = await Run.OpenAsync("tokens");
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain(token).And.Contain(Reference).And.Contain("&lt;script&gt;").And.Not.Contain("<script"));

        using var planned = await Run.PressAsync("tokens/plan", ("outcome", "declined 4002"));
        Assert.That((string?)(await Run.ListAsync("token-payments")).Single()!["reason_code"], Is.EqualTo("4002"));
        using var expired = await Run.PressAsync("tokens/change", ("token", token), ("to", "expired"));
        Assert.That((bool)(await Run.TokensAsync()).Single()!["expired"]!, Is.True);
        using var removed = await Run.PressAsync("tokens/change", ("token", token), ("to", "removed"));
        Assert.That(await Run.TokensAsync(), Is.Empty);
        using var again = await Run.PressAsync("tokens/change", ("token", token), ("to", "removed"));
        using var wrong = await Run.PressAsync("tokens/plan", ("outcome", "declined 1"));
        Assert.That((removed.StatusCode, again.StatusCode, wrong.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Conflict, HttpStatusCode.Conflict)));
    }
}
