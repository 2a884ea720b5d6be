using System.Net;
using Nop.Core.Domain.Configuration;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Simulator;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Shop;

/// <summary>The real plugin in the shop: its pages, and an order that is paid at the simulator.</summary>
[TestFixture]
internal sealed class PluginHostingTests
{
    [Test]
    public async Task The_checkout_shows_the_plugins_name_logo_and_own_step()
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
    [TestCase("Plugins/Payments.MultiSafepay/Content/..%2fSandbox.dll")]
    public async Task Other_files_beside_the_plugin_are_not_served(string path)
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
        Assert.That(page, Does.Contain("store-scope-configuration").And.Not.Contain("multi-store-override-option").And.Not.Contain(Sandbox.SandboxDefaults.TestApiKey));

        await browser.PostFromAsync("Admin/MultiSafepay/Configure", "Admin/Setting/ChangeStoreScopeConfiguration", ("storeid", "2"), ("returnUrl", "/Admin/MultiSafepay/Configure"));
        Assert.That(await browser.ReadAsync("Admin/MultiSafepay/Configure"), Does.Contain("multi-store-override-option"));
    }

    [Test]
    public async Task Uninstalling_leaves_nothing_and_installing_brings_it_back()
    {
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();
        Assert.That(await TracesAsync(shop), Is.Not.Empty);
        await browser.PostFromAsync("Admin/Plugin/List", "Admin/Plugin/Uninstall", ("systemName", MultiSafepayDefaults.SystemName));
        Assert.That(await TracesAsync(shop), Is.Empty);
        await browser.PostFromAsync("Admin/Plugin/List", "Admin/Plugin/Install", ("systemName", MultiSafepayDefaults.SystemName));
        Assert.That(await TracesAsync(shop), Is.Not.Empty);
        Assert.That(await browser.ReadAsync("Admin/Plugin/List"), Does.Contain("active payment method"));
    }

    [Test]
    public async Task An_order_is_paid_at_the_simulator_and_the_customer_comes_back()
    {
        await using var simulator = SimulatorHost.Build(new SimulatorOptions { Port = 0, Sites = [new SimulatorSite(1001, Sandbox.SandboxDefaults.TestApiKey)] });
        await simulator.StartAsync();
        await using var shop = await TestShop.StartAsync(new ShopOptions { ApiUrl = $"{simulator.Urls.First().TrimEnd('/')}/v1/json/" });
        using var browser = shop.NewBrowser();
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
        var paymentPage = await browser.PlaceOrderAsync();
        Assert.That(paymentPage, Does.StartWith("http://").And.Contain("/pay/"), await shop.LogAsync());

        var back = await PayAsync(browser, paymentPage);
        using var next = await browser.GetAsync(back);
        Assert.That(next.Headers.Location?.ToString(), Is.EqualTo("/checkout/completed/1"), await shop.LogAsync());
        Assert.That((await shop.Database.FindAsync<Order>(1))!.PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
    }

    private static async Task<string> PayAsync(ShopBrowser browser, string paymentPage)
    {
        var start = new UriBuilder(paymentPage) { Query = "" };
        start.Path += "start";
        using var method = await browser.SendAsync(start.Uri.ToString(), ("gateway", "IDEAL"));
        var transaction = new Uri(start.Uri, method.Headers.Location!);
        using var paid = await browser.SendAsync(transaction.ToString(), ("scenario", "completed"));
        return new Uri(start.Uri, paid.Headers.Location!).ToString();
    }

    private static async Task<List<string>> TracesAsync(TestShop shop) =>
    [
        .. (await shop.Database.ListAsync<Setting>(row => row.Name.StartsWith("multisafepaysettings", StringComparison.Ordinal))).Select(row => row.Name),
        .. (await shop.Database.ListAsync<LocaleStringResource>(row => row.ResourceName.StartsWith("plugins.payments.multisafepay", StringComparison.Ordinal))).Select(row => row.ResourceName),
    ];
}
