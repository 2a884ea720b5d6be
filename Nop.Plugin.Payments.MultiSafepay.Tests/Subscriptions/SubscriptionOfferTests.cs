using System.Net;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;

/// <summary>Who can subscribe, with which payment methods, and that the customer has to agree.</summary>
internal sealed class SubscriptionOfferTests : SubscriptionsFixture
{
    [Test]
    public async Task A_subscription_is_offered_the_methods_that_the_account_can_charge_again()
    {
        var page = await EnterAsync();
        Assert.That(OfferedIn(page), Is.EquivalentTo(new[] { "VISA", "MASTERCARD", "MAESTRO", "AMEX", "DIRDEB", "IDEAL" }));
        Assert.That(page, Does.Contain("After that, EUR 24.90 is charged every month").And.Contain("3 payments have been made in all"));
    }

    [Test]
    public async Task Bank_methods_are_offered_only_where_the_account_has_direct_debit()
    {
        using var turned = await Host.Simulator.ControlAsync(HttpMethod.Post, "gateways/DIRDEB/off");
        await Host.LoadMethodsAsync();
        Assert.That(OfferedIn(await EnterAsync()), Is.SubsetOf(new[] { "VISA", "MASTERCARD", "MAESTRO", "AMEX" }).And.Contains("VISA"));
    }

    [TestCase("off")]
    [TestCase("not activated")]
    [TestCase("payment page only")]
    public async Task A_shop_without_subscriptions_does_not_offer_the_plugin_for_one(string why)
    {
        await Host.SetAsync(settings => (settings.Subscriptions, settings.HostedPageOnly) = (why != "off", why == "payment page only"));
        await Host.Simulator.AllowRecurringAsync("subscription", on: why != "not activated");
        await Host.LoadMethodsAsync();
        await Host.Browser.PostAsync("Cart/Add", ("productId", $"{CoffeeBox}"), ("quantity", "1"));
        Assert.That(await Host.Browser.ReadAsync("checkout"), Does.Not.Contain(MultiSafepayDefaults.SystemName));

        // Other carts are not concerned.
        using var other = Host.Shop.NewBrowser();
        await other.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        Assert.That(await other.ReadAsync("checkout"), Does.Contain(MultiSafepayDefaults.SystemName));
    }

    [Test]
    public async Task A_guest_is_told_to_log_in()
    {
        using var guest = Host.Shop.NewBrowser();
        Assert.That(await EnterAsync(CoffeeBox, guest), Does.Contain(await Host.TextAsync("Checkout.Subscription.Guest")).And.Not.Contain(CustomerFields.MethodField));
        using var answer = await guest.SendAsync(Step, (CustomerFields.MethodField, "VISA"), (CustomerFields.ConsentField, "1"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), "refused");
        Assert.That(await Host.Shop.Database.ListAsync<Order>(), Is.Empty);
    }

    [Test]
    public async Task Without_the_customer_s_agreement_nothing_is_ordered()
    {
        await EnterAsync();
        using var answer = await Host.Browser.SendAsync(Step, (CustomerFields.MethodField, "VISA"));
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain(await Host.TextAsync("Checkout.Subscription.Missing")));
        using var nothing = await Host.Browser.SendAsync(Step, (CustomerFields.ConsentField, "1"));
        Assert.That(WebUtility.HtmlDecode(await nothing.Content.ReadAsStringAsync()), Does.Contain(await Host.TextAsync("Checkout.Subscription.Choose")));
        using var confirmed = await Host.Browser.SendAsync("Checkout/Confirm");
        Assert.That(await Host.Shop.Database.ListAsync<Order>(), Is.Empty);
    }

    // A choice that was made for another cart does not count as agreement.
    [Test]
    public async Task The_choice_for_an_ordinary_cart_does_not_subscribe()
    {
        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "VISA"));
        foreach (var item in await Host.Shop.Database.ListAsync<ShoppingCartItem>())
        {
            item.ProductId = CoffeeBox;
            await Host.Shop.Database.UpdateAsync(item);
        }

        using var answer = await Host.Browser.SendAsync("Checkout/Confirm");
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain(await Host.TextAsync("Checkout.Subscription.Missing")));
        Assert.That(await Host.Shop.Database.ListAsync<Order>(), Is.Empty);
    }

    [Test]
    public async Task The_words_of_the_agreement_are_kept_with_the_order()
    {
        var first = await OrderAsync();
        Assert.That(await Host.NotesAsync(first), Has.Some.Contains("After that, EUR 24.90 is charged every month with the same card or account, until 3 payments have been made in all"));
        Assert.That((await SubscriptionAsync(first)).ConsentUtc, Is.EqualTo(Now));
    }

    [Test]
    public async Task An_order_of_the_owner_s_link_stores_the_details_as_well()
    {
        var first = await OrderAsync();
        var attempt = (await Host.RecordAsync(first)).Current!;
        await Host.Simulator.MoveAsync(attempt.OrderId, "declined");
        await IntegrationHost.UntilAsync(async () => (await Host.RecordAsync(first)).Current!.State is not null, "the refusal is known");
        await Host.Browser.PostAsync($"orderdetails/repostpayment/{first.Id}");
        var sent = (await SentAsync())[^1];
        Assert.That(((string?)sent["recurring_model"], (string?)sent["gateway"]), Is.EqualTo(("subscription", "CREDITCARD")));
    }

    private static IEnumerable<string> OfferedIn(string page) => page.Split("value=\"").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)])
        .Where(value => value.Length > 1 && value.All(char.IsAsciiLetterUpper));
}
