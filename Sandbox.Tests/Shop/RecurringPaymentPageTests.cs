using System.Net;
using Nop.Core.Domain.Orders;
using Nop.Services.Payments;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Shop;

/// <summary>The pages of orders that are repeated at intervals: the shelf's, the customer's and the administrator's.</summary>
[TestFixture]
internal sealed class RecurringPaymentPageTests
{
    private const string AdminPage = "Admin/RecurringPayment/Edit/1";
    private const string CustomerPage = "customer/recurringpayments";
    private const int CoffeeBox = 11;

    [Test]
    public async Task The_shelf_shows_how_often_a_product_is_sent()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        using var browser = shop.NewBrowser();
        Assert.That(await browser.ReadAsync(""), Does.Contain("Every 1 month(s), 3 times in all").And.Contain("Every 1 year(s), 2 times in all"));
        await browser.PostAsync("Home/SetLanguage", ("id", "2"));
        Assert.That(await browser.ReadAsync(""), Does.Contain("Elke 1 maand(en), in totaal 3 keer"));
    }

    [Test]
    public async Task The_administrator_processes_the_next_payment_and_cancels()
    {
        await using var shop = await FakePaymentShop.StartAsync(Behaviour());
        using var browser = await BuyAsync(shop);

        Assert.That(await browser.ReadAsync("Admin/RecurringPayment/List"), Does.Contain("sam@customer.example").And.Contain("1 month(s)").And.Contain("2 of 3 payments left"));
        Assert.That(await browser.ReadAsync("Admin/Order/Edit/1"), Does.Contain("id=\"recurring-payment\"").And.Contain("/Admin/RecurringPayment/List"), "the menu leads there as well");
        Assert.That(await browser.PostFromAsync(AdminPage, "Admin/RecurringPayment/ProcessNextPayment/1"), Is.EqualTo($"/{AdminPage}"));
        Assert.That(await browser.ReadAsync(AdminPage), Does.Contain("The next payment has been processed.").And.Contain("id=\"cycles-remaining\">1<").And.Contain("/Admin/Order/Edit/2"));
        Assert.That(await browser.ReadAsync("Admin/Order/Edit/2"), Does.Not.Contain("id=\"recurring-payment\""), "it began with the first order");

        await browser.PostFromAsync(AdminPage, "Admin/RecurringPayment/CancelRecurringPayment/1");
        Assert.That(await browser.ReadAsync(AdminPage),
            Does.Contain("The recurring payment has been cancelled.").And.Not.Contain("process-next-payment").And.Not.Contain("id=\"cancel-payment\""));
        await browser.PostFromAsync(AdminPage, "Admin/RecurringPayment/ProcessNextPayment/1");
        Assert.That(await browser.ReadAsync(AdminPage), Does.Contain("Recurring payment is not active"));
        Assert.That(await shop.Database.ListAsync<Order>(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_administrator_changes_and_deletes_a_recurring_payment()
    {
        await using var shop = await FakePaymentShop.StartAsync(Behaviour());
        using var browser = await BuyAsync(shop);
        await browser.PostFromAsync(AdminPage, AdminPage, ("CycleLength", "2"), ("CyclePeriodId", "30"), ("TotalCycles", "9"), ("IsActive", "true"));
        Assert.That(await browser.ReadAsync(AdminPage), Does.Contain("The recurring payment has been updated.").And.Contain("id=\"cycles-remaining\">8<"));

        await browser.PostFromAsync(AdminPage, "Admin/RecurringPayment/Delete/1");
        using var page = await browser.GetAsync(AdminPage);
        Assert.That(page.Headers.Location?.ToString(), Is.EqualTo("/Admin/RecurringPayment/List"));
        Assert.That(await browser.ReadAsync("Admin/RecurringPayment/List"), Does.Contain("There are no recurring payments yet."));
    }

    [Test]
    public async Task An_order_that_the_administrator_deletes_is_gone_from_the_pages()
    {
        await using var shop = await FakePaymentShop.StartAsync(Behaviour());
        using var browser = await BuyAsync(shop);
        await browser.PostFromAsync("Admin/Order/Edit/1", "Admin/Order/Delete/1");
        using var page = await browser.GetAsync("Admin/Order/Edit/1");
        Assert.That(page.Headers.Location?.ToString(), Is.EqualTo("/Admin/Order/List"));
        Assert.That((await shop.Database.ListAsync<RecurringPayment>()).Single().IsActive, Is.False);
        Assert.That(await browser.ReadAsync(CustomerPage), Does.Contain("You have no recurring payments."));
    }

    [Test]
    public async Task Customers_see_and_cancel_their_own_recurring_payments()
    {
        await using var shop = await FakePaymentShop.StartAsync(Behaviour());
        using var browser = await BuyAsync(shop);
        using var stranger = shop.NewBrowser();
        await stranger.PostAsync("login", ("email", "kim@customer.example"));

        Assert.That(await browser.ReadAsync("customer/info"), Does.Contain($"href=\"/{CustomerPage}\"").And.Contain("customer-recurring-payments"));
        Assert.That(await browser.ReadAsync(CustomerPage), Does.Contain("class=\"cycles-remaining\">2<").And.Contain("cancelRecurringPayment1").And.Not.Contain("retryLastPayment"));
        Assert.That(await stranger.ReadAsync(CustomerPage), Does.Contain("You have no recurring payments."));
        Assert.That(await stranger.PostAsync(CustomerPage, ("cancelRecurringPayment1", "")), Is.EqualTo($"/{CustomerPage}"));
        Assert.That((await shop.Database.ListAsync<RecurringPayment>()).Single().IsActive, Is.True);

        using var answer = await browser.SendAsync(CustomerPage, ("cancelRecurringPayment1", ""));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("You have no recurring payments."), "only what goes on is listed");
        Assert.That((await shop.Database.ListAsync<RecurringPayment>()).Single().IsActive, Is.False);
    }

    [Test]
    public async Task A_customer_retries_the_last_payment_that_failed_and_gets_the_next_order()
    {
        var fails = true;
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour
        {
            RecurringPaymentType = RecurringPaymentType.Manual,
            Recurring = request => request.InitialOrder is null || !fails ? new ProcessPaymentResult() : new ProcessPaymentResult { Errors = ["the card is gone"], RecurringPaymentFailed = true },
        });
        using var browser = await BuyAsync(shop);
        Assert.That(await browser.PostAsync(CustomerPage, ("retryLastPayment_1", "")), Is.EqualTo($"/{CustomerPage}"), "nothing has failed");
        await browser.PostFromAsync(AdminPage, "Admin/RecurringPayment/ProcessNextPayment/1");
        Assert.That(await browser.ReadAsync(AdminPage), Does.Contain("the card is gone").And.Contain("id=\"last-payment-failed\""));

        Assert.That(await browser.ReadAsync(CustomerPage), Does.Contain("retryLastPayment_1"));
        using var again = await browser.SendAsync(CustomerPage, ("retryLastPayment_1", ""));
        Assert.That(await again.Content.ReadAsStringAsync(), Does.Contain("the card is gone").And.Contain("retryLastPayment_1"));
        fails = false;
        using var paid = await browser.SendAsync(CustomerPage, ("retryLastPayment_1", ""));
        Assert.That(await paid.Content.ReadAsStringAsync(), Does.Contain("class=\"cycles-remaining\">1<").And.Not.Contain("retryLastPayment_1").And.Not.Contain("message-error"));
        Assert.That(await shop.Database.ListAsync<Order>(), Has.Count.EqualTo(2));
    }

    [TestCase("Get")]
    [TestCase("Post")]
    public async Task A_guest_is_sent_to_the_login_page(string method)
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        using var browser = shop.NewBrowser();
        using var answer = method == "Get" ? await browser.GetAsync(CustomerPage) : await browser.SendAsync(CustomerPage);
        Assert.That(answer.Headers.Location?.ToString(), Does.Contain("/login"));
    }

    private static FakePaymentBehaviour Behaviour() => new() { RecurringPaymentType = RecurringPaymentType.Manual };

    private static async Task<ShopBrowser> BuyAsync(TestShop shop)
    {
        var browser = shop.NewBrowser();
        await browser.PostAsync("login", ("email", "sam@customer.example"));
        await browser.CheckOutAsync(FakePayment.SystemName, CoffeeBox);
        await browser.PlaceOrderAsync();
        return browser;
    }
}
