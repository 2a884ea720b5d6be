using System.Net;
using System.Text.Json.Nodes;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization.ReturnPage;

/// <summary>Where the customer comes back to: one question to MultiSafepay, the truth, and no session for strangers.</summary>
[TestFixture]
internal sealed class ReturnPageTests : IntegrationFixture
{
    [Test]
    public async Task A_payment_without_a_notification_is_found_when_the_customer_returns()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");

        Assert.That(await ReturnAsync(order), Is.EqualTo($"/checkout/completed/{order.Id}"));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));

        var calls = (await Host.ApiCallsAsync()).Count;
        Assert.That(await ReturnAsync(order), Is.EqualTo($"/checkout/completed/{order.Id}"));
        Assert.That(await Host.ApiCallsAsync(), Has.Count.EqualTo(calls), "a paid order is not asked about again");
    }

    [TestCase("uncleared", "return", "being processed")]
    [TestCase("declined", "return", "declined")]
    [TestCase("declined", "cancel", "declined")]
    [TestCase("cancelled", "cancel", "not paid yet")]
    [TestCase(null, "return", "being processed")]
    [TestCase(null, "cancel", "not paid yet")]
    public async Task The_state_of_an_unpaid_order_is_shown_when_the_customer_returns(string? state, string page, string expected)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        if (state is not null)
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, state);

        Assert.That(await ReturnAsync(order, page), Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Contain(expected).And.Contains("Retry payment"));
    }

    [Test]
    public async Task The_return_page_never_cancels_an_order()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "expired");

        await ReturnAsync(order);

        Assert.That((await Host.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Pending), "nopCommerce would record that the customer did it");
    }

    [Test]
    public async Task While_MultiSafepay_is_down_the_customer_still_gets_a_page()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["times"] = 10 });
        Assert.That(await ReturnAsync(order), Is.EqualTo($"/orderdetails/{order.Id}"));
    }

    [Test]
    public async Task Another_person_with_the_return_link_sees_no_order_details_and_gets_no_session()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");

        using var stranger = Host.Shop.NewBrowser();
        var page = await stranger.ReadAsync($"multisafepay/return/{order.OrderGuid}");

        Assert.That(page, Does.Contain("Your payment has been received"));
        Assert.That(page, Does.Not.Contain("de Vries").And.Not.Contains($"orderdetails/{order.Id}"));
        var owner = (await Host.Shop.Database.FindAsync<Nop.Core.Domain.Customers.Customer>(order.CustomerId))!;
        Assert.That(stranger.Cookies.GetAllCookies().Select(cookie => cookie.Value), Has.None.Contains(owner.CustomerGuid.ToString()));
    }

    [TestCase("multisafepay/return/7d444840-9dc0-11d1-b245-5ffdce74fad2", HttpStatusCode.Redirect)]
    [TestCase("multisafepay/cancel/7d444840-9dc0-11d1-b245-5ffdce74fad2", HttpStatusCode.Redirect)]
    [TestCase("multisafepay/return/1", HttpStatusCode.NotFound)]
    public async Task The_return_link_of_an_unknown_order_redirects_to_the_home_page(string path, HttpStatusCode expected)
    {
        using var answer = await Host.Browser.GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        if (expected == HttpStatusCode.Redirect)
            Assert.That(answer.Headers.Location!.ToString(), Is.EqualTo("/"));
    }

    [Test]
    public async Task Reloading_the_return_page_makes_a_bounded_number_of_API_calls()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var calls = (await Host.ApiCallsAsync()).Count;
        for (var i = 0; i < 30; i++)
            await ReturnAsync(order);
        Assert.That((await Host.ApiCallsAsync()).Count - calls, Is.LessThanOrEqualTo(MultiSafepay.Synchronization.PublicEndpointRateLimiter.BurstPerOrder + 2));
    }

    private async Task<string> ReturnAsync(Order order, string page = "return")
    {
        using var answer = await Host.Browser.GetAsync($"multisafepay/{page}/{order.OrderGuid}?transactionid={order.CustomOrderNumber}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        return answer.Headers.Location!.ToString();
    }
}
