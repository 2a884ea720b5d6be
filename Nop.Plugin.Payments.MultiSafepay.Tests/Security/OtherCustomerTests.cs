using System.Net;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>Who has another customer's link, GUID or order number learns no more than a sentence, and can do nothing with it.</summary>
[TestFixture]
internal sealed class OtherCustomerTests : SecurityFixture
{
    [Test]
    public async Task The_return_link_of_another_customer_shows_no_order_details()
    {
        foreach (var page in new[] { "return", "cancel" })
            foreach (var state in new[] { "completed", "declined", "uncleared", null })
                await ShowsASentenceAsync(page, state, isCustomer: page == "return");
    }

    /// <summary>The order's number is guessed easily. nopCommerce itself asks whose order it is before it calls the plugin.</summary>
    [Test]
    public async Task The_order_of_another_customer_cannot_be_viewed_paid_or_cancelled()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var record = (await Host.RecordAsync(order)).ToJson();
        var calls = (await Host.ApiCallsAsync()).Count;
        using var stranger = Host.Shop.NewBrowser();
        await stranger.ReadAsync("");

        foreach (var path in new[] { $"orderdetails/repostpayment/{order.Id}", $"cancelorder/{order.Id}" })
            Assert.That(await stranger.PostAsync(path), Is.EqualTo("/"));
        using var details = await stranger.GetAsync($"orderdetails/{order.Id}");
        Assert.That(details.Headers.Location?.ToString(), Is.EqualTo("/"));

        Assert.That((await Host.RecordAsync(order)).ToJson(), Is.EqualTo(record));
        Assert.That(await Host.ApiCallsAsync(), Has.Count.EqualTo(calls));
    }

    private async Task ShowsASentenceAsync(string page, string? state, bool isCustomer)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        if (state is not null)
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, state);
        using var stranger = Host.Shop.NewBrowser();
        if (isCustomer)
            await BuyAsync(stranger);

        using var answer = await stranger.GetAsync($"multisafepay/{page}/{order.OrderGuid}");
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(html, Does.Contain("multisafepay-progress-page"));
        foreach (var secret in new[] { "Sam", "Vries", "sam@customer.example", "Voorbeeldkade", $"orderdetails/{order.Id}",
            order.OrderTotal.ToString("F2", System.Globalization.CultureInfo.InvariantCulture), "IDEAL", "990001" })
            Assert.That(html, Does.Not.Contain(secret));
    }

    private static async Task BuyAsync(ShopBrowser browser)
    {
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
        await browser.PlaceOrderAsync();
    }
}
