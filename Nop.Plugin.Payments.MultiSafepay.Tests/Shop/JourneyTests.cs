using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Tests.Journeys;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Shop;

/// <summary>The customer's whole way through the pages: shop, payment page, and back.</summary>
[TestFixture]
internal sealed class JourneyTests
{
    [TestCase("completed", "/checkout/completed/1", "successfully processed")]
    [TestCase("declined", "/orderdetails/1", "retry-payment")]
    [TestCase("cancelled", "/orderdetails/1", "retry-payment")]
    [TestCase("uncleared", "/orderdetails/1", "alert-success")]
    public async Task The_payment_page_sends_the_customer_back_to_the_right_page(string scenario, string page, string shows)
    {
        await using var world = await World.StartAsync();
        var back = await PayAsync(world.Browser, (await world.BuyAsync()).Location, scenario, "VISA");
        Assert.That(await RedirectOfAsync(world.Browser, back), Is.EqualTo(page));
        Assert.That(await world.Browser.ReadAsync(page), Does.Contain(shows));
    }

    [Test]
    public async Task What_was_declined_is_paid_with_the_button_on_the_orders_page()
    {
        await using var world = await World.StartAsync();
        var (order, location) = await world.BuyAsync();
        await PayAsync(world.Browser, location, "declined");
        await PayAsync(world.Browser, await world.Browser.PostAsync("orderdetails/repostpayment/1"), "completed");
        await World.UntilAsync(async () => (await world.ReloadAsync(order)).PaymentStatus == PaymentStatus.Paid, "paid at the second attempt");
    }

    [Test]
    public async Task The_language_of_the_URL_survives_the_payment()
    {
        await using var world = await World.StartAsync(options => options with { LanguageInUrl = true });
        await world.Browser.ReadAsync("nl/cart");
        var back = await PayAsync(world.Browser, (await world.BuyAsync()).Location, "declined");
        var page = await RedirectOfAsync(world.Browser, back);
        Assert.That(page, Does.EndWith("/orderdetails/1"));
        Assert.That(await world.Browser.ReadAsync(page), Does.Contain("alert-warning"));
    }

    [Test]
    public async Task The_second_store_has_its_own_addresses()
    {
        await using var world = await World.StartAsync();
        using var browser = new ShopBrowser(world.Shop.SecondStoreUrl);
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
        var back = await PayAsync(browser, await browser.PlaceOrderAsync(), "completed");

        Assert.That(back, Does.StartWith(world.Shop.SecondStoreUrl.ToString()));
        Assert.That(await RedirectOfAsync(browser, back), Is.EqualTo("/checkout/completed/1"));
        var order = (await world.Shop.Database.FindAsync<Order>(1))!;
        Assert.That((order.StoreId, order.PaymentStatus), Is.EqualTo((2, PaymentStatus.Paid)));
        var delivery = (await world.Simulator.LookAsync((await world.RecordAsync(order)).Current!.OrderId))["deliveries"]!.AsArray().First();
        Assert.That((string)delivery!["url"]!, Does.StartWith($"{world.Shop.SecondStoreUrl}multisafepay/notification/2"));
    }

    [Test]
    public async Task In_a_virtual_directory_everything_finds_its_way()
    {
        await using var world = await World.StartAsync(options => options with { PathBase = "/shop" });
        using var browser = new ShopBrowser(new Uri(world.Shop.Url, "shop/"));
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
        var back = await PayAsync(browser, await browser.PlaceOrderAsync(), "completed");
        Assert.That(await RedirectOfAsync(browser, back), Is.EqualTo("/shop/checkout/completed/1"));
    }

    /// <summary>Chooses a method and how it ends on the payment page; answers where the customer is sent.</summary>
    private static async Task<string> PayAsync(ShopBrowser browser, string paymentPage, string scenario, string gateway = "IDEAL")
    {
        Assert.That(paymentPage, Does.Contain("/pay/"));
        var start = new Uri(new Uri(paymentPage).GetLeftPart(UriPartial.Path).TrimEnd('/') + "/start");
        using var method = await browser.SendAsync(start.ToString(), ("gateway", gateway));
        using var ended = await browser.SendAsync(new Uri(start, method.Headers.Location!).ToString(), ("scenario", scenario));
        return new Uri(start, ended.Headers.Location!).ToString();
    }

    private static async Task<string?> RedirectOfAsync(ShopBrowser browser, string url)
    {
        using var answer = await browser.GetAsync(url);
        return answer.Headers.Location?.ToString();
    }
}
