using System.Text;
using System.Text.Json;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using SharpFuzz;

// What AFL++ feeds: a header in the first line, a body in the others. The body goes on to the reader and the decision whether it is signed or not, since a fuzzer
// cannot sign. Whatever is thrown but "this is no transaction" is a finding, and so is an order that is paid with another amount than was charged.
const string ApiKey = "made-up-key-for-the-fuzzer";
var now = DateTimeOffset.FromUnixTimeSeconds(1_893_553_445);

if (args is ["seeds", var folder])
{
    Seeds.Write(folder, ApiKey, now);
    return;
}

// Nothing of the plugin may run before: its instrumented code writes to memory that the fuzzer sets up.
Fuzzer.OutOfProcess.Run(stream =>
{
    using var copy = new MemoryStream();
    stream.CopyTo(copy);
    var input = copy.ToArray();
    var end = Math.Max(0, Array.IndexOf(input, (byte)'\n'));
    var body = input.AsSpan(Math.Min(end + 1, input.Length));
    NotificationSignature.Verify(Encoding.Latin1.GetString(input, 0, end), body, new SigningKey(ApiKey), now, NotificationSignature.DefaultTolerance);

    Transaction transaction;
    try
    {
        transaction = Transaction.Parse(body);
        _ = Transaction.ParseNotification(body);
    }
    catch (JsonException)
    {
        return;
    }

    var attempt = new PaymentAttempt
    {
        OrderId = "1",
        Environment = MultiSafepayEnvironment.Test,
        Currency = "EUR",
        Amount = 1000,
        CurrencyRate = 1,
        CreatedUtc = now.UtcDateTime,
        ExpiresUtc = now.UtcDateTime.AddDays(1)
    };
    foreach (var order in (OrderSnapshot[])
    [
        new(OrderStatus.Pending, PaymentStatus.Pending, 10, 0, null, null),
        new(OrderStatus.Processing, PaymentStatus.Authorized, 10, 0, "990001", null),
        new(OrderStatus.Processing, PaymentStatus.Paid, 10, 0, null, "990001"),
        new(OrderStatus.Cancelled, PaymentStatus.Pending, 10, 0, null, null)
    ])
    {
        var actions = Decision.Decide(order, new PaymentRecord { Attempts = [attempt] }, CapturedPayments.Whole(transaction, []), StatusMapping.Recommended);
        if (actions.Any(action => action is SyncAction.Pay or SyncAction.Authorize) && (transaction.Amount != attempt.Amount || order.PaymentStatus == PaymentStatus.Paid))
            throw new InvalidOperationException("Paid without the payment.");
        _ = PaymentMeans.From(transaction);
    }
});

/// <summary>What the fuzzer starts from.</summary>
internal static class Seeds
{
    private static readonly string[] _bodies =
    [
        """{"order_id":"1","transaction_id":"990001","status":"completed","financial_status":"completed","amount":1000,"currency":"EUR","payment_details":{"type":"IDEAL"}}""",
        """{"order_id":"1","transaction_id":990001,"status":"completed","financial_status":"initialized","amount":"1000","currency":"EUR","""
            + """ "payment_details":{"type":"VISA","capture":"manual","capture_remain":500},"related_transactions":[{"type":"capture","status":"completed","amount":500}]}""",
        """{"order_id":"1","transaction_id":"990001","status":"partial_refunded","financial_status":"completed","amount":1000,"amount_refunded":300,"currency":"EUR","""
            + """ "related_transactions":{"0":{"type":"refund","status":"completed","amount":300}}}""",
        """{"order_id":"1","transaction_id":"990001","status":"chargeback","amount":1000,"currency":"EUR","""
            + """ "related_transactions":[{"type":"chargeback","amount":1000},{"type":"reverse-chargeback","amount":1000}],"costs":[{"amount":0.49}]}""",
        """{"order_id":"1","transaction_id":"990001","status":"expired","amount":1000,"currency":"EUR","payment_methods":[{"type":"COUPON","amount":250},{"type":"IDEAL","amount":750}],"""
            + """ "checkout_options":{"default":{"rate":0.21}},"shopping_cart":{"items":[{"name":"x","quantity":1}]}}"""
    ];

    public static void Write(string folder, string apiKey, DateTimeOffset at)
    {
        Directory.CreateDirectory(folder);
        foreach (var (body, number) in _bodies.Select((body, number) => (Encoding.UTF8.GetBytes(body), number)))
            File.WriteAllBytes(Path.Combine(folder, FormattableString.Invariant($"{number}.txt")), [.. Encoding.ASCII.GetBytes(NotificationSignature.CreateHeader(body, apiKey, at) + "\n"), .. body]);
    }
}
