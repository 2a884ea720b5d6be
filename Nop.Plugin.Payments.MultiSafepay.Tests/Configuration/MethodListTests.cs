using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>The account's payment methods on the configuration page, and the answer to an owner who misses one.</summary>
internal sealed class MethodListTests : IntegrationFixture
{
    private const string Page = "Admin/MultiSafepay/Configure";

    [Test]
    public async Task The_methods_of_the_account_are_listed_with_their_limits()
    {
        var page = await KnownPageAsync();
        Assert.That(page, Does.Contain("value=\"IDEAL\"").And.Contain("EUR 100.00 – 3000.00 · EUR · NL").And.Contain("Own rules for iDEAL").And.Not.Contain(">New<"));
        Assert.That(page, Does.Not.Contain("value=\"VISA\""), "the cards are grouped");
    }

    [Test]
    public async Task Saved_method_settings_determine_what_customers_see()
    {
        await SaveAsync(("Methods[0].Gateway", "IDEAL"), ("Methods[0].Name", "iDEAL"), ("Methods[0].Order", "2"),
            ("Methods[0].Enabled", "true"), ("Methods[0].Titles[0].LanguageId", "1"), ("Methods[0].Titles[0].Text", " Your own bank "), ("Methods[0].Titles[0].Description", "Paid at once"),
            ("Methods[0].Categories", "1, 4"), ("Methods[0].ShippingMethods", "Standard delivery; Pickup.PickupInStore"), ("Methods[0].Min", "0,5"), ("Methods[0].Max", "1000.50"),
            ("Methods[0].Countries", "nl be"), ("Methods[0].Roles[0].Id", "1"), ("Methods[0].Roles[1].Id", "2"), ("Methods[0].Roles[1].IsSelected", "True"), ("Methods[0].Roles[2].Id", "3"),
            ("Methods[0].Roles[2].IsSelected", "True"), ("Methods[0].Fee", "0.29"),
            ("Methods[1].Gateway", "PAYPAL"), ("Methods[1].Name", "PayPal"), ("Methods[1].Order", "1"), ("Methods[1].Enabled", "true"),
            ("Methods[2].Gateway", "TRUSTLY"), ("Methods[2].Name", "Trustly"), ("Methods[2].Order", "3"));

        var rules = await RulesAsync();
        var ideal = rules["IDEAL"]!;
        Assert.Multiple(() =>
        {
            Assert.That((ideal.Enabled, ideal.Order, ideal.Min, ideal.Max, ideal.Fee, ideal.FeeIsPercentage), Is.EqualTo((true, 2, (decimal?)0.5m, (decimal?)1000.5m, (decimal?)0.29m, false)));
            Assert.That((ideal.TitleIn(1), ideal.TitleIn(2)), Is.EqualTo(("Your own bank", (string?)null)));
            Assert.That((ideal.DescriptionIn(1), ideal.DescriptionIn(2)), Is.EqualTo(("Paid at once", (string?)null)));
            Assert.That(ideal.Categories, Is.EqualTo(new[] { 1, 4 }));
            Assert.That(ideal.ShippingMethods, Is.EqualTo(new[] { "Standard delivery", "Pickup.PickupInStore" }));
            Assert.That(ideal.Countries, Is.EqualTo(new[] { "NL", "BE" }));
            Assert.That(ideal.Roles, Is.EqualTo(new[] { 2, 3 }));
            Assert.That(rules["TRUSTLY"]!.Enabled, Is.False);
        });

        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        var step = await Host.Browser.ReadAsync("Checkout/PaymentInfo");
        Assert.That(step, Does.Contain(">Your own bank<").And.Contain(">Paid at once<").And.Not.Contain("value=\"TRUSTLY\""));
        Assert.That(step.IndexOf("value=\"PAYPAL\"", StringComparison.Ordinal), Is.LessThan(step.IndexOf("value=\"IDEAL\"", StringComparison.Ordinal)));

        // A mixed cart, with a product of another category, does not offer the method; nor does another way of delivery.
        Assert.That(await OffersIdealAsync("Pick up in the shop", addProductId: 3), Is.True, "books, which stand in the list, and a waffle iron, whose category is part of one in the list");
        Assert.That(await OffersIdealAsync("Delivery today"), Is.False);
        Assert.That(await OffersIdealAsync("Standard delivery", addProductId: 2), Is.False, "coffee");

        var page = await KnownPageAsync();
        Assert.That(page, Does.Contain("value=\"1, 4\"").And.Contain("value=\"Standard delivery; Pickup.PickupInStore\"").And.Contain("value=\"Paid at once\"")
            .And.Contain("Keuken >> Pannen en bakijzers"));
        Assert.That(page, Does.Contain(">New<"), "what the owner has not decided about");
        Assert.That(page, Does.Contain("value=\"Your own bank\"").And.Contain("value=\"1000.5\"").And.Contain("value=\"NL, BE\"")
            .And.Contain("name=\"Methods[1].Roles[2].IsSelected\" value=\"True\" checked=\"checked\""));
    }

