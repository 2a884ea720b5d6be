using Microsoft.Playwright;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>The life of an order as a customer lives it, with all that browsers let one do.</summary>
[TestFixture]
internal sealed class CustomerPaymentTests : BrowserFixture
{
    [TestCase(true, TestName = "{m}(desktop)")]
    [TestCase(false, TestName = "{m}(phone, without script)")]
    public async Task A_customer_pays(bool wide)
    {
        var page = await OpenAsync(wide ? Wide : Narrow, script: wide);
        await FillCartAsync(page);
        await GoToConfirmationAsync(page, isCartFilled: true);
        await page.Locator("#place-order").ClickAsync();
        await PayAsync(page);
        await page.WaitForURLAsync("**/checkout/completed/*");

        Assert.That((await PaidAsync()).OrderStatus, Is.EqualTo(OrderStatus.Processing));
    }

    [Test]
    public async Task A_declined_payment_succeeds_on_the_second_attempt()
    {
        var page = await OpenAsync();
        await GoToConfirmationAsync(page);
        await page.Locator("#place-order").ClickAsync();
        await PayAsync(page, "declined");
        await page.Locator("#retry-payment").ClickAsync();
        await PayAsync(page);
        await page.WaitForURLAsync("**/checkout/completed/*");

        await PaidAsync();
        Assert.That(await Host.Shop.Database.ListAsync<Order>(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_back_button_leads_to_the_same_payment_and_never_to_a_second_one()
    {
        var page = await OpenAsync();
        await GoToConfirmationAsync(page);
        await page.Locator("#place-order").ClickAsync();
        await page.WaitForURLAsync("**/pay/**");
        await page.GoBackAsync();

        var order = await LastOrderAsync();
        await page.GotoAsync($"/orderdetails/{order.Id}");
        await page.Locator("#retry-payment").ClickAsync();
        await PayAsync(page);
        await page.WaitForURLAsync("**/checkout/completed/*");

        await PaidAsync();
        Assert.That(await PaidAtMultiSafepayAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_order_that_is_open_in_two_tabs_is_paid_once()
    {
        var first = await OpenAsync();
        await GoToConfirmationAsync(first);
        await first.Locator("#place-order").ClickAsync();
        await first.WaitForURLAsync("**/pay/**");

        var second = await OpenTabAsync(first);
        await second.GotoAsync($"/orderdetails/{(await LastOrderAsync()).Id}");
        await second.Locator("#retry-payment").ClickAsync();
        await second.WaitForURLAsync("**/pay/**");

        await PayAsync(first);
        await first.WaitForURLAsync("**/checkout/completed/*");
        await PaidAsync();

        // The other tab shows a payment page that knows better, and the shop offers no other payment.
        await second.ReloadAsync();
        await second.GotoAsync($"/orderdetails/{(await LastOrderAsync()).Id}");
        Assert.That(await second.Locator("#retry-payment").CountAsync(), Is.Zero);
        Assert.That(await PaidAtMultiSafepayAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_double_click_places_one_order_and_makes_one_payment()
    {
        var page = await OpenAsync();
        await GoToConfirmationAsync(page);
        await page.Locator("#place-order").DblClickAsync();

        // Where the browser ends depends on which click wins: on the payment page, or on a page that refuses the second order. The order itself is there, once.
        await IntegrationHost.UntilAsync(async () => (await Host.Shop.Database.ListAsync<Order>()).Count > 0, "the order is placed");
        var tab = await OpenTabAsync(page);
        await tab.GotoAsync($"/orderdetails/{(await LastOrderAsync()).Id}");
        await tab.Locator("#retry-payment").ClickAsync();
        await PayAsync(tab);
        await tab.WaitForURLAsync("**/checkout/completed/*");

        await PaidAsync();
        Assert.That(await Host.Shop.Database.ListAsync<Order>(order => order.PaymentStatus == PaymentStatus.Pending), Is.Empty, "no order is left that waits for a payment");
        Assert.That(await PaidAtMultiSafepayAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_payment_is_applied_even_if_the_customer_never_returns()
    {
        var page = await OpenAsync();
        await GoToConfirmationAsync(page);
        await page.Locator("#place-order").ClickAsync();
        await page.WaitForURLAsync("**/pay/**");
        await page.RouteAsync("**/multisafepay/return/**", route => route.AbortAsync());
        await PayUntilLostAsync(page);

        await PaidAsync();
    }

    [Test]
    public async Task The_language_of_the_customer_is_kept_through_the_payment()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/");
        await page.Locator("header select[name=id]").First.SelectOptionAsync(new SelectOptionValue { Label = "Nederlands" });
        await page.Locator("html[lang=nl]").WaitForAsync();
        await GoToConfirmationAsync(page);
        await page.Locator("#place-order").ClickAsync();
        await PayAsync(page);
        await page.WaitForURLAsync("**/checkout/completed/*");

        Assert.That(await page.Locator("html").GetAttributeAsync("lang"), Is.EqualTo("nl"));
        Assert.That((string?)(await Host.LastBodyAsync("POST", "orders"))["customer"]!["locale"], Is.EqualTo("nl_NL"));
    }

    private async Task<Order> PaidAsync()
    {
        var order = await LastOrderAsync();
        await Host.UntilAsync(order, PaymentStatus.Paid);
        Assert.That((await Host.NotesAsync(order)).Count(note => note.Contains("paid with", StringComparison.Ordinal)), Is.EqualTo(1));
        return await Host.ReloadAsync(order);
    }

    private async Task<int> PaidAtMultiSafepayAsync() =>
        (await Host.Simulator.ListAsync("orders")).Count(order => (string?)order!["status"] == "completed");

    private static async Task PayUntilLostAsync(IPage page)
    {
        try
        {
            await PayAsync(page);
        }
        catch (PlaywrightException)
        {
            // The way back is cut off; that is the point.
        }
    }
}
