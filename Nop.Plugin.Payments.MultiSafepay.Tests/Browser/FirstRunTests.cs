using Microsoft.Playwright;
using Nop.Core.Domain.Payments;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>From nothing to the first payment, with the plugin list, the configuration page and the list of payment methods alone.</summary>
[TestFixture]
internal sealed class FirstRunTests : BrowserFixture
{
    [Test]
    public async Task An_owner_installs_the_plugin_and_a_customer_pays()
    {
        var owner = await OpenAsync();
        await owner.GotoAsync("/Admin/Plugin/List");
        await ButtonAsync(owner, "Install");
        await owner.GetByRole(AriaRole.Link, new() { Name = "Configure" }).ClickAsync();

        var checklist = owner.Locator("[data-multisafepay-load]");
        await Assertions.Expect(checklist.Locator("details").First).ToContainTextAsync("not ready yet");
        await Assertions.Expect(checklist).ToContainTextAsync("No key is set for the test environment");

        await owner.Locator("#TestApiKey").FillAsync($" {SimulatorRun.Key} ");
        await owner.Locator("[aria-controls=TestApiKey-check]").ClickAsync();
        await Assertions.Expect(owner.Locator("#TestApiKey-check")).ToContainTextAsync("The key works in the test environment");
        await Assertions.Expect(owner.Locator("#TestApiKey-check")).ToContainTextAsync("spaces around the key");
        await LeaveAsync(owner, () => owner.Locator("button[name=save]").ClickAsync());
        await Assertions.Expect(checklist).ToContainTextAsync("MultiSafepay is not active as a payment method");
        await AssertAccessibleAsync(owner);

        await checklist.Locator("a[href$='Payment/Methods']").First.ClickAsync();
        await LeaveAsync(owner, () => ButtonAsync(owner, "Switch on"));
        await owner.GotoAsync("/Admin/MultiSafepay/Configure");
        await Assertions.Expect(checklist.Locator("details").First).ToContainTextAsync("ready to take payments");
        await Assertions.Expect(checklist.Locator("details[open]")).ToHaveCountAsync(0);
        await AssertAccessibleAsync(owner);

        var customer = await OpenAsync();
        await FillCartAsync(customer);
        await GoToConfirmationAsync(customer, isCartFilled: true);
        await customer.Locator("#place-order").ClickAsync();
        await PayAsync(customer);
        await customer.WaitForURLAsync("**/checkout/completed/*");
        var order = await LastOrderAsync();
        await Host.UntilAsync(order, PaymentStatus.Paid);
    }

    [Test]
    public async Task The_diagnostics_are_accessible_and_fit_the_window()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/Admin/MultiSafepaySetup/Diagnostics");
        await InBothWidthsAsync(page, async () =>
        {
            await AssertAccessibleAsync(page);
            await AssertFitsWindowAsync(page);
        });
    }

    [SetUp]
    public async Task StartWithoutPluginAsync()
    {
        using var browser = Host.Shop.NewBrowser();
        await browser.PostFromAsync("Admin/Plugin/List", "Admin/Plugin/Uninstall", ("systemName", MultiSafepayDefaults.SystemName));
        if (TestContext.CurrentContext.Test.MethodName!.StartsWith("The_diagnostics", StringComparison.Ordinal))
            await browser.PostFromAsync("Admin/Plugin/List", "Admin/Plugin/Install", ("systemName", MultiSafepayDefaults.SystemName));
    }

    private static Task ButtonAsync(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
