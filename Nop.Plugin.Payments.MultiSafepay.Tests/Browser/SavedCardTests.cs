using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>The life of a saved card in the browser of its owner.</summary>
[TestFixture]
internal sealed class SavedCardTests : BrowserFixture
{
    private const string Body = "main";
    private const string Email = "sam@customer.example";

    [SetUp]
    public async Task AllowSavedCardsAsync()
    {
        await Host.Simulator.AllowRecurringAsync();
        await Host.SetAsync(settings => (settings.SaveCards, settings.GroupCards) = (true, false));
        await Host.LoadMethodsAsync();
    }

    [Test]
    public async Task A_card_is_saved_used_confirmed_declined_and_deleted()
    {
        var page = await OpenAsync();
        await SignInAsync(page);
        await GoToPaymentAsync(page);
        await Radio(page, "VISA").CheckAsync();
        await page.GetByLabel("Save this card for next time").And(page.Locator(":visible")).CheckAsync();
        await InBothWidthsAsync(page, () => AssertFineAsync(page));
        await NextAsync(page);
        await page.Locator("#place-order").ClickAsync();
        await PayAsync(page, gateway: "VISA");
        await page.WaitForURLAsync("**/checkout/completed/*");
        await Host.UntilAsync(await LastOrderAsync(), PaymentStatus.Paid);

        // By keyboard alone: the method of the last order is preselected, and the saved cards are above the methods.
        await EnterLaterAsync(page);
        await InBothWidthsAsync(page, () => AssertFineAsync(page));
        for (var presses = 0; presses < 40 && !await Radio(page, "VISA").EvaluateAsync<bool>("element => element === document.activeElement"); presses++)
            await page.Keyboard.PressAsync("Tab");
        for (var presses = 0; presses < 60 && !await Card(page).IsCheckedAsync(); presses++)
            await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#place-order").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/checkout/completed/*");
        await Host.UntilAsync(await LastOrderAsync(), PaymentStatus.Paid);

        await Host.Simulator.PlanTokenPaymentAsync("authenticate");
        await BuyWithCardAsync(page);
        await PayAsync(page, "confirmed");
        await page.WaitForURLAsync("**/checkout/completed/*");
        await Host.UntilAsync(await LastOrderAsync(), PaymentStatus.Paid);

        await Host.Simulator.PlanTokenPaymentAsync("declined", 4002);
        await BuyWithCardAsync(page);
        await Assertions.Expect(page.GetByText(await Host.TextAsync("Customer.CardFunds"))).ToBeVisibleAsync();
        await page.Locator("#retry-payment").ClickAsync();
        await PayAsync(page);
        await page.WaitForURLAsync("**/checkout/completed/*");
        await Host.UntilAsync(await LastOrderAsync(), PaymentStatus.Paid);
        Assert.That(await Host.Shop.Database.ListAsync<Order>(), Has.Count.EqualTo(4));

        await page.GotoAsync("/customer/info");
        await page.GetByRole(AriaRole.Link, new() { Name = "Saved cards" }).ClickAsync();
        await OpenSectionsAsync(page);
        await InBothWidthsAsync(page, () => AssertFineAsync(page));
        var paddings = await page.Locator(".list-group-item").EvaluateAllAsync<string[]>("items => items.map(item => getComputedStyle(item).padding)");
        Assert.That(paddings.Distinct().Count(), Is.EqualTo(1), "the style of the page leaves the navigation alone");
        await LeaveAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Delete this card" }).PressAsync("Enter"));
        await Assertions.Expect(page.GetByText("The card has been deleted.")).ToBeVisibleAsync();
        await AssertFineAsync(page);
        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty);
    }

    [Test]
    public async Task A_Dutch_customer_without_script_pays_with_a_card_and_deletes_it_and_the_account()
    {
        var page = await OpenAsync(Narrow, script: false);
        await page.GotoAsync("/");
        await SignInAsync(page);
        var customer = (await Host.Shop.Database.ListAsync<Customer>(customer => customer.Email == Email)).Single();
        customer.LanguageId = (await Host.Shop.Database.ListAsync<Nop.Core.Domain.Localization.Language>()).Single(language => language.UniqueSeoCode == "nl").Id;
        await Host.Shop.Database.UpdateAsync(customer);
        await Host.Shop.Database.InsertAsync(new MultiSafepayCustomerReference { CustomerId = customer.Id, Reference = "0123456789abcdef" });
        await Host.Simulator.AddTokenAsync("0123456789abcdef", new JsonObject { ["expiry_date"] = "4512" });

        await GoToPaymentAsync(page);
        await Assertions.Expect(page.GetByText("Geldig tot en met 12/45")).ToBeVisibleAsync();
        await AssertFitsWindowAsync(page);
        await Card(page).CheckAsync();
        await NextAsync(page);
        await page.Locator("#place-order").ClickAsync();
        await page.WaitForURLAsync("**/checkout/completed/*");
        await Host.UntilAsync(await LastOrderAsync(), PaymentStatus.Paid);

        await page.GotoAsync(MultiSafepayDefaults.Routes.SavedCards);
        await AssertFitsWindowAsync(page);
        await page.GetByText("Verwijderen", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deze kaart verwijderen" }).ClickAsync();
        await Assertions.Expect(page.GetByText("De kaart is verwijderd.")).ToBeVisibleAsync();

        await Host.Simulator.AddTokenAsync("0123456789abcdef");
        await page.GotoAsync("/customer/info");
        await page.Locator("#delete-account").ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty, "with the account, its cards are erased");
    }

    private static async Task AssertFineAsync(IPage page)
    {
        await AssertFitsWindowAsync(page);
        await AssertAccessibleAsync(page, Body);
    }

    private static async Task SignInAsync(IPage page)
    {
        var form = page.Context.APIRequest.CreateFormData().Set("email", Email);
        await page.Context.APIRequest.PostAsync("/login", new APIRequestContextOptions { Form = form, MaxRedirects = 0 });
    }

    private async Task EnterLaterAsync(IPage page)
    {
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(2));
        await GoToPaymentAsync(page);
    }

    private async Task BuyWithCardAsync(IPage page)
    {
        await EnterLaterAsync(page);
        await Card(page).CheckAsync();
        await NextAsync(page);
        await page.Locator("#place-order").ClickAsync();
    }

    private static ILocator Radio(IPage page, string gateway) => page.Locator($"input[name={CustomerFields.MethodField}][value={gateway}]");

    private static ILocator Card(IPage page) => page.Locator("#multisafepay-cards input").First;

    private static Task NextAsync(IPage page) => page.Locator("main form button.btn-primary").ClickAsync();
}