    [Test]
    public async Task Saving_a_form_without_the_method_list_keeps_the_rules()
    {
        await SaveAsync(("Methods[0].Gateway", "IDEAL"), ("Methods[0].Order", "7"));
        await SaveAsync();
        Assert.That((await RulesAsync())["IDEAL"]!.Order, Is.EqualTo(7));
    }

    [Test]
    public async Task A_method_no_longer_in_the_account_is_listed_with_a_reason_until_it_is_removed()
    {
        await SaveAsync(("Methods[0].Gateway", "INGHOME"), ("Methods[0].Name", "ING HomePay"), ("Methods[0].Enabled", "true"));
        Assert.That(await KnownPageAsync(), Does.Contain("ING HomePay").And.Contain("no longer has this method"));
        await SaveAsync(("Methods[0].Gateway", "INGHOME"), ("Methods[0].Remove", "true"));
        Assert.That(await KnownPageAsync(), Does.Not.Contain("ING HomePay"));
    }

    [TestCase(true, "VISA", "CREDITCARD")]
    [TestCase(false, "CREDITCARD", "VISA")]
    public async Task Rules_of_cards_that_are_offered_in_another_form_are_kept_and_not_shown(bool areGrouped, string replaced, string shown)
    {
        (string, string)[] form = [("LinkLifetime", "30"), ("Enabled", "true"), ("GroupCards", areGrouped ? "true" : "false"), ("NewMethodsEnabled", "true")];
        await Host.Browser.PostFromAsync(Page, Page, [.. form, ("Methods[0].Gateway", replaced), ("Methods[0].Name", "Zebra card"), ("Methods[0].Enabled", "true"), ("Methods[0].Order", "7")]);

        var page = await KnownPageAsync();
        Assert.That(page, Does.Not.Contain($"data-gateway=\"{replaced}\"").And.Contain($"data-gateway=\"{shown}\"").And.Not.Contain("no longer has this method"));
        Assert.That(await AskAsync("50", "EUR", "NL"), Does.Not.Contain("Zebra card"));
        await Host.Browser.PostFromAsync(Page, Page, [.. form, ("Methods[0].Gateway", shown), ("Methods[0].Enabled", "true")]);
        Assert.That((await RulesAsync())[replaced]!.Order, Is.EqualTo(7));
    }

    [Test]
    public async Task A_category_that_the_shop_does_not_have_is_named()
    {
        await SaveAsync(("Methods[0].Gateway", "IDEAL"), ("Methods[0].Enabled", "true"), ("Methods[0].Categories", "1, 999"));
        Assert.That(RowOf(await KnownPageAsync(), "IDEAL"), Does.Contain("no product category with this id: 999"));
    }

    [Test]
    public async Task The_question_can_name_a_category_and_a_shipping_method()
    {
        await SaveAsync(("Methods[0].Gateway", "IDEAL"), ("Methods[0].Name", "iDEAL"), ("Methods[0].Enabled", "true"), ("Methods[0].Categories", "1"), ("Methods[0].ShippingMethods", "By boat"));
        const string own = "<b>iDEAL | Wero</b>: ";
        Assert.That(await AskAsync("50", "EUR", "NL"), Does.Not.Contain(own), "nothing is known about the cart");
        Assert.That(await AskAsync("50", "EUR", "NL", "&Category=1&ShippingMethod=by boat"), Does.Not.Contain(own));
        Assert.That(await AskAsync("50", "EUR", "NL", "&Category=3"), Does.Contain(own));
        Assert.That(await AskAsync("50", "EUR", "NL", "&ShippingMethod=By train"), Does.Contain(own));
    }

