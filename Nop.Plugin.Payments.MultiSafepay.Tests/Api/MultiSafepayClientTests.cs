using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using Sandbox.Testing;
using static Nop.Plugin.Payments.MultiSafepay.Tests.Api.StubHandler;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>What the client sends, and what it makes of the answers.</summary>
[TestFixture]
internal sealed class MultiSafepayClientTests
{
    private static readonly OrderRequest _order = new() { Type = OrderType.Redirect, OrderId = "NOP-1", Currency = "EUR", Amount = 1000, Description = "Order 1" };
    private static readonly RefundRequest _refund = new() { Currency = "EUR", Amount = 500 };

    /// <summary>Every call of the client, with the method and the path it must use.</summary>
    private static readonly (string Name, string Request, Func<IMultiSafepayClient, CancellationToken, Task> Run)[] _calls =
    [
        ("CreateOrder", "POST /v1/json/orders", (client, token) => client.CreateOrderAsync(Credentials, _order, token)),
        ("GetOrder", "GET /v1/json/orders/NOP-1", (client, token) => client.GetOrderAsync(Credentials, "NOP-1", token)),
        ("UpdateOrder", "PATCH /v1/json/orders/NOP-1", (client, token) => client.UpdateOrderAsync(Credentials, "NOP-1", OrderUpdate.Cancel, token)),
        ("Refund", "POST /v1/json/orders/NOP-1/refunds", (client, token) => client.RefundAsync(Credentials, "NOP-1", _refund, token)),
        ("GetPaymentMethods", "GET /v1/json/payment-methods", (client, token) => client.GetPaymentMethodsAsync(Credentials, new PaymentMethodQuery(), token)),
        ("GetTokens", "GET /v1/json/recurring/customer-1?limit=10&offset=0", (client, token) => client.GetTokensAsync(Credentials, "customer-1", token)),
        ("GetToken", "GET /v1/json/recurring/customer-1/token/token-1", (client, token) => client.GetTokenAsync(Credentials, "customer-1", "token-1", token)),
        ("UpdateToken", "PATCH /v1/json/recurring/customer-1/update/token-1", (client, token) => client.UpdateTokenAsync(Credentials, "customer-1", "token-1", "3012", token)),
        ("RemoveToken", "DELETE /v1/json/recurring/customer-1/remove/token-1", (client, token) => client.RemoveTokenAsync(Credentials, "customer-1", "token-1", token)),
        ("GetAccount", "GET /v1/json/me", (client, token) => client.GetAccountAsync(Credentials, token))
    ];

    internal static IEnumerable<string> All => _calls.Select(call => call.Name);

    internal static IEnumerable<string> Reads => All.Where(name => name.StartsWith("Get", StringComparison.Ordinal));

    internal static IEnumerable<string> Writes => All.Except(Reads);

    internal static Task RunAsync(string call, IMultiSafepayClient client, CancellationToken cancellationToken = default) =>
        _calls.Single(candidate => candidate.Name == call).Run(client, cancellationToken);

    internal static async Task<MultiSafepayApiException> FailureAsync(string call, IMultiSafepayClient client)
    {
        try
        {
            await RunAsync(call, client);
        }
        catch (MultiSafepayApiException exception)
        {
            Assert.That(exception.ToString(), Does.Not.Contain(Key), "the key is not in the exception");
            return exception;
        }

        throw new AssertionException($"{call} succeeded");
    }

    [TestCaseSource(nameof(All))]
    public async Task A_request_carries_key_and_path_and_leaves_no_state_on_the_HTTP_client(string call)
    {
        var handler = Answering("{}");
        using var http = new HttpClient(handler);
        await FailureAsync(call, new MultiSafepayClient(http, ApiEndpoints.Official, TimeProvider.System));

        var request = handler.Requests[0];
        Assert.Multiple(() =>
        {
            Assert.That($"{request.Method} {request.Uri.PathAndQuery}", Is.EqualTo(_calls.Single(candidate => candidate.Name == call).Request));
            Assert.That(request.Uri.GetLeftPart(UriPartial.Authority), Is.EqualTo("https://testapi.multisafepay.com"));
            Assert.That(request.Headers, Is.EquivalentTo(new Dictionary<string, string> { ["api_key"] = Key, ["Accept"] = "application/json" }));
            Assert.That(request.ContentType, Is.EqualTo(request.Method == HttpMethod.Get || request.Method == HttpMethod.Delete ? null : "application/json"));
            Assert.That(http.DefaultRequestHeaders, Is.Empty);
            Assert.That(http.BaseAddress, Is.Null);
        });
    }

