using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;

namespace Benchmarks;

/// <summary>
/// A notification from the socket to the answer, against an action of the same shop that does nothing: one kept connection on loopback, one request at a time.
/// Goal: a forged notification costs at most 1.3 of nothing. What a repeated one reads and writes is counted by a test (<c>NotificationCostTests</c>).
/// </summary>
public class WebhookBenchmarks
{
    // More than a run takes; each is paid once.
    private const int NewOrders = 30_000;

    private readonly Queue<byte[]> _new = new();
    private BenchShop _shop = null!;
    private RawConnection _connection = null!;
    private byte[] _nothing = [];
    private byte[] _bare = [];
    private byte[] _forged = [];
    private byte[] _unsigned = [];
    private byte[] _repeated = [];

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

    [Benchmark(Baseline = true, Description = "an action that does nothing")]
    public int Nothing() => Expect(_nothing, StatusCodes.Status200OK);

    [Benchmark(Description = "no action at all")]
    public int Bare() => Expect(_bare, StatusCodes.Status200OK);

    [Benchmark(Description = "forged")]
    public int Forged() => Expect(_forged, StatusCodes.Status401Unauthorized);

    [Benchmark(Description = "forged, no signature")]
    public int WithoutSignature() => Expect(_unsigned, StatusCodes.Status401Unauthorized);

    [Benchmark(Description = "repeated")]
    public int Repeated() => Expect(_repeated, StatusCodes.Status200OK);

    [Benchmark(Description = "new")]
    public int New() => Expect(_new.Dequeue(), StatusCodes.Status200OK);

    private async Task SetupAsync(int newOrders)
    {
        _shop = await BenchShop.StartAsync();
        _connection = new RawConnection(_shop.Port);

        var order = await _shop.PlaceAsync();
        var body = BenchShop.Payment(order);
        var now = DateTimeOffset.UtcNow;
        _nothing = RawConnection.Post(_shop.Port, NothingController.Path, body, Samples.Sign(body, now));
        _bare = RawConnection.Post(_shop.Port, BenchShop.BarePath, body, Samples.Sign(body, now));
        _forged = RawConnection.Post(_shop.Port, BenchShop.WebhookPath, body, Samples.Sign([.. body, 0], now));
        _unsigned = RawConnection.Post(_shop.Port, BenchShop.WebhookPath, body, null);
        _repeated = _shop.Signed(body, now);
        Expect(_repeated, StatusCodes.Status200OK);
        if ((await _shop.Database.FindAsync<Order>(order.Id))!.PaymentStatusId == order.PaymentStatusId)
            throw new InvalidOperationException("The notification did not pay the order.");

        for (var i = 0; i < newOrders; i++)
            _new.Enqueue(_shop.Signed(BenchShop.Payment(await _shop.PlaceAsync()), now));
    }

    private int Expect(byte[] request, int status) => _connection.Send(request) is var answer && answer == status
        ? answer
        : throw new InvalidOperationException(FormattableString.Invariant($"The shop answered {answer}, not {status}."));
}
