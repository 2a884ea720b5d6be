using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>The configuration page in the owner's browser.</summary>
[TestFixture]
internal sealed class ConfigurationPageTests : BrowserFixture
{
    private const string Address = "/Admin/MultiSafepay/Configure";

    [Test]
    public async Task The_page_is_accessible_and_fits_the_window()
    {
        var page = await OpenAsync();
        await page.GotoAsync(Address);
        await InBothWidthsAsync(page, async () =>
        {
            await AssertAccessibleAsync(page);
            await AssertFitsWindowAsync(page);
        });
    }

    [Test]
    public async Task A_validation_error_is_shown_beside_its_field()
    {
        var page = await OpenAsync();
        await page.GotoAsync(Address);
        await page.Locator("nav a[href='#multisafepay-orders']").ClickAsync();
        await page.Locator("#OrderIdTemplate").FillAsync("{no such token}");
        await page.Locator("#multisafepay-orders > summary").ClickAsync();
        await Assertions.Expect(page.Locator("#OrderIdTemplate")).Not.ToBeVisibleAsync();
        await LeaveAsync(page, () => page.Locator("button[name=save]").ClickAsync());
        await Assertions.Expect(page.Locator("[data-valmsg-for=OrderIdTemplate]")).Not.ToBeEmptyAsync();
        await Assertions.Expect(page.Locator("#OrderIdTemplate")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
    }

    // All settings at once, in a store that has its own and follows others, with an alert, an answered question and an opened row.
    [Test]
    public async Task Every_state_of_the_page_is_accessible_and_fits_the_window()
    {
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<MerchantAlerts>().RaiseAsync(new Order { Id = 1, CustomOrderNumber = "1" }, "WrongAmount"));
        var page = await OpenAsync(Narrow);
        await page.GotoAsync(Address);
        await page.Locator("#advanced-settings-mode").CheckAsync();
        await OpenSectionsAsync(page);
        await Assertions.Expect(page.Locator("#multisafepay-status-rows")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-multisafepay-load] details").First).ToBeVisibleAsync();
        await AssertPageAsync(page);

        await LeaveAsync(page, () => page.Locator("#store-scope-configuration").SelectOptionAsync("2"));
        await page.Locator("#StatusRows_OverrideForStore").CheckAsync();
        await page.Locator("#multisafepay-to-method-check").ClickAsync();
        await Assertions.Expect(page.Locator("#multisafepay-method-check legend")).ToBeInViewportAsync();
        await page.Locator("#multisafepay-method-check [name=Amount]").FillAsync("25");
        await page.Locator("#multisafepay-method-check button").ClickAsync();
        await Assertions.Expect(page.Locator("#multisafepay-check-answer")).Not.ToBeEmptyAsync();
        await Assertions.Expect(page.Locator("#multisafepay-check-answer p").First).ToBeInViewportAsync();
        await AssertPageAsync(page);
    }

    [Test]
    public async Task The_status_mapping_is_reset_only_after_confirmation()
    {
        var own = StatusMapping.Recommended.With(TransactionState.Completed, new StatusChoice(PaymentAction.Pay, OrderStatus.Complete)).ToString();
        await Host.SetAsync(settings => settings.StatusMapping = own);
        var page = await OpenAsync();
        await page.GotoAsync(Address);
        await page.Locator("#advanced-settings-mode").CheckAsync();
        await OpenSectionsAsync(page);

        var question = string.Empty;
        page.Dialog += async (_, dialog) =>
        {
            var isFirst = question.Length == 0;
            question = dialog.Message;
            await (isFirst ? dialog.DismissAsync() : dialog.AcceptAsync());
        };
        await page.Locator("#multisafepay-reset").ClickAsync();
        Assert.That(question, Is.EqualTo(Localization.Texts.Load("en")["Configuration.ResetStatusMappingSure"]));
        Assert.That(await StoredMappingAsync(), Is.EqualTo(own));

        await LeaveAsync(page, () => page.Locator("#multisafepay-reset").ClickAsync());
        Assert.That(await StoredMappingAsync(), Is.Empty);
    }

    [Test]
    public async Task A_saved_API_key_is_never_shown_again()
    {
        const string key = "made-up-live-key-5566";
        var page = await OpenAsync();
        await page.GotoAsync(Address);
        await page.Locator("#LiveApiKey").FillAsync(key);
        await LeaveAsync(page, () => page.Locator("button[name=save]").ClickAsync());
        Assert.That(await page.ContentAsync(), Does.Not.Contain(key));
        await Assertions.Expect(page.Locator("#LiveApiKey")).ToHaveValueAsync(string.Empty);
    }

    // The rules are the same for a narrow window, and looking through a page of this size takes a while.
    private static async Task AssertPageAsync(IPage page)
    {
        await OpenSectionsAsync(page);
        await InBothWidthsAsync(page, () => AssertFitsWindowAsync(page));
        await AssertAccessibleAsync(page);
    }

    private Task<string> StoredMappingAsync() => Host.Shop.InScopeAsync(async services =>
        (await services.GetRequiredService<StoreSettings>().ForStoreAsync(0)).StatusMapping ?? string.Empty);
}
