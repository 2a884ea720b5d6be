using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Services.Customers;
using Nop.Services.Localization;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Services;
using Sandbox.Testing;

namespace Sandbox.Tests.Shop;

/// <summary>Guests and their cookies: asking who is there makes one, which is the trap a webhook must step around.</summary>
[TestFixture]
internal sealed class VisitorTests
{
    private TestShop _shop = null!;

    [SetUp]
    public async Task StartAsync() => _shop = await TestShop.StartAsync(new ShopOptions
    {
        ApiKey = null,
        Plugins = [PluginSource.From("Misc.Visitor", typeof(EmptyPlugin), typeof(VisitorController))],
    });

    [TearDown]
    public async Task StopAsync() => await _shop.DisposeAsync();

    [Test]
    public async Task A_request_that_does_not_ask_for_the_customer_creates_no_guest()
    {
        using var browser = _shop.NewBrowser();
        await browser.ReadAsync("Visitor/Nothing");
        Assert.That((await _shop.GuestsAsync(), browser.Cookies.Count), Is.EqualTo((Array.Empty<Customer>(), 0)));
    }

    [TestCase("Visitor/WhoIsThere", WorkContext.CustomerCookie)]
    [TestCase("Visitor/SayHello", WorkContext.CustomerCookie, WorkContext.CultureCookie)]
    public async Task Asking_for_the_current_customer_creates_a_guest_and_a_cookie(string path, params string[] cookies)
    {
        using var browser = _shop.NewBrowser();
        await browser.ReadAsync(path);
        await browser.ReadAsync(path);
        Assert.That(await _shop.GuestsAsync(), Has.Count.EqualTo(1), "the cookie brings the same guest back");
        Assert.That(browser.Cookies.GetAllCookies().Select(cookie => cookie.Name), Is.EquivalentTo(cookies));
    }

    [Test]
    public async Task Setting_the_current_customer_sends_the_cookie_of_that_customer()
    {
        using var browser = _shop.NewBrowser();
        await browser.ReadAsync("Visitor/BecomeBackgroundTask");
        var user = (await _shop.Database.ListAsync<Customer>(customer => customer.SystemName == CustomerService.BackgroundTaskUser)).Single();
        Assert.That(browser.Cookies.GetAllCookies().Single().Value, Is.EqualTo(user.CustomerGuid.ToString()));
        Assert.That(await _shop.GuestsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_not_found_page_creates_a_guest_because_of_its_layout()
    {
        using var browser = _shop.NewBrowser();
        using var answer = await browser.GetAsync("no/such/page");
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
        Assert.That(await _shop.GuestsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_admin_request_creates_no_guest_and_keeps_the_cookie_of_the_shopper()
    {
        using var browser = _shop.NewBrowser();
        await browser.ReadAsync("");
        var before = browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == WorkContext.CustomerCookie).Value;
        await browser.ReadAsync("Admin/Order/List");
        Assert.That(browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == WorkContext.CustomerCookie).Value, Is.EqualTo(before));
        Assert.That(await _shop.GuestsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Outside_a_request_the_current_customer_is_the_background_task_user()
    {
        var name = await _shop.InScopeAsync(async services => (await services.GetRequiredService<IWorkContext>().GetCurrentCustomerAsync()).SystemName);
        Assert.That(name, Is.EqualTo(CustomerService.BackgroundTaskUser));
    }

    [Test]
    public async Task The_store_is_chosen_by_the_host_name()
    {
        using var first = _shop.NewBrowser();
        using var second = new ShopBrowser(_shop.SecondStoreUrl);
        Assert.That(await first.ReadAsync("Visitor/Store"), Is.EqualTo("1"));
        Assert.That(await second.ReadAsync("Visitor/Store"), Is.EqualTo("2"));
    }
}

/// <summary>Actions that do one thing each with the visitor.</summary>
public sealed class VisitorController(IWorkContext workContext, IStoreContext storeContext, ICustomerService customers, ILocalizationService texts) : Controller
{
    [HttpGet]
    public IActionResult Nothing() => Content("nothing");

    [HttpGet]
    public async Task<IActionResult> WhoIsThere() => Content((await workContext.GetCurrentCustomerAsync()).CustomerGuid.ToString());

    [HttpGet]
    public async Task<IActionResult> SayHello() => Content(await texts.GetResourceAsync("Shop.Home"));

    [HttpGet]
    public async Task<IActionResult> BecomeBackgroundTask()
    {
        await workContext.SetCurrentCustomerAsync(await customers.GetOrCreateBackgroundTaskUserAsync());
        return Content((await workContext.GetCurrentCustomerAsync()).SystemName);
    }

    [HttpGet]
    public async Task<IActionResult> Store() => Content($"{(await storeContext.GetCurrentStoreAsync()).Id}", "text/plain");
}