    [Test]
    public async Task Each_call_uses_its_own_API_key_and_environment()
    {
        var handler = Answering("""{"success": true, "data": {"account_id": 1}}""");
        var client = handler.CreateClient();

        await client.GetAccountAsync(new ApiCredentials(MultiSafepayEnvironment.Live, " key-one "), CancellationToken.None);
        await client.GetAccountAsync(new ApiCredentials(MultiSafepayEnvironment.Test, "key-two"), CancellationToken.None);

        Assert.That(
            handler.Requests.Select(request => (request.Uri.Host, request.Headers["api_key"])),
            Is.EqualTo(new[] { ("api.multisafepay.com", "key-one"), ("testapi.multisafepay.com", "key-two") }));
    }

    [Test]
    public async Task A_created_order_is_parsed()
    {
        var handler = Answering(Encoding.UTF8.GetString(OfficialExamples.Response("postOrdersRedirect")));

        var created = await handler.CreateClient().CreateOrderAsync(Credentials, _order, CancellationToken.None);

        Assert.That(created, Is.EqualTo(new CreatedOrder
        {
            OrderId = "redirect-order-0001",
            PaymentUrl = "https://testpayv2.multisafepay.com/connect/82Az5nicWa3Xb3qsNuuYcAHshvO43HjUmyv/?lang=nl_NL",
            SessionId = "82Az5nicWa3Xb3qsNuuYcAHshvO43HjUmyv"
        }));
        Assert.That(JsonNode.Parse(handler.Requests.Single().Body!)!["order_id"]!.GetValue<string>(), Is.EqualTo("NOP-1"));
    }

