using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization.Notifications;

/// <summary>The webhook over real HTTP: what it accepts, what it answers, and what it leaves behind.</summary>
[TestFixture]
internal sealed class WebhookTests : IntegrationFixture
{
    [Test]
    public async Task A_payment_at_MultiSafepay_pays_the_order_once()
    {
        var (order, location) = await Host.BuyAsync();
        Assert.That(location, Does.StartWith(Host.Simulator.Url.ToString()), "the browser goes to the payment page");

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await Host.UntilAsync(order, PaymentStatus.Paid);
        await IntegrationHost.UntilAsync(
            async () => (string?)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["deliveries"]![0]!["state"] == "acknowledged",
            "the notification is acknowledged");

        var paid = await Host.ReloadAsync(order);
        Assert.That(paid.CaptureTransactionId, Is.Not.Null.And.Not.Empty);
        Assert.That(paid.OrderStatus, Is.EqualTo(OrderStatus.Processing));
        Assert.That(await Host.OurNotesAsync(order), Has.Count.EqualTo(1).And.One.Contains(paid.CaptureTransactionId));
    }

    [Test]
    public async Task Nothing_is_decided_about_an_order_whose_record_a_newer_version_wrote()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var row = (await Host.Shop.Database.ListAsync<MultiSafepayPayment>(row => row.OrderId == order.Id)).MaxBy(row => row.Version)!;
        var json = JsonNode.Parse(row.Record)!;
        json["Version"] = PaymentRecord.CurrentVersion + 1;
        row.Record = json.ToJsonString();
        await Host.Shop.Database.UpdateAsync(row);

