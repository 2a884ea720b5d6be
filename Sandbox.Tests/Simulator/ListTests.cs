using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Simulator.Gateways;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>The calls that list: payment methods, gateways, transactions, and who the key belongs to.</summary>
[TestFixture]
internal sealed class ListTests : SimulatorFixture
{
    private async Task<HashSet<string>> MethodsAsync(string query) =>
        [.. (await Run.GetAsync("payment-methods" + query)).AssertSuccess().Json["data"]!.AsArray().Select(method => (string)method!["id"]!)];

    [Test]
    public async Task Payment_methods_are_filtered_by_the_query()
    {
        Assert.That(await MethodsAsync(""), Does.Contain("IDEAL").And.Contain("VISA").And.Not.Contain("CREDITCARD").And.Not.Contain("VVVGIFTCRD"));
        Assert.That(await MethodsAsync("?country=BE"), Does.Contain("MISTERCASH").And.Not.Contain("IDEAL"));
        Assert.That(await MethodsAsync("?currency=USD"), Does.Contain("VISA").And.Not.Contain("IDEAL"));
        Assert.That(await MethodsAsync("?amount=9999"), Does.Not.Contain("IN3"));
        Assert.That(await MethodsAsync("?amount=10000"), Does.Contain("IN3"));
        Assert.That(await MethodsAsync("?group_cards=1"), Does.Contain("CREDITCARD").And.Not.Contain("VISA"));
        Assert.That(await MethodsAsync("?include_coupons=1"), Does.Contain("VVVGIFTCRD"));
        (await Run.GetAsync("payment-methods?amount=ten")).AssertRefused(1001);
    }

    [Test]
    public async Task A_payment_method_has_every_field_of_the_official_example()
    {
        var example = JsonNode.Parse(OfficialExamples.Response("listPaymentMethods"))!["data"]![0]!.AsObject();
        var method = (await Run.GetAsync("payment-methods/VISA")).AssertSuccess().Data;
        Assert.That(method.Select(field => field.Key), Is.EquivalentTo(example.Select(field => field.Key).Concat(["manual_capture", "is_wallet"])));
        var icon = new Uri((string)method["icon_urls"]!["vector"]!);
        using var response = await Run.OpenAsync(icon.PathAndQuery);
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/svg+xml"));
    }

    [Test]
    public async Task The_methods_are_those_of_2026()
    {
        string[] ended = ["DIRECTBANK", "GIROPAY", "DOTPAY", "DBRTP", "ZINIA", "ZINIA_IN3", "ALIPAY", "SANTANDER"];
        var methods = await MethodsAsync("");
        Assert.That(methods, Is.SupersetOf(new[] { "IDEAL", "ALIPAYPLUS", "BIZUM", "MBWAY", "MULTIBANCO", "BILLINK", "IN3", "AFTERPAY" }));
        Assert.That(methods.Intersect([.. ended, "WERO"]), Is.Empty);
        foreach (var gateway in ended)
        {
            (await Run.PostAsync("orders", Run.Order(gateway: gateway, amount: 50_000))).AssertRefused(1023);
            (await Run.GetAsync("payment-methods/" + gateway)).AssertRefused(1023, System.Net.HttpStatusCode.NotFound);
        }

        (await Run.ControlAsync(HttpMethod.Post, "gateways/DIRECTBANK/on")).Dispose();
        Assert.That(await MethodsAsync(""), Does.Contain("DIRECTBANK"));
        (await Run.PostAsync("orders", Run.Order(gateway: "DIRECTBANK"))).AssertSuccess();
    }

    [Test]
    public async Task Each_method_tells_whether_it_can_be_captured_by_hand_and_is_a_wallet()
    {
        async Task<string> OfAsync(string gateway)
        {
            var method = (await Run.GetAsync("payment-methods/" + gateway)).AssertSuccess().Data;
            return $"{method["manual_capture"]?["supported"]} {method["manual_capture"]?["is_enabled"]} {method["is_wallet"]}";
        }

        Assert.That(await OfAsync("VISA"), Is.EqualTo("true true false"));
        Assert.That(await OfAsync("GOOGLEPAY"), Is.EqualTo("true true true"));
        Assert.That(await OfAsync("IDEAL"), Is.EqualTo("false false false"));

        (await Run.ControlAsync(HttpMethod.Post, "gateways/VISA/capture/off")).Dispose();
        Assert.That(await OfAsync("VISA"), Is.EqualTo("true false false"));
        var order = Run.Order(gateway: "VISA");
        order["capture"] = "manual";
        (await Run.PostAsync("orders", order)).AssertRefused(1000);

        (await Run.ControlAsync(HttpMethod.Post, "gateways/older-shape")).Dispose();
        Assert.That(await OfAsync("VISA"), Is.EqualTo("  "));
    }

