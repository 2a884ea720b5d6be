using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using static Nop.Plugin.Payments.MultiSafepay.Tests.Api.StubHandler;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>Stored payment details, and orders that are paid with them.</summary>
[TestFixture]
internal sealed class MultiSafepayClientTokenTests
{
    private const string Reference = "5b0e4a16-reference";
    private const string Token = "QZTCh7jdk8-token";

    private static readonly OrderRequest _byToken = new()
    {
        Type = OrderType.Direct,
        OrderId = "NOP-1",
        Currency = "EUR",
        Amount = 1000,
        Description = "Order 1",
        RecurringModel = RecurringModel.CardOnFile,
        RecurringId = Token,
        Customer = new CustomerDetails { Reference = Reference }
    };

    private static readonly (string Name, Func<IMultiSafepayClient, Task<object?>> Run)[] _finding =
    [
        ("GetTokens", async client => (await client.GetTokensAsync(Credentials, Reference, CancellationToken.None)).Count),
        ("GetToken", async client => await client.GetTokenAsync(Credentials, Reference, Token, CancellationToken.None)),
        ("RemoveToken", async client => await client.RemoveTokenAsync(Credentials, Reference, Token, CancellationToken.None))
    ];

    private static IEnumerable<TestCaseData> NotKnown() =>
        from call in new (string, object?)[] { ("GetTokens", 0), ("GetToken", null), ("RemoveToken", false) }
        from status in new[] { HttpStatusCode.NotFound, HttpStatusCode.Gone }
        from info in new[] { "Not found", "Not found: token", "Token not found", "Token not removed" }
        select new TestCaseData(call.Item1, call.Item2, status, info);

    private static Task<object?> RunAsync(string call, StubHandler handler) => _finding.Single(candidate => candidate.Name == call).Run(handler.CreateClient());

    /// <summary>The same field in the forms in which MultiSafepay's descriptions, examples and SDKs have it.</summary>
    [TestCase("""{"token": "a", "code": "VISA", "display": "Card xxxx xxxx xxxx 1111", "bin": 411111, "name_holder": "X", "expiry_date": 4512, "expired": 0, "last4": 1111, "model": "cardOnFile"}""",
        "VISA", "1111", "4512", false, "cardOnFile")]
    [TestCase("""{"token": "a", "code": "MASTERCARD", "expiry_date": "3001", "expired": 1, "last4": "0004", "recurring_model": "unscheduled"}""",
        "MASTERCARD", "0004", "3001", true, "unscheduled")]
    [TestCase("""{"token": "a", "expiry_date": "", "expired": false, "last4": 4, "model": null, "recurring_model": "subscription"}""", null, "0004", null, false, "subscription")]
    [TestCase("""{"token": "a", "code": "DIRDEB", "expiry_date": null, "expired": true, "last4": null, "model": ""}""", "DIRDEB", null, null, true, null)]
    [TestCase("""{"token": "a", "expiry_date": 512, "expired": "1", "last4": 0, "model": "cardOnFile", "recurring_model": "subscription"}""", null, "0000", "0512", true, "cardOnFile")]
    [TestCase("""{"token": "a", "expiry_date": 1234, "expired": "0", "last4": ""}""", null, null, null, false, null)]
    [TestCase("""{"token": "a", "expiry_date": "3000", "expired": null, "last4": "4111111111111111"}""", null, null, null, false, null)]
    [TestCase("""{"token": "a", "code": ["x"], "expiry_date": {}, "expired": [], "last4": "12a4", "model": 1}""", null, null, null, false, "1")]
    [TestCase("""{"token": "a", "expiry_date": "30-12", "expired": "no", "last4": -123}""", null, null, null, false, null)]
    public async Task A_token_is_read_in_every_form(string json, string? code, string? last4, string? expiryDate, bool isExpired, string? model)
    {
        var alone = await Answering($$"""{"success": true, "data": {{json}}}""").CreateClient().GetTokenAsync(Credentials, Reference, "a", CancellationToken.None);
        var listed = await Answering($$$"""{"success": true, "data": {"tokens": [{{{json}}}]}}""").CreateClient().GetTokensAsync(Credentials, Reference, CancellationToken.None);

        Assert.That((alone!.Token, alone.Code, alone.Last4, alone.ExpiryDate, alone.IsExpired, alone.Model), Is.EqualTo(("a", code, last4, expiryDate, isExpired, model)));
        Assert.That(listed, Is.EqualTo(new[] { alone }));
    }

