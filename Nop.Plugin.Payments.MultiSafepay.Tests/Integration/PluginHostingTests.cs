using System.Net;
using Nop.Core.Domain.Configuration;
using Nop.Core.Domain.Localization;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Integration;

/// <summary>The real plugin in the shop: its pages, its files, and what installing and uninstalling leave.</summary>
[TestFixture]
[Category(EveryVersion.Category)]
internal sealed class PluginHostingTests
{
    [Test]
    public async Task The_checkout_shows_name_logo_and_payment_step_of_the_plugin()
    {
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
        Assert.That(await browser.ReadAsync("checkout"), Does.Contain("MultiSafepay").And.Contain("Plugins/Payments.MultiSafepay/logo.png"));
        Assert.That(await browser.ReadAsync("Checkout/PaymentInfo"), Does.Contain("payment-info"));
        using var logo = await browser.GetAsync("Plugins/Payments.MultiSafepay/logo.png");
        Assert.That((logo.StatusCode, logo.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "image/png")));
    }

    [TestCase("Plugins/Payments.MultiSafepay/plugin.json")]
    [TestCase("Plugins/Payments.MultiSafepay/Views/Admin/Configure.cshtml")]
    [TestCase("Plugins/Payments.MultiSafepay/Content/..%2fSandbox.Shop.dll")]
    public async Task Other_files_of_the_plugin_folder_are_not_served(string path)
    {
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();
        using var answer = await browser.GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_configuration_page_opens_for_all_stores_and_for_one()
    {
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();
        var page = await browser.ReadAsync("Admin/MultiSafepay/Configure");
        Assert.That(page, Does.Contain("store-scope-configuration").And.Not.Contain("multi-store-override-option").And.Not.Contain(Sandbox.Shop.ShopOptions.DefaultApiKey));

        await browser.PostFromAsync("Admin/MultiSafepay/Configure", "Admin/Setting/ChangeStoreScopeConfiguration", ("storeid", "2"), ("returnUrl", "/Admin/MultiSafepay/Configure"));
        Assert.That(await browser.ReadAsync("Admin/MultiSafepay/Configure"), Does.Contain("multi-store-override-option"));
    }

    [Test]
    public async Task Uninstalling_removes_settings_and_texts_and_reinstalling_restores_them()
    {
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();
        Assert.That(await TracesAsync(shop), Is.Not.Empty);
        await browser.PostFromAsync("Admin/Plugin/List", "Admin/Plugin/Uninstall", ("systemName", MultiSafepayDefaults.SystemName));
        Assert.That(await TracesAsync(shop), Is.Empty);
        await browser.PostFromAsync("Admin/Plugin/List", "Admin/Plugin/Install", ("systemName", MultiSafepayDefaults.SystemName));
        Assert.That(await TracesAsync(shop), Is.Not.Empty);
        Assert.That(await browser.ReadAsync("Admin/Plugin/List"), Does.Contain("not active"), "as in nopCommerce, that is a second step");
        await browser.PostFromAsync("Admin/Plugin/List", "Admin/Plugin/SetActive", ("systemName", MultiSafepayDefaults.SystemName), ("active", "true"));
        Assert.That(await browser.ReadAsync("Admin/Plugin/List"), Does.Contain("active payment method"));
    }

    private static async Task<List<string>> TracesAsync(TestShop shop) =>
    [
        .. (await shop.Database.ListAsync<Setting>(row => row.Name.StartsWith("multisafepaysettings", StringComparison.Ordinal))).Select(row => row.Name),
        .. (await shop.Database.ListAsync<LocaleStringResource>(row => row.ResourceName.StartsWith("plugins.payments.multisafepay", StringComparison.Ordinal))).Select(row => row.ResourceName),
    ];
}
