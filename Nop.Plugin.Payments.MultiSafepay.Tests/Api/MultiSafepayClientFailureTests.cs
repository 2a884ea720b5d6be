using System.Net;
using System.Text;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using static Nop.Plugin.Payments.MultiSafepay.Tests.Api.MultiSafepayClientTests;
using static Nop.Plugin.Payments.MultiSafepay.Tests.Api.StubHandler;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>What the client makes of refusals, errors and broken answers.</summary>
[TestFixture]
internal sealed class MultiSafepayClientFailureTests
{
    private static IEnumerable<string> All => MultiSafepayClientTests.All;
    private static IEnumerable<string> Writes => MultiSafepayClientTests.Writes;

    [Test]
    public async Task An_API_error_is_reported_the_same_for_every_HTTP_status(
        [ValueSource(nameof(All))] string call,
        [Values(HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.Gone)] HttpStatusCode status)
    {
        var handler = Answering("""{"success": false, "data": [], "error_code": 1006, "error_info": "Invalid transaction ID"}""", status);

        var failure = await FailureAsync(call, handler.CreateClient());

        Assert.Multiple(() =>
        {
            Assert.That(failure.Code, Is.EqualTo(1006));
            Assert.That(failure.Info, Is.EqualTo("Invalid transaction ID"));
            Assert.That(failure.HttpStatus, Is.EqualTo(status));
            Assert.That(failure.IsTransient, Is.False);
            Assert.That(failure.OutcomeUnknown, Is.False);
            Assert.That(failure.Message, Does.Contain("error 1006").And.Contain($"HTTP {(int)status}").And.Not.Contain("transaction ID"));
            Assert.That(handler.Requests, Has.Count.EqualTo(1), "a refusal is not asked again");
        });
    }

    [TestCase("""{"success": false, "error_code": "1032", "error_info": "Invalid API key"}""", 1032, "Invalid API key")]
    [TestCase("""{"success": "false", "error_code": 1019}""", 1019, null)]
    [TestCase("""{"success": 0, "error_code": null, "error_info": 5}""", null, "5")]
    [TestCase("""{"success": null, "error_code": 99999999999, "error_info": ["x"]}""", null, null)]
    [TestCase("""{"success": [], "error_code": {}}""", null, null)]
    [TestCase("""{"success": false, "errors": [{"attribute": "email"}], "message": "Validation error"}""", null, "Validation error")]
    public async Task An_API_error_is_read_in_every_JSON_form(string json, int? code, string? info)
    {
        var failure = await FailureAsync("GetAccount", Answering(json).CreateClient());
        Assert.That((failure.Code, failure.Info), Is.EqualTo((code, info)));
    }

    [Test]
    public async Task A_bare_message_with_an_error_status_is_an_API_error()
    {
        var failure = await FailureAsync("GetAccount", Answering("""{"message": "Forbidden"}""", HttpStatusCode.Forbidden).CreateClient());
        Assert.That((failure.Code, failure.Info, failure.IsTransient), Is.EqualTo(((int?)null, "Forbidden", false)));
    }

    [TestCase("true")]
    [TestCase("\"true\"")]
    [TestCase("1")]
    [TestCase("\"1\"")]
    public async Task The_success_flag_is_read_as_boolean_text_or_number(string success) =>
        Assert.That(
            (await Answering($$$"""{"success": {{{success}}}, "data": {"account_id": 5}}""").CreateClient().GetAccountAsync(Credentials, CancellationToken.None)).AccountId,
            Is.EqualTo("5"));