    [Test]
    public async Task An_order_has_every_field_of_the_official_example()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        var example = JsonNode.Parse(OfficialExamples.Response("getOrder"))!["data"]!.AsObject();
        var order = (await Run.GetAsync("orders/order-1")).Data;
        Assert.That(order.Select(field => field.Key), Is.SupersetOf(example.Select(field => field.Key)));
        Assert.That(order["payment_details"]!.AsObject().Select(field => field.Key), Does.Contain("account_iban").And.Contain("type"));
        Assert.That(order["created"]!.GetValue<string>(), Is.EqualTo("2030-01-02T04:04:05"), "MultiSafepay's local time");
        var byTransaction = (await Run.GetAsync("orders/" + (long)order["transaction_id"]!)).AssertSuccess().Data;
        Assert.That(byTransaction.ToJsonString(), Is.EqualTo(order.ToJsonString()));
    }

    [TestCase("2030/000123")]
    [TestCase("A-1_ä &?#+%")]
    public async Task An_order_id_may_contain_any_character(string id)
    {
        (await Run.PostAsync("orders", Run.Order(id))).AssertSuccess();
        Assert.That((string?)(await Run.GetAsync("orders/" + Uri.EscapeDataString(id))).AssertSuccess().Data["order_id"], Is.EqualTo(id));
    }

    [Test]
    public async Task Gateways_are_listed_with_and_without_gift_cards()
    {
        var gateways = (await Run.GetAsync("gateways")).AssertSuccess().Json["data"]!.AsArray();
        Assert.That(gateways.Select(gateway => (string?)gateway!["type"]), Is.All.Null);
        var all = (await Run.GetAsync("gateways?include=coupons")).Json["data"]!.AsArray();
        Assert.That(all.Count(gateway => (string?)gateway!["type"] == "coupon"), Is.EqualTo(GatewayCatalogue.All.Count(gateway => gateway.Kind == GatewayKind.GiftCard)));
        Assert.That((string?)(await Run.GetAsync("gateways/ideal")).Data["description"], Is.EqualTo("iDEAL | Wero"));
    }

    [Test]
    public async Task The_account_endpoint_returns_the_site_of_the_API_key()
    {
        Assert.That((int)(await Run.GetAsync("me")).Data["site_id"]!, Is.EqualTo(1001));
        Assert.That((int)(await Run.GetAsync("me", SimulatorRun.OtherKey)).Data["site_id"]!, Is.EqualTo(1002));
    }

    [Test]
    public async Task API_tokens_are_never_repeated()
    {
        var first = (string)(await Run.GetAsync("auth/api_token")).AssertSuccess().Data["api_token"]!;
        Assert.That(first, Does.StartWith("pub.v2."));
        Assert.That((string)(await Run.GetAsync("auth/api_token")).Data["api_token"]!, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Transactions_are_paged_and_filtered()
    {
        for (var i = 1; i <= 5; i++)
        {
            await Run.MakeAsync(Run.Order($"order-{i}"), i == 5 ? "declined" : "completed");
            Run.Pass(TimeSpan.FromMinutes(1));
        }

        await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = "EUR", ["amount"] = 100 });

        List<string> seen = [];
        var after = "";
        do
        {
            var page = (await Run.GetAsync("transactions?limit=2" + after)).Json;
            seen.AddRange(page["data"]!.AsArray().Select(row => $"{row!["order_id"]} {row["type"]} {row["amount"]} {row["debit_credit"]}"));
            after = (string?)page["pager"]!["cursor"]!["after"] is { } cursor ? "&after=" + cursor : "";
        }
        while (after.Length > 0);

        Assert.That(seen, Is.EqualTo([
            "order-1 refund 100 D", "order-5 payment 1000 C", "order-4 payment 1000 C", "order-3 payment 1000 C", "order-2 payment 1000 C", "order-1 payment 1000 C"]));

        Assert.That(await CountAsync("status=declined"), Is.EqualTo(1));
        Assert.That(await CountAsync("type=refund"), Is.EqualTo(1));
        Assert.That(await CountAsync("payment_method=VISA"), Is.Zero);
        Assert.That(await CountAsync("created_from=2030-01-02T04:06:00"), Is.EqualTo(4));
        Assert.That(await CountAsync("completed_until=2030-01-02T04:05:00"), Is.EqualTo(1));
        Assert.That((await Run.GetAsync("transactions", SimulatorRun.OtherKey)).Json["data"]!.AsArray(), Is.Empty);
        (await Run.GetAsync("transactions?limit=0")).AssertRefused(1000);
        (await Run.GetAsync("transactions?after=nonsense")).AssertRefused(1000);

        async Task<int> CountAsync(string query) => (await Run.GetAsync("transactions?" + query)).AssertSuccess().Json["data"]!.AsArray().Count;
    }
}
