using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>Reading a body: every byte, whatever the pieces it comes in, and no more memory than it is worth.</summary>
[TestFixture]
internal sealed class NotificationBodyTests
{
    private const int FirstBytes = 16 * 1024;

    [Test]
    public void A_body_is_read_completely_whatever_its_chunk_size() =>
        Gen.Select(Gen.Int[0, MultiSafepayDefaults.MaxNotificationBytes + 3], Gen.Int[1, 70_000]).Sample((length, piece) =>
        {
            var sent = new byte[length];
            Random.Shared.NextBytes(sent);
            using var body = new NotificationBody(TimeProvider.System);
            var problem = body.ReadAsync(RequestWith(new Trickle(sent, piece)), CancellationToken.None).GetAwaiter().GetResult();
            return length > MultiSafepayDefaults.MaxNotificationBytes
                ? problem == NotificationResponse.TooLarge
                : problem is null && body.Bytes.Span.SequenceEqual(sent);
        }, iter: 300);

    /// <summary>Hundreds of requests that announce much and send little must not hold the memory of hundreds of large bodies.</summary>
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(16_385)]
    [TestCase(100_000)]
    public async Task A_stalled_body_allocates_no_more_than_was_received(int sent)
    {
        var time = new FakeTimeProvider();
        using var body = new NotificationBody(time);
        var request = RequestWith(new Trickle(new byte[sent], 4096, thenWait: true));
        request.ContentLength = MultiSafepayDefaults.MaxNotificationBytes;

        var reading = body.ReadAsync(request, CancellationToken.None);

        Assert.That(reading.IsCompleted, Is.False);
        Assert.That(body.Bytes.Length, Is.EqualTo(sent));
        Assert.That(body.Capacity, Is.LessThanOrEqualTo(Math.Max(2 * FirstBytes, 4 * sent)));
        time.Advance(NotificationBody.ReadTimeout);
        Assert.That(await reading, Is.EqualTo(NotificationResponse.TooSlow), "and it is given up");
    }

    [Test]
    public async Task A_disconnected_caller_is_reported_as_an_unreadable_body()
    {
        using var caller = new CancellationTokenSource();
        using var body = new NotificationBody(new FakeTimeProvider());
        var reading = body.ReadAsync(RequestWith(new Trickle(new byte[10], 10, thenWait: true)), caller.Token);
        await caller.CancelAsync();
        Assert.That(await reading, Is.EqualTo(NotificationResponse.Unreadable));
    }

    [TestCase(413, 413)]
    [TestCase(408, 408)]
    [TestCase(400, 400)]
    public async Task A_bad_request_exception_becomes_a_response_and_is_not_thrown(int found, int answered)
    {
        using var body = new NotificationBody(new FakeTimeProvider());
        var problem = await body.ReadAsync(RequestWith(new Trickle([], 1, failure: new BadHttpRequestException("made up", found))), CancellationToken.None);
        Assert.That(problem?.StatusCode, Is.EqualTo(answered));
    }

    private static HttpRequest RequestWith(Stream body) => new DefaultHttpContext { Request = { Body = body } }.Request;

    /// <summary>Hands out its bytes in pieces; afterwards it ends, fails, or keeps its reader waiting.</summary>
    private sealed class Trickle(byte[] bytes, int piece, bool thenWait = false, Exception? failure = null) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (failure is not null)
                throw failure;
            var count = Read(buffer.Span[..Math.Min(piece, buffer.Length)]);
            if (count == 0 && thenWait)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return count;
        }
    }
}
