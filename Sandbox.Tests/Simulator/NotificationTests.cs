using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>How notifications leave, what counts as acknowledged, and when they are sent again.</summary>
[TestFixture]
internal sealed class NotificationTests : SimulatorFixture
{
    private static readonly TimeSpan _resendInterval = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan _tolerance = TimeSpan.FromSeconds(600);

    /// <summary>What a shop is to think of a signature.</summary>
    internal enum SignatureCheck
    {
        Valid,
        Missing,
        Mismatch,
        Expired,
    }

    /// <summary>The first notification, once the simulator has written down this many attempts.</summary>
    private async Task<JsonNode> FirstDeliveryAsync(int attempts = 1)
    {
        for (var i = 0; i < 1000; i++)
        {
            var delivery = (await Run.LookAsync("order-1"))["deliveries"]![0]!;
            if (delivery["attempts"]!.AsArray().Count == attempts)
                return delivery;
            await Task.Delay(10);
        }

        throw new AssertionException($"There were never {attempts} attempts.");
    }

    private SignatureCheck VerifySignature(Notification notification, string key = SimulatorRun.Key)
    {
        if (notification.Auth is null)
            return SignatureCheck.Missing;
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(notification.Query["timestamp"], CultureInfo.InvariantCulture));
        if (notification.Auth != NotificationSigner.Sign(notification.Body, key, at))
            return SignatureCheck.Mismatch;
        return (Run.Time.GetUtcNow() - at).Duration() <= _tolerance ? SignatureCheck.Valid : SignatureCheck.Expired;
    }

    [Test]
    public async Task A_POST_notification_carries_the_order_and_its_signature()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        var notification = (await Run.Shop.WaitAsync(1))[0];
        var timestamp = Run.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.Multiple(() =>
        {
            Assert.That(notification.Method, Is.EqualTo("POST"));
            Assert.That(notification.Path, Is.EqualTo("/notify"));
            Assert.That(notification.Query, Is.EquivalentTo(new Dictionary<string, string> { ["transactionid"] = "order-1", ["timestamp"] = timestamp }));
            Assert.That((string?)notification.Json["order_id"], Is.EqualTo("order-1"));
            Assert.That((notification.Status, notification.FinancialStatus), Is.EqualTo(("completed", "completed")));
            Assert.That(VerifySignature(notification), Is.EqualTo(SignatureCheck.Valid));
            Assert.That(VerifySignature(notification, SimulatorRun.OtherKey), Is.EqualTo(SignatureCheck.Mismatch));
        });
    }

    [Test]
    public async Task A_notification_body_equals_the_order_response_with_the_IBAN_masked()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        var shown = (await Run.GetAsync("orders/order-1")).Data;
        var iban = (string)shown["payment_details"]!["account_iban"]!;
        Assert.That(iban, Does.StartWith("NL"));

        var body = (await Run.Shop.WaitAsync(1))[0].Json;
        Assert.That((string?)body["payment_details"]!["account_iban"], Is.EqualTo("*** " + iban[^4..]));
        Assert.That(body.ToJsonString().Replace("*** " + iban[^4..], iban, StringComparison.Ordinal), Is.EqualTo(shown.ToJsonString()));
    }

    [TestCase("Antonín Dvořák")]
    [TestCase("O'Brien & <Zoon>")]
    [TestCase("Шипка Ωmega 漢字 🎁")]
    [TestCase("no-break\u00A0space \u007F")]
    [TestCase(@"C:\u00e9 \\u00e9 ""quoted"" a/b")]
    public async Task A_notification_body_is_compact_UTF8_without_needless_escapes(string name)
    {
        var order = Run.Order();
        order["description"] = name;
        await Run.MakeAsync(order, "completed");

        var notification = (await Run.Shop.WaitAsync(1))[0];
        var written = "\"" + name.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
        Assert.That(Encoding.UTF8.GetString(notification.Body), Does.Contain($"\"description\":{written},"));
        Assert.That((string?)notification.Json["description"], Is.EqualTo(name));
        Assert.That(VerifySignature(notification, SimulatorRun.Key), Is.EqualTo(SignatureCheck.Valid));
    }

    [Test]
    public async Task An_order_of_another_site_is_signed_with_the_key_of_that_site()
    {
        (await Run.PostAsync("orders", Run.Order(), SimulatorRun.OtherKey)).AssertSuccess();
        await Run.MoveAsync("order-1", "completed");
        Assert.That(VerifySignature((await Run.Shop.WaitAsync(1))[0], SimulatorRun.OtherKey), Is.EqualTo(SignatureCheck.Valid));
    }

    [Test]
    public async Task A_GET_notification_carries_neither_body_nor_signature()
    {
        var order = Run.Order();
        order["payment_options"]!["notification_method"] = "GET";
        await Run.MakeAsync(order, "completed");
        var notification = (await Run.Shop.WaitAsync(1))[0];
        Assert.That((notification.Method, notification.Auth, notification.Body.Length), Is.EqualTo(("GET", (string?)null, 0)));
        Assert.That(notification.Query["transactionid"], Is.EqualTo("order-1"));
    }

    [TestCase(200, "OK", true)]
    [TestCase(200, "MULTISAFEPAY_OK", true)]
    [TestCase(200, "<html>all is OK</html>", true)]
    [TestCase(200, "", false)]
    [TestCase(200, "ok", false)]
    [TestCase(200, "BOOKED", false)]
    [TestCase(204, "", false)]
    [TestCase(201, "OK", false)]
    [TestCase(302, "OK", false)]
    [TestCase(403, "OK", false)]
    [TestCase(404, "OK", false)]
    [TestCase(500, "OK", false)]
    public async Task A_notification_is_acknowledged_only_by_status_200_with_OK(int status, string body, bool acknowledged)
    {
        Run.Shop.Answer = (status, body, status == 302 ? "/login" : null);
        await Run.MakeAsync(Run.Order(), "completed");
        await Run.Shop.WaitAsync(1);
        var delivery = await FirstDeliveryAsync();
        Assert.That((string?)delivery["state"], Is.EqualTo(acknowledged ? "acknowledged" : "waiting-to-resend"));
        Assert.That((int)delivery["attempts"]![0]!["status_code"]!, Is.EqualTo(status));
    }

    [TestCase(98, true)]
    [TestCase(99, false)]
    public async Task An_acknowledgement_counts_only_within_the_first_100_characters(int before, bool acknowledged)
    {
        Run.Shop.Answer = (200, new string(' ', before) + "OK", null);
        await Run.MakeAsync(Run.Order(), "completed");
        await Run.Shop.WaitAsync(1);
        Assert.That((string?)(await FirstDeliveryAsync())["state"], Is.EqualTo(acknowledged ? "acknowledged" : "waiting-to-resend"));
    }

    [Test]
    public async Task An_unacknowledged_notification_is_resent_three_times_and_then_given_up()
    {
        Run.Shop.Answer = (500, "no", null);
        await Run.MakeAsync(Run.Order(), "completed");

        for (var sent = 2; sent <= 4; sent++)
        {
            await FirstDeliveryAsync(sent - 1);
            Run.Time.Advance(_resendInterval - TimeSpan.FromSeconds(1));
            await Run.Shop.WaitAsync(sent - 1);
            Run.Time.Advance(TimeSpan.FromSeconds(1));
            var received = await Run.Shop.WaitAsync(sent);
            Assert.That(VerifySignature(received[^1]), Is.EqualTo(SignatureCheck.Valid), "newly signed");
        }

        Assert.That((string?)(await FirstDeliveryAsync(4))["state"], Is.EqualTo("given-up"));
        Run.Time.Advance(10 * _resendInterval);
        var all = await Run.Shop.WaitAsync(4);
        Assert.That(all.Select(notification => notification.Query["timestamp"]).Distinct().Count(), Is.EqualTo(4), "newly timestamped");
        Assert.That(all.Select(notification => notification.Auth).Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public async Task No_notification_is_resent_after_an_acknowledgement()
    {
        Run.Shop.Answer = (503, "", null);
        await Run.MakeAsync(Run.Order(), "completed");
        await FirstDeliveryAsync(1);
        Run.Shop.Answer = (200, "OK", null);
        Run.Time.Advance(_resendInterval);
        await FirstDeliveryAsync(2);
        Run.Time.Advance(_resendInterval);
        await Run.Shop.WaitAsync(2);
        Assert.That((string?)(await FirstDeliveryAsync(2))["state"], Is.EqualTo("acknowledged"));
    }

    [Test]
    public async Task A_notification_to_an_unreachable_shop_is_unacknowledged()
    {
        var order = Run.Order();
        order["payment_options"]!["notification_url"] = "http://127.0.0.1:1/notify";
        await Run.MakeAsync(order, "completed");
        var delivery = await FirstDeliveryAsync();
        Assert.That((string?)delivery["state"], Is.EqualTo("waiting-to-resend"));
        Assert.That((int)delivery["attempts"]![0]!["status_code"]!, Is.Zero);
    }

    [Test]
    public async Task Notifications_of_one_order_are_sent_in_order()
    {
        await Run.MakeAsync(Run.Order(), "started", "uncleared", "completed", "shipped", "refunded");
        Assert.That((await Run.Shop.WaitAsync(4)).Select(notification => notification.Status), Is.EqualTo(["uncleared", "completed", "shipped", "refunded"]));
    }

    [Test]
    public async Task A_notification_URL_on_another_machine_is_not_called()
    {
        var order = Run.Order();
        order["payment_options"]!["notification_url"] = "https://shop.example/notify";
        var delivery = (await Run.MakeAsync(order, "completed"))["deliveries"]![0]!;
        Assert.That((string?)delivery["state"], Is.EqualTo("not-sent"));
        Assert.That((string?)delivery["note"], Does.Contain("this machine"));
    }

    [Test]
    public async Task An_order_without_a_notification_URL_uses_that_of_the_site_or_none()
    {
        var order = Run.Order();
        order["payment_options"]!.AsObject().Remove("notification_url");
        var delivery = (await Run.MakeAsync(order, "completed"))["deliveries"]![0]!;
        Assert.That((string?)delivery["state"], Is.EqualTo("not-sent"));

        await using var other = await SimulatorRun.StartAsync(options => options with
        {
            Sites = [new(1001, SimulatorRun.Key) { NotificationUrl = Run.Shop.Url + "site-wide" }],
        });
        await other.MakeAsync((JsonObject)order.DeepClone(), "completed");
        Assert.That((await Run.Shop.WaitAsync(1))[0].Path, Is.EqualTo("/site-wide"));
    }

    [TestCase("wrong_key", SignatureCheck.Mismatch)]
    [TestCase("altered_body", SignatureCheck.Mismatch)]
    [TestCase("unsigned", SignatureCheck.Missing)]
    public async Task A_forged_notification_fails_signature_verification(string twist, SignatureCheck verdict)
    {
        await Run.MakeAsync(Run.Order());
        using var response = await Run.ControlAsync(HttpMethod.Post, "orders/order-1/notifications", new JsonObject { [twist] = true });
        response.EnsureSuccessStatusCode();
        Assert.That(VerifySignature((await Run.Shop.WaitAsync(1))[0]), Is.EqualTo(verdict));
    }

    [Test]
    public async Task A_stale_notification_has_an_expired_signature()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        await Run.Shop.WaitAsync(1);
        using var response = await Run.ControlAsync(HttpMethod.Post, "orders/order-1/notifications", new JsonObject { ["age_seconds"] = 601 });
        response.EnsureSuccessStatusCode();
        Assert.That(VerifySignature((await Run.Shop.WaitAsync(2))[1]), Is.EqualTo(SignatureCheck.Expired));
    }

    [Test]
    public async Task A_lost_notification_is_never_sent_and_the_next_one_arrives()
    {
        await Run.MakeAsync(Run.Order());
        await Run.SetFaultAsync(new() { ["kind"] = "lose-notification", ["times"] = 1 });
        await Run.MoveAsync("order-1", "uncleared");
        await Run.MoveAsync("order-1", "completed");
        await Run.Shop.WaitAsync(1);
        await Run.PassUntilAsync(TimeSpan.FromHours(1), () => Run.Shop.Received.Count > 0);
        Assert.That(Run.Shop.Received.Select(notification => notification.Status), Is.EqualTo(new[] { "completed" }));
    }

    [Test]
    public async Task Duplicate_notifications_are_sent_together_and_overtake_delayed_ones()
    {
        await Run.MakeAsync(Run.Order());
        await Run.SetFaultAsync(new() { ["kind"] = "delay-notification", ["milliseconds"] = 60_000 });
        await Run.MoveAsync("order-1", "uncleared");
        await Run.SetFaultAsync(new() { ["kind"] = "duplicate-notification", ["copies"] = 3 });
        await Run.MoveAsync("order-1", "completed");
        Assert.That((await Run.Shop.WaitAsync(3)).Select(notification => notification.Status), Is.All.EqualTo("completed"));
        await Run.PassUntilAsync(TimeSpan.FromMinutes(1), () => Run.Shop.Received.Count == 4);
        Assert.That(Run.Shop.Received[3].Status, Is.EqualTo("uncleared"));
    }
}
