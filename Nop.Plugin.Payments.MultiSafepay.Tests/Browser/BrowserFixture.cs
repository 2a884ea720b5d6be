using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>
/// Walks through the sandbox's pages in a real browser, in a host of its own for each test. A script that fails, or a page that answers with a server
/// error, fails the test wherever it happens. Tests that look at a page only do so in both widths on one visit: most of the time goes into the pages.
/// </summary>
/// <remarks>The tests of a fixture run one after the other, so that the fixture begins with all others and not when they have ended.</remarks>
[Parallelizable(ParallelScope.Self)]
internal abstract partial class BrowserFixture : IntegrationFixture
{
    // A machine with two processors is busy while all fixtures run side by side. Nobody waits that long for what works.
    private const float Timeout = 120_000;

    private readonly ConcurrentQueue<string> _troubles = new();
    private readonly List<IBrowserContext> _windows = [];

    /// <summary>A window as wide as an owner's screen.</summary>
    protected static ViewportSize Wide => new() { Width = 1280, Height = 900 };

    /// <summary>A window as narrow as a customer's phone.</summary>
    protected static ViewportSize Narrow => new() { Width = 390, Height = 800 };

    /// <summary>Opens a window that shares no cookies with any other, in the first store or another.</summary>
    protected async Task<IPage> OpenAsync(ViewportSize? size = null, bool script = true, Uri? shop = null)
    {
        var window = await (await Chromium.GetAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            // A colour on its way from one to another would be judged like one that stays.
            ReducedMotion = ReducedMotion.Reduce,
            BaseURL = (shop ?? Host.Shop.Url).ToString(),
            ViewportSize = size ?? Wide,
            JavaScriptEnabled = script,
            Locale = "en-US"
        });
        _windows.Add(window);
        window.SetDefaultTimeout(Timeout);
        Assertions.SetDefaultExpectTimeout(Timeout);
        window.Response += (_, response) =>
        {
            if (response.Status >= 500)
                _troubles.Enqueue($"{response.Status} {response.Url}");
        };
        return Watch(await window.NewPageAsync());
    }

    /// <summary>Opens another tab in the same window: it shares the cookies.</summary>
    protected async Task<IPage> OpenTabAsync(IPage page) => Watch(await page.Context.NewPageAsync());

    /// <summary>Puts something into the cart on the shop's first page.</summary>
    protected static async Task FillCartAsync(IPage page)
    {
        await page.GotoAsync("/");
        await page.Locator("form[action*='Cart/Add' i] button").First.ClickAsync();
        await page.WaitForURLAsync("**/cart");
    }

    /// <summary>Goes through the checkout up to the payment information, with what is in the cart; an empty one is filled without its pages, which are the sandbox's own.</summary>
    protected static async Task GoToPaymentAsync(IPage page, bool isCartFilled = false)
    {
        if (!isCartFilled)
        {
            var form = page.Context.APIRequest.CreateFormData().Set("productId", 1).Set("quantity", 1);
            await page.Context.APIRequest.PostAsync("/Cart/Add", new APIRequestContextOptions { Form = form, MaxRedirects = 0 });
        }

        await page.GotoAsync("/checkout");
        foreach (var (field, value) in new[]
        {
            ("FirstName", "Sam"), ("LastName", "de Vries"), ("Email", "sam@customer.example"), ("Phone", "+31 20 000 00 00"), ("Address1", "Voorbeeldkade 12-B"),
            ("Zip", "1234 AB"), ("City", "Voorbeeldstad")
        })
            await page.Locator($"#{field}").FillAsync(value);
        await page.Locator($"input[name=PaymentMethod][value='{MultiSafepayDefaults.SystemName}']").CheckAsync();
        await page.Locator("main form button.btn-primary").ClickAsync();
        await page.WaitForURLAsync(AfterAddress());
    }

    /// <summary>Buys something, as far as the last button of the checkout.</summary>
    protected static async Task GoToConfirmationAsync(IPage page, bool isCartFilled = false)
    {
        await GoToPaymentAsync(page, isCartFilled);
        if (page.Url.Contains("PaymentInfo", StringComparison.OrdinalIgnoreCase))
            await page.Locator("main form button.btn-primary").ClickAsync();
        await page.Locator("#place-order").WaitForAsync();
    }

    /// <summary>Chooses a method on MultiSafepay's payment page, unless the shop has chosen one, and how the payment ends.</summary>
    protected static async Task PayAsync(IPage page, string scenario = "completed", string gateway = "IDEAL")
    {
        await page.WaitForURLAsync("**/pay/**");
        var choice = page.Locator($"button[name=gateway][value='{gateway}']");
        if (await choice.CountAsync() > 0)
            await choice.ClickAsync();
        await page.Locator($"button[name=scenario][value='{scenario}']").ClickAsync();
    }

    /// <summary>Does something that loads the page anew, or another one, and waits until it is there.</summary>
    protected static async Task LeaveAsync(IPage page, Func<Task> act)
    {
        await page.EvaluateAsync("document.body.dataset.left = ''");
        await act();
        await page.Locator("body:not([data-left])").WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }

    /// <summary>Opens all sections of a page, and what can be opened in them.</summary>
    protected static Task OpenSectionsAsync(IPage page) => page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");

    /// <summary>The order that was placed last.</summary>
    protected async Task<Order> LastOrderAsync() => (await Host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!;

    /// <summary>Checks a page, or a part of it, by the rules of axe-core.</summary>
    protected static Task AssertAccessibleAsync(IPage page, string? part = null) => Accessibility.AssertAsync(page, part);

    /// <summary>Checks that nothing sticks out of the window to the right.</summary>
    protected static async Task AssertFitsWindowAsync(IPage page) =>
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.LessThanOrEqualTo(0), $"{page.Url} is too wide");

    /// <summary>Checks a page in a window as wide as a phone, and again when it is as wide as an owner's screen.</summary>
    protected static async Task InBothWidthsAsync(IPage page, Func<Task> check)
    {
        foreach (var size in new[] { Narrow, Wide })
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            await check();
        }
    }

    [TearDown]
    public async Task CloseWindows()
    {
        foreach (var window in _windows)
            await window.CloseAsync();
        var troubles = _troubles.ToArray();
        _windows.Clear();
        _troubles.Clear();
        Assert.That(troubles, Is.Empty);
    }

    /// <summary>Where the checkout goes from the address: the payment information, or past it where a method needs none.</summary>
    [GeneratedRegex("/(PaymentInfo|Confirm)$", RegexOptions.IgnoreCase)]
    private static partial Regex AfterAddress();

    private IPage Watch(IPage page)
    {
        page.PageError += (_, error) => _troubles.Enqueue($"{page.Url}: {error}");
        return page;
    }
}
