using System.Text.Json.Nodes;
using CsCheck;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>Whatever is done to an order, in whatever order: the ledger balances and no money comes out of nowhere.</summary>
[TestFixture]
internal sealed class LedgerTests : SimulatorFixture
{
    private static readonly string[] _steps =
    [
        "started", "completed", "giftcard", "authorised", "uncleared", "declined", "cancelled", "expired", "left", "shipped", "settled", "refunded",
        "refunded", "refund-accepted", "refund-declined", "captured", "captured-whole", "released", "paid-late", "chargeback", "chargeback-reversed", "wait",
    ];

    private static readonly Gen<(bool Manual, bool Reserve, (string Step, int Amount)[] Steps)> _histories = Gen.Select(
        Gen.Bool,
        Gen.Bool,
        Gen.Select(Gen.Int[0, _steps.Length - 1].Select(i => _steps[i]), Gen.Int[0, 700]).Array[1, 12]);

    [Test]
    public async Task The_ledger_balances_after_any_history()
    {
        var number = 0;
        await _histories.SampleAsync(
            async history =>
            {
                var id = $"order-{Interlocked.Increment(ref number)}";
                var order = Run.Order(id, gateway: "VISA");
                order["payment_options"]!.AsObject().Remove("notification_url");
                if (history.Manual)
                    order["capture"] = "manual";
                (await Run.PostAsync("orders", order)).AssertSuccess();
                if (history.Reserve)
                    await Run.SetFaultAsync(new() { ["kind"] = "insufficient-balance", ["order_id"] = id });

                foreach (var (step, amount) in history.Steps)
                {
                    if (step == "wait")
                    {
                        Run.Pass(TimeSpan.FromMinutes(6));
                        continue;
                    }

                    var body = step == "captured-whole" ? new JsonObject { ["to"] = "captured" } : new JsonObject { ["to"] = step, ["amount"] = amount };
                    using var response = await Run.ControlAsync(HttpMethod.Post, $"orders/{id}/transitions", body);
                    if ((int)response.StatusCode is not (200 or 400 or 404 or 409))
                        return false;
                }

                return AddsUp(await Run.LookAsync(id)) && await CapturesAddUpAsync(id);
            },
            iter: 150,
            threads: 1);
    }

    private static bool AddsUp(JsonObject state)
    {
        var books = state["amounts"]!;
        long Book(string name) => (long)books[name]!;
        var transactions = state["transactions"]!.AsArray();
        var related = transactions.SelectMany(transaction => transaction!["related"]!.AsArray()).ToList();
        long Sum(string type, string status) => related
            .Where(entry => (string)entry!["type"]! == type && (string)entry["status"]! == status)
            .Sum(entry => (long)entry!["amount"]!);

        return books.AsObject().All(book => (long)book.Value! >= 0)
            && transactions.Count(transaction => transaction!["completed"] is not null) <= 1
            && Book("net") == Book("charged") - Book("refunded") - Book("charged_back")
            && Book("refunded") == Sum("refund", "completed")
            && Book("reserved") == Sum("refund", "reserved")
            && Book("charged_back") == Sum("chargeback", "completed") - Sum("reverse-chargeback", "completed")
            && (Book("captured") == Sum("capture", "completed") || (Book("captured") == Book("charged") && Sum("capture", "completed") == 0))
            && Book("refunded") + Book("reserved") + Book("charged_back") <= Book("charged")
            && Book("captured") + Book("authorized") <= 1000
            && (long)(state["order"]!["amount_refunded"] ?? 0) == Book("refunded");
    }

    // A capture is an order of its own, but for one of all: together they are what was taken from the authorisation.
    private async Task<bool> CapturesAddUpAsync(string id)
    {
        var state = await Run.LookAsync(id);
        var charged = (long)state["amounts"]!["captured"]! > 0 ? (long)state["amounts"]!["charged"]! : 0;
        foreach (var capture in state["transactions"]!.AsArray().SelectMany(transaction => transaction!["related"]!.AsArray()))
        {
            if ((string)capture!["type"]! == "capture")
                charged += (long)(await Run.LookAsync((string)capture["order_id"]!))["amounts"]!["charged"]!;
        }

        return charged == (long)state["amounts"]!["captured"]!;
    }

    [Test]
    public async Task Parallel_refunds_never_exceed_the_payment()
    {
        await Run.MakeAsync(Run.Order(amount: 1000), "completed");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = "EUR", ["amount"] = 100 + i })));
        var refunded = (long)(await Run.LookAsync("order-1"))["amounts"]!["refunded"]!;
        Assert.That(refunded, Is.LessThanOrEqualTo(1000));
        Assert.That(answers.Count(answer => answer.ErrorCode is null), Is.InRange(8, 9));
        Assert.That(answers.Where(answer => answer.ErrorCode is not null).Select(answer => answer.ErrorCode), Is.All.EqualTo(1034));
    }
}
