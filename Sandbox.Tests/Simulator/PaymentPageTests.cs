using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>What a customer sees on the payment page, and how the shop is notified.</summary>
[TestFixture]
internal sealed class PaymentPageTests : SimulatorFixture
{
    private async Task<string> CreateAsync(JsonObject order) => (string)(await Run.PostAsync("orders", order)).AssertSuccess().Data["payment_url"]!;

    /// <summary>Opens a link that begins a transaction at once; returns the page with the scenarios.</summary>
    private async Task<string> OpenAsync(string link)
    {
        using var opened = await Run.OpenAsync(link);
        Assert.That(opened.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        return opened.Headers.Location!.ToString();
    }

    [TestCase("IDEAL", "completed", "return", "completed", "completed")]
    [TestCase("IDEAL", "declined", "cancel", "declined", "declined")]
    [TestCase("IDEAL", "cancelled", "cancel", "void", "cancelled")]
    [TestCase("IDEAL", "expired", "cancel", "expired", "expired")]
    [TestCase("VISA", "uncleared", "return", "uncleared", "uncleared")]
    [TestCase("VISA", "giftcard", "return", "completed", "completed")]
    public async Task Each_scenario_redirects_the_customer_and_notifies_the_shop(string gateway, string scenario, string leadsTo, string status, string financialStatus)
    {
        var page = await OpenAsync(await CreateAsync(Run.Order(gateway: gateway)));
        using var decided = await Run.PressAsync(page, ("scenario", scenario));
        Assert.That(decided.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(decided.Headers.Location, Is.EqualTo(new Uri(Run.Shop.Url, leadsTo + "?transactionid=order-1")));

        var notification = (await Run.Shop.WaitAsync(1))[0];
        Assert.That((notification.Status, notification.FinancialStatus), Is.EqualTo((status, financialStatus)));
        var shown = (await Run.GetAsync("orders/order-1")).Data;
        Assert.That(((string?)shown["status"], (string?)shown["financial_status"]), Is.EqualTo((status, financialStatus)));
    }

    [Test]
    public async Task An_unopened_payment_link_has_no_transaction()
    {
        await CreateAsync(Run.Order());
        var order = (await Run.GetAsync("orders/order-1")).Data;
        Assert.That((string?)order["status"], Is.EqualTo("initialized"));
        Assert.That(order["transaction_id"], Is.Null);
        Assert.That(order["payment_methods"]!.AsArray(), Is.Empty);
        Assert.That(Run.Shop.Received, Is.Empty);
    }

    [Test]
    public async Task Each_opening_of_the_link_starts_a_transaction_up_to_twenty_times()
    {
        var link = await CreateAsync(Run.Order());
        var pages = new HashSet<string>();
        for (var i = 0; i < 20; i++)
            Assert.That(pages.Add(await OpenAsync(link)), Is.True);

        using var tooOften = await Run.OpenAsync(link);
        Assert.That(tooOften.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That((await Run.LookAsync("order-1"))["transactions"]!.AsArray(), Has.Count.EqualTo(20));
    }

    [Test]
    public async Task A_method_can_be_chosen_at_most_twenty_times()
    {
        var session = new Uri(await CreateAsync(Run.Order(gateway: null))).AbsolutePath;
        for (var i = 0; i < 20; i++)
        {
            using var chosen = await Run.PressAsync(session + "start", ("gateway", "VISA"));
            Assert.That(chosen.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        }

        using var tooOften = await Run.PressAsync(session + "start", ("gateway", "VISA"));
        Assert.That(tooOften.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Paid_and_expired_transactions_notify_under_the_same_order_id()
    {
        var link = await CreateAsync(Run.Order());
        await OpenAsync(link);
        using var paid = await Run.PressAsync(await OpenAsync(link), ("scenario", "completed"));
        await Run.Shop.WaitAsync(1);
        Run.Pass(TimeSpan.FromHours(1));

        var received = await Run.Shop.WaitAsync(2);
        Assert.That(received.Select(notification => notification.Status), Is.EqualTo(["completed", "expired"]));
        Assert.That(received.Select(notification => (string?)notification.Json["order_id"]), Is.All.EqualTo("order-1"));
        Assert.That(received.Select(notification => (long)notification.Json["transaction_id"]!).Distinct().Count(), Is.EqualTo(2));
        Assert.That((string?)(await Run.GetAsync("orders/order-1")).Data["status"], Is.EqualTo("completed"), "the paid one is shown");
    }

    [Test]
    public async Task A_paid_order_cannot_be_paid_again()
    {
        var link = await CreateAsync(Run.Order());
        var first = await OpenAsync(link);
        using var paid = await Run.PressAsync(await OpenAsync(link), ("scenario", "completed"));
        using var again = await Run.OpenAsync(link);
        using var pressedTwice = await Run.PressAsync(first, ("scenario", "completed"));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(pressedTwice.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Without_a_gateway_the_customer_chooses_a_method()
    {
        var link = await CreateAsync(Run.Order(gateway: null));
        using var opened = await Run.OpenAsync(link);
        var html = await opened.Content.ReadAsStringAsync();
        Assert.That(html, Does.Contain("value=\"IDEAL\"").And.Contain("value=\"VISA\""));
        Assert.That(html, Does.Not.Contain("value=\"BIZUM\""), "of another country");
        Assert.That(html, Does.Not.Contain("value=\"KLARNA\""), "needs a cart");
        using var all = await Run.OpenAsync(link + "&methods=all");
        Assert.That(await all.Content.ReadAsStringAsync(), Does.Contain("value=\"BIZUM\""));

        var session = new Uri(link).AbsolutePath;
        using var chosen = await Run.PressAsync(session + "start", ("gateway", "MASTERCARD"));
        using var paid = await Run.PressAsync(chosen.Headers.Location!.ToString(), ("scenario", "completed"));
        var details = (await Run.GetAsync("orders/order-1")).Data["payment_details"]!;
        Assert.That(((string?)details["type"], (string?)details["last4"], (string?)details["card_expiry_date"]), Is.EqualTo(("MASTERCARD", "0004", "3012")));

        using var unknown = await Run.PressAsync(session + "start", ("gateway", "BITCOIN"));
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.Gone), "it is paid");
    }

    [Test]
    public async Task Leaving_before_choosing_a_method_notifies_of_a_cancelled_session()
    {
        var link = await CreateAsync(Run.Order(gateway: null));
        using var left = await Run.PressAsync(new Uri(link).AbsolutePath + "leave");
        Assert.That(left.Headers.Location!.AbsolutePath, Is.EqualTo("/cancel"));

        var notification = (await Run.Shop.WaitAsync(1))[0];
        Assert.That(notification.Query["payload_type"], Is.EqualTo("pretransaction"));
        Assert.That(notification.Status, Is.EqualTo("cancelled"));
        Assert.That(notification.Json["transaction_id"], Is.Null);
        using var reopened = await Run.OpenAsync(link);
        Assert.That(reopened.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
    }

    [Test]
    public async Task Leaving_a_started_transaction_sends_no_notification()
    {
        using var left = await Run.PressAsync(await OpenAsync(await CreateAsync(Run.Order())), ("scenario", "leave"));
        Assert.That(left.Headers.Location!.AbsolutePath, Is.EqualTo("/cancel"));
        await Run.Shop.WaitAsync(0);
        Assert.That((string?)(await Run.GetAsync("orders/order-1")).Data["status"], Is.EqualTo("initialized"));
    }

    [Test]
    public async Task A_gift_card_pays_part_of_the_amount_and_only_the_rest_can_be_refunded()
    {
        using var paid = await Run.PressAsync(await OpenAsync(await CreateAsync(Run.Order(amount: 1001, gateway: "VISA"))), ("scenario", "giftcard"));
        var methods = (await Run.GetAsync("orders/order-1")).Data["payment_methods"]!.AsArray();
        Assert.That(methods.Select(method => ((string)method!["type"]!, (long)method["amount"]!)), Is.EqualTo([("COUPON", 500L), ("VISA", 501L)]));
        (await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = "EUR", ["amount"] = 502 })).AssertRefused(1034);
        (await Run.PostAsync("orders/order-1/refunds", new JsonObject { ["currency"] = "EUR", ["amount"] = 501 })).AssertSuccess();
        Assert.That((string?)(await Run.GetAsync("orders/order-1")).Data["status"], Is.EqualTo("refunded"), "nothing more can be given back");
    }

    [Test]
    public async Task A_bank_transfer_returns_the_customer_before_the_money_arrives()
    {
        var page = await OpenAsync(await CreateAsync(Run.Order(gateway: "BANKTRANS")));
        using var pending = await Run.PressAsync(page, ("scenario", "pending"));
        Assert.That(pending.Headers.Location!.AbsolutePath, Is.EqualTo("/return"));
        Assert.That((string?)(await Run.GetAsync("orders/order-1")).Data["status"], Is.EqualTo("initialized"));
        await Run.MoveAsync("order-1", "completed");
        Assert.That((await Run.Shop.WaitAsync(1))[0].Status, Is.EqualTo("completed"));
    }

    [Test]
    public async Task A_direct_order_starts_its_transaction_immediately()
    {
        var order = Run.Order();
        order["type"] = "direct";
        var answer = (await Run.PostAsync("orders", order)).AssertSuccess().Data;
        Assert.That((string?)answer["status"], Is.EqualTo("initialized"));
        Assert.That((long)answer["transaction_id"]!, Is.GreaterThan(int.MaxValue));
        using var paid = await Run.PressAsync((string)answer["payment_url"]!, ("scenario", "completed"));
        Assert.That(paid.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [Test]
    public async Task Data_from_the_shop_is_encoded_on_the_payment_page()
    {
        const string Attack = "<script>alert('x')</script>";
        var order = Run.Order("<b>id</b>");
        order["description"] = Attack;
        var link = await CreateAsync(order);
        using var page = await Run.OpenAsync(await OpenAsync(link));
        using var overview = await Run.OpenAsync("/");
        using var detail = await Run.OpenAsync("/order?id=" + Uri.EscapeDataString("<b>id</b>"));
        foreach (var response in new[] { page, overview, detail })
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            var html = await response.Content.ReadAsStringAsync();
            Assert.That(html, Does.Contain("&lt;b&gt;id&lt;/b&gt;"));
            Assert.That(html, Does.Not.Contain("<script").And.Not.Contain("<b>id</b>"));
        }
    }

    [Test]
    public async Task An_unknown_payment_link_is_not_found()
    {
        using var response = await Run.OpenAsync("/pay/no-such-session/");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("no such payment link"));
    }

    [Test]
    public async Task A_cross_site_request_to_the_payment_page_is_rejected()
    {
        var page = await OpenAsync(await CreateAsync(Run.Order()));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Run.Url, page)) { Content = new FormUrlEncodedContent([new("scenario", "completed")]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var http = new HttpClient();
        using var response = await http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, Run.Url);
        elsewhere.Headers.Host = "attacker.example";
        using var refused = await http.SendAsync(elsewhere);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
