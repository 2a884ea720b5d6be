using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Tax;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>The payment step in a customer's browser: three kinds of methods, on desktop and phone, with and without script.</summary>
[TestFixture]
internal sealed class PaymentMethodTests : BrowserFixture
{
    // The sandbox's own header is not ours to judge here.
    private const string Body = "main";

    // Of the logos that are visible.
    private const string LogoWidths = "logos => logos.filter(logo => logo.checkVisibility({ visibilityProperty: true })).map(logo => logo.getBoundingClientRect().width)";

    [Test]
    [Pairwise]
    public async Task A_customer_pays_with_the_chosen_method([Values] bool wide, [Values] bool script, [Values("IDEAL", "CREDITCARD", "EINVOICE")] string gateway)
    {
        var page = await OpenAsync(wide ? Wide : Narrow, script);
        await GoToPaymentAsync(page);
        await Radio(page, gateway).CheckAsync();
        if (gateway == "EINVOICE")
        {
            await page.GetByLabel("Date of birth").And(page.Locator(":visible")).FillAsync("1971-03-14");
            await page.GetByLabel("Bank account (IBAN)").And(page.Locator(":visible")).FillAsync("NL91 ABNA 0417 1643 00");
        }

        await NextAsync(page);
        await page.Locator("#place-order").ClickAsync();
        await page.WaitForURLAsync("**/pay/**");
        Assert.That(await page.Locator("button[name=gateway]").CountAsync(), Is.Zero, "there is nothing left to choose");
        await PayAsync(page);
        await page.WaitForURLAsync("**/checkout/completed/*");

        Assert.That((string?)(await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.EqualTo(gateway));
        if (gateway != "EINVOICE")
            await Host.UntilAsync(await LastOrderAsync(), PaymentStatus.Paid);
    }

    [Test]
    public async Task The_payment_step_is_accessible_fits_the_window_and_does_not_shift([Values] bool script)
    {
        var page = await OpenAsync(script: script);
        await GoToPaymentAsync(page);
        await InBothWidthsAsync(page, async () =>
        {
            await AssertFitsWindowAsync(page);
            Assert.That(await page.Locator(".multisafepay-method > img").EvaluateAllAsync<float[]>(LogoWidths), Is.Not.Empty.And.All.EqualTo(48));
            if (script)
                await AssertAccessibleAsync(page, Body);
        });

        await Radio(page, "EINVOICE").CheckAsync();
        await LeaveAsync(page, () => NextAsync(page));
        await InBothWidthsAsync(page, async () =>
        {
            Assert.That(await page.Locator("[aria-invalid=true]:visible").CountAsync(), Is.EqualTo(2), "birthday and bank account");
            await AssertFitsWindowAsync(page);
            if (script)
                await AssertAccessibleAsync(page, Body);
        });
    }

    [Test]
    public async Task A_customer_who_switches_methods_in_one_page_checkout_pays_the_displayed_total()
    {
        await Host.SetAsync<OrderSettings>(settings => settings.OnePageCheckoutEnabled = true);
        await Host.SetAsync<TaxSettings>(settings => settings.PaymentMethodAdditionalFeeIncludesTax = false);
        await Host.SetAsync(settings => settings.Methods = MethodRules.Empty
            .With("IDEAL", new MethodRule { Enabled = true, Fee = 1.50m }).With("PAYPAL", new MethodRule { Enabled = true, Fee = 2.75m }).ToString());
        var page = await OpenAsync();
        await FillCartAsync(page);
        await page.GotoAsync("/checkout");
        await page.WaitForURLAsync("**/onepagecheckout");
        foreach (var section in new[] { "billing", "payment-method" })
            await page.Locator($"#opc-{section} button.btn-primary").ClickAsync();

        await Radio(page, "IDEAL").CheckAsync();
        await page.Locator("#opc-payment-info button.btn-primary").ClickAsync();
        var total = page.Locator("#opc-confirm-order .fw-bold dd");
        await Assertions.Expect(total).ToHaveTextAsync("€ 41.72");
        await page.Locator("#opc-back").ClickAsync();
        await Radio(page, "PAYPAL").CheckAsync();
        await page.Locator("#opc-payment-info button.btn-primary").ClickAsync();
        await Assertions.Expect(total).ToHaveTextAsync("€ 43.23");

        await page.Locator("#place-order").ClickAsync();
        await page.WaitForURLAsync("**/pay/**");
        var request = await Host.LastBodyAsync("POST", "orders");
        Assert.That(((string?)request["gateway"], (long)request["amount"]!), Is.EqualTo(("PAYPAL", 4323L)));
    }

    [Test]
    public async Task The_payment_step_can_be_completed_with_the_keyboard_alone()
    {
        var page = await OpenAsync();
        await GoToPaymentAsync(page);
        var first = page.Locator($"input[name={CustomerFields.MethodField}]:enabled").First;
        for (var presses = 0; presses < 40 && !await IsFocusedAsync(first); presses++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        for (var presses = 0; presses < 60 && !await Radio(page, "PAYPAL").IsCheckedAsync(); presses++)
            await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#place-order").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/pay/**");
        Assert.That((string?)(await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.EqualTo("PAYPAL"));
    }

    [Test]
    public async Task Apple_Pay_is_offered_only_on_devices_that_support_it()
    {
        var other = await OpenAsync();
        await GoToPaymentAsync(other);
        await Assertions.Expect(Radio(other, "APPLEPAY")).ToBeHiddenAsync();

        var apple = await OpenAsync(Narrow);
        await apple.AddInitScriptAsync("window.ApplePaySession = { canMakePayments: () => true };");
        await GoToPaymentAsync(apple);
        await Radio(apple, "APPLEPAY").CheckAsync();
        await NextAsync(apple);
        await apple.Locator("#place-order").ClickAsync();
        await apple.WaitForURLAsync("**/pay/**");
        Assert.That((string?)(await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.EqualTo("APPLEPAY"));
    }

    [Test]
    public async Task The_customer_chooses_the_method_on_the_payment_page_while_the_API_is_down()
    {
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "drop-before-work", ["path"] = "payment-methods", ["times"] = -1 });
        Host.Simulator.Time.Advance(MethodCatalogue.KeptFor);
        var page = await OpenAsync(Narrow);
        await GoToPaymentAsync(page);
        Assert.That(await page.Locator($"input[name={CustomerFields.MethodField}]").CountAsync(), Is.Zero);
        await AssertAccessibleAsync(page, Body);
        await NextAsync(page);
        await page.Locator("#place-order").ClickAsync();
        await PayAsync(page);
        await page.WaitForURLAsync("**/checkout/completed/*");
    }

    [Test]
    public async Task A_method_disabled_before_confirmation_still_lets_the_customer_pay([Values] bool isKnown)
    {
        var page = await OpenAsync();
        await GoToPaymentAsync(page);
        await Radio(page, "IDEAL").CheckAsync();
        await NextAsync(page);
        (await Host.Simulator.ControlAsync(HttpMethod.Post, "gateways/IDEAL/off")).Dispose();
        if (isKnown)
        {
            Host.Simulator.Time.Advance(MethodCatalogue.FreshFor);
            var tab = await OpenTabAsync(page);
            await IntegrationHost.UntilAsync(async () =>
            {
                await tab.GotoAsync("/Checkout/PaymentInfo");
                return await Radio(tab, "IDEAL").CountAsync() == 0;
            }, "the shop has learnt it");
        }

        await page.Locator("#place-order").ClickAsync();
        if (isKnown)
        {
            await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("choose another");
            Assert.That(await Host.Shop.Database.ListAsync<Order>(), Is.Empty);
        }
        else
        {
            await PayAsync(page, gateway: "PAYPAL");
            await page.WaitForURLAsync("**/checkout/completed/*");
        }
    }

    [Test]
    public async Task The_payment_method_settings_are_accessible_and_saved([Values] bool wide)
    {
        const string address = "/Admin/MultiSafepay/Configure";
        var page = await OpenAsync(wide ? Wide : Narrow);
        await IntegrationHost.UntilAsync(async () =>
        {
            await page.GotoAsync(address);
            return await page.Locator("[data-gateway=IDEAL]").CountAsync() > 0;
        }, "the methods are known");

        await page.Locator("#multisafepay-methods-section > summary").ClickAsync();
        var search = page.GetByRole(AriaRole.Searchbox);
        await search.FillAsync("paypal");
        await Assertions.Expect(page.Locator("[data-gateway=IDEAL]")).Not.ToBeVisibleAsync();
        await search.FillAsync(string.Empty);
        await page.Locator("[data-gateway=PAYPAL]").EvaluateAsync("row => row.parentElement.prepend(row)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move PayPal down" }).PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-gateway=PAYPAL] input[type=number]")).ToHaveValueAsync("20");

        var ideal = page.Locator("[data-gateway=IDEAL]");
        await ideal.Locator("summary").ClickAsync();
        await AssertAccessibleAsync(page, Body);
        await AssertFitsWindowAsync(page);
        await ideal.GetByLabel("Only billing countries (codes)").FillAsync("NL");
        await page.Locator("[data-gateway=PAYPAL] input[type=checkbox]").First.UncheckAsync();
        await LeaveAsync(page, () => page.Locator("button[name=save]").ClickAsync());

        await Assertions.Expect(page.Locator("[data-gateway=PAYPAL] input[type=checkbox]").First).Not.ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("[data-gateway=IDEAL] input[value=NL]")).ToHaveCountAsync(1);
        Assert.That(await page.Locator("[data-gateway]").Nth(1).GetAttributeAsync("data-gateway"), Is.EqualTo("PAYPAL"));

        // The section is still open, and the answer comes to where the question was asked.
        await IntegrationHost.UntilAsync(async () =>
        {
            await page.Locator("#multisafepay-method-check button").ClickAsync();
            await Assertions.Expect(page.Locator("#multisafepay-check-answer")).Not.ToBeEmptyAsync();
            return (await page.Locator("#multisafepay-check-answer").TextContentAsync())!.Contains("PayPal: You have turned it off.", StringComparison.Ordinal);
        }, "the owner's question is answered");
        await AssertAccessibleAsync(page, Body);
        await AssertFitsWindowAsync(page);
    }

    private static ILocator Radio(IPage page, string gateway) => page.Locator($"input[name={CustomerFields.MethodField}][value={gateway}]");

    private static Task NextAsync(IPage page) => page.Locator("main form button.btn-primary").ClickAsync();

    private static Task<bool> IsFocusedAsync(ILocator locator) => locator.EvaluateAsync<bool>("element => element === document.activeElement");
}
