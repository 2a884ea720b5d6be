using System.Net;
using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using static Nop.Plugin.Payments.MultiSafepay.Tests.Api.MultiSafepayClientTests;
using static Nop.Plugin.Payments.MultiSafepay.Tests.Api.StubHandler;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>Which calls the client repeats, how long it waits, and how it gives up.</summary>
[TestFixture]
internal sealed class MultiSafepayClientTimeoutTests
{
    // A call that never gives up fails its test instead of holding it.
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(30);

    private static IEnumerable<string> All => MultiSafepayClientTests.All;
    private static IEnumerable<string> Reads => MultiSafepayClientTests.Reads;
    private static IEnumerable<string> RepeatedReads => Reads.Except(["GetPaymentMethods", "GetTokens"]);
    private static IEnumerable<string> Writes => MultiSafepayClientTests.Writes;

    [TestCase("GetPaymentMethods")]
    [TestCase("GetTokens")]
    public async Task A_list_that_a_customer_waits_for_is_not_retried(string call)
    {
        var handler = Answering(() => Json("", HttpStatusCode.BadGateway));
        Assert.That((await FailureAsync(call, handler.CreateClient())).IsTransient, Is.True);
        Assert.That(handler.Requests, Has.Count.EqualTo(1));
    }

    [TestCaseSource(nameof(RepeatedReads))]
    public async Task A_read_is_retried_once_after_a_transient_failure(string call)
    {
        var good = call switch
        {
            "GetOrder" => """{"success": true, "data": {"order_id": "NOP-1"}}""",
            "GetToken" => """{"success": true, "data": {"token": "token-1"}}""",
            _ => """{"success": true, "data": {"account_id": 1}}"""
        };
        Func<HttpResponseMessage>[] failures =
        [
            () => Json("", HttpStatusCode.BadGateway),
            () => Json("""{"success": false, "error_code": 1}""", HttpStatusCode.TooManyRequests),
            () => throw new HttpRequestException("reset"),
            () => throw new HttpRequestException(HttpRequestError.NameResolutionError)
        ];

        foreach (var failure in failures)
        {
            var time = new ShortenedTime();
            var handler = Answering(failure, () => Json(good));
            await RunAsync(call, handler.CreateClient(time));
            Assert.That(time.Pauses.Single(), Is.InRange(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)), "a short pause");
            Assert.That(handler.Requests, Has.Count.EqualTo(2));
            Assert.That(handler.Requests[1].Headers["api_key"], Is.EqualTo(Key));
        }

        var hopeless = Answering("", HttpStatusCode.ServiceUnavailable);
        Assert.That((await FailureAsync(call, hopeless.CreateClient())).IsTransient, Is.True);
        Assert.That(hopeless.Requests, Has.Count.EqualTo(2), "once more, and no more");
    }

    [TestCaseSource(nameof(Writes))]
    public async Task A_write_is_never_retried(string call)
    {
        foreach (var failure in new Func<HttpResponseMessage>[]
            { () => Json("", HttpStatusCode.BadGateway), () => Json("", HttpStatusCode.TooManyRequests), () => throw new HttpRequestException("reset") })
        {
            var handler = Answering(failure);
            await FailureAsync(call, handler.CreateClient());
            Assert.That(handler.Requests, Has.Count.EqualTo(1));
        }
    }

    [TestCaseSource(nameof(All))]
    public async Task A_call_times_out_at_the_limit_of_the_client(string call)
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        var handler = new StubHandler(async (_, token) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });
        var limit = Writes.Contains(call) ? MultiSafepayClient.WriteTimeout : MultiSafepayClient.ReadTimeout;

        var running = FailureAsync(call, handler.CreateClient(time));
        await asked.Task;
        time.Advance(limit - TimeSpan.FromMilliseconds(1));
        Assert.That(await Task.WhenAny(running, Task.Delay(50)), Is.Not.SameAs(running), "not yet");
        time.Advance(TimeSpan.FromMilliseconds(1));
        var failure = await running.WaitAsync(_timeout);

        Assert.That((failure.IsTransient, failure.OutcomeUnknown), Is.EqualTo((true, Writes.Contains(call))));
        Assert.That(failure.Message, Does.Contain("in time"));
        Assert.That(handler.Requests, Has.Count.EqualTo(1), "no time left to ask again");
    }

    [TestCaseSource(nameof(All))]
    public async Task The_timeout_covers_the_response_body_too(string call)
    {
        var time = new FakeTimeProvider();
        var reading = new TaskCompletionSource();
        var handler = Answering(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new NeverEndingStream(reading)) });

        var running = FailureAsync(call, handler.CreateClient(time));
        await reading.Task;
        time.Advance(MultiSafepayClient.WriteTimeout);
        Assert.That((await running.WaitAsync(_timeout)).OutcomeUnknown, Is.EqualTo(Writes.Contains(call)));
    }

    [TestCaseSource(nameof(All))]
    public async Task A_timeout_of_the_HTTP_client_is_transient_too(string call)
    {
        var handler = new StubHandler(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromMilliseconds(20) };

        var failure = await FailureAsync(call, new MultiSafepayClient(http, ApiEndpoints.Official, TimeProvider.System));
        Assert.That(failure.IsTransient, Is.True);
    }

    [TestCaseSource(nameof(All))]
    public async Task A_cancellation_by_the_caller_is_rethrown(string call)
    {
        using var source = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        var handler = new StubHandler(async (_, token) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });

        var running = RunAsync(call, handler.CreateClient(), source.Token);
        await asked.Task;
        await source.CancelAsync();

        Assert.That(async () => await running.WaitAsync(_timeout), Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(source.Token));
        Assert.That(handler.Requests, Has.Count.EqualTo(1));
    }

    [TestCaseSource(nameof(All))]
    public void A_call_that_was_cancelled_before_it_started_sends_nothing(string call)
    {
        var handler = Answering("{}");
        Assert.That(() => RunAsync(call, handler.CreateClient(), new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(handler.Requests, Is.Empty);
    }

    [Test]
    public void A_cancellation_between_two_attempts_is_rethrown()
    {
        using var source = new CancellationTokenSource();
        var handler = Answering(() =>
        {
            source.Cancel();
            return Json("", HttpStatusCode.BadGateway);
        });
        Assert.That(() => RunAsync("GetOrder", handler.CreateClient(), source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(handler.Requests, Has.Count.EqualTo(1));
    }
}