    [TestCase("""{"tokens": []}""", 0)]
    [TestCase("""{"tokens": null}""", 0)]
    [TestCase("""{}""", 0)]
    [TestCase("""[]""", 0)]
    [TestCase("""{"tokens": [null, 1, "x", [], {}, {"token": null}, {"token": ""}, {"token": {}}, {"token": "a"}, {"token": "a"}]}""", 1)]
    [TestCase("""{"tokens": {"0": {"token": "a"}, "2": {"token": "b"}}}""", 2)]
    [TestCase("""{"tokens": {"token": 7}}""", 1)]
    public async Task An_odd_list_of_tokens_is_read(string data, int count) => Assert.That(
        await Answering($$"""{"success": true, "data": {{data}}}""").CreateClient().GetTokensAsync(Credentials, Reference, CancellationToken.None), Has.Count.EqualTo(count));

    [TestCase("GetTokens", "null")]
    [TestCase("GetTokens", "1")]
    [TestCase("GetTokens", "[1]")]
    [TestCase("GetTokens", """{"tokens": "none"}""")]
    [TestCase("GetToken", "null")]
    [TestCase("GetToken", "[]")]
    [TestCase("GetToken", "{}")]
    [TestCase("GetToken", """{"token": ""}""")]
    public void An_answer_without_tokens_is_a_failure(string call, string data) => Assert.That(
        () => RunAsync(call, Answering($$"""{"success": true, "data": {{data}}}""")), Throws.TypeOf<MultiSafepayApiException>().With.Property("IsTransient").False);

    /// <summary>However long the list is and however many tokens MultiSafepay puts on a page, all are read once, up to the limit, and with few calls.</summary>
    [Test]
    public void All_pages_of_the_token_list_are_read_up_to_the_limit() =>
        Gen.Select(Gen.Int[0, 620], Gen.Int[10, 130], Gen.Bool).Sample((count, longestPage, endsWithError) =>
        {
            var handler = new StubHandler((request, _) => Task.FromResult(Page(request, count, longestPage, endsWithError)));
            var tokens = handler.CreateClient().GetTokensAsync(Credentials, Reference, CancellationToken.None).GetAwaiter().GetResult();
            Assert.That(tokens.Select(token => token.Token), Is.EqualTo(Enumerable.Range(0, Math.Min(count, MultiSafepayClient.MaxTokens)).Select(Name)));
            Assert.That(handler.Requests, Has.Count.LessThanOrEqualTo(tokens.Count / 10 + 2));
            return true;
        });

    [Test]
    public async Task A_list_that_takes_no_notice_of_the_offset_ends()
    {
        var handler = new StubHandler((_, _) => Task.FromResult(Json(List(Enumerable.Range(0, 12)))));
        Assert.That(await handler.CreateClient().GetTokensAsync(Credentials, Reference, CancellationToken.None), Has.Count.EqualTo(12));
        Assert.That(handler.Requests, Has.Count.EqualTo(2));
    }

