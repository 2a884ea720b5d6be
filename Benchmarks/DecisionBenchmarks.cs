using BenchmarkDotNet.Attributes;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Benchmarks;

/// <summary>What a transaction means for an order: a payment that is new, the same one once more, and a refund of half of it.</summary>
public class DecisionBenchmarks
{
    private static readonly StatusMapping _mapping = StatusMapping.Parse(null);

    private static readonly PaymentAttempt _attempt = new()
    {
        OrderId = "1001",
        Environment = MultiSafepayEnvironment.Test,
        Currency = "EUR",
        Amount = 4995,
        CurrencyRate = 1,
        CreatedUtc = new DateTime(2026, 1, 3, 15, 0, 0, DateTimeKind.Utc),
        ExpiresUtc = new DateTime(2026, 2, 3, 15, 0, 0, DateTimeKind.Utc),
        PaymentUrl = "https://pay.example/1001",
    };

    private static readonly PaymentRecord _open = new() { Attempts = [_attempt] };
    private static readonly OrderSnapshot _pending = new(OrderStatus.Pending, PaymentStatus.Pending, 49.95m, 0, null, null);
    private static readonly OrderSnapshot _paid = new(OrderStatus.Processing, PaymentStatus.Paid, 49.95m, 0, null, "700001");

    private static readonly Transaction _payment = Transaction.Parse(Samples.Bytes(Samples.Transaction("1001", Samples.NoOrder, 4995)));
    private static readonly Transaction _refund = Refunded();

    // As it is remembered after the payment was applied.
    private static readonly PaymentRecord _done =
        Decision.Decide(_pending, _open, _payment, _mapping).Aggregate(_open, (record, action) => record.With(action.Applied)).With(_attempt.Seen(_payment));

    [GlobalSetup]
    public void Check()
    {
        if ((New(), Repetition(), Refund()) is not ( > 0, 0, > 0))
            throw new InvalidOperationException("The samples are not what they are called.");
    }

    [Benchmark(Baseline = true, Description = "new payment")]
    public int New() => Decision.Decide(_pending, _open, _payment, _mapping).Count;

    [Benchmark(Description = "repetition")]
    public int Repetition() => Decision.Decide(_paid, _done, _payment, _mapping).Count;

    [Benchmark(Description = "refund of a half")]
    public int Refund() => Decision.Decide(_paid, _done, _refund, _mapping).Count;

    private static Transaction Refunded()
    {
        var json = Samples.Transaction("1001", Samples.NoOrder, 4995);
        json["amount_refunded"] = 2500;
        json["financial_status"] = "partial_refunded";
        json["status"] = "partial_refunded";
        json["related_transactions"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject
        {
            ["amount"] = 2500,
            ["currency"] = "EUR",
            ["order_id"] = "1001-refund",
            ["status"] = "completed",
            ["transaction_id"] = "700002",
            ["type"] = "refund",
        });
        return Transaction.Parse(Samples.Bytes(json));
    }
}
