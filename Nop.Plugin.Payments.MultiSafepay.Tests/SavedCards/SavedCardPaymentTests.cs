using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Data;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.SavedCards;

/// <summary>A card is saved by paying with it, and paid with again: in the checkout, at MultiSafepay and on the order.</summary>
internal sealed class SavedCardPaymentTests : SavedCardsFixture
{
    [Test]
    public async Task A_card_that_was_saved_pays_the_next_order_without_a_payment_page()
    {
        var page = await EnterAsync();
        Assert.That(page, Does.Contain("id=\"multisafepay-visa-save\" name=\"multisafepay-visa-save\" value=\"1\" aria-describedby").And.Not.Contain("Saved cards"), "the box is not ticked");

        var (first, location) = await BuyAsync("VISA", (CustomerFields.SaveCardNameOf("VISA"), "true"));
        Assert.That(location, Does.StartWith(Host.Simulator.Url.ToString()), "the card is entered on the payment page");
        var sent = (await OrdersSentAsync()).Single();
        var reference = await ReferenceAsync();
        Assert.That(((string?)sent["type"], (string?)sent["recurring_model"], (string?)sent["recurring_id"], (string?)sent["customer"]!["reference"]),
            Is.EqualTo(("redirect", "cardOnFile", (string?)null, reference)));
        await Host.Simulator.MoveAsync(first.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = "VISA" });
        await Host.UntilAsync(first, PaymentStatus.Paid);
        var token = (string)(await Host.Simulator.TokensAsync(reference)).Single()!["token"]!;

        page = await EnterAsync();
        Assert.That(page, Does.Contain("Saved cards").And.Contain("Visa ••••").And.Contain("Valid until"));
        var choice = ChoiceIn(page);
        var (second, back) = await BuyAsync(choice);

