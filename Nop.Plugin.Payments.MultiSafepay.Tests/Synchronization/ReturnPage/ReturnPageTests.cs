using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization.ReturnPage;

/// <summary>Where the customer comes back to: one question to MultiSafepay, the truth, and no session for strangers.</summary>
[TestFixture]
internal sealed partial class ReturnPageTests : IntegrationFixture
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

    [TestCase("declined", "declined")]
    [TestCase("uncleared", "being processed")]
    [TestCase(null, "not paid yet|not been paid yet")]
    public async Task The_customer_who_returns_is_told_once_and_on_a_later_visit_again(string? state, string expected)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var other = await Host.BuyWithoutNotificationsAsync();
        if (state is not null)
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, state);

        await ReturnAsync(order, "cancel");
        var page = await Host.Browser.ReadAsync($"orderdetails/{order.Id}");
        Assert.That((Regex.Count(page, expected), page.Contains("multisafepay-order-hint", StringComparison.Ordinal)), Is.EqualTo((1, false)), "by the message at the top");

        page = await Host.Browser.ReadAsync($"orderdetails/{order.Id}");
        Assert.That((Regex.Count(page, expected), page.Contains("multisafepay-order-hint", StringComparison.Ordinal)), Is.EqualTo((1, state != "uncleared")), "by the page itself");

        await ReturnAsync(order, "cancel");
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{other.Id}"), Does.Contain("This order has not been paid yet."), "the message is about another order");
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

    // A guest in another browser, or a customer who was logged out, cannot open the order's page with nopCommerce's button.
    [TestCase("declined", "declined")]
    [TestCase("cancelled", "not paid yet")]
    [TestCase(null, "not paid yet")]
    public async Task A_customer_without_a_session_can_try_the_payment_again(string? state, string expected)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        if (state is not null)
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, state);
        using var stranger = Host.Shop.NewBrowser();
        var page = await stranger.ReadAsync($"multisafepay/cancel/{order.OrderGuid}");
        Assert.That(page, Does.Contain(expected).And.Contain("Retry payment").And.Not.Contain("de Vries"));

        var paymentUrl = await RetryAsync(stranger, order, Token(page));

        Assert.That(paymentUrl, Does.Contain("/pay/"));
        Assert.That((await Host.RecordAsync(order)).Current!.PaymentUrl, Is.EqualTo(paymentUrl));
        Assert.That((await stranger.GetAsync($"orderdetails/{order.Id}")).StatusCode, Is.Not.EqualTo(HttpStatusCode.OK), "the order stays hidden");
    }

    [TestCase("none")]
    [TestCase("of another order")]
    [TestCase("expired")]
    [TestCase("tampered")]
    [TestCase("of a cancelled order")]
    public async Task A_payment_is_not_started_with_a_token_that_is_not_valid(string which)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var other = await Host.BuyWithoutNotificationsAsync();
        using var stranger = Host.Shop.NewBrowser();
        var token = Token(await stranger.ReadAsync($"multisafepay/cancel/{(which == "of another order" ? other : order).OrderGuid}"));
        token = which switch { "none" => "", "tampered" => token[..^2] + "xx", _ => token };
        if (which == "expired")
            Host.Simulator.Time.Advance(RetryTokens.Lifetime);
        if (which == "of a cancelled order")
        {
            order = await Host.ReloadAsync(order);
            order.OrderStatus = OrderStatus.Cancelled;
            await Host.Shop.Database.UpdateAsync(order);
        }

        var calls = (await Host.ApiCallsAsync()).Count;
        Assert.That(await RetryAsync(stranger, order, token), Is.EqualTo($"/multisafepay/cancel/{order.OrderGuid}"));
        Assert.That(await Host.ApiCallsAsync(), Has.Count.EqualTo(calls));
    }

    [Test]
    public async Task A_customer_without_a_session_stays_on_the_page_when_the_payment_cannot_be_started()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "declined");
        using var stranger = Host.Shop.NewBrowser();
        var token = Token(await stranger.ReadAsync($"multisafepay/cancel/{order.OrderGuid}"));
        await Host.SetAsync(settings => settings.TestApiKey = string.Empty);

        Assert.That(await RetryAsync(stranger, order, token), Is.EqualTo($"/multisafepay/cancel/{order.OrderGuid}"));
        Assert.That(await stranger.ReadAsync($"multisafepay/cancel/{order.OrderGuid}"), Does.Contain("cannot be opened at the moment"));
    }

    [Test]
    public async Task A_customer_without_a_session_reads_the_return_page_in_the_language_of_the_order()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        order.CustomerLanguageId = 2;
        await Host.Shop.Database.UpdateAsync(order);
        using var stranger = Host.Shop.NewBrowser();
        Assert.That(await stranger.ReadAsync($"multisafepay/cancel/{order.OrderGuid}"), Does.Contain("U hebt nog niet betaald").And.Contain("Opnieuw betalen"));
    }

    private static string Token(string page) => WebUtility.HtmlDecode(TokenField().Match(page).Groups[1].Value);

    private static Task<string> RetryAsync(ShopBrowser browser, Order order, string token) => browser.PostAsync($"multisafepay/retry/{order.OrderGuid}", ("token", token));

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();

    private async Task<string> ReturnAsync(Order order, string page = "return")
    {
        using var answer = await Host.Browser.GetAsync($"multisafepay/{page}/{order.OrderGuid}?transactionid={order.CustomOrderNumber}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        return answer.Headers.Location!.ToString();
    }
}
