using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using BenchmarkDotNet.Mathematics;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Benchmarks;

/// <summary>
/// A notification from the caller to the answer, against an action of the same shop that does nothing: one kept connection on loopback.
/// Goal, for an HTTP client: a forged notification costs at most 1.3 of nothing. What a repeated one reads and writes is counted by a test (<c>NotificationCostTests</c>).
/// </summary>
/// <remarks>
/// BenchmarkDotNet measures one case after the other, and in the seconds between them what a request over loopback takes drifts by more than what is to be seen here. So all
/// cases take turns within milliseconds, each is compared with the nothing of the same round, and the ratio is the median of all rounds.
/// </remarks>
internal static class WebhookRun
{
    private const int Requests = 64;
    private const int Rounds = 1000;

    // A new payment takes as long as all the others together, and each needs an order.
    private const int RoundsPerNew = 20;

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(5);

    /// <summary>Who calls.</summary>
    private enum Caller
    {
        /// <summary>.NET's HTTP client, one request after the other, as a payment provider's server does.</summary>
        HttpClient,

        /// <summary>A bare socket with prepared bytes, one request after the other: without what a client costs. Most of the rest is waiting to be woken.</summary>
        Socket,

        /// <summary>The same with all requests in one go: the shop's work alone.</summary>
        OneGo,
    }

    /// <summary>Measures for each caller.</summary>
    public static async Task RunAsync()
    {
        Console.WriteLine("| Caller | Case | Ratio | of half of the rounds | Microseconds |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        foreach (var caller in Enum.GetValues<Caller>())
            await MeasureAsync(caller);
    }

    private static async Task MeasureAsync(Caller caller)
    {
        await using var shop = await BenchShop.StartAsync();
        using var connection = new RawConnection(shop.Port);
        using var client = new HttpClient { BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{shop.Port}")) };
        var order = await shop.PlaceAsync();
        var body = BenchShop.Payment(order);
        var now = DateTimeOffset.UtcNow;
        var signature = Samples.Sign(body, now);

        var nothing = Times(new(NothingController.Path, body, signature, HttpStatusCode.OK));
        var repeated = Times(new(BenchShop.WebhookPath, body, signature, HttpStatusCode.OK));
        (string Name, Func<Task> Send)[] cases =
        [
            ("an action that does nothing", nothing),
            ("no action at all", Times(new(BenchShop.BarePath, body, signature, HttpStatusCode.OK))),
            ("forged, no signature", Times(new(BenchShop.WebhookPath, body, null, HttpStatusCode.Unauthorized))),
            ("forged", Times(new(BenchShop.WebhookPath, body, Samples.Sign([.. body, 0], now), HttpStatusCode.Unauthorized))),
            ("repeated", repeated),
        ];
        await repeated();
        if ((await shop.Database.FindAsync<Order>(order.Id))!.PaymentStatusId == order.PaymentStatusId)
            throw new InvalidOperationException("The notification did not pay the order.");

        // The runtime compiles what is used often once more, with what it has seen; whoever is measured before that looks slower than it is.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < _warmUp;)
        {
            foreach (var (_, send) in cases)
                await send();
        }

        var figures = new Dictionary<string, List<(double Time, double Ratio)>>();
        for (var round = 0; round < Rounds; round++)
        {
            var ofNothing = 0.0;
            foreach (var (name, send) in cases)
            {
                var time = await TimeAsync(send);
                ofNothing = send == nothing ? time : ofNothing;
                Note(name, time, ofNothing);
            }

            if (round % RoundsPerNew == 0)
                Note("new", await TimeAsync(await NewAsync()), ofNothing);
        }

        foreach (var (name, all) in figures)
        {
            var ratio = new Statistics(all.Select(figure => figure.Ratio));
            Console.WriteLine(FormattableString.Invariant(
                $"| {caller} | {name} | {ratio.Median:0.00} | {ratio.Q1:0.00} to {ratio.Q3:0.00} | {new Statistics(all.Select(figure => figure.Time)).Median:0.0} |"));
        }

        void Note(string name, double time, double ofNothing)
        {
            if (!figures.TryGetValue(name, out var all))
                figures.Add(name, all = []);
            all.Add((time, time / ofNothing));
        }

        async Task<Func<Task>> NewAsync()
        {
            var requests = new List<Request>();
            for (var i = 0; i < Requests; i++)
            {
                var payment = BenchShop.Payment(await shop.PlaceAsync());
                requests.Add(new(BenchShop.WebhookPath, payment, Samples.Sign(payment, now), HttpStatusCode.OK));
            }

            return Once(requests);
        }

        Func<Task> Times(Request request) => Once([.. Enumerable.Repeat(request, Requests)]);

        // What sends these requests and waits for all answers.
        Func<Task> Once(List<Request> requests)
        {
            if (caller == Caller.HttpClient)
            {
                return async () =>
                {
                    foreach (var request in requests)
                        await SendAsync(client, request);
                };
            }

            var atOnce = caller == Caller.OneGo ? Requests : 1;
            byte[][] groups = [.. requests.Select(request => RawConnection.Post(shop.Port, request.Path, request.Body, request.Auth))
                .Chunk(atOnce).Select(group => group.SelectMany(bytes => bytes).ToArray())];
            var status = (int)requests[0].Status;
            return () =>
            {
                foreach (var group in groups)
                    connection.Send(group, atOnce, status);
                return Task.CompletedTask;
            };
        }
    }

    // Microseconds of one request.
    private static async Task<double> TimeAsync(Func<Task> send)
    {
        var started = Stopwatch.GetTimestamp();
        await send();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / Requests;
    }

    private static async Task SendAsync(HttpClient client, Request request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, request.Path) { Content = new ByteArrayContent(request.Body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (request.Auth is not null)
            message.Headers.TryAddWithoutValidation(NotificationSignature.HeaderName, request.Auth);
        using var answer = await client.SendAsync(message);
        await answer.Content.ReadAsByteArrayAsync();
        if (answer.StatusCode != request.Status)
            throw new InvalidOperationException($"The shop answered {answer.StatusCode}, not {request.Status}.");
    }

    private sealed record Request(string Path, byte[] Body, string? Auth, HttpStatusCode Status);
}