        sent = (await OrdersSentAsync())[^1];
        Assert.That(((string?)sent["type"], (string?)sent["recurring_model"], (string?)sent["recurring_id"], (string?)sent["customer"]!["reference"], (string?)sent["gateway"]),
            Is.EqualTo(("direct", "cardOnFile", token, reference, (string?)null)));
        Assert.That(back, Does.EndWith($"multisafepay/return/{second.OrderGuid:D}"), "the customer has nothing left to do");
        using var answer = await Host.Browser.GetAsync(back);
        Assert.That(answer.Headers.Location!.ToString(), Does.EndWith($"checkout/completed/{second.Id}"));
        await Host.UntilAsync(second, PaymentStatus.Paid);
        Assert.That((await Host.RecordAsync(second)).Current, Has.Property("IsSavedCard").True.And.Property("Amount").EqualTo((long)(second.OrderTotal * 100)));
        Assert.That(second.CustomValuesXml, Does.Match("Visa •••• [0-9]{4} \\(saved card\\)"));
        Assert.That((await Host.PressAsync("Refresh", second)).Html, Does.Contain("(saved card)"));
        await AssertNothingIsToldAsync(token, reference!);
    }

    [TestCase(null, true)]
    [TestCase("another method", false)]
    [TestCase("the card has expired", false)]
    [TestCase("the card was deleted", false)]
    [TestCase("the card is declined", false)]
    public async Task The_next_checkout_proposes_the_saved_card_that_the_customer_paid_with_last_and_no_other(string? since, bool isProposed)
    {
        await SaveCardAsync();
        var (token, choice) = await SaveCardAsync();
        Assert.That(Proposals(await EnterAsync()), Is.Empty, "the customer has chosen none yet");
        if (since == "the card is declined")
            await Host.Simulator.PlanTokenPaymentAsync("declined", 4001);
        await BuyAsync(choice);

        if (since == "another method")
            await BuyAsync("IDEAL");
        else if (since == "the card has expired")
            await Host.Simulator.ExpireTokenAsync(token);
        else if (since == "the card was deleted")
            await Host.Browser.PostFromAsync("customer/info", CardsPage, ("cardId", choice[CustomerFields.CardPrefix.Length..]));
        Host.Simulator.Time.Advance(SavedCardSource.FreshFor);

        Assert.That(Proposals(await EnterAsync()), Is.EqualTo(isProposed ? [choice] : since == "another method" ? new[] { "IDEAL" } : ["VISA"]));

        static IEnumerable<string> Proposals(string page) =>
            Regex.Matches(page, "<input[^>]*type=\"radio\"[^>]*>").Select(match => match.Value).Where(input => input.Contains(" checked", StringComparison.Ordinal))
                .Select(input => Regex.Match(input, "value=\"([^\"]+)\"").Groups[1].Value);
    }

    [Test]
    public async Task A_card_is_not_saved_unless_the_customer_wants_it()
    {
        await BuyAsync("VISA");
        var sent = (await OrdersSentAsync()).Single();
        Assert.That((sent["recurring_model"], sent["customer"]!["reference"], await ReferenceAsync()), Is.EqualTo(((JsonNode?)null, (JsonNode?)null, (string?)null)));
    }

    [TestCase("guest")]
    [TestCase("turned off")]
    [TestCase("not activated")]
    [TestCase("bank")]
    public async Task Nothing_is_offered_or_saved_where_it_cannot_be(string why)
    {
        using var other = Host.Shop.NewBrowser();
        if (why == "turned off")
            await Host.SetAsync(settings => settings.SaveCards = false);
        if (why == "not activated")
        {
            await Host.Simulator.AllowRecurringAsync(on: false);
            await Host.LoadMethodsAsync();
        }

        var browser = why == "guest" ? other : Host.Browser;
        var gateway = why == "bank" ? "IDEAL" : "VISA";
        var page = await EnterAsync(browser);
        Assert.That(page, Does.Not.Contain(CustomerFields.SaveCardNameOf(gateway)));
        await browser.PostAsync(Step, (CustomerFields.MethodField, gateway), (CustomerFields.SaveCardNameOf(gateway), "true"));
        await browser.PlaceOrderAsync();
        Assert.That((await OrdersSentAsync()).Single()["recurring_model"], Is.Null);
    }

    [TestCase(4001, "CardDeclined")]
    [TestCase(4002, "CardFunds")]
    [TestCase(4004, "CardAuthentication")]
    [TestCase(4005, "CardExpired")]
    [TestCase(3001, "CardAuthentication")]
    public async Task A_declined_card_keeps_the_order_says_why_and_lets_the_customer_pay_another_way(int code, string failure)
    {
        var (token, choice) = await SaveCardAsync();
        await Host.Simulator.PlanTokenPaymentAsync("declined", code);
        var (order, location) = await BuyAsync(choice);

        Assert.That(location, Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That(await Host.Browser.ReadAsync(location), Does.Contain(await Host.TextAsync($"Customer.{failure}")));
        Assert.That(await Host.NotesAsync(order), Has.Some.Contains($"{code}"));
        Assert.That(await Host.WarningsAsync(), Is.Empty, "the owner has nothing to do");
        Assert.That(((await Host.ReloadAsync(order)).OrderStatus, (await Host.ReloadAsync(order)).PaymentStatus), Is.EqualTo((OrderStatus.Pending, PaymentStatus.Pending)));

        var retried = await Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}");
        Assert.That(retried, Does.StartWith(Host.Simulator.Url.ToString()));
        var sent = (await OrdersSentAsync())[^1];
        Assert.That(((string?)sent["type"], sent["recurring_id"], sent["gateway"]), Is.EqualTo(("redirect", (JsonNode?)null, (JsonNode?)null)));
        await AssertNothingIsToldAsync(token, (await ReferenceAsync())!);
    }

    [Test]
    public async Task A_card_that_is_declined_by_an_error_is_treated_in_the_same_way()
    {
        var (_, choice) = await SaveCardAsync();
        await Host.Simulator.ShapeAsync("declined_token_is_error");
        await Host.Simulator.PlanTokenPaymentAsync("declined", 4001);
        var (order, location) = await BuyAsync(choice);

        Assert.That(await Host.Browser.ReadAsync(location), Does.Contain(await Host.TextAsync("Customer.CardDeclined")));
        Assert.That((await Host.RecordAsync(order)).Current, Has.Property("Closed").True.And.Property("MethodFailed").True);
        Assert.That(await Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}"), Does.StartWith(Host.Simulator.Url.ToString()));
    }

    [Test]
    public async Task A_card_whose_holder_must_confirm_goes_to_the_page_of_the_bank()
    {
        var (_, choice) = await SaveCardAsync();
        await Host.Simulator.PlanTokenPaymentAsync("authenticate");
        var (order, location) = await BuyAsync(choice);

        Assert.That(location, Does.StartWith(Host.Simulator.Url.ToString()));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await Host.UntilAsync(order, PaymentStatus.Paid);
        Assert.That(await OrdersSentAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_answer_that_is_lost_charges_the_card_once()
    {
        var (_, choice) = await SaveCardAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "drop-answer-after-work", ["method"] = "POST", ["path"] = "orders", ["times"] = 1 });
        var (order, location) = await BuyAsync(choice);
        Assert.That(location, Is.EqualTo($"/orderdetails/{order.Id}"));

        await Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}");
        await Host.UntilAsync(order, PaymentStatus.Paid);
        Assert.That((await Host.Simulator.LookAsync(order.CustomOrderNumber))["amounts"]!["charged"]!.GetValue<long>(), Is.EqualTo((long)(order.OrderTotal * 100)));
        Assert.That(await OrdersSentAsync(), Has.Count.EqualTo(1));
    }

    [TestCase("another customer's")]
    [TestCase("made up")]
    [TestCase("expired")]
    [TestCase("removed")]
    [TestCase("for subscriptions")]
    public async Task A_card_that_the_customer_cannot_use_is_refused_and_nothing_is_sent(string what)
    {
        var (token, choice) = await SaveCardAsync(what == "for subscriptions" ? new JsonObject { ["model"] = "subscription" } : null);
        using var stranger = Host.Shop.NewBrowser();
        var browser = what == "another customer's" ? stranger : Host.Browser;
        if (browser == stranger)
            await SignInAsync(stranger, "eve@customer.example");
        if (what == "expired")
            await Host.Simulator.ExpireTokenAsync(token);
        if (what == "removed")
            await Host.Simulator.RemoveTokenAsync(token);
        if (what == "made up")
            choice = $"{choice[..^1]}{(choice[^1] == '0' ? '1' : '0')}";

        var page = await EnterAsync(browser);
        Assert.That(page.Contains("has expired", StringComparison.Ordinal), Is.EqualTo(what == "expired"));
        using var answer = await browser.SendAsync(Step, (CustomerFields.MethodField, choice));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the step is shown again");
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain(await Host.TextAsync(what == "expired" ? "Checkout.CardExpired" : "Checkout.CardGone")));
        Assert.That(await OrdersSentAsync(), Is.Empty);
    }

    [Test]
    public async Task A_card_that_vanishes_between_choice_and_order_keeps_the_order_for_another_try()
    {
        var (token, choice) = await SaveCardAsync();
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, choice));
        await Host.Simulator.RemoveTokenAsync(token);
        var location = await Host.Browser.PlaceOrderAsync();

        var order = (await Host.Shop.Database.ListAsync<Order>()).Single();
        Assert.That(location, Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That(await Host.Browser.ReadAsync(location), Does.Contain(await Host.TextAsync("Customer.CardGone")));
        Assert.That(await OrdersSentAsync(), Is.Empty);

        await Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}");
        var sent = (await OrdersSentAsync()).Single();
        Assert.That(((string?)sent["type"], (string?)sent["gateway"]), Is.EqualTo(("redirect", "VISA")));
    }

    [Test]
    public async Task The_owner_can_make_a_link_for_such_an_order_and_charges_no_card_by_it()
    {
        var (token, choice) = await SaveCardAsync();
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, choice));
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["path"] = "recurring/*", ["times"] = 1000 });
        await Host.Browser.PlaceOrderAsync();
        await Host.Simulator.DeleteAsync("faults");
        var order = (await Host.Shop.Database.ListAsync<Order>()).Single();
        Assert.That(await OrdersSentAsync(), Is.Empty, "the payment could not be started");

        var panel = await Host.PressAsync("Link", order);
        var sent = (await OrdersSentAsync()).Single();
        Assert.That(((string?)sent["type"], (string?)sent["gateway"], sent.ToJsonString().Contains(token, StringComparison.Ordinal)), Is.EqualTo(("redirect", "VISA", false)), panel.Html);
    }

    [Test]
    public async Task While_the_cards_cannot_be_read_the_methods_stay_and_no_page_asks_again_for_a_minute()
    {
        var (_, choice) = await SaveCardAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["path"] = "recurring/*", ["times"] = 1000 });
        for (var visit = 0; visit < 3; visit++)
            Assert.That(await EnterAsync(), Does.Contain("value=\"VISA\"").And.Not.Contain(choice));
        Assert.That((await Host.ApiCallsAsync()).Count(call => call.StartsWith("GET recurring", StringComparison.Ordinal)), Is.EqualTo(1));

        await Host.Simulator.DeleteAsync("faults");
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(await EnterAsync(), Does.Contain(choice));
    }

    // Its card is stored for the customer's own payments, and the page of a subscription does not show it.
    [Test]
    public async Task A_saved_card_that_is_posted_for_a_subscription_is_refused()
    {
        var (_, choice) = await SaveCardAsync();
        await Host.Simulator.AllowRecurringAsync("subscription");
        await Host.SetAsync(settings => settings.Subscriptions = true);
        await Host.LoadMethodsAsync();
        await Host.Browser.PostAsync("Cart/Add", ("productId", "11"), ("quantity", "1"));
        await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        Assert.That(await Host.Browser.ReadAsync(Step), Does.Contain(CustomerFields.ConsentField).And.Not.Contain(choice));

        using var answer = await Host.Browser.SendAsync(Step, (CustomerFields.MethodField, choice), (CustomerFields.ConsentField, "1"));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(await Host.TextAsync("Checkout.CardGone")));
    }

    [Test]
    public async Task Two_shops_of_one_account_do_not_see_the_cards_of_each_other()
    {
        var (_, choice) = await SaveCardAsync();
        await using var shop = await TestShop.StartAsync(new ShopOptions
        {
            ApiUrl = $"{Host.Simulator.Url}v1/json/",
            ApiKey = SimulatorRun.Key,
            Time = new SharedClock(Host.Simulator.Time),
            Database = new ShopDatabase()
        });
        using var browser = shop.NewBrowser();
        await SignInAsync(browser, "sam@customer.example");
        Assert.That(await EnterAsync(browser), Does.Not.Contain(choice).And.Not.Contain("Saved cards"));
        Assert.That(await EnterAsync(), Does.Contain(choice));
    }

    [Test]
    public async Task Five_hundred_cards_with_hostile_names_are_listed_without_them()
    {
        for (var number = 0; number < 20; number++)
            await SaveCardAsync(new JsonObject { ["display"] = "<script>alert(1)</script>", ["last4"] = FormattableString.Invariant($"{number:0000}") });
        var page = await EnterAsync();
        Assert.That(page, Does.Not.Contain("alert(1)").And.Contain("Visa •••• 0019"));
    }

    // Neither the shop's database, in which the reference has a table of its own, nor its log tells what a card can be charged with.
    private async Task AssertNothingIsToldAsync(string token, string reference)
    {
        var stored = Host.Shop.Database.Everything().Select(row => (Row: row, Text: JsonSerializer.Serialize(row, row.GetType()))).ToList();
        Assert.That(stored.Where(one => one.Text.Contains(token, StringComparison.Ordinal)).Select(one => one.Text), Is.Empty);
        var holders = stored.Where(one => one.Text.Contains(reference, StringComparison.Ordinal)).Select(one => one.Row.GetType().Name);
        Assert.That(holders.Distinct(), Is.EqualTo(new[] { "MultiSafepayCustomerReference" }));
        Assert.That(await EnterAsync(), Does.Not.Contain(token).And.Not.Contain(reference));
        Assert.That(await Host.Browser.ReadAsync(CardsPage), Does.Not.Contain(token).And.Not.Contain(reference));
    }
}
