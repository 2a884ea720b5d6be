using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>The simulator refuses what MultiSafepay refuses, with its codes, and writes nothing down.</summary>
[TestFixture]
internal sealed class RejectedRequestTests : SimulatorFixture
{
    private static IEnumerable<TestCaseData> RefusedOrders()
    {
        static TestCaseData Case(int code, string name, Action<JsonObject> spoil) => new TestCaseData(code, spoil).SetName($"{{m}}({code}, {name})");
        static JsonObject Customer(JsonObject order) => order["customer"]!.AsObject();
        static JsonObject Options(JsonObject order) => order["payment_options"]!.AsObject();

        yield return Case(1001, "amount missing", order => order.Remove("amount"));
        yield return Case(1001, "amount zero", order => order["amount"] = 0);
        yield return Case(1001, "amount negative", order => order["amount"] = -1);
        yield return Case(1001, "amount decimal", order => order["amount"] = 10.5m);
        yield return Case(1001, "amount with comma", order => order["amount"] = "10,00");
        yield return Case(1002, "currency missing", order => order.Remove("currency"));
        yield return Case(1002, "currency unknown", order => order["currency"] = "XXX");
        yield return Case(1002, "currency lower case", order => order["currency"] = "eur");
        yield return Case(1006, "order id missing", order => order.Remove("order_id"));
        yield return Case(1006, "order id empty", order => order["order_id"] = "");
        yield return Case(1006, "order id of length 51", order => order["order_id"] = new string('1', 51));
        yield return Case(1007, "IP is no address", order => Customer(order)["ip_address"] = "not-an-ip");
        yield return Case(1007, "IP is a list", order => Customer(order)["ip_address"] = "203.0.113.7, 10.0.0.1");
        yield return Case(1007, "IP with port", order => Customer(order)["ip_address"] = "[2001:db8::1]:443");
        yield return Case(1007, "IP is one number", order => Customer(order)["ip_address"] = "1");
        yield return Case(1007, "forwarded IP", order => Customer(order)["forwarded_ip"] = "unknown");
        yield return Case(1007, "card without IP", order =>
        {
            order["gateway"] = "VISA";
            Customer(order).Remove("ip_address");
        });
        yield return Case(1008, "description missing", order => order.Remove("description"));
        yield return Case(1008, "description of length 201", order => order["description"] = new string('d', 201));
        yield return Case(1010, "var1 of length 501", order => order["var1"] = new string('v', 501));
        yield return Case(1010, "var3 of length 501", order => order["var3"] = new string('v', 501));
        yield return Case(1018, "country unknown", order => Customer(order)["country"] = "XX");
        yield return Case(1018, "country by name", order => Customer(order)["country"] = "Netherlands");
        yield return Case(1018, "country of delivery", order => order["delivery"] = new JsonObject { ["country"] = "ZZ" });
        yield return Case(1023, "currency that the gateway does not accept", order => order["currency"] = "USD");
        yield return Case(1023, "amount that the gateway does not accept", order => (order["gateway"], order["amount"]) = ("IN3", 9999));
        yield return Case(1023, "direct without gateway", order =>
        {
            order["type"] = "direct";
            order.Remove("gateway");
        });
        yield return Case(1029, "pay later without cart", order => order["gateway"] = "KLARNA");
        yield return Case(1027, "empty cart to validate", order => order["checkout_options"] = new JsonObject { ["validate_cart"] = true });
        yield return Case(1000, "type unknown", order => order["type"] = "teleport");
        yield return Case(1000, "type fast checkout", order => order["type"] = "checkout");
        yield return Case(1000, "first name of length 1", order => Customer(order)["first_name"] = "J");
        yield return Case(1000, "first name of length 26", order => Customer(order)["firstname"] = new string('J', 26));
        yield return Case(1000, "last name of length 26", order => Customer(order)["last_name"] = new string('S', 26));
        yield return Case(1000, "second address line of length 65", order => Customer(order)["address2"] = new string('a', 65));
        yield return Case(1000, "company of length 201", order => Customer(order)["company_name"] = new string('c', 201));
        yield return Case(1000, "company of the delivery of length 201", order => order["delivery"]!["company_name"] = new string('c', 201));
        yield return Case(1000, "house number of the delivery of length 10", order => order["delivery"]!["house_number"] = "1234567890");
        yield return Case(1000, "gender unknown", order => Customer(order)["gender"] = "X");
        yield return Case(1000, "birthday as written in Germany", order => Customer(order)["birthday"] = "31.12.1980");
        yield return Case(1000, "birthday that does not exist", order => Customer(order)["birthday"] = "1981-02-29");
        yield return Case(1000, "gender of the gateway unknown", order => order["gateway_info"] = new JsonObject { ["gender"] = "other" });
        yield return Case(1000, "birthday of the gateway with time", order => order["gateway_info"] = new JsonObject { ["birthday"] = "1980-12-31T00:00:00" });
        yield return Case(1000, "recurring model unknown", order => order["recurring_model"] = "cardonfile");
        yield return Case(1000, "recurring model without a reference", order => order["recurring_model"] = "cardOnFile");
        yield return Case(1000, "token without a model", order => (order["type"], order["recurring_id"], Customer(order)["reference"]) = ("direct", "token", "customer-1"));
        yield return Case(1000, "token of a redirect order", order =>
        {
            (order["recurring_model"], order["recurring_id"]) = ("cardOnFile", "token");
            Customer(order)["reference"] = "customer-1";
        });
        yield return Case(1000, "token of an account without recurring payments", order =>
        {
            (order["type"], order["recurring_model"], order["recurring_id"]) = ("direct", "cardOnFile", "token");
            Customer(order)["reference"] = "customer-1";
        });
        yield return Case(1000, "weight in pounds", order => order["shopping_cart"] = new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject { ["unit_price"] = 10, ["quantity"] = 1, ["weight"] = new JsonObject { ["unit"] = "LB", ["value"] = 1 } }),
        });
        yield return Case(1000, "Trustly without the last name", order =>
        {
            order["gateway"] = "TRUSTLY";
            Customer(order).Remove("last_name");
        });
        yield return Case(1000, "MB WAY without a telephone number", order =>
        {
            order["gateway"] = "MBWAY";
            Customer(order).Remove("phone");
        });
        yield return Case(1000, "card with an incomplete delivery address", order => (order["gateway"], order["delivery"]!["city"]) = ("VISA", ""));
        yield return Case(1000, "address of length 65", order => Customer(order)["address1"] = new string('a', 65));
        yield return Case(1000, "house number of length 11", order => Customer(order)["house_number"] = "12345678901");
        yield return Case(1000, "zip of length 11", order => Customer(order)["zip_code"] = "12345678901");
        yield return Case(1000, "phone of length 26", order => Customer(order)["phone"] = new string('0', 26));
        yield return Case(1000, "email of length 65", order => Customer(order)["email"] = new string('e', 53) + "@example.com");
        yield return Case(1000, "email without at", order => Customer(order)["email"] = "example.com");
        yield return Case(1000, "delivery zip of length 11", order => order["delivery"] = new JsonObject { ["zip_code"] = "12345678901" });
        yield return Case(1000, "locale unknown", order => Customer(order)["locale"] = "nl");
        yield return Case(1000, "days active zero", order => order["days_active"] = 0);
        yield return Case(1000, "days active 366", order => order["days_active"] = 366);
        yield return Case(1000, "seconds active zero", order => order["seconds_active"] = 0);
        yield return Case(1000, "seconds active over 1 year", order => order["seconds_active"] = 31_536_001);
        yield return Case(1000, "notification method PUT", order => Options(order)["notification_method"] = "PUT");
        yield return Case(1000, "notification URL with query", order => Options(order)["notification_url"] = "https://shop.example/notify?store=1");
        yield return Case(1000, "notification URL of length 151", order => Options(order)["notification_url"] = "https://shop.example/" + new string('n', 130));
        yield return Case(1000, "notification URL with http", order => Options(order)["notification_url"] = "http://shop.example/notify");
        yield return Case(1000, "notification URL with port", order => Options(order)["notification_url"] = "https://shop.example:8443/notify");
        yield return Case(1000, "notification URL relative", order => Options(order)["notification_url"] = "/notify");
        yield return Case(1000, "redirect URL with query", order => Options(order)["redirect_url"] = "https://shop.example/return?order=1");
        yield return Case(1000, "cancel URL with fragment", order => Options(order)["cancel_url"] = "https://shop.example/cancel#top");
        yield return Case(1000, "redirect URL with umlaut", order => Options(order)["redirect_url"] = "https://shöp.example/return");
        yield return Case(1000, "manual capture of iDEAL", order => order["capture"] = "manual");
        yield return Case(1000, "capture unknown", order => (order["gateway"], order["capture"]) = ("VISA", "later"));
    }

    [TestCaseSource(nameof(RefusedOrders))]
    public async Task An_invalid_order_is_rejected(int code, Action<JsonObject> spoil)
    {
        var order = Run.Order();
        spoil(order);
        (await Run.PostAsync("orders", order)).AssertRefused(code);
        Assert.That(await Run.ListAsync("orders"), Is.Empty);
    }

    [Test]
    public async Task A_locale_is_rejected_while_it_is_turned_off()
    {
        async Task<SimulatedApiResponse> CreateAsync(string id, string locale)
        {
            var order = Run.Order(id);
            order["customer"]!["locale"] = locale;
            return await Run.PostAsync("orders", order);
        }

        (await CreateAsync("1", "da_DK")).AssertSuccess();
        (await CreateAsync("2", "nb_NO")).AssertRefused(1000);

        (await Run.ControlAsync(HttpMethod.Post, "locales/da_DK/off")).Dispose();
        (await Run.ControlAsync(HttpMethod.Post, "locales/nb_NO/on")).Dispose();
        (await CreateAsync("3", "da_DK")).AssertRefused(1000);
        (await CreateAsync("4", "nb_NO")).AssertSuccess();

        (await Run.ControlAsync(HttpMethod.Post, "reset")).Dispose();
        (await CreateAsync("5", "da_DK")).AssertSuccess();
    }

    [Test]
    public async Task An_order_at_every_limit_is_accepted()
    {
        var order = Run.Order(new string('1', 50));
        order["description"] = new string('d', 200);
        (order["var1"], order["var2"], order["var3"]) = (new string('v', 500), new string('v', 500), new string('v', 500));
        order["days_active"] = 365;
        order["payment_options"]!["redirect_url"] = "https://shop.example:8443/return";
        order["customer"] = new JsonObject
        {
            ["first_name"] = new string('J', 25),
            ["last_name"] = new string('S', 25),
            ["company_name"] = new string('c', 200),
            ["address1"] = new string('a', 64),
            ["address2"] = new string('a', 64),
            ["gender"] = "F",
            ["birthday"] = "1980-02-29",
            ["house_number"] = "1234567890",
            ["zip_code"] = "1234567890",
            ["phone"] = new string('0', 25),
            ["email"] = new string('e', 52) + "@example.com",
            ["country"] = "NL",
            ["ip_address"] = "2001:db8::1",
            ["forwarded_ip"] = "",
            ["locale"] = "zh_CN",
            ["something_new"] = new JsonArray(1, 2),
        };
        order["field_of_the_future"] = true;
        (await Run.PostAsync("orders", order)).AssertSuccess();
    }

    [TestCase("https://shop.example/notify")]
    [TestCase("http://localhost:5080/multisafepay/notification/1")]
    [TestCase("http://127.0.0.1:8080/notify")]
    public async Task A_notification_URL_with_https_or_on_this_machine_is_accepted(string url)
    {
        var order = Run.Order();
        order["payment_options"]!["notification_url"] = url;
        (await Run.PostAsync("orders", order)).AssertSuccess();
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("another-key")]
    public async Task Every_call_without_a_valid_API_key_is_rejected(string? key)
    {
        (await Run.PostAsync("orders", Run.Order(), key)).AssertRefused(1032, HttpStatusCode.Unauthorized);
        (await Run.GetAsync("orders/order-1", key)).AssertRefused(1032, HttpStatusCode.Unauthorized);
        (await Run.GetAsync("me", key)).AssertRefused(1032, HttpStatusCode.Unauthorized);
        (await Run.GetAsync("no-such-path", key)).AssertRefused(1032, HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task An_API_key_in_the_query_is_accepted_and_not_logged()
    {
        (await Run.GetAsync($"me?api_key={SimulatorRun.Key}", key: null)).AssertSuccess();
        Assert.That((await Run.ListAsync("requests")).ToJsonString(), Does.Not.Contain(SimulatorRun.Key));
    }

    [TestCase("Bearer", SimulatorRun.Key, true)]
    [TestCase("bearer", SimulatorRun.Key, true)]
    [TestCase("Basic", SimulatorRun.Key, false)]
    [TestCase("Bearer", "another-key", false)]
    public async Task An_API_key_as_a_bearer_token_is_accepted_and_not_logged(string scheme, string key, bool accepted)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, key);
        using var answer = await http.GetAsync(new Uri(Run.Url, "v1/json/me"));
        Assert.That(answer.StatusCode, Is.EqualTo(accepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized));
        Assert.That((await Run.ListAsync("requests")).ToJsonString(), Does.Not.Contain(SimulatorRun.Key));
    }

    [Test]
    public async Task Orders_of_another_site_are_not_found()
    {
        await Run.MakeAsync(Run.Order());
        (await Run.GetAsync("orders/order-1", SimulatorRun.OtherKey)).AssertRefused(1006, HttpStatusCode.NotFound);
        (await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = "EUR" }, SimulatorRun.OtherKey)).AssertRefused(1006, HttpStatusCode.NotFound);
        (await Run.PostAsync("orders", Run.Order(amount: 2000), SimulatorRun.OtherKey)).AssertSuccess();
        Assert.That((int)(await Run.GetAsync("orders/order-1")).Data["amount"]!, Is.EqualTo(1000));
        Assert.That((int)(await Run.GetAsync("orders/order-1", SimulatorRun.OtherKey)).Data["amount"]!, Is.EqualTo(2000));
    }

    [Test]
    public async Task An_unknown_gateway_is_not_found()
    {
        (await Run.PostAsync("orders", Run.Order(gateway: "BITCOIN"))).AssertRefused(1023, HttpStatusCode.NotFound);
        (await Run.GetAsync("payment-methods/BITCOIN")).AssertRefused(1023, HttpStatusCode.NotFound);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{\"amount\":1,\"amount\":2}")]
    public async Task A_body_that_is_no_JSON_object_is_rejected(string body) =>
        (await Run.CallAsync(HttpMethod.Post, "orders", body, SimulatorRun.Key)).AssertRefused(1000);

    [Test]
    public async Task Unknown_paths_are_not_found()
    {
        (await Run.GetAsync("customers/customer-1")).AssertRefused(1000, HttpStatusCode.NotFound);
        (await Run.PostAsync("orders/order-1/cancel", new JsonObject())).AssertRefused(1000, HttpStatusCode.NotFound);
        var unknown = await Run.GetAsync("orders/order-1");
        unknown.AssertRefused(1006, HttpStatusCode.NotFound);
        Assert.That((string?)unknown.Json["error_info"], Is.EqualTo("Invalid transaction ID"));
    }

    [TestCase("completed")]
    [TestCase("completed", "shipped")]
    [TestCase("completed", "refunded")]
    [TestCase("completed", "chargeback")]
    public async Task The_order_id_of_a_completed_order_is_rejected(params string[] to)
    {
        await Run.MakeAsync(Run.Order(), to);
        (await Run.PostAsync("orders", Run.Order())).AssertRefused(1006);
    }

    [TestCase("declined")]
    [TestCase("expired")]
    [TestCase("cancelled")]
    public async Task The_order_id_of_a_failed_order_can_be_used_again(string to)
    {
        await Run.MakeAsync(Run.Order(), to);
        (await Run.PostAsync("orders", Run.Order(amount: 1100))).AssertSuccess();
        var again = (await Run.GetAsync("orders/order-1")).Data;
        Assert.That((string?)again["status"], Is.EqualTo("initialized"));
        Assert.That((int)again["amount"]!, Is.EqualTo(1100));
    }
}

/// <summary>The real rule for URLs, without the sandbox's leniency for this machine.</summary>
[TestFixture]
internal sealed class StrictUrlTests : SimulatorFixture
{
    [TestCase("http://localhost/notify")]
    [TestCase("https://localhost:5081/notify")]
    [TestCase("http://127.0.0.1/notify")]
    public async Task A_local_notification_URL_is_rejected(string url)
    {
        var order = Run.Order();
        order["payment_options"]!["notification_url"] = url;
        (await Run.PostAsync("orders", order)).AssertRefused(1000);
    }

    [Test]
    public async Task A_public_notification_URL_is_accepted_and_not_called()
    {
        var order = Run.Order();
        order["payment_options"]!["notification_url"] = "https://shop.example/notify";
        var state = await Run.MakeAsync(order, "completed");
        Assert.That((string?)state["deliveries"]![0]!["state"], Is.EqualTo("not-sent"));
    }

    protected override Sandbox.Simulator.SimulatorOptions Configure(Sandbox.Simulator.SimulatorOptions options) => options with { AllowLoopbackUrls = false };
}
