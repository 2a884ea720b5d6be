using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Integration;

/// <summary>The plugin's client and the simulator, written apart, understand each other.</summary>
[TestFixture]
internal sealed class PluginClientTests : SimulatorFixture
{
    private static readonly ApiCredentials _credentials = new(MultiSafepayEnvironment.Test, SimulatorRun.Key);

    private async Task WithClientAsync(Func<MultiSafepayClient, Task> work)
    {
        using var http = new HttpClient();
        await work(new(http, ApiEndpoints.From(new Uri(Run.Url, "v1/json/").ToString()), TimeProvider.System));
    }

    private OrderRequest Request(string gateway = "IDEAL") => new()
    {
        Type = "redirect",
        OrderId = "order-1",
        Gateway = gateway,
        Currency = "EUR",
        Amount = 1234,
        Description = "Test order",
        PaymentOptions = new() { NotificationUrl = Run.Shop.Url + "notify", NotificationMethod = "POST" },
        Customer = new() { IpAddress = "203.0.113.7", FirstName = "Ann", Country = "NL" },
        Var1 = "note 7",
    };

    [Test]
    public Task An_order_and_its_refund_round_trip() => WithClientAsync(async client =>
    {
        var created = await client.CreateOrderAsync(_credentials, Request(), CancellationToken.None);
        Assert.That((created.OrderId, new Uri(created.PaymentUrl).Host), Is.EqualTo(("order-1", Run.Url.Host)));
        await Run.MoveAsync("order-1", "completed");

        var refund = await client.RefundAsync(_credentials, "order-1", new() { Currency = "EUR", Amount = 234 }, CancellationToken.None);
        var read = await client.GetOrderAsync(_credentials, "order-1", CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That((read.Status, read.Amount, read.AmountRefunded, read.Currency, read.Var1), Is.EqualTo(("partial_refunded", 1234L, 234L, "EUR", "note 7")));
            Assert.That(read.RelatedTransactions.Single().TransactionId, Is.EqualTo(refund.TransactionId));
            Assert.That(read.PaymentMethods.Single().Type, Is.EqualTo("IDEAL"));
            Assert.That(read.Costs.Single(cost => cost.Type == "SYSTEM").Amount, Is.EqualTo(0.29m));
        });

        // What is notified reads like what is fetched.
        var told = Transaction.Parse((await Run.Shop.WaitAsync(2))[1].Body);
        Assert.That((told.TransactionId, told.Status, told.AmountRefunded), Is.EqualTo((read.TransactionId, read.Status, read.AmountRefunded)));
    });

    [Test]
    public async Task A_notification_of_the_simulator_is_believed()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        var notification = (await Run.Shop.WaitAsync(1))[0];
        Assert.That(
            NotificationSignature.Verify(notification.Auth, notification.Body, new SigningKey(SimulatorRun.Key), Run.Time.GetUtcNow(), TimeSpan.FromMinutes(10)),
            Is.EqualTo(SignatureVerdict.Valid));
    }

    [Test]
    public Task An_order_without_a_transaction_is_read() => WithClientAsync(async client =>
    {
        await client.CreateOrderAsync(_credentials, Request(), CancellationToken.None);
        var read = await client.GetOrderAsync(_credentials, "order-1", CancellationToken.None);
        Assert.That((read.Status, read.TransactionId), Is.EqualTo(("initialized", (string?)null)));
    });

    [Test]
    public Task API_errors_keep_their_code() => WithClientAsync(async client =>
    {
        await client.CreateOrderAsync(_credentials, Request(), CancellationToken.None);
        await Run.MoveAsync("order-1", "completed");
        Task[] calls =
        [
            client.CreateOrderAsync(_credentials, Request(), CancellationToken.None),
            client.CreateOrderAsync(_credentials, Request() with { OrderId = "order-2", Currency = "XYZ" }, CancellationToken.None),
            client.RefundAsync(_credentials, "order-1", new() { Currency = "EUR", Amount = 1235 }, CancellationToken.None),
            client.GetAccountAsync(new(MultiSafepayEnvironment.Test, "wrong"), CancellationToken.None),
        ];
        var codes = calls.Select(call => Assert.ThrowsAsync<MultiSafepayApiException>(() => call)!.Code);
        Assert.That(codes, Is.EqualTo([1006, 1002, 1034, 1032]));
    });

    [Test]
    public Task A_lost_refund_response_has_an_unknown_outcome() => WithClientAsync(async client =>
    {
        await client.CreateOrderAsync(_credentials, Request(), CancellationToken.None);
        await Run.MoveAsync("order-1", "completed");
        await Run.SetFaultAsync(new() { ["kind"] = "drop-answer-after-work", ["path"] = "orders/*/refunds" });
        var refund = new RefundRequest { Currency = "EUR", Amount = 100 };
        var lost = Assert.ThrowsAsync<MultiSafepayApiException>(() => client.RefundAsync(_credentials, "order-1", refund, CancellationToken.None));
        Assert.That(lost!.OutcomeUnknown, Is.True);
        Assert.That((await client.GetOrderAsync(_credentials, "order-1", CancellationToken.None)).AmountRefunded, Is.EqualTo(100));
    });

    [Test]
    public Task Payment_methods_and_account_are_read() => WithClientAsync(async client =>
    {
        var methods = await client.GetPaymentMethodsAsync(_credentials, new() { Country = "NL", Currency = "EUR" }, CancellationToken.None);
        Assert.That(methods.Select(method => method.Id), Does.Contain("IDEAL").And.Contain("KLARNA"));
        Assert.That(methods.Single(method => method.Id == "KLARNA").ShoppingCartRequired, Is.True);
        Assert.That((await client.GetAccountAsync(_credentials, CancellationToken.None)).SiteId, Is.EqualTo("1001"));
    });

    [TestCase("giftcard", "VISA")]
    [TestCase("uncleared", "VISA")]
    [TestCase("expired", "IDEAL")]
    public Task Every_transaction_state_is_read(string to, string gateway) => WithClientAsync(async client =>
    {
        await client.CreateOrderAsync(_credentials, Request(gateway), CancellationToken.None);
        await Run.MoveAsync("order-1", to);
        var read = await client.GetOrderAsync(_credentials, "order-1", CancellationToken.None);
        Assert.That(read.PaymentMethods.Sum(method => method.Amount), Is.EqualTo(1234));
        Assert.That(read.Status, Is.EqualTo((string?)(await Run.LookAsync("order-1"))["status"]));
    });

    [Test]
    public Task A_capture_and_a_release_round_trip() => WithClientAsync(async client =>
    {
        await client.CreateOrderAsync(_credentials, Request("VISA") with { Capture = "manual" }, CancellationToken.None);
        await Run.MoveAsync("order-1", "authorised");

        var captured = await client.CaptureAsync(_credentials, "order-1", new() { Amount = 1000, NewOrderId = "order-1-a" }, CancellationToken.None);
        var capture = await client.GetOrderAsync(_credentials, "order-1-a", CancellationToken.None);
        Assert.That((captured.OrderId, captured.TransactionId, capture.AuthOrderId, capture.Amount), Is.EqualTo(("order-1-a", capture.TransactionId, "order-1", 1000L)));

        await client.ReleaseAsync(_credentials, "order-1", "Not needed", CancellationToken.None);
        var held = await client.GetOrderAsync(_credentials, "order-1", CancellationToken.None);
        Assert.That((held.Status, held.PaymentDetails!.CaptureRemain), Is.EqualTo(("void", 0L)));
        Assert.That(held.RelatedTransactions.Select(related => (related.Type, related.Amount)), Is.EqualTo(new[] { ("capture", (long?)1000), ("auth-cancellation", 234) }));
    });

    [Test]
    public Task A_reserved_refund_can_be_withdrawn() => WithClientAsync(async client =>
    {
        await Run.SetFaultAsync(new() { ["kind"] = "insufficient-balance" });
        await client.CreateOrderAsync(_credentials, Request(), CancellationToken.None);
        await Run.MoveAsync("order-1", "completed");
        var refund = await client.RefundAsync(_credentials, "order-1", new() { Currency = "EUR", Amount = 234, RefundOrderId = "refund-1" }, CancellationToken.None);
        var waiting = await client.GetOrderAsync(_credentials, "order-1", CancellationToken.None);
        Assert.That((waiting.AmountRefunded, waiting.RelatedTransactions.Single().Status), Is.EqualTo((0L, "reserved")));

        await client.WithdrawRefundAsync(_credentials, "order-1", refund.TransactionId!, CancellationToken.None);

        Assert.That((await client.GetOrderAsync(_credentials, "order-1", CancellationToken.None)).RelatedTransactions.Single().Status, Is.EqualTo("void"));
        var again = Assert.ThrowsAsync<MultiSafepayApiException>(() => client.WithdrawRefundAsync(_credentials, "order-1", refund.TransactionId!, CancellationToken.None));
        Assert.That(again!.Code, Is.EqualTo(MultiSafepayErrorCodes.Refund));
    });
}
