using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Benchmarks;

/// <summary>Who calls the webhook.</summary>
internal enum Caller
{
    /// <summary>.NET's HTTP client, one request after the other, as a payment provider's server does.</summary>
    HttpClient,

    /// <summary>A bare socket with prepared bytes, one request after the other: without what a client costs. Most of the rest is waiting to be woken.</summary>
    Socket,

    /// <summary>The same with all requests in one go: the shop's work alone.</summary>
    OneGo,
}

/// <summary>
/// A notification from the caller to the answer, against an action of the same shop that does nothing: one kept connection on loopback.
/// What a repeated one reads and writes is counted by a test (<c>NotificationCostTests</c>).
/// </summary>
/// <remarks>
/// BenchmarkDotNet measures one case after the other, and in the seconds between them what a request over loopback takes drifts by more than what is to be seen here. So all
/// cases take turns within milliseconds, each is compared with the nothing of the same round, and the ratio is the median of all rounds.
/// </remarks>
internal static class WebhookRun
{
    /// <summary>The case to which the others are compared.</summary>
    public const string Nothing = "an action that does nothing";

    private const int Requests = 64;
    private const int Rounds = 1000;

    // A new payment takes as long as all the others together, and each needs an order.
    private const int RoundsPerNew = 20;

    // On a busy machine there are fewer rounds.
    private const int FewestRounds = 15;

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _whole = TimeSpan.FromSeconds(60);

    // Signed a little ahead of the time, so that a signature is good for the whole run.
    private static readonly TimeSpan _fresh = TimeSpan.FromMinutes(9);

    /// <summary>Measures for each caller.</summary>
    /// <param name="builds">Today's build, and possibly another.</param>
    public static async Task<Figures> RunAsync(IReadOnlyList<Build> builds)
    {
        var figures = new Figures();
        foreach (var caller in Enum.GetValues<Caller>())
            await MeasureAsync(figures, caller, builds);
        figures.Print(what => what with { Method = Nothing });
        return figures;
    }

    private static async Task MeasureAsync(Figures figures, Caller caller, IReadOnlyList<Build> builds)
    {
        var cases = new List<(Case What, Func<Task> Send)>();
        var visitors = new List<Visitor>();
        foreach (var build in builds)
        {
            var visitor = new Visitor(caller, await build.StartShopAsync());
            visitors.Add(visitor);
            var (body, now) = (await visitor.Shop.PlaceAsync(), DateTimeOffset.UtcNow + _fresh);
            var signature = Samples.Sign(body, now);
            var repeated = new Request(BenchShop.WebhookPath, body, signature, HttpStatusCode.OK);
            (string Name, Request Request)[] all =
            [
                (Nothing, repeated with { Path = NothingController.Path }),
                ("no action at all", repeated with { Path = BenchShop.BarePath }),
                ("forged, no signature", repeated with { Auth = null, Status = HttpStatusCode.Unauthorized }),
                ("forged", repeated with { Auth = Samples.Sign([.. body, 0], now), Status = HttpStatusCode.Unauthorized }),
                ("repeated", repeated),
            ];
            await visitor.Once([repeated])();
            if (!await visitor.Shop.IsPaidAsync())
                throw new InvalidOperationException("The notification did not pay the order.");
            cases.AddRange(all.Select(one => (new Case(caller.ToString(), one.Name, 0, build.Name), visitor.Once([.. Enumerable.Repeat(one.Request, Requests)]))));
        }

        // The runtime compiles what is used often once more, with what it has seen; whoever is measured before that looks slower than it is.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < _warmUp * builds.Count;)
        {
            foreach (var (_, send) in cases)
                await send();
            foreach (var visitor in visitors)
                await (await NewAsync(visitor))();
        }

        var whole = Stopwatch.StartNew();
        for (var round = 0; round < Rounds && (round < FewestRounds || whole.Elapsed < _whole * builds.Count); round++)
        {
            foreach (var (what, send) in cases)
                figures.Note(what, round, await TimeAsync(send));
            if (round % RoundsPerNew > 0)
                continue;
            foreach (var visitor in visitors)
            {
                var send = await NewAsync(visitor);
                figures.Note(new Case(caller.ToString(), "new", 0, visitor.Shop.Build.Name), round, await TimeAsync(send));
            }
        }

        foreach (var visitor in visitors)
            await visitor.DisposeAsync();
    }

    private static async Task<Func<Task>> NewAsync(Visitor visitor)
    {
        var requests = new List<Request>();
        for (var i = 0; i < Requests; i++)
        {
            var payment = await visitor.Shop.PlaceAsync();
            requests.Add(new(BenchShop.WebhookPath, payment, Samples.Sign(payment, DateTimeOffset.UtcNow), HttpStatusCode.OK));
        }

        return visitor.Once(requests);
    }

    // Microseconds of one request.
    private static async Task<double> TimeAsync(Func<Task> send)
    {
        var started = Stopwatch.GetTimestamp();
        await send();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / Requests;
    }

    private sealed record Request(string Path, byte[] Body, string? Auth, HttpStatusCode Status);

    /// <summary>Who calls a shop, with the connection that is kept.</summary>
    private sealed class Visitor(Caller caller, BuildShop shop) : IAsyncDisposable
    {
        private readonly RawConnection _connection = new(shop.Port);
        private readonly HttpClient _client = new() { BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{shop.Port}")) };

        public BuildShop Shop => shop;

        /// <summary>What sends these requests once and waits for all answers.</summary>
        public Func<Task> Once(List<Request> requests)
        {
            if (caller == Caller.HttpClient)
            {
                return async () =>
                {
                    foreach (var request in requests)
                        await SendAsync(request);
                };
            }

            var atOnce = caller == Caller.OneGo ? requests.Count : 1;
            byte[][] groups = [.. requests.Select(request => RawConnection.Post(shop.Port, request.Path, request.Body, request.Auth))
                .Chunk(atOnce).Select(group => group.SelectMany(bytes => bytes).ToArray())];
            var status = (int)requests[0].Status;
            return () =>
            {
                foreach (var group in groups)
                    _connection.Send(group, atOnce, status);
                return Task.CompletedTask;
            };
        }

        public async ValueTask DisposeAsync()
        {
            _connection.Dispose();
            _client.Dispose();
            await shop.DisposeAsync();
        }

        private async Task SendAsync(Request request)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, request.Path) { Content = new ByteArrayContent(request.Body) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (request.Auth is not null)
                message.Headers.TryAddWithoutValidation(NotificationSignature.HeaderName, request.Auth);
            using var answer = await _client.SendAsync(message);
            await answer.Content.ReadAsByteArrayAsync();
            if (answer.StatusCode != request.Status)
                throw new InvalidOperationException($"The shop answered {answer.StatusCode}, not {request.Status}.");
        }
    }
}