    [TestCase("postOrdersDirectIdeal", "direct-order-0001", "https://ext.pay.ideal.nl/transactions/")]
    [TestCase("postOrdersFastCheckout", "fastcheckout-order-0001", "https://testfastcheckout.multisafepay.com/payment/")]
    public async Task Created_orders_of_other_types_are_parsed(string example, string orderId, string address)
    {
        var handler = Answering(Encoding.UTF8.GetString(OfficialExamples.Response(example)));
        var created = await handler.CreateClient().CreateOrderAsync(Credentials, _order, CancellationToken.None);
        Assert.That(created.OrderId, Is.EqualTo(orderId));
        Assert.That(created.PaymentUrl, Does.StartWith(address));
    }

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"order_id": "1", "payment_url": ""}""")]
    [TestCase("""{"order_id": "1", "payment_url": "/relative"}""")]
    [TestCase("""{"order_id": "1", "payment_url": "javascript:alert(1)"}""")]
    [TestCase("""{"order_id": "1", "payment_url": "http://pay.example/"}""")]
    public async Task A_created_order_without_a_payment_URL_is_a_failure_of_unknown_outcome(string data)
    {
        var failure = await FailureAsync("CreateOrder", Answering($$"""{"success": true, "data": {{data}}}""").CreateClient());
        Assert.That((failure.IsTransient, failure.OutcomeUnknown, failure.HttpStatus), Is.EqualTo((false, true, HttpStatusCode.OK)));
    }

    [Test]
    public async Task A_payment_URL_without_HTTPS_is_accepted_only_from_a_development_API()
    {
        var client = Answering("""{"success": true, "data": {"payment_url": "http://localhost:5090/pay/1"}}""").CreateClient(developmentUrl: "http://localhost:5090/v1/json/");
        Assert.That((await client.CreateOrderAsync(Credentials, _order, CancellationToken.None)).PaymentUrl, Is.EqualTo("http://localhost:5090/pay/1"));
    }

    [Test]
    public async Task An_order_response_is_parsed()
    {
        var client = Answering(Encoding.UTF8.GetString(OfficialExamples.Response("getOrder"))).CreateClient();
        var transaction = await client.GetOrderAsync(Credentials, "example_order_123456", CancellationToken.None);
        Assert.That((transaction.OrderId, transaction.Status, transaction.Amount), Is.EqualTo(("example_order_123456", "completed", (long?)1000)));
    }

    [Test]
    public async Task An_order_response_without_an_order_id_is_a_failure()
    {
        var failure = await FailureAsync("GetOrder", Answering(Encoding.UTF8.GetString(OfficialExamples.Response("cancelBancontactQR"))).CreateClient());
        Assert.That((failure.IsTransient, failure.OutcomeUnknown), Is.EqualTo((false, false)));
    }

    [TestCase("refundOrder")]
    [TestCase("refundPartialShipment")]
    public async Task A_refund_response_is_parsed(string example)
    {
        var handler = Answering(Encoding.UTF8.GetString(OfficialExamples.Response(example)));
        var refund = await handler.CreateClient().RefundAsync(Credentials, "NOP-1", _refund, CancellationToken.None);
        Assert.That(refund, Is.EqualTo(new CreatedRefund { OrderId = "case-20220404-06-0001", TransactionId = "6303074" }));
        Assert.That(handler.Requests.Single().Body, Is.EqualTo("""{"currency":"EUR","amount":500}"""));
    }

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"refund_id": 405182, "transaction_id": "4051823"}""")]
    public async Task A_successful_refund_never_fails_because_of_its_response_data(string data) =>
        Assert.That(
            await Answering($$"""{"success": true, "data": {{data}}}""").CreateClient().RefundAsync(Credentials, "NOP-1", _refund, CancellationToken.None),
            Is.EqualTo(data.Length < 5 ? new CreatedRefund() : new CreatedRefund { RefundId = "405182", TransactionId = "4051823" }));

    /// <summary>MultiSafepay takes these for "refund everything".</summary>
    [TestCase(null)]
    [TestCase(0L)]
    [TestCase(-1L)]
    public void A_refund_without_a_positive_amount_or_items_is_not_sent(long? amount)
    {
        var handler = Answering("""{"success": true, "data": {}}""");
        Assert.That(
            () => handler.CreateClient().RefundAsync(Credentials, "NOP-1", new RefundRequest { Currency = "EUR", Amount = amount }, CancellationToken.None),
            Throws.ArgumentException);
        Assert.That(
            () => handler.CreateClient().RefundAsync(Credentials, "NOP-1", new RefundRequest { CheckoutData = new RefundCheckoutData { Items = [] } }, CancellationToken.None),
            Throws.ArgumentException);
        Assert.That(handler.Requests, Is.Empty);
    }

    [TestCase("patchOrdersCancel")]
    [TestCase("patchOrdersPartiallyShip")]
    public async Task An_order_update_is_sent(string example)
    {
        var handler = Answering(Encoding.UTF8.GetString(OfficialExamples.Response(example)));
        await handler.CreateClient().UpdateOrderAsync(Credentials, "NOP-1", OrderUpdate.Cancel, CancellationToken.None);
        Assert.That(handler.Requests.Single().Body, Is.EqualTo("""{"status":"cancelled","exclude_order":true}"""));
    }

    [Test]
    public async Task Payment_methods_are_parsed()
    {
        var handler = Answering(Encoding.UTF8.GetString(OfficialExamples.Response("listPaymentMethods")));
        var query = new PaymentMethodQuery { Country = "NL", Currency = "EUR", Amount = 1000, Locale = "nl_NL", GroupCards = true, IncludeCoupons = false };

        var method = (await handler.CreateClient().GetPaymentMethodsAsync(Credentials, query, CancellationToken.None)).Single();

        Assert.Multiple(() =>
        {
            Assert.That(handler.Requests.Single().Uri.Query, Is.EqualTo("?country=NL&currency=EUR&amount=1000&locale=nl_NL&group_cards=1&include_coupons=0"));
            Assert.That((method.Id, method.Name, method.Type), Is.EqualTo(("VISA", "Visa", "payment-method")));
            Assert.That(method.AllowedAmount, Is.EqualTo(new AllowedAmount { Min = 0, Max = null }));
            Assert.That(method.AllowedCurrencies, Has.Count.EqualTo(38).And.Contain("EUR").And.Contain("ZAR"));
            Assert.That(method.AllowedCountries, Is.Empty);
            Assert.That(method.PreferredCountries, Is.Empty);
            Assert.That(method.RequiredCustomerData, Is.Empty);
            Assert.That(method.ShoppingCartRequired, Is.False);
            Assert.That(method.IconUrls!.Vector, Is.EqualTo("https://media.multisafepay.com/img/methods/svg/visa.svg"));
            Assert.That((method.Brands.Single().Id, method.Brands[0].IconUrls!.Large), Is.EqualTo(("POSTEPAY", "https://media.multisafepay.com/img/methods/3x/postepay.png")));
            Assert.That(method.Tokenization, Is.EqualTo(new Tokenization { IsEnabled = false }));
            Assert.That((method.ManualCapture, method.IsWallet), Is.EqualTo(((ManualCaptureSupport?)null, (bool?)null)), "the example is older than these");
            Assert.That(method.Apps!.PaymentComponents, Is.EqualTo(new PaymentComponents { IsEnabled = true, HasFields = true }));
        });
    }

    [Test]
    public async Task Invalid_payment_methods_are_skipped_and_the_others_are_kept()
    {
        const string json = """
            {"success": true, "data": [null, 1, "x", [], {}, {"id": null, "name": "nameless"}, {"id": "", "name": "empty"},
              {"id": "IDEAL", "name": null, "allowed_amount": [], "allowed_currencies": "EUR", "allowed_countries": null, "apps": [], "tokenization": "", "brands": null,
               "icon_urls": "", "shopping_cart_required": 1, "required_customer_data": {"a": 1}},
              {"id": "VISA", "manual_capture": {"is_enabled": true, "supported": true}, "is_wallet": false},
              {"id": "AMEX", "tokenization": {"is_enabled": true, "models": {"cardonfile": true, "subscription": 1, "unscheduled": false}}},
              {"id": "MAESTRO", "tokenization": {"is_enabled": "1", "models": {"cardonfile": "x", "unscheduled": "true"}}}, {"id": "DIRDEB", "tokenization": {"models": []}},
              {"id": "CREDITCARD", "tokenization": {"is_enabled": true, "models": null}}, {"id": "MYBANK", "tokenization": {"is_enabled": true, "models": "cardonfile"}},
              {"id": "GOOGLEPAY", "manual_capture": {"is_enabled": 0, "supported": "1"}, "is_wallet": 1}, {"id": "ODD", "manual_capture": [], "is_wallet": null},
              {"id": 7, "allowed_amount": {"min": "100", "max": "100000.0"}, "allowed_countries": ["NL", null, 5, ""], "brands": [{"id": "MAESTRO"}]}]}
            """;
        var methods = await Answering(json).CreateClient().GetPaymentMethodsAsync(Credentials, new PaymentMethodQuery(), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(methods.Select(method => method.Id), Is.EqualTo(new[] { "IDEAL", "VISA", "AMEX", "MAESTRO", "DIRDEB", "CREDITCARD", "MYBANK", "GOOGLEPAY", "ODD", "7" }));
            Assert.That(methods.Select(method => (method.ManualCapture, method.IsWallet)).Where(pair => pair != (null, null)), Is.EqualTo(new (ManualCaptureSupport?, bool?)[]
            {
                (new ManualCaptureSupport { IsEnabled = true, Supported = true }, false), (new ManualCaptureSupport { IsEnabled = false, Supported = true }, true)
            }));
            Assert.That(methods.Skip(2).Take(5).Select(method => method.Tokenization), Is.EqualTo(new[]
            {
                new Tokenization { IsEnabled = true, Models = new TokenizationModels { CardOnFile = true, Subscription = true } },
                new Tokenization { IsEnabled = true, Models = new TokenizationModels { Unscheduled = true } },
                new Tokenization(), new Tokenization { IsEnabled = true }, new Tokenization { IsEnabled = true }
            }));
            Assert.That(methods[0].AllowedCurrencies, Is.EqualTo(new[] { "EUR" }));
            Assert.That(methods[0].AllowedAmount, Is.Null);
            Assert.That(methods[0].ShoppingCartRequired, Is.True);
            Assert.That(methods[0].RequiredCustomerData, Is.Empty);
            Assert.That(methods[^1].AllowedAmount, Is.EqualTo(new AllowedAmount { Min = 100, Max = 100_000 }));
            Assert.That(methods[^1].AllowedCountries, Is.EqualTo(new[] { "NL", "5" }));
            Assert.That(methods[^1].Brands.Single().Id, Is.EqualTo("MAESTRO"));
        });
    }

    [Test]
    public async Task The_account_response_is_parsed() =>
        Assert.That(
            await Answering("""{"success": true, "data": {"account_id": 12345678, "role": "Merchant", "site_id": "12345"}}""").CreateClient().GetAccountAsync(Credentials, CancellationToken.None),
            Is.EqualTo(new Account { AccountId = "12345678", Role = "Merchant", SiteId = "12345" }));

    [TestCase("a/b", "a%2Fb")]
    [TestCase("a b", "a%20b")]
    [TestCase("a?b#c", "a%3Fb%23c")]
    [TestCase("../me", "..%2Fme")]
    [TestCase("a%2Fb", "a%252Fb")]
    [TestCase("é", "%C3%A9")]
    [TestCase("a\r\nb", "a%0D%0Ab")]
    [TestCase("...", "...")]
    public async Task An_order_id_is_escaped_as_one_path_segment(string orderId, string segment)
    {
        var handler = Answering("{}");
        try
        {
            await handler.CreateClient().GetOrderAsync(Credentials, orderId, CancellationToken.None);
        }
        catch (MultiSafepayApiException)
        {
            // The answer is none; the question is asked.
        }

        Assert.That(handler.Requests[0].Uri.AbsoluteUri, Is.EqualTo("https://testapi.multisafepay.com/v1/json/orders/" + segment));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase(".")]
    [TestCase("..")]
    public void A_blank_or_dot_order_id_is_rejected_without_a_request(string orderId)
    {
        var handler = Answering("{}");
        var client = handler.CreateClient();

        Assert.Multiple(() =>
        {
            foreach (var call in new Func<Task>[]
            {
                () => client.GetOrderAsync(Credentials, orderId, CancellationToken.None),
                () => client.UpdateOrderAsync(Credentials, orderId, OrderUpdate.Cancel, CancellationToken.None),
                () => client.RefundAsync(Credentials, orderId, _refund, CancellationToken.None)
            })
                Assert.That(call, Throws.TypeOf<MultiSafepayApiException>().With.Property("Code").EqualTo(1006).And.Property("IsTransient").False.And.Property("OutcomeUnknown").False);
            Assert.That(handler.Requests, Is.Empty);
        });
    }

    [TestCase("")]
    [TestCase("two words")]
    [TestCase("sleutel\r\nHost: elsewhere")]
    [TestCase("ключ")]
    public void An_invalid_API_key_is_rejected_without_a_request(string key)
    {
        var handler = Answering("{}");
        Assert.That(
            () => handler.CreateClient().GetAccountAsync(new ApiCredentials(MultiSafepayEnvironment.Test, key), CancellationToken.None),
            Throws.TypeOf<MultiSafepayApiException>().With.Property("Code").EqualTo(1032).And.Property("IsTransient").False);
        Assert.That(handler.Requests, Is.Empty);
    }
}
