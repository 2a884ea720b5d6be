using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Benchmarks;

/// <summary>
/// From the bytes of a notification to a <see cref="Transaction"/>, as the webhook reads it, and with items as the API's answers are read, against
/// <see cref="JsonDocument"/> of the same bytes, which makes no object of them.
/// </summary>
public class ParsingBenchmarks
{
    private byte[] _body = [];

    /// <summary>The body's size in KB, or a little more; the cart makes it so long.</summary>
    [Params(1, 4, 64)]
    public int Body { get; set; }

    [GlobalSetup]
    public void Setup() => _body = Samples.TransactionOf(Body * 1024);

    [Benchmark(Baseline = true, Description = "JsonDocument.Parse")]
    public JsonValueKind Document()
    {
        using var document = JsonDocument.Parse(_body);
        return document.RootElement.ValueKind;
    }

    [Benchmark(Description = "notification")]
    public Transaction Parse() => Transaction.ParseNotification(_body);

    [Benchmark(Description = "with items")]
    public Transaction ParseWhole() => Transaction.Parse(_body);
}
