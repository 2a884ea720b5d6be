using System.Text.Json.Nodes;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Shop;

/// <summary>The whole way: the real plugin in the shop, the simulator at the other end, HTTP in between.</summary>
[TestFixture]
internal sealed class JourneyTests
{
    private const int Stroopwafelijzer = 1;
    private static readonly string[] _paidMails = ["OrderPaid.CustomerNotification", "OrderPaid.StoreOwnerNotification"];

    [Test]
    public async Task A_notification_pays_the_order_without_the_customer_and_leaves_no_guest()
    {
        await using var journey = await Journey.StartAsync();
        var page = await journey.OrderAsync();
        await journey.PayAsync(page, "completed");
        await journey.WaitAsync(order => order.PaymentStatus == PaymentStatus.Paid, "paid by the notification alone");

        Assert.That(await journey.DeliveriesAsync(), Is.All.EqualTo(200));
        Assert.That(await journey.Shop.GuestsAsync(), Has.Count.EqualTo(1), "the customer, and nobody that the webhook made");
        Assert.That(Templates(journey, 1), Is.SupersetOf(_paidMails));
    }

    [Test]
    public async Task Many_notifications_and_the_return_at_once_pay_the_order_once()
    {
        await using var journey = await Journey.StartAsync();
        var page = await journey.OrderAsync();
        journey.Shop.Database.Latency = TimeSpan.FromMilliseconds(5);
        var back = await journey.PayAsync(page, "completed");
        await Task.WhenAll(journey.ControlAsync("notifications", new { copies = 8 }), journey.Browser.GetAsync(back), journey.Browser.GetAsync(back));
        await journey.DeliveriesAsync();
        await Task.Delay(500);

        Assert.That(Templates(journey, 1).Where(template => template.StartsWith("OrderPaid", StringComparison.Ordinal)), Is.EquivalentTo(_paidMails));
        Assert.That((await journey.NotesAsync()).Count(note => note == "Order has been marked as paid"), Is.EqualTo(1));
        Assert.That((await journey.Shop.Database.ListAsync<Log>()).Where(log => log.LogLevel >= LogLevel.Error), Is.Empty, await journey.Shop.LogAsync());
    }

    [Test]
    public async Task Two_nodes_at_once_pay_the_order_once()
    {
        await using var journey = await Journey.StartAsync(nodes: 2);
        var page = await journey.OrderAsync();
        journey.Shop.Database.Latency = TimeSpan.FromMilliseconds(5);
        var back = new Uri(await journey.PayAsync(page, "completed"));
        var otherBack = new Uri(journey.Nodes[1].Url, back.PathAndQuery.TrimStart('/'));
        await Task.WhenAll(journey.ControlAsync("notifications", new { copies = 4 }), journey.Browser.GetAsync(otherBack.ToString()), journey.Browser.GetAsync(back.ToString()));
        await journey.DeliveriesAsync();
        await journey.WaitAsync(order => order.PaymentStatus == PaymentStatus.Paid, "paid");
        await Task.Delay(500);

        Assert.That(Templates(journey, 1).Where(template => template.StartsWith("OrderPaid", StringComparison.Ordinal)), Is.EquivalentTo(_paidMails));
    }

    [TestCase("declined")]
    [TestCase("cancelled")]
    public async Task What_failed_can_be_paid_again(string scenario)
    {
        await using var journey = await Journey.StartAsync();
        var back = await journey.PayAsync(await journey.OrderAsync(), scenario);
        using var returned = await journey.Browser.GetAsync(back);
        Assert.That(returned.Headers.Location?.ToString(), Is.EqualTo("/orderdetails/1"));
        Assert.That(await journey.Browser.ReadAsync("orderdetails/1"), Does.Contain("alert-warning").And.Contain("retry-payment"));

        var again = await journey.Browser.PostAsync("orderdetails/repostpayment/1");
        await journey.PayAsync(new Uri(again), "completed");
        await journey.WaitAsync(order => order.PaymentStatus == PaymentStatus.Paid, "paid at the second attempt");
        Assert.That((await journey.ReadOrderAsync()).OrderStatus, Is.EqualTo(OrderStatus.Processing));
    }

    [Test]
    public async Task A_payment_page_that_was_left_is_opened_again_and_not_made_twice()
    {
        await using var journey = await Journey.StartAsync();
        var first = await journey.OrderAsync();
        var again = await journey.Browser.PostAsync("orderdetails/repostpayment/1");
        Assert.That(new Uri(again).AbsolutePath, Is.EqualTo(first.AbsolutePath));
    }