    [TestCaseSource(nameof(NotKnown))]
    public async Task An_unknown_customer_or_token_is_an_answer(string call, object? expected, HttpStatusCode status, string info)
    {
        var handler = Answering($$"""{"success": false, "data": {}, "error_code": 1000, "error_info": "{{info}}"}""", status);
        Assert.That(await RunAsync(call, handler), Is.EqualTo(expected));
        Assert.That(handler.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Every_other_error_is_a_failure(
        [Values("GetTokens", "GetToken", "RemoveToken")] string call,
        [Values("1000 400", "1000 200", "1000 500", "1032 401", "1019 404", "1020 403", "9999 500", "1006 404", "0 404", "0 410", "0 503")] string codeAndStatus)
    {
        var (code, status) = (codeAndStatus.Split(' ')[0], int.Parse(codeAndStatus.Split(' ')[1], CultureInfo.InvariantCulture));
        var body = code == "0" ? "<html>" : $$"""{"success": false, "data": [], "error_code": {{code}}, "error_info": "Not found"}""";
        Assert.That(() => RunAsync(call, Answering(body, (HttpStatusCode)status)), Throws.TypeOf<MultiSafepayApiException>());
    }

    [Test]
    public void An_update_of_an_unknown_token_is_a_failure() => Assert.That(
        () => Answering("""{"success": false, "data": {}, "error_code": 1000, "error_info": "Token not updated"}""", HttpStatusCode.Gone).CreateClient()
            .UpdateTokenAsync(Credentials, Reference, Token, "3012", CancellationToken.None),
        Throws.TypeOf<MultiSafepayApiException>().With.Property("Code").EqualTo(MultiSafepayErrorCodes.General));

    [TestCase("", "token")]
    [TestCase(" ", "token")]
    [TestCase("..", "token")]
    [TestCase("reference", "")]
    [TestCase("reference", ".")]
    public async Task Nothing_is_sent_for_an_id_that_cannot_be_part_of_an_address(string reference, string token)
    {
        var handler = Answering("{}");
        var client = handler.CreateClient();
        if (token == "token")
            Assert.That(await client.GetTokensAsync(Credentials, reference, CancellationToken.None), Is.Empty);
        Assert.That(await client.GetTokenAsync(Credentials, reference, token, CancellationToken.None), Is.Null);
        Assert.That(await client.RemoveTokenAsync(Credentials, reference, token, CancellationToken.None), Is.False);
        Assert.That(() => client.UpdateTokenAsync(Credentials, reference, token, "3012", CancellationToken.None), Throws.TypeOf<MultiSafepayApiException>().With.Property("OutcomeUnknown").False);
        Assert.That(handler.Requests, Is.Empty);
    }

    [Test]
    public async Task Reference_and_token_are_escaped_as_path_segments()
    {
        var handler = Answering("""{"success": true, "data": {"removed": true}}""");
        await handler.CreateClient().RemoveTokenAsync(Credentials, "a/../b", "c?d#e", CancellationToken.None);
        Assert.That(handler.Requests.Single().Uri.AbsoluteUri, Does.EndWith("/recurring/a%2F..%2Fb/remove/c%3Fd%23e"));
    }

    [TestCase("""{"removed": true}""", true)]
    [TestCase("""{"removed": "false"}""", false)]
    [TestCase("""{"removed": 0}""", false)]
    [TestCase("""{}""", true)]
    [TestCase("""[]""", true)]
    [TestCase("null", true)]
    public async Task A_removal_succeeds_unless_MultiSafepay_says_otherwise(string data, bool removed) => Assert.That(
        await Answering($$"""{"success": true, "data": {{data}}}""").CreateClient().RemoveTokenAsync(Credentials, Reference, Token, CancellationToken.None), Is.EqualTo(removed));

    [Test]
    public async Task An_expiry_date_is_sent_as_text()
    {
        var handler = Answering("""{"success": true, "data": {"updated": true}}""");
        await handler.CreateClient().UpdateTokenAsync(Credentials, Reference, Token, "0112", CancellationToken.None);
        Assert.That(handler.Requests.Single().Body, Is.EqualTo("""{"expiry_date":"0112"}"""));
    }

    [TestCase("")]
    [TestCase("3013")]
    [TestCase("3000")]
    [TestCase("12/30")]
    [TestCase("312")]
    [TestCase("٣٠١٢")]
    public void An_expiry_date_that_is_no_month_is_not_sent(string expiryDate)
    {
        var handler = Answering("{}");
        Assert.That(() => handler.CreateClient().UpdateTokenAsync(Credentials, Reference, Token, expiryDate, CancellationToken.None), Throws.ArgumentException);
        Assert.That(handler.Requests, Is.Empty);
    }

    [TestCase("""{"order_id": "NOP-1", "status": "completed", "financial_status": "completed"}""", "", "completed", null)]
    [TestCase("""{"order_id": "NOP-1", "status": "declined", "reason": "Insufficient funds", "reason_code": 4002, "payment_url": null}""", "", "declined", "4002")]
    [TestCase("""{"order_id": "NOP-1", "status": "uncleared", "payment_url": ""}""", "", "uncleared", null)]
    [TestCase("""{"order_id": "NOP-1", "status": "initialized", "payment_url": "https://pay.example/3ds"}""", "https://pay.example/3ds", "initialized", null)]
    [TestCase("""{"order_id": "NOP-1", "status": "completed", "payment_url": "javascript:alert(1)"}""", "", "completed", null)]
    [TestCase("""{"order_id": "NOP-1", "status": "completed", "payment_url": "http://pay.example/"}""", "", "completed", null)]
    [TestCase("""{"order_id": "NOP-1", "payment_url": "https://pay.example/3ds", "session_id": "s"}""", "https://pay.example/3ds", null, null)]
    [TestCase("""{"status": "completed", "payment_url": "https://pay.example/3ds"}""", "https://pay.example/3ds", null, null)]
    public async Task An_order_by_token_is_valid_with_a_status_or_a_payment_page(string data, string paymentUrl, string? status, string? reasonCode)
    {
        var created = await Answering($$"""{"success": true, "data": {{data}}}""").CreateClient().CreateOrderAsync(Credentials, _byToken, CancellationToken.None);
        Assert.That((created.PaymentUrl, created.Transaction?.Status, created.Transaction?.ReasonCode), Is.EqualTo((paymentUrl, status, reasonCode)));
    }

    private static IEnumerable<TestCaseData> OrdersThatNeedAPage()
    {
        const string completed = """{"order_id": "NOP-1", "status": "completed"}""";
        yield return new TestCaseData(_byToken, """{"order_id": "NOP-1"}""").SetArgDisplayNames("no status");
        yield return new TestCaseData(_byToken, """{"status": "completed"}""").SetArgDisplayNames("no order id");
        yield return new TestCaseData(_byToken, """{"order_id": "NOP-1", "status": null}""").SetArgDisplayNames("empty status");
        yield return new TestCaseData(_byToken, "[]").SetArgDisplayNames("no order");
        yield return new TestCaseData(_byToken with { RecurringId = null }, completed).SetArgDisplayNames("direct without token");
        yield return new TestCaseData(_byToken with { Type = OrderType.Redirect }, completed).SetArgDisplayNames("redirect");
        yield return new TestCaseData(_byToken with { Type = OrderType.PaymentLink }, completed).SetArgDisplayNames("payment link");
    }

    [TestCaseSource(nameof(OrdersThatNeedAPage))]
    public void Every_other_order_needs_a_payment_page(OrderRequest order, string data) => Assert.That(
        () => Answering($$"""{"success": true, "data": {{data}}}""").CreateClient().CreateOrderAsync(Credentials, order, CancellationToken.None),
        Throws.TypeOf<MultiSafepayApiException>().With.Property("OutcomeUnknown").True);

    [Test]
    public async Task A_payment_by_token_names_token_model_and_reference()
    {
        var handler = Answering("""{"success": true, "data": {"order_id": "NOP-1", "status": "completed"}}""");
        await handler.CreateClient().CreateOrderAsync(Credentials, _byToken, CancellationToken.None);
        var sent = JsonNode.Parse(handler.Requests.Single().Body!)!;
        Assert.That(((string?)sent["type"], (string?)sent["recurring_id"], (string?)sent["recurring_model"], (string?)sent["customer"]!["reference"]),
            Is.EqualTo(("direct", Token, "cardOnFile", Reference)));
    }

    /// <summary>Neither in the debug log nor in an exception, even if MultiSafepay's error text repeats them.</summary>
    [Test]
    public void Logs_and_errors_contain_neither_reference_nor_token([Values(200, 404, 500)] int status)
    {
        var texts = new List<string>();
        var credentials = Credentials with
        {
            Trace = exchange =>
            {
                texts.Add(exchange.ToString());
                return Task.CompletedTask;
            }
        };
        var client = new StubHandler((request, _) => Task.FromResult(Json(
            $$"""{"success": false, "error_code": 1024, "error_info": "No {{(request.Method == HttpMethod.Post ? $"{Token} of {Reference.ToUpperInvariant()}" : request.Uri.AbsolutePath)}}"}""",
            (HttpStatusCode)status))).CreateClient();
        foreach (var call in new Func<Task>[]
        {
            () => client.GetTokensAsync(credentials, Reference, CancellationToken.None),
            () => client.GetTokenAsync(credentials, Reference, Token, CancellationToken.None),
            () => client.UpdateTokenAsync(credentials, Reference, Token, "3012", CancellationToken.None),
            () => client.RemoveTokenAsync(credentials, Reference, Token, CancellationToken.None),
            () => client.CreateOrderAsync(credentials, _byToken, CancellationToken.None)
        })
        {
            var failure = Assert.ThrowsAsync<MultiSafepayApiException>(() => call());
            texts.AddRange([failure!.ToString(), failure.Info!]);
        }

        Assert.That(texts, Has.Count.GreaterThanOrEqualTo(15).And.Some.Contains("DELETE recurring/-/remove/-").And.Some.EqualTo("No *** of ***"));
        Assert.That(texts, Has.None.Contains(Token).And.None.Contains(Reference).And.None.Contains(Reference.ToUpperInvariant()));
    }

    private static HttpResponseMessage Page(Request request, int count, int longestPage, bool endsWithError)
    {
        var query = HttpUtility.ParseQueryString(request.Uri.Query);
        var (limit, offset) = (int.Parse(query["limit"]!, CultureInfo.InvariantCulture), int.Parse(query["offset"]!, CultureInfo.InvariantCulture));
        return offset >= count && endsWithError
            ? Json("""{"success": false, "data": {}, "error_code": 1000, "error_info": "Not found"}""", HttpStatusCode.Gone)
            : Json(List(Enumerable.Range(0, count).Skip(offset).Take(Math.Min(limit, longestPage))));
    }

    private static string List(IEnumerable<int> numbers) =>
        JsonSerializer.Serialize(new { success = true, data = new { tokens = numbers.Select(number => new { token = Name(number), code = "VISA", last4 = number % 10_000, expired = 0 }) } });

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"token{number}");
}