    [TestCase("Methods[0].Min", "a little", "IDEAL: A limit or fee")]
    [TestCase("Methods[0].Max", "-1", "IDEAL: A limit or fee")]
    [TestCase("Methods[0].Fee", "-1", "IDEAL: A limit or fee")]
    [TestCase("Methods[0].Categories", "books", "IDEAL: Categories are numbers")]
    [TestCase("Methods[0].Countries", "Nederland", "codes of two letters")]
    [TestCase("Methods[0].Titles[0].Text", "", "not enough room")]
    [TestCase("AdditionalFee", "-1", "cannot be negative")]
    public async Task An_invalid_method_rule_is_rejected_and_shown_again(string field, string value, string message)
    {
        await KnownPageAsync();
        var answer = await Host.Browser.SendFromAsync(Page, Page, ("LinkLifetime", "30"), ("Methods[0].Gateway", "IDEAL"), ("Methods[0].Titles[0].LanguageId", "1"),
            (field, value.Length == 0 ? new string('x', 6000) : value));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Text, Does.Contain(message));
        if (value.Length > 0)
            Assert.That(answer.Text, Does.Contain($"value=\"{value}\""));
        if (message.StartsWith("IDEAL", StringComparison.Ordinal))
            Assert.That(RowOf(answer.Text, "IDEAL"), Does.Contain(message).And.Contain("aria-invalid=\"true\"").And.Contain("<details open"), "beside the field, where the owner sees it");
        Assert.That((await RulesAsync()).Gateways, Is.Empty);
    }

    [Test]
    public async Task The_owner_is_shown_why_a_method_is_not_offered()
    {
        await SaveAsync(("Methods[0].Gateway", "PAYPAL"), ("Methods[0].Name", "PayPal"));
        var dutch = await AskAsync("50", "EUR", "NL");
        Assert.That(dutch, Does.Contain("Customers are offered:").And.Contain("iDEAL").And.Contain("<b>PayPal</b>: You have turned it off."));
        Assert.That(dutch, Does.Contain("<b>in3</b>: The amount is below MultiSafepay's minimum."));
        Assert.That(await AskAsync("50", "GBP", "GB"), Does.Contain("<b>Klarna</b>").Or.Contain("Klarna"));
        Assert.That(await AskAsync("50", "EUR", "BE"), Does.Contain("<b>iDEAL | Wero</b>: MultiSafepay does not offer it in this country."));

        await Host.SetAsync(settings => settings.Enabled = false);
        Assert.That(await AskAsync("50", "EUR", "NL"), Does.Contain("turned off for this store"));
    }

    [Test]
    public async Task The_owner_is_shown_why_a_method_is_not_offered_for_a_subscription()
    {
        await Host.Simulator.AllowRecurringAsync("subscription");
        Assert.That(await AskAsync("50", "EUR", "NL"), Does.Not.Contain("pay for subscriptions in your"));
        Assert.That(await AskAsync("50", "EUR", "NL", "&Subscription=true"), Does.Contain("and subscriptions are turned off."));

        await Host.SetAsync(settings => settings.Subscriptions = true);
        var page = await AskAsync("50", "EUR", "NL", "&Subscription=true");
        Assert.That(page, Does.Contain("Customers are offered:").And.Contain("<b>PayPal</b>: It cannot pay for subscriptions in your MultiSafepay account.")
            .And.Not.Contain("<b>iDEAL | Wero</b>: It cannot").And.Match("id=\"multisafepay-check-subscription\"[^>]* checked"));

        await Host.SetAsync(settings => settings.HostedPageOnly = true);
        Assert.That(await AskAsync("50", "EUR", "NL", "&Subscription=true"), Does.Contain("where some cannot be charged again."));
    }

    [Test]
    public async Task The_owner_is_told_if_no_method_can_pay_for_subscriptions()
    {
        const string notice = "multisafepay-subscriptions-not-activated";
        Assert.That(await KnownPageAsync(), Does.Not.Contain(notice), "nobody wants them");
        await Host.SetAsync(settings => settings.Subscriptions = true);
        Assert.That(await KnownPageAsync(), Does.Contain(notice).And.Contain("so customers cannot subscribe."));

        await Host.Simulator.AllowRecurringAsync("subscription");
        await Host.Browser.PostFromAsync(Page, "Admin/MultiSafepay/ReadMethods");
        Assert.That(await KnownPageAsync(), Does.Not.Contain(notice));
    }

    [TestCase("SubscriptionRetryDays", "tomorrow", "up to 5 whole numbers from 1 to 30")]
    [TestCase("SubscriptionRetryDays", "0", "up to 5 whole numbers from 1 to 30")]
    [TestCase("SubscriptionRetryDays", "31", "up to 5 whole numbers from 1 to 30")]
    [TestCase("SubscriptionRetryDays", "1,2,3,4,5,6", "up to 5 whole numbers from 1 to 30")]
    [TestCase("SubscriptionNoticeDays", "31", "a whole number from 0 to 30")]
    [TestCase("SubscriptionNoticeDays", "-1", "a whole number from 0 to 30")]
    [TestCase("SubscriptionFailureId", "9", "one of the offered options")]
    public async Task A_setting_of_subscriptions_that_is_out_of_range_is_rejected(string field, string value, string message)
    {
        Assert.That(await RefusedAsync((field, value)), Does.Contain(message));
        var settings = await Host.Shop.InScopeAsync(services => services.GetRequiredService<StoreSettings>().ForStoreAsync(0));
        Assert.That((settings.SubscriptionRetryDays, settings.SubscriptionNoticeDays, settings.SubscriptionFailure), Is.EqualTo((SubscriptionRetries.Default, 3, SubscriptionFailurePolicy.Continue)));
    }

    [Test]
    public async Task Without_days_a_failed_payment_of_a_subscription_is_not_tried_again()
    {
        await SaveAsync(("SubscriptionRetryDays", " "));
        var settings = await Host.Shop.InScopeAsync(services => services.GetRequiredService<StoreSettings>().ForStoreAsync(0));
        Assert.That(SubscriptionRetries.Parse(settings.SubscriptionRetryDays), Is.Empty);
    }

    [Test]
    public async Task The_owner_can_reload_the_method_list()
    {
        await KnownPageAsync();
        (await Host.Simulator.ControlAsync(HttpMethod.Post, "gateways/IDEAL/off")).Dispose();
        await Host.Browser.PostFromAsync(Page, "Admin/MultiSafepay/ReadMethods");
        Assert.That(await KnownPageAsync(), Does.Not.Contain("value=\"IDEAL\"").And.Contain("have been read"));
    }

    [Test]
    public async Task A_method_is_captured_by_hand_if_it_supports_it_and_the_account_allows_it()
    {
        var page = await KnownPageAsync();
        Assert.That(RowOf(page, "GOOGLEPAY"), Does.Contain("CaptureByHand").And.Not.Contain("is not enabled in your MultiSafepay account"));
        Assert.That(RowOf(page, "CREDITCARD"), Does.Contain("CaptureByHand"));
        Assert.That(RowOf(page, "IDEAL"), Does.Not.Contain("CaptureByHand"));

        (string, string)[] rule = [("Methods[0].Gateway", "GOOGLEPAY"), ("Methods[0].Enabled", "true"), ("Methods[0].CaptureByHand", "True")];
        await SaveAsync(rule);
        Assert.That((await RulesAsync())["GOOGLEPAY"]!.CaptureByHand, Is.True);
        await BuyAsync();
        Assert.That((string?)(await Host.LastBodyAsync("POST", "orders"))["capture"], Is.EqualTo("manual"));

        (await Host.Simulator.ControlAsync(HttpMethod.Post, "gateways/GOOGLEPAY/capture/off")).Dispose();
        await Host.Browser.PostFromAsync(Page, "Admin/MultiSafepay/ReadMethods");
        Assert.That(RowOf(await KnownPageAsync(), "GOOGLEPAY"), Does.Contain("is not enabled in your MultiSafepay account"));
        Assert.That(await RefusedAsync(rule), Does.Contain("does not allow Google Pay to be captured by hand"));
        Assert.That(await RefusedAsync(("HostedPageOnly", "true"), rule[0], rule[2]), Does.Contain("Payment page only"));

        // The account has changed since it was saved.
        await Host.LoadMethodsAsync();
        await BuyAsync();
        Assert.That((await Host.LastBodyAsync("POST", "orders"))["capture"], Is.Null);
        var order = (await Host.Shop.Database.ListAsync<Nop.Core.Domain.Orders.Order>()).MaxBy(order => order.Id)!;
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("does not allow payments with Google Pay to be captured by hand"));
    }

    [Test]
    public async Task A_fee_that_the_law_forbids_is_marked()
    {
        const string warning = "the law in general forbids fees";
        await SaveAsync(("Methods[0].Gateway", "CREDITCARD"), ("Methods[0].Fee", "0.5"), ("Methods[1].Gateway", "PAYPAL"), ("Methods[1].Fee", "0.5"));
        var page = await KnownPageAsync();
        Assert.That(RowOf(page, "CREDITCARD"), Does.Contain(warning));
        Assert.That(RowOf(page, "PAYPAL"), Does.Not.Contain(warning));
        Assert.That(RowOf(page, "DIRDEB"), Does.Not.Contain(warning), "without a fee there is nothing to warn of");

        await SaveAsync(("AdditionalFee", "1"), ("Methods[0].Gateway", "CREDITCARD"), ("Methods[0].Fee", "0"));
        page = await KnownPageAsync();
        Assert.That(RowOf(page, "CREDITCARD"), Does.Not.Contain(warning), "its own fee is none");
        Assert.That(RowOf(page, "DIRDEB"), Does.Contain(warning), "the general fee");
        Assert.That(RowOf(page, "KLARNA"), Does.Not.Contain(warning));
    }

    private async Task BuyAsync()
    {
        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        await Host.Browser.PostAsync("Checkout/PaymentInfo", (CustomerFields.MethodField, "GOOGLEPAY"));
        await Host.Browser.PlaceOrderAsync();
    }

    private async Task<string> RefusedAsync(params (string Name, string Value)[] fields) => (await Host.Browser.SendFromAsync(Page, Page,
        [("LinkLifetime", "30"), ("Enabled", "true"), ("GroupCards", "true"), ("NewMethodsEnabled", "true"), .. fields])).Text;

    private static string RowOf(string page, string gateway)
    {
        var start = page.IndexOf($"data-gateway=\"{gateway}\"", StringComparison.Ordinal);
        Assert.That(start, Is.Positive, gateway);
        var end = page.IndexOf("data-gateway=", start + 1, StringComparison.Ordinal);
        return end < 0 ? page[start..] : page[start..end];
    }

    private async Task<string> KnownPageAsync()
    {
        var page = string.Empty;
        await IntegrationHost.UntilAsync(async () => !(page = await Host.Browser.ReadAsync(Page)).Contains("are not known", StringComparison.Ordinal), "the methods are known");
        return page;
    }

    // The methods in the currency of the question may have to be read first.
    private async Task<string> AskAsync(string amount, string currency, string country, string further = "")
    {
        var page = string.Empty;
        await IntegrationHost.UntilAsync(
            async () => !(page = await Host.Browser.ReadAsync($"Admin/MultiSafepay/CheckMethods?Amount={amount}&Currency={currency}&Country={country}{further}"))
                .Contains("not known at the moment", StringComparison.Ordinal),
            "the question is answered");
        return page;
    }

    private async Task SaveAsync(params (string Name, string Value)[] fields) => await Host.Browser.PostFromAsync(Page, Page,
        [("LinkLifetime", "30"), ("Enabled", "true"), ("GroupCards", "true"), ("NewMethodsEnabled", "true"), .. fields]);

    private Task<MethodRules> RulesAsync() => Host.Shop.InScopeAsync(async services =>
        MethodRules.Parse((await services.GetRequiredService<StoreSettings>().ForStoreAsync(0)).Methods));

    private async Task<bool> OffersIdealAsync(string shipping, int? addProductId = null)
    {
        if (addProductId is not null)
            await Host.Browser.PostAsync("Cart/Add", ("productId", $"{addProductId}"), ("quantity", "1"));
        await Host.Browser.PostAsync("checkout", [.. ShopBrowser.Address.Where(field => field.Name != "Shipping"), ("Shipping", shipping), ("CountryId", "1"),
            ("PaymentMethod", MultiSafepayDefaults.SystemName)]);
        return (await Host.Browser.ReadAsync("Checkout/PaymentInfo")).Contains("value=\"IDEAL\"", StringComparison.Ordinal);
    }
}
