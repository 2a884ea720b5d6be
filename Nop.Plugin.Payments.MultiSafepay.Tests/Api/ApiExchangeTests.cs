using System.Net;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>What the debug log records of an API call: enough to find a fault, and nothing of the key, the customer or what was bought.</summary>
[TestFixture]
public class ApiExchangeTests
{
    private const string Url = "https://payv2.example.com/connect/1";

    private static readonly Gen<string> _word = Gen.Char['a', 'z'].Array[6, 12].Select(letters => "q9" + new string(letters));

    /// <summary>What MultiSafepay answers: well, with a refusal that repeats everything, with something that is no JSON, or not at all.</summary>
    public enum Answer
    {
        Success,
        Refusal,
        Rubbish,
        None
    }

    [Test]
    public void The_debug_log_contains_neither_the_API_key_nor_customer_data() =>
        Gen.Select(_word.Array[9], Gen.Enum<Answer>()).Sample((words, answer) =>
        {
            var lines = CallEverythingAsync(words, answer).GetAwaiter().GetResult();
            Assert.That(lines, Has.Count.GreaterThanOrEqualTo(4));
            foreach (var word in words)
                Assert.That(lines, Has.None.Contains(word));
            return true;
        }, iter: 300);

    [TestCase(Answer.Success, "POST orders: HTTP 200, ")]
    [TestCase(Answer.Refusal, "POST orders: HTTP 400, error 1027, failed, ")]
    [TestCase(Answer.Rubbish, "POST orders: HTTP 502, failed, ")]
    [TestCase(Answer.None, "POST orders: no answer, failed, ")]
    public async Task The_debug_log_contains_method_path_result_and_duration(Answer answer, string expected)
    {
        var lines = await CallEverythingAsync(["key", "First", "Last", "Street", "a@example.com", "phone", "192.0.2.1", "item", "reason"], answer);
        Assert.That(lines[0], Does.StartWith(expected).And.EndWith(" ms"));
        Assert.That(lines, Has.Some.StartsWith("GET orders/NOP-1:").And.Some.StartsWith("GET payment-methods:").And.Some.StartsWith("POST orders/NOP-1/refunds:"));
    }

    [Test]
    public async Task The_debug_log_contains_the_retry_too()
    {
        var lines = new List<string>();
        var handler = StubHandler.Answering(() => StubHandler.Json("{}", HttpStatusCode.ServiceUnavailable), () => StubHandler.Json("""{"success":true,"data":{"account_id":1}}"""));
        await handler.CreateClient().GetAccountAsync(Credentials("key", lines), CancellationToken.None);
        Assert.That(lines.Select(line => line.Split(", ")[0]), Is.EqualTo(new[] { "GET me: HTTP 503", "GET me: HTTP 200" }));
    }

    private static async Task<List<string>> CallEverythingAsync(IReadOnlyList<string> words, Answer answer)
    {
        var everything = string.Join(' ', words);
        var handler = new StubHandler((request, _) => answer switch
        {
            Answer.Success => Task.FromResult(StubHandler.Json(Success(request, everything))),
            Answer.Refusal => Task.FromResult(StubHandler.Json($$"""{"success":false,"error_code":1027,"error_info":"{{everything}}"}""", HttpStatusCode.BadRequest)),
            Answer.Rubbish => Task.FromResult(StubHandler.Json($"<html>{everything}", HttpStatusCode.BadGateway)),
            _ => throw new HttpRequestException(everything)
        });
        var lines = new List<string>();
        var client = handler.CreateClient();
        var credentials = Credentials(words[0], lines);
        await TryAsync(client.CreateOrderAsync(credentials, Order(words), CancellationToken.None));
        await TryAsync(client.GetOrderAsync(credentials, "NOP-1", CancellationToken.None));
        await TryAsync(client.RefundAsync(credentials, "NOP-1", new RefundRequest { Amount = 100, Currency = "EUR", Description = words[8] }, CancellationToken.None));
        await TryAsync(client.GetPaymentMethodsAsync(credentials, new PaymentMethodQuery { Country = words[3], Locale = words[8] }, CancellationToken.None));
        return lines;
    }

    private static ApiCredentials Credentials(string key, List<string> lines) => new(MultiSafepayEnvironment.Test, key)
    {
        Trace = exchange =>
        {
            lines.Add(exchange.ToString());
            return Task.CompletedTask;
        }
    };

    private static OrderRequest Order(IReadOnlyList<string> words) => new()
    {
        Type = OrderType.Redirect,
        OrderId = "NOP-1",
        Currency = "EUR",
        Amount = 7495,
        Description = words[7],
        PaymentOptions = new PaymentOptions { NotificationUrl = "https://shop.example/n", NotificationMethod = "POST", RedirectUrl = "https://shop.example/r", CancelUrl = "https://shop.example/c" },
        Customer = new CustomerDetails { FirstName = words[1], LastName = words[2], Address1 = words[3], Email = words[4], Phone = words[5], IpAddress = words[6] }
    };

    private static string Success(StubHandler.Request request, string everything) => (request.Method.Method, request.Uri.AbsolutePath.Split('/')[^1]) switch
    {
        ("POST", "orders") => $$$"""{"success":true,"data":{"order_id":"NOP-1","payment_url":"{{{Url}}}"}}""",
        ("GET", "payment-methods") => """{"success":true,"data":[]}""",
        ("GET", _) => $$$$"""{"success":true,"data":{"order_id":"NOP-1","status":"completed","customer":{"first_name":"{{{{everything}}}}"}}}""",
        _ => """{"success":true,"data":{}}"""
    };

    private static async Task TryAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (MultiSafepayApiException)
        {
            // Only what is logged matters here.
        }
    }
}
