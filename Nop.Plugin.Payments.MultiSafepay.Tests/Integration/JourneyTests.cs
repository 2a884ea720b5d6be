using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Integration;

/// <summary>The customer's whole way through the pages: shop, payment page, and back.</summary>
[TestFixture]
[Category(EveryVersion.Category)]
internal sealed class JourneyTests
{
    [TestCase("completed", "/checkout/completed/1", "successfully processed")]
    [TestCase("declined", "/orderdetails/1", "retry-payment")]
    [TestCase("cancelled", "/orderdetails/1", "retry-payment")]
    [TestCase("uncleared", "/orderdetails/1", "alert-success")]
    public async Task The_payment_page_sends_the_customer_back_to_the_right_page(string scenario, string page, string shows)
    {
        await using var host = await IntegrationHost.StartAsync();
        var back = await PayAsync(host.Browser, (await host.BuyAsync()).Location, scenario, "VISA");
        Assert.That(await RedirectOfAsync(host.Browser, back), Is.EqualTo(page));
        Assert.That(await host.Browser.ReadAsync(page), Does.Contain(shows));
    }

    [Test]
    public async Task A_declined_payment_can_be_retried_from_the_order_page()
    {
        await using var host = await IntegrationHost.StartAsync();
        var (order, location) = await host.BuyAsync();
        await PayAsync(host.Browser, location, "declined");
        await PayAsync(host.Browser, await host.Browser.PostAsync("orderdetails/repostpayment/1"), "completed");
        await host.UntilAsync(order, PaymentStatus.Paid);
    }

    [Test]
    public async Task The_language_in_the_URL_is_kept_through_the_payment()
    {
        await using var host = await IntegrationHost.StartAsync(options => options with { LanguageInUrl = true });
        await host.Browser.ReadAsync("nl/cart");
        var back = await PayAsync(host.Browser, (await host.BuyAsync()).Location, "declined");
        var page = await RedirectOfAsync(host.Browser, back);
        Assert.That(page, Does.EndWith("/orderdetails/1"));
        Assert.That(await host.Browser.ReadAsync(page), Does.Contain("alert-warning"));
    }

    [Test]
    public async Task The_second_store_has_its_own_return_and_notification_URLs()
    {
        await using var host = await IntegrationHost.StartAsync();
        using var browser = new ShopBrowser(host.Shop.SecondStoreUrl);
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
        var back = await PayAsync(browser, await browser.PlaceOrderAsync(), "completed");

        Assert.That(back, Does.StartWith(host.Shop.SecondStoreUrl.ToString()));
        Assert.That(await RedirectOfAsync(browser, back), Is.EqualTo("/checkout/completed/1"));
        var order = (await host.Shop.Database.FindAsync<Order>(1))!;
        Assert.That((order.StoreId, order.PaymentStatus), Is.EqualTo((2, PaymentStatus.Paid)));
        var delivery = (await host.Simulator.LookAsync((await host.RecordAsync(order)).Current!.OrderId))["deliveries"]!.AsArray().First();
        Assert.That((string)delivery!["url"]!, Does.StartWith($"{host.Shop.SecondStoreUrl}multisafepay/notification/2"));
    }

    [Test]
    public async Task A_payment_works_in_a_virtual_directory()
    {
        await using var host = await IntegrationHost.StartAsync(options => options with { PathBase = "/shop" });
        using var browser = new ShopBrowser(new Uri(host.Shop.Url, "shop/"));
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
