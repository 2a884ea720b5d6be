using Microsoft.Playwright;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>The configuration page in the owner's browser.</summary>
[TestFixture]
internal sealed class ConfigurationPageTests : BrowserFixture
{
    private const string Address = "/Admin/MultiSafepay/Configure";

    [Test]
    [Patient]
    public async Task The_page_is_accessible_and_fits_the_window([Values] bool wide)
    {
        var page = await OpenAsync(wide ? Wide : Narrow);
        await page.GotoAsync(Address);
        await BeAccessibleAsync(page);
        await FitTheWindowAsync(page);
    }

    [Test]
    [Patient]
    public async Task What_is_wrong_is_told_beside_the_field()
    {
        var page = await OpenAsync();
        await page.GotoAsync(Address);
        await page.Locator("#OrderIdTemplate").FillAsync("{no such token}");
        await page.Locator("button[name=save]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-valmsg-for=OrderIdTemplate]")).Not.ToBeEmptyAsync();
        await BeAccessibleAsync(page);
    }

    [Test]
    [Patient]
    public async Task A_key_is_never_shown_again()
    {
        const string key = "made-up-live-key-5566";
        var page = await OpenAsync();
        await page.GotoAsync(Address);
        await page.Locator("#LiveApiKey").FillAsync(key);
        await page.Locator("button[name=save]").ClickAsync();
        await page.WaitForURLAsync($"**{Address}");
        Assert.That(await page.ContentAsync(), Does.Not.Contain(key));
        await Assertions.Expect(page.Locator("#LiveApiKey")).ToHaveValueAsync(string.Empty);
    }
}
