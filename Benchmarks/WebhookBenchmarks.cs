using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;

namespace Benchmarks;

/// <summary>
/// A notification from the socket to the answer, against an action of the same shop that does nothing: one kept connection on loopback. One request after the other
/// is what a sender sees, most of which is waiting for the system to wake one side after the other; many in one go are the shop's work alone.
/// Goal, one after the other: a forged notification costs at most 1.3 of nothing. What a repeated one reads and writes is counted by a test (<c>NotificationCostTests</c>).
/// </summary>
public class WebhookBenchmarks
{
    private const int Requests = 64;

    // More than a run takes; each is paid once.
    private const int NewOrders = 400 * Requests;
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(5);

    private readonly Queue<byte[][]> _new = new();
    private BenchShop _shop = null!;
    private RawConnection _connection = null!;
    private byte[][] _nothing = [];
    private byte[][] _bare = [];
    private byte[][] _forged = [];
    private byte[][] _unsigned = [];
    private byte[][] _repeated = [];

    /// <summary>How many requests are sent in one go.</summary>
    [Params(1, Requests)]
    public int AtOnce { get; set; }

    [GlobalSetup]
    public void Setup() => SetupAsync(0).GetAwaiter().GetResult();

    [GlobalSetup(Target = nameof(New))]
    public void SetupWithOrders() => SetupAsync(NewOrders).GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup()
    {
        _connection.Dispose();
        _shop.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true, Description = "an action that does nothing", OperationsPerInvoke = Requests)]
    public void Nothing() => Send(_nothing, StatusCodes.Status200OK);

    [Benchmark(Description = "no action at all", OperationsPerInvoke = Requests)]
    public void Bare() => Send(_bare, StatusCodes.Status200OK);

    [Benchmark(Description = "forged", OperationsPerInvoke = Requests)]
    public void Forged() => Send(_forged, StatusCodes.Status401Unauthorized);

    [Benchmark(Description = "forged, no signature", OperationsPerInvoke = Requests)]
    public void WithoutSignature() => Send(_unsigned, StatusCodes.Status401Unauthorized);

    [Benchmark(Description = "repeated", OperationsPerInvoke = Requests)]
    public void Repeated() => Send(_repeated, StatusCodes.Status200OK);

    [Benchmark(Description = "new", OperationsPerInvoke = Requests)]
    public void New() => Send(_new.Dequeue(), StatusCodes.Status200OK);

    private async Task SetupAsync(int newOrders)
    {
        _shop = await BenchShop.StartAsync();
        _connection = new RawConnection(_shop.Port);

        var order = await _shop.PlaceAsync();
        var body = BenchShop.Payment(order);
        var now = DateTimeOffset.UtcNow;
        _nothing = Times(RawConnection.Post(_shop.Port, NothingController.Path, body, Samples.Sign(body, now)));
        _bare = Times(RawConnection.Post(_shop.Port, BenchShop.BarePath, body, Samples.Sign(body, now)));
        _forged = Times(RawConnection.Post(_shop.Port, BenchShop.WebhookPath, body, Samples.Sign([.. body, 0], now)));
        _unsigned = Times(RawConnection.Post(_shop.Port, BenchShop.WebhookPath, body, null));
        _repeated = Times(_shop.Signed(body, now));
        Repeated();
        if ((await _shop.Database.FindAsync<Order>(order.Id))!.PaymentStatusId == order.PaymentStatusId)
            throw new InvalidOperationException("The notification did not pay the order.");

        // The runtime compiles what is used often once more, with what it has seen; whoever is measured before that looks slower than it is.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < _warmUp;)
        {
            Nothing();
            Bare();
            Forged();
            WithoutSignature();
            Repeated();
        }

        for (var i = 0; i < newOrders; i += Requests)
        {
            var requests = new List<byte[]>();
            for (var j = 0; j < Requests; j++)
                requests.Add(_shop.Signed(BenchShop.Payment(await _shop.PlaceAsync()), now));
            _new.Enqueue(InGroups(requests));
        }
    }

    private byte[][] Times(byte[] request) => InGroups(Enumerable.Repeat(request, Requests));

    private byte[][] InGroups(IEnumerable<byte[]> requests) => [.. requests.Chunk(AtOnce).Select(group => group.SelectMany(bytes => bytes).ToArray())];

    private void Send(byte[][] groups, int status)
    {
        foreach (var group in groups)
            _connection.Send(group, AtOnce, status);
    }
}