    [Test]
    public async Task A_success_flag_with_an_error_status_is_a_failure()
    {
        var failure = await FailureAsync("GetAccount", Answering("""{"success": true, "data": {"account_id": 5}}""", HttpStatusCode.NotFound).CreateClient());
        Assert.That(failure.HttpStatus, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_error_info_is_one_short_line_without_the_API_key()
    {
        var info = $"Key {Key.ToUpperInvariant()}\\r\\nis\\u0000 not\\u2028valid " + new string('x', 176) + "\\ud83d\\ude00 and on";
        var failure = await FailureAsync("GetAccount", Answering($$"""{"success": false, "error_code": 1032, "error_info": "{{info}}"}""").CreateClient());

        Assert.That(failure.Info, Does.StartWith("Key ***  is  not valid xxx"));
        Assert.That(failure.Info!.Any(char.IsControl), Is.False);
        Assert.That(failure.Info, Has.Length.EqualTo(199).And.EndsWith("x"), "cut at 200, but not in the middle of a character");
    }

    [Test]
    public async Task Server_errors_are_transient_and_leave_the_outcome_of_writes_unknown(
        [ValueSource(nameof(All))] string call,
        [Values(500, 502, 503, 504, 429, 408)] int status,
        [Values("<html>Bad gateway</html>", "", """{"success": false, "error_code": 9999, "error_info": "Unknown error"}""")] string body)
    {
        var failure = await FailureAsync(call, Answering(body, (HttpStatusCode)status).CreateClient());

        var isWrite = Writes.Contains(call);
        Assert.That(failure.IsTransient, Is.True);
        Assert.That(failure.OutcomeUnknown, Is.EqualTo(isWrite && status != 429), "too many requests: not carried out");
        Assert.That((int)failure.HttpStatus!, Is.EqualTo(status));
    }

    [Test]
    public async Task A_response_without_JSON_is_not_transient(
        [ValueSource(nameof(All))] string call,
        [Values(200, 404)] int status,
        [Values("<html>Login</html>", "", "OK", "[]", "null", """{"success": true, "data": {"order_id": "1", "pay""")] string body)
    {
        var failure = await FailureAsync(call, Answering(body, (HttpStatusCode)status).CreateClient());

        Assert.That(failure.IsTransient, Is.False);
        Assert.That(failure.OutcomeUnknown, Is.EqualTo(Writes.Contains(call) && status == 200), "it succeeded, perhaps");
        Assert.That(failure.Code, Is.Null);
        Assert.That(failure.Message, Does.Not.Contain("Login"));
    }

    [TestCaseSource(nameof(Writes))]
    public async Task A_write_response_without_a_success_flag_has_an_unknown_outcome(string call) =>
        Assert.That((await FailureAsync(call, Answering("""{"data": {}}""").CreateClient())).OutcomeUnknown, Is.True);

    [Test]
    public async Task A_redirect_is_a_failure_and_is_not_followed([ValueSource(nameof(All))] string call, [Values(301, 302, 303, 307, 308)] int status)
    {
        var handler = Answering(() => new HttpResponseMessage((HttpStatusCode)status) { Headers = { Location = new Uri("https://elsewhere.example/") } });
        var failure = await FailureAsync(call, handler.CreateClient());

        Assert.That(handler.Requests, Has.Count.EqualTo(1));
        Assert.That((failure.IsTransient, failure.OutcomeUnknown), Is.EqualTo((false, false)));
        Assert.That(failure.Message, Does.Contain("redirect"));
    }

    [TestCaseSource(nameof(All))]
    public async Task A_network_error_is_transient(string call)
    {
        var failure = await FailureAsync(call, Answering(() => throw new HttpRequestException("connection reset")).CreateClient());
        Assert.That((failure.IsTransient, failure.OutcomeUnknown, failure.HttpStatus), Is.EqualTo((true, Writes.Contains(call), (HttpStatusCode?)null)));
    }

    [Test]
    public async Task An_oversized_response_is_not_read_to_its_end([ValueSource(nameof(All))] string call, [Values] bool saysSo)
    {
        var stream = new CountingStream();
        var handler = Answering(() =>
        {
            var content = new StreamContent(stream);
            if (saysSo)
                content.Headers.ContentLength = Transaction.MaxLength + 1;
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
        });

        var failure = await FailureAsync(call, handler.CreateClient());

        Assert.That(failure.Message, Does.Contain("too long"));
        Assert.That((failure.IsTransient, failure.OutcomeUnknown), Is.EqualTo((false, Writes.Contains(call))));
        Assert.That(stream.Count, saysSo ? Is.Zero : Is.LessThan(2 * Transaction.MaxLength + 1024 * 1024));
    }

    [Test]
    public async Task A_response_with_invalid_UTF8_is_not_transient()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"success": false, "error_code": 1, "error_info": "#"}""");
        bytes.AsSpan().Replace((byte)'#', (byte)0xFF);
        var failure = await FailureAsync("GetOrder", Answering(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) }).CreateClient());
        Assert.That(failure.IsTransient, Is.False);
    }
}