        var (status, _, _) = await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber));

        Assert.That((status, (await Host.ReloadAsync(order)).PaymentStatus), Is.EqualTo((HttpStatusCode.ServiceUnavailable, PaymentStatus.Pending)), "MultiSafepay sends again");
    }

    [Test]
    public async Task A_repeated_notification_writes_nothing()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = IntegrationHost.Body(order, order.CustomOrderNumber);
        await Host.NotifyAsync(body);
        var mails = Host.Shop.Database.Mails.ForOrder(order.Id).Count;

        var before = Host.Shop.Database.Writes;
        var (status, text, _) = await Host.NotifyAsync(body);

        Assert.That((status, text), Is.EqualTo((HttpStatusCode.OK, "OK")));
        Assert.That(Host.Shop.Database.Writes, Is.EqualTo(before), "a repetition writes nothing");
        Assert.That(await Host.OurNotesAsync(order), Has.Count.EqualTo(1));
        Assert.That(Host.Shop.Database.Mails.ForOrder(order.Id), Has.Count.EqualTo(mails));
    }

    [Test]
    public async Task A_notification_without_a_valid_signature_is_rejected()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = IntegrationHost.Body(order, order.CustomOrderNumber);
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());

        Assert.Multiple(async () =>
        {
            Assert.That((await Host.PostAsync(bytes, key: null)).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "no signature");
            Assert.That((await Host.NotifyAsync(body, key: "another-made-up-key")).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "another key");
            Assert.That((await Host.NotifyAsync(body, age: TimeSpan.FromSeconds(601))).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "too old");
            Assert.That((await Host.NotifyAsync(body, storeId: 77)).Status, Is.EqualTo(HttpStatusCode.NotFound), "another store's door");
        });
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
        Assert.That((await Host.NotifyAsync(body, age: TimeSpan.FromSeconds(600))).Status, Is.EqualTo(HttpStatusCode.OK), "just in time");
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
    }

    [Test]
    public async Task The_order_is_taken_from_the_signed_body_and_not_from_the_query()
    {
        var first = await Host.BuyWithoutNotificationsAsync();
        var second = await Host.BuyWithoutNotificationsAsync();

        var (status, _, _) = await Host.NotifyAsync(IntegrationHost.Body(first, first.CustomOrderNumber), query: $"?transactionid={second.CustomOrderNumber}&timestamp=1");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Host.ReloadAsync(first)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That((await Host.ReloadAsync(second)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
    }

    [Test]
    public async Task A_notification_for_one_order_does_not_pay_another_with_its_order_id()
    {
        var cheap = await Host.BuyWithoutNotificationsAsync(productId: 7);
        var dear = await Host.BuyWithoutNotificationsAsync(productId: 5);

        var forOther = IntegrationHost.Body(dear, cheap.CustomOrderNumber);
        Assert.That((await Host.NotifyAsync(forOther)).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That((await Host.ReloadAsync(dear)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
        Assert.That((await Host.ReloadAsync(cheap)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
        Assert.That(await Host.OurNotesAsync(dear), Has.One.Contains(cheap.CustomOrderNumber));
    }

    [TestCase("not json", HttpStatusCode.BadRequest)]
    [TestCase("[]", HttpStatusCode.BadRequest)]
    [TestCase("{}", HttpStatusCode.BadRequest)]
    [TestCase("", HttpStatusCode.BadRequest)]
    [TestCase("""{"order_id":"1","status":"completed"}""", HttpStatusCode.NotFound)]
    [TestCase("""{"order_id":"1","status":"completed","var1":"not a guid"}""", HttpStatusCode.NotFound)]
    [TestCase("""{"order_id":"1","status":"completed","var1":"7d444840-9dc0-11d1-b245-5ffdce74fad2"}""", HttpStatusCode.NotFound)]
    public async Task An_unreadable_body_is_answered_with_400_and_an_unknown_order_with_404(string body, HttpStatusCode expected)
    {
        var (status, text, answer) = await Host.PostAsync(Encoding.UTF8.GetBytes(body));
        Assert.That(status, Is.EqualTo(expected));
        Assert.That(text, Is.Not.Empty.And.Length.LessThan(100));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/plain"));
    }

    [Test]
    public async Task A_body_beyond_the_limit_is_rejected()
    {
        Assert.That((await Host.PostAsync(new byte[MultiSafepayDefaults.MaxNotificationBytes + 1])).Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That((await Host.PostAsync(new byte[MultiSafepayDefaults.MaxNotificationBytes])).Status, Is.EqualTo(HttpStatusCode.BadRequest), "the largest one is read");
    }

    [Test]
    public async Task A_notification_without_a_transaction_is_acknowledged_and_ignored()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var (status, text, _) = await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, "cancelled"), query: "?payload_type=pretransaction");

        Assert.That((status, text), Is.EqualTo((HttpStatusCode.OK, "OK")));
        Assert.That(await Host.OurNotesAsync(order), Is.Empty);
    }

    [Test]
    public async Task A_notification_sets_no_cookie_and_creates_no_guest()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var guests = (await Host.Shop.GuestsAsync()).Count;

        var (_, _, paid) = await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber));
        var (_, _, refused) = await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber), key: "another-made-up-key");

        Assert.That(paid.Headers.Contains("Set-Cookie") || refused.Headers.Contains("Set-Cookie"), Is.False);
        Assert.That(await Host.Shop.GuestsAsync(), Has.Count.EqualTo(guests));
    }

    [TestCase(-1, "EUR")]
    [TestCase(1, "EUR")]
    [TestCase(0, "USD")]
    public async Task A_wrong_amount_or_currency_does_not_pay_the_order_and_warns_the_owner(int difference, string currency)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var charged = (await Host.RecordAsync(order)).Current!.Amount;

        var body = IntegrationHost.Body(order, order.CustomOrderNumber, amount: charged + difference, currency: currency);
        Assert.That((await Host.NotifyAsync(body)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Host.NotifyAsync(body)).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
        Assert.That(await Host.OurNotesAsync(order), Has.Count.EqualTo(1).And.One.Contains("NOT"));
        Assert.That(await Host.WarningsAsync(), Has.One.Contains("WrongAmount"));
    }

    [TestCase("declined", "declined")]
    [TestCase("cancelled", "cancelled")]
    [TestCase("void", "cancelled")]
    public async Task A_failed_payment_adds_an_order_note_and_leaves_the_order_payable(string status, string financialStatus)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, status, financialStatus))).Status, Is.EqualTo(HttpStatusCode.OK));

        var after = await Host.ReloadAsync(order);
        Assert.That((after.PaymentStatus, after.OrderStatus), Is.EqualTo((PaymentStatus.Pending, OrderStatus.Pending)));
        Assert.That(await Host.OurNotesAsync(order), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_unknown_status_is_noted_and_changes_nothing()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, "teleported"))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("teleported"));
    }

    [Test]
    public async Task An_expiry_is_applied_only_if_the_API_confirms_it()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");

        // An earlier transaction of the same order id runs out after a later one was paid.
        Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, "expired"))).Status, Is.EqualTo(HttpStatusCode.OK));

        var after = await Host.ReloadAsync(order);
        Assert.That((after.PaymentStatus, after.OrderStatus), Is.EqualTo((PaymentStatus.Paid, OrderStatus.Processing)), "the API knows of the payment");
    }

    [Test]
    public async Task An_expiry_that_cannot_be_confirmed_is_answered_with_503()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["method"] = "GET", ["status"] = 503, ["times"] = 10 });

        Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, "expired"))).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((await Host.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Pending));
    }

    [Test]
    public async Task An_unsigned_GET_notification_pulls_the_order_it_names()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");

        Assert.That(await Host.HintAsync(order.CustomOrderNumber), Is.EqualTo((HttpStatusCode.OK, "OK")));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));

        var calls = (await Host.ApiCallsAsync()).Count;
        Assert.That(await Host.HintAsync(order.CustomOrderNumber), Is.EqualTo((HttpStatusCode.OK, "OK")));
        Assert.That(await Host.ApiCallsAsync(), Has.Count.EqualTo(calls), "a paid order is not asked about");
    }

    [Test]
    public async Task Unsigned_notifications_about_unknown_orders_make_no_API_call()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var calls = (await Host.ApiCallsAsync()).Count;
        Assert.Multiple(async () =>
        {
            Assert.That((await Host.HintAsync("987654")).Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await Host.HintAsync($"{order.CustomOrderNumber}-2")).Status, Is.EqualTo(HttpStatusCode.NotFound), "an attempt that was never made");
            Assert.That((await Host.HintAsync(order.CustomOrderNumber, storeId: 2)).Status, Is.EqualTo(HttpStatusCode.NotFound), "another store's door");
            Assert.That((await Host.HintAsync(new string('9', 200))).Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
        Assert.That(await Host.ApiCallsAsync(), Has.Count.EqualTo(calls));
    }

    [Test]
    public async Task Many_unsigned_notifications_make_a_bounded_number_of_API_calls()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var calls = (await Host.ApiCallsAsync()).Count;

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
            answers.Add((await Host.HintAsync(order.CustomOrderNumber)).Status);

        Assert.That(answers, Has.Some.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((await Host.ApiCallsAsync()).Count - calls, Is.LessThanOrEqualTo(PublicEndpointRateLimiter.BurstPerOrder + 2));
    }

    [Test]
    public async Task A_notification_signed_with_the_live_key_does_not_pay_a_test_order()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        const string LiveKey = "made-up-live-key-0001";
        await Host.Shop.InScopeAsync(services =>
        {
            var storeSettings = (StoreSettings)services.GetService(typeof(StoreSettings))!;
            return Host.SetAsync(settings => settings.LiveApiKey = storeSettings.Protect(LiveKey));
        });

        Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber), key: LiveKey)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
    }
}
