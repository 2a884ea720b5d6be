using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Walks all orders of the shop and the ledger of the simulator, and finds every cent on which they do not agree.</summary>
internal static class LedgerComparison
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    /// <summary>Fails with all differences at once. A notification may be on its way: it gets a moment to arrive.</summary>
    public static async Task AuditAsync(this IntegrationHost host)
    {
        using var limit = new CancellationTokenSource(_timeout);
        var differences = await DifferencesAsync(host);
        while (differences.Count > 0 && !limit.IsCancellationRequested)
        {
            await Task.Delay(50, CancellationToken.None);
            differences = await DifferencesAsync(host);
        }

        Assert.That(differences, Is.Empty);
    }

    private static async Task<List<string>> DifferencesAsync(IntegrationHost host)
    {
        var differences = new List<string>();
        foreach (var order in await host.Shop.Database.ListAsync<Order>(order => order.PaymentMethodSystemName == MultiSafepayDefaults.SystemName))
        {
            var record = await host.RecordAsync(order);
            var amounts = new LedgerAmounts();
            foreach (var attempt in record.Attempts)
                amounts += await LedgerAmountsAsync(host, attempt.OrderId);
            differences.AddRange(Differences(order, record, amounts).Select(difference => $"Order {order.Id} ({order.PaymentStatus}): {difference}"));
            differences.AddRange(MailsTwice(host, order));
        }

        return differences;
    }

    private static IEnumerable<string> Differences(Order order, PaymentRecord record, LedgerAmounts amounts)
    {
        var attempt = record.Current!;
        var refunded = record.Refunds.Sum(refund => refund.Amount);
        if (record.PendingSave is not null)
            yield return "nopCommerce has not confirmed what it was handed";
        if (record.RefundAttempts.Any(refund => refund.State == RefundState.Open))
            yield return "it is not known how a refund ended";
        if (amounts.Refunded != refunded)
            yield return $"{amounts.Refunded} was refunded at MultiSafepay, the record knows of {refunded}";
        if (order.RefundedAmount != record.Refunds.Sum(refund => refund.OrderAmount))
            yield return $"nopCommerce counts {order.RefundedAmount}, the record {record.Refunds.Sum(refund => refund.OrderAmount)}";
        if (amounts.Reserved != record.RefundAttempts.Where(refund => refund.State == RefundState.Waiting).Sum(refund => refund.Amount))
            yield return $"{amounts.Reserved} waits at MultiSafepay, the record has {string.Join(", ", record.RefundAttempts)}";
        if (amounts.Charged > attempt.Amount)
            yield return $"{amounts.Charged} was charged for {attempt.Amount}";

        // In the charged currency, up to the halves that the conversion of each refund rounds.
        var converted = order.RefundedAmount * attempt.CurrencyRate;
        if (Math.Abs(converted - MinorUnits.ToDecimal(amounts.Refunded, attempt.Currency)) > record.Refunds.Count * Unit(attempt.Currency) * Math.Max(1, attempt.CurrencyRate))
            yield return $"{order.RefundedAmount} is {converted} {attempt.Currency}, MultiSafepay refunded {amounts.Refunded}";

        var expected = amounts switch
        {
            { Charged: > 0 } when amounts.Refunded == attempt.Amount => PaymentStatus.Refunded,
            { Charged: > 0, Refunded: > 0 } => PaymentStatus.PartiallyRefunded,
            { Charged: > 0 } when amounts.Charged == attempt.Amount => PaymentStatus.Paid,
            { Authorized: > 0 } => PaymentStatus.Authorized,
            { Released: true } => PaymentStatus.Voided,
            _ => PaymentStatus.Pending
        };
        if (order.PaymentStatus != expected)
            yield return $"it should be {expected} by {amounts}";
        if (expected == PaymentStatus.Refunded && order.RefundedAmount != order.OrderTotal)
            yield return $"{order.RefundedAmount} of {order.OrderTotal} is counted as refunded, and all was";
    }

    private static IEnumerable<string> MailsTwice(IntegrationHost host, Order order)
    {
        var mails = host.Shop.Database.Mails.ForOrder(order.Id);
        foreach (var template in new[] { "OrderPaid.CustomerNotification" })
        {
            if (mails.Count(mail => mail.Template == template) > 1)
                yield return $"Order {order.Id}: the customer got {template} more than once";
        }
    }

    private static async Task<LedgerAmounts> LedgerAmountsAsync(IntegrationHost host, string orderId)
    {
        var orders = (await host.Simulator.ListAsync("orders")).Select(node => node!.AsObject()).ToList();
        if (orders.Find(order => (string)order["order_id"]! == orderId) is null)
            return new LedgerAmounts();

        var shown = await host.Simulator.LookAsync(orderId);
        var amounts = LedgerAmounts.From(shown["amounts"]!.AsObject()) with { Released = (string)shown["status"]! is "void" };
        foreach (var related in shown["order"]!["related_transactions"]?.AsArray() ?? [])
        {
            if ((string)related!["type"]! == "capture")
                amounts += LedgerAmounts.From((await host.Simulator.LookAsync((string)related["order_id"]!))["amounts"]!.AsObject());
        }

        return amounts;
    }

    private static decimal Unit(string currency) => MinorUnits.ToDecimal(1, currency);

    private sealed record LedgerAmounts(long Charged = 0, long Authorized = 0, long Refunded = 0, long Reserved = 0, bool Released = false)
    {
        public static LedgerAmounts From(System.Text.Json.Nodes.JsonObject amounts) =>
            new((long)amounts["charged"]!, (long)amounts["authorized"]!, (long)amounts["refunded"]!, (long)amounts["reserved"]!);

        public static LedgerAmounts operator +(LedgerAmounts one, LedgerAmounts other) => new(one.Charged + other.Charged, one.Authorized + other.Authorized,
            one.Refunded + other.Refunded, one.Reserved + other.Reserved, one.Released || other.Released);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"charged {Charged}, authorised {Authorized}, refunded {Refunded}, reserved {Reserved}, released {Released}");
    }
}
