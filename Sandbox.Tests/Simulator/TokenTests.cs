using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Simulator;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>How payment details are stored with a payment, and what the API tells of them.</summary>
[TestFixture]
internal sealed class TokenTests : SimulatorFixture
{
    private const string Reference = "customer-1";

    protected override SimulatorOptions Configure(SimulatorOptions options) => options with
    {
        RecurringModels = ["cardOnFile", "subscription"],

        // Two sites of one account, one site of another account, and the same account number in the other environment.
        Sites = [.. options.Sites, new(1003, "made-up-key-of-the-third-site"), new(1004, "made-up-key-of-another-account") { AccountId = 10000002 }],
    };

    private JsonObject Order(string gateway = "VISA", string? model = "cardOnFile", string? reference = Reference, string id = "order-1")
    {
        var order = Run.Order(id, gateway: gateway);
        order["recurring_model"] = model;
        order["customer"]!["reference"] = reference;
        return order;
    }

    /// <summary>An account without the model, an ordinary payment, and one whose details cannot be stored, leave no token. A card payment has an id there all the same.</summary>
    [TestCase("VISA", "cardOnFile", "completed", true)]
    [TestCase("MASTERCARD", "subscription", "completed", true)]
    [TestCase("CREDITCARD", "cardOnFile", "completed", true)]
    [TestCase("VISA", "cardOnFile", "giftcard", true)]
    [TestCase("IDEAL", "cardOnFile", "completed", true)]
    [TestCase("VISA", "unscheduled", "completed", false)]
    [TestCase("VISA", null, "completed", false)]
    [TestCase("PAYPAL", "cardOnFile", "completed", false)]
    [TestCase("VISA", "cardOnFile", "declined", false)]
    [TestCase("VISA", "cardOnFile", "uncleared", false)]
    [TestCase("VISA", "cardOnFile", "cancelled", false)]
    public async Task A_payment_that_succeeds_makes_a_token_where_the_order_asks_for_it(string gateway, string? model, string to, bool stored)
    {
        var details = (await Run.MakeAsync(Order(gateway, model), to))["order"]!["payment_details"]!;
        var tokens = await Run.TokensAsync(Reference);

        Assert.That(tokens, Has.Count.EqualTo(stored ? 1 : 0));
        var (flow, id, shown) = ((string?)details["recurring_flow"], (string?)details["recurring_id"], (string?)details["recurring_model"]);
        if (stored)
            Assert.That((flow, id, shown), Is.EqualTo(("manual", (string?)tokens[0]!["token"], model)));
        else if (gateway == "VISA" && to == "completed")
            Assert.That((flow, long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _), shown), Is.EqualTo(((string?)null, true, (string?)null)));
        else
            Assert.That((flow, id, shown), Is.EqualTo(((string?)null, (string?)null, (string?)null)));
    }

    [Test]
    public async Task A_reviewed_payment_makes_a_token_when_accepted_and_an_authorisation_at_once()
    {
        await Run.MakeAsync(Order(), "uncleared", "completed");
        var held = Order(id: "order-2");
        held["capture"] = "manual";
        await Run.MakeAsync(held, "authorised");
        Assert.That(await Run.TokensAsync(Reference), Has.Count.EqualTo(2));
        (await Run.PostAsync("orders/order-2/capture", new JsonObject { ["amount"] = 500, ["new_order_id"] = "order-2-a", ["new_order_status"] = "completed" })).AssertSuccess();
        Assert.That(await Run.TokensAsync(Reference), Has.Count.EqualTo(2), "a capture is no payment of its own");
    }

    [Test]
    public async Task The_notification_tells_of_the_token()
    {
        await Run.MakeAsync(Order("MASTERCARD"), "completed");
        var details = (await Run.Shop.WaitAsync(1))[0].Json["payment_details"]!;
        var token = (await Run.TokensAsync(Reference)).Single()!;
        Assert.That(((string?)details["recurring_id"], (string?)details["recurring_model"], (string?)details["last4"], (string?)details["card_expiry_date"]),
            Is.EqualTo(((string?)token["token"], "cardOnFile", "0004", "3012")));
    }

    /// <summary>The box is there where the customer is asked, and a browser sends nothing of a box that is cleared.</summary>
    [TestCase("VISA", "cardOnFile", true)]
    [TestCase("VISA", "subscription", false)]
    [TestCase("VISA", "unscheduled", false)]
    [TestCase("VISA", null, false)]
    [TestCase("PAYPAL", "cardOnFile", false)]
    public async Task The_payment_page_asks_whether_to_store_the_details(string gateway, string? model, bool asks)
    {
        var link = (string)(await Run.PostAsync("orders", Order(gateway, model))).AssertSuccess().Data["payment_url"]!;
        using var opened = await Run.OpenAsync(link);
        var page = opened.Headers.Location!.ToString();
        using var shown = await Run.OpenAsync(page);
        Assert.That(await shown.Content.ReadAsStringAsync(), asks ? Does.Contain("name=\"save\"") : Does.Not.Contain("name=\"save\""));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_customer_decides_on_the_payment_page(bool save)
    {
        var link = (string)(await Run.PostAsync("orders", Order())).AssertSuccess().Data["payment_url"]!;
        using var opened = await Run.OpenAsync(link);
        (string, string)[] box = save ? [("save", "asked"), ("save", "yes")] : [("save", "asked")];
        using var paid = await Run.PressAsync(opened.Headers.Location!.ToString(), [.. box, ("scenario", "completed")]);

        Assert.That(await Run.TokensAsync(Reference), Has.Count.EqualTo(save ? 1 : 0));
        Assert.That((string?)(await Run.GetAsync("orders/order-1")).Data["payment_details"]!["recurring_model"], Is.EqualTo(save ? "cardOnFile" : null));
    }

    [Test]
    public async Task Every_site_of_the_account_finds_a_token_and_no_other_does()
    {
        var token = await Run.AddTokenAsync(Reference);
        foreach (var (key, knows) in new[] { (SimulatorRun.Key, true), ("made-up-key-of-the-third-site", true), (SimulatorRun.OtherKey, false), ("made-up-key-of-another-account", false) })
        {
            var answer = await Run.GetAsync($"recurring/{Reference}/token/{token}", key);
            var expected = knows ? HttpStatusCode.OK : HttpStatusCode.Gone;
            Assert.That((answer.Status, (await Run.GetAsync($"recurring/{Reference}", key)).Status), Is.EqualTo((expected, expected)), key);
        }

        (await Run.GetAsync($"recurring/customer-2/token/{token}")).AssertRefused(1000, HttpStatusCode.Gone);
        (await Run.GetAsync($"recurring/{Reference}", key: "wrong")).AssertRefused(1032, HttpStatusCode.Unauthorized);
    }

    [TestCase("recurring/nobody", "GET", "Not found")]
    [TestCase("recurring/nobody/token/t", "GET", "Not found: token")]
    [TestCase("recurring/customer-1/token/t", "GET", "Not found: token")]
    [TestCase("recurring/customer-1/update/t", "PATCH", "Token not updated")]
    [TestCase("recurring/customer-1/remove/t", "DELETE", "Token not removed")]
    public async Task What_is_not_known_is_an_error_with_a_choice_of_statuses(string path, string method, string info)
    {
        await Run.AddTokenAsync(Reference);
        var body = method == "PATCH" ? """{"expiry_date": 3012}""" : null;
        var gone = await Run.CallAsync(new HttpMethod(method), path, body, SimulatorRun.Key);
        gone.AssertRefused(1000, HttpStatusCode.Gone);
        Assert.That((string?)gone.Json["error_info"], Is.EqualTo(info));
        await Run.ShapeAsync("unknown_token_is_404");
        (await Run.CallAsync(new HttpMethod(method), path, body, SimulatorRun.Key)).AssertRefused(1000, HttpStatusCode.NotFound);
    }

    [TestCase("VISA", "1111", "3012", false, "1111", "3012")]
    [TestCase("MASTERCARD", "0004", "3101", false, "\"0004\"", "3101")]
    [TestCase("VISA", "1111", "3012", true, "\"1111\"", "\"3012\"")]
    [TestCase("IDEAL", null, null, false, "null", "\"\"")]
    public async Task A_token_is_shown_in_the_documented_types(string code, string? last4, string? expiryDate, bool asText, string shownLast4, string shownDate)
    {
        var token = await Run.AddTokenAsync(Reference, new() { ["code"] = code, ["last4"] = last4, ["expiry_date"] = expiryDate });
        if (asText)
            await Run.ShapeAsync("token_digits_are_text");
        var shown = (await Run.GetAsync($"recurring/{Reference}/token/{token}")).AssertSuccess().Data;
        Assert.That(((string?)shown["token"], (string?)shown["code"], (string?)shown["model"], (int)shown["expired"]!), Is.EqualTo((token, code, "cardOnFile", 0)));
        Assert.That((shown["last4"]?.ToJsonString() ?? "null", shown["expiry_date"]!.ToJsonString()), Is.EqualTo((shownLast4, shownDate)));

        await Run.ShapeAsync("token_model_is_recurring_model");
        var renamed = (await Run.GetAsync($"recurring/{Reference}")).AssertSuccess().Data["tokens"]!.AsArray().Single()!;
        Assert.That((renamed["model"], (string?)renamed["recurring_model"]), Is.EqualTo(((JsonNode?)null, "cardOnFile")));
    }

    [TestCase("", 0, 10)]
    [TestCase("?limit=3", 0, 3)]
    [TestCase("?limit=100&offset=0", 0, 23)]
    [TestCase("?limit=10&offset=20", 20, 3)]
    [TestCase("?offset=23", 0, 0)]
    public async Task The_list_has_pages(string query, int first, int count)
    {
        List<string> all = [];
        for (var i = 0; i < 23; i++)
            all.Add(await Run.AddTokenAsync(Reference));
        var tokens = (await Run.GetAsync($"recurring/{Reference}{query}")).AssertSuccess().Data["tokens"]!.AsArray();
        Assert.That(tokens.Select(token => (string)token!["token"]!), Is.EqualTo(all.Skip(first).Take(count)));
        (await Run.GetAsync($"recurring/{Reference}?limit=ten")).AssertRefused(1000);
    }

    [Test]
    public async Task A_card_expires_at_the_end_of_its_month_and_can_be_renewed()
    {
        var token = await Run.AddTokenAsync(Reference, new() { ["expiry_date"] = "3001" });
        async Task<int> ExpiredAsync() => (int)(await Run.GetAsync($"recurring/{Reference}/token/{token}")).Data["expired"]!;
        Assert.That(await ExpiredAsync(), Is.Zero);
        Run.Pass(TimeSpan.FromDays(30));
        Assert.That(await ExpiredAsync(), Is.EqualTo(1));
        (await Run.PatchAsync($"recurring/{Reference}/update/{token}", new JsonObject { ["expiry_date"] = 3502 })).AssertSuccess();
        Assert.That(await ExpiredAsync(), Is.Zero);
        await Run.ExpireTokenAsync(token);
        Assert.That(await ExpiredAsync(), Is.EqualTo(1));
        foreach (var wrong in new JsonNode?[] { 3013, "30-12", "", null, "December" })
            (await Run.PatchAsync($"recurring/{Reference}/update/{token}", new JsonObject { ["expiry_date"] = wrong?.DeepClone() })).AssertRefused(1000);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_removed_token_is_gone_wherever_it_was_removed(bool byShop)
    {
        var token = await Run.AddTokenAsync(Reference);
        if (byShop)
            Assert.That((bool)(await Run.CallAsync(HttpMethod.Delete, $"recurring/{Reference}/remove/{token}", null, SimulatorRun.Key)).AssertSuccess().Data["removed"]!, Is.True);
        else
            await Run.RemoveTokenAsync(token);
        (await Run.GetAsync($"recurring/{Reference}/token/{token}")).AssertRefused(1000, HttpStatusCode.Gone);
        (await Run.GetAsync($"recurring/{Reference}")).AssertRefused(1000, HttpStatusCode.Gone);
        (await Run.CallAsync(HttpMethod.Delete, $"recurring/{Reference}/remove/{token}", null, SimulatorRun.Key)).AssertRefused(1000, HttpStatusCode.Gone);
    }

    [Test]
    public async Task Payment_methods_name_the_models_of_the_account()
    {
        async Task<string> TokenizationAsync(string gateway) => (await Run.GetAsync($"payment-methods/{gateway}")).AssertSuccess().Data["tokenization"]!.ToJsonString();
        const string off = """{"is_enabled":false,"models":null}""";
        Assert.That(await TokenizationAsync("VISA"), Is.EqualTo("""{"is_enabled":true,"models":{"cardonfile":true,"subscription":true,"unscheduled":false}}"""));
        Assert.That(await TokenizationAsync("PAYPAL"), Is.EqualTo(off));
        await Run.AllowRecurringAsync("cardOnFile", on: false);
        await Run.AllowRecurringAsync("unscheduled");
        Assert.That(await TokenizationAsync("AMEX"), Is.EqualTo("""{"is_enabled":true,"models":{"cardonfile":false,"subscription":true,"unscheduled":true}}"""));
        foreach (var model in new[] { "subscription", "unscheduled" })
            await Run.AllowRecurringAsync(model, on: false);
        Assert.That(await TokenizationAsync("VISA"), Is.EqualTo(off));
    }

    [Test]
    public async Task A_reset_forgets_tokens_plans_and_switches()
    {
        await Run.AddTokenAsync(Reference);
        await Run.PlanTokenPaymentAsync("declined", 4002);
        await Run.AllowRecurringAsync("unscheduled");
        (await Run.ControlAsync(HttpMethod.Post, "reset")).Dispose();
        Assert.That(await Run.TokensAsync(), Is.Empty);
        Assert.That(await Run.ListAsync("token-payments"), Is.Empty);
        using var models = await Run.ControlAsync(HttpMethod.Get, "recurring");
        Assert.That(await models.Content.ReadAsStringAsync(), Is.EqualTo("""{"cardOnFile":true,"subscription":true,"unscheduled":false}"""));
    }
}