    [Test]
    public async Task A_stranger_with_the_return_address_sees_how_it_stands_and_gets_no_session()
    {
        await using var journey = await Journey.StartAsync();
        var back = await journey.PayAsync(await journey.OrderAsync(), "completed");
        var customer = (await journey.Shop.Database.FindAsync<Customer>((await journey.ReadOrderAsync()).CustomerId))!;
        using var stranger = journey.Shop.NewBrowser();
        var page = await stranger.ReadAsync(back);
        Assert.That(page, Does.Contain("payment").And.Not.Contain("sam@customer.example").And.Not.Contain("Stroopwafelijzer"));
        Assert.That(stranger.Cookies.GetAllCookies().Select(cookie => cookie.Value), Has.None.EqualTo(customer.CustomerGuid.ToString()));
    }

    [TestCase("USD")]
    [TestCase("GBP")]
    [TestCase("JPY")]
    public async Task What_the_customer_saw_is_what_is_charged(string currencyCode)
    {
        await using var journey = await Journey.StartAsync();
        var currency = (await journey.Shop.Database.ListAsync<Currency>(currency => currency.CurrencyCode == currencyCode)).Single();
        await journey.Browser.PostAsync("Home/SetCurrency", ("id", $"{currency.Id}"));
        var page = await journey.OrderAsync();
        var simulated = await journey.SimulatedOrderAsync();
        var order = await journey.ReadOrderAsync();

        var digits = currencyCode == "JPY" ? 0 : 2;
        var seen = Math.Round(order.OrderTotal * order.CurrencyRate, digits, MidpointRounding.AwayFromZero);
        Assert.That((simulated["currency"]!.GetValue<string>(), simulated["amount"]!.GetValue<long>()),
            Is.EqualTo((currencyCode, (long)(digits == 0 ? seen : seen * 100))), simulated.ToJsonString());

        await journey.PayAsync(page, "completed", "VISA");
        await journey.WaitAsync(paid => paid.PaymentStatus == PaymentStatus.Paid, $"paid in {currencyCode}");
    }

    [Test]
    public async Task The_second_store_has_its_own_addresses()
    {
        await using var journey = await Journey.StartAsync();
        using var browser = new ShopBrowser(journey.Shop.SecondStoreUrl);
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
        await browser.PlaceOrderAsync();
        await journey.ControlAsync("transitions", new { to = "completed", gateway = "IDEAL" });
        await journey.WaitAsync(order => order.PaymentStatus == PaymentStatus.Paid, "paid in the second store");
        Assert.That((await journey.ReadOrderAsync()).StoreId, Is.EqualTo(2));
        Assert.That((await journey.SimulatedOrderAsync())["deliveries"]![0]!["url"]!.GetValue<string>(), Does.StartWith($"{journey.Shop.SecondStoreUrl}multisafepay/notification/2"));
    }

    [Test]
    public async Task Cancelling_the_order_keeps_it_from_being_paid()
    {
        await using var journey = await Journey.StartAsync();
        var before = (await journey.Shop.Database.FindAsync<Product>(Stroopwafelijzer))!.StockQuantity;
        await journey.OrderAsync();
        await journey.Browser.PostAsync("cancelorder/1");
        Assert.That((await journey.Shop.Database.FindAsync<Product>(Stroopwafelijzer))!.StockQuantity, Is.EqualTo(before));
        Assert.That((await journey.SimulatedOrderAsync())["possible"]!.AsArray().Select(name => name!.GetValue<string>()), Has.None.EqualTo("completed"));
    }

    [Test]
    public async Task Forged_and_stale_notifications_are_refused_and_change_nothing()
    {
        await using var journey = await Journey.StartAsync();
        var page = await journey.OrderAsync();
        var start = page.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/start";
        using var _ = await journey.Browser.SendAsync(start, ("gateway", "IDEAL"));
        foreach (JsonObject twist in new[] { new JsonObject { ["wrong_key"] = true }, new JsonObject { ["altered_body"] = true }, new JsonObject { ["unsigned"] = true }, new JsonObject { ["age_seconds"] = 3600 } })
            await journey.ControlAsync("notifications", twist);

        Assert.That(await journey.DeliveriesAsync(), Has.Exactly(4).EqualTo(401), (await journey.SimulatedOrderAsync())["deliveries"]!.ToJsonString());
        Assert.That((await journey.ReadOrderAsync()).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
        Assert.That(await journey.Shop.GuestsAsync(), Has.Count.EqualTo(1));
    }

    private static IEnumerable<string> Templates(Journey journey, int orderId) => journey.Shop.Database.Mails.Of(orderId).Select(mail => mail.Template);
}
