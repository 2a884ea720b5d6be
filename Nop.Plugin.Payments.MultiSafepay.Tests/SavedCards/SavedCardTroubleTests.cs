using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;
using Nop.Services.Configuration;
using Nop.Services.Orders;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Data;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.SavedCards;

/// <summary>Saved cards when something comes in between: another session, the owner's rules, a lost or slow answer, other settings, the operations after the payment.</summary>
internal sealed class SavedCardTroubleTests : SavedCardsFixture
{
    private Func<HttpRequestMessage, HttpResponseMessage, Task>? _answered;

    protected override ShopOptions Configure(ShopOptions options) => options with
    {
        ConfigureServices = options.ConfigureServices + (services => services.ConfigureAll<HttpClientFactoryOptions>(client =>
            client.HttpMessageHandlerBuilderActions.Add(builder => builder.AdditionalHandlers.Add(new Answers((request, answer) => _answered?.Invoke(request, answer) ?? Task.CompletedTask)))))
    };

    // Up to 4.80, nopCommerce keeps what was entered in the payment step with the session and not with the customer: who signs in on the way, or uses two browsers, has two of them.
    [Test]
    public async Task A_card_that_was_chosen_in_another_session_is_not_charged_in_this_one()
    {
        var (_, choice) = await SaveCardAsync();
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "PAYPAL"));
        var entered = (await Host.Shop.Database.ListAsync<CheckoutChoices>()).Single(choices => choices.PaymentRequestJson.Length > 0).PaymentRequestJson;
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, choice));
        var choices = (await Host.Shop.Database.ListAsync<CheckoutChoices>()).Single(choices => choices.PaymentRequestJson.Length > 0);
        choices.PaymentRequestJson = entered;
        await Host.Shop.Database.UpdateAsync(choices);

        using var answer = await Host.Browser.SendAsync("Checkout/Confirm");
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain(await Host.TextAsync("Checkout.NotOffered")));
        Assert.That(await OrdersSentAsync(), Is.Empty);
        Assert.That(await Host.Shop.Database.ListAsync<Order>(), Is.Empty);

        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "PAYPAL"));
        await Host.Browser.PlaceOrderAsync();
        Assert.That((string?)(await OrdersSentAsync()).Single()["gateway"], Is.EqualTo("PAYPAL"));
    }

    [Test]
    public async Task A_guest_who_signs_in_during_the_checkout_is_offered_the_saved_cards()
    {
        var (token, choice) = await SaveCardAsync();
        using var browser = Host.Shop.NewBrowser();
        Assert.That(await EnterAsync(browser), Does.Not.Contain(choice));
        using var refused = await browser.SendAsync(Step, (CustomerFields.MethodField, choice));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.OK), "nobody's card is a guest's");
        await SignInAsync(browser, "sam@customer.example");
        await browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        Assert.That(await browser.ReadAsync(Step), Does.Contain(choice));
        await browser.PostAsync(Step, (CustomerFields.MethodField, choice));
        await browser.PlaceOrderAsync();
        Assert.That((string?)(await OrdersSentAsync()).Single()["recurring_id"], Is.EqualTo(token));
    }

    [Test]
    public async Task Two_clicks_on_the_last_button_charge_the_card_once()
    {
        var (_, choice) = await SaveCardAsync();
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, choice));
        var answers = await Task.WhenAll(Host.Browser.SendAsync("Checkout/Confirm"), Host.Browser.SendAsync("Checkout/Confirm"));
        foreach (var answer in answers)
        {
            Assert.That((int)answer.StatusCode, Is.LessThan(500));
            answer.Dispose();
        }

        var sent = (await OrdersSentAsync()).Where(order => order["recurring_id"] is not null).ToList();
        Assert.That(sent, Has.Count.EqualTo(1));

        // Either click can be the faster one, and a shop without a lock makes an order of each.
        var orders = await Host.Shop.Database.ListAsync<Order>();
        var charged = orders.Single(order => OrderReference.From(order).ToString() == (string?)sent.Single()["var1"]);
        await Host.UntilAsync(charged, PaymentStatus.Paid);
        Assert.That(orders.Where(order => order.Id != charged.Id).Select(order => order.PaymentStatus), Has.All.EqualTo(PaymentStatus.Pending));
    }

    // A payment page whose address is lost can be opened by nobody; a payment with a card may still take the money.
    [Test]
    public async Task While_a_lost_payment_may_be_under_way_no_other_one_is_started()
    {
        var (_, choice) = await SaveCardAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "drop-before-work", ["method"] = "POST", ["path"] = "orders", ["times"] = 1 });
        var (order, location) = await BuyAsync(choice);
        Assert.That(location, Is.EqualTo($"/orderdetails/{order.Id}"));

        Assert.That(await Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}"), Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Contain(await Host.TextAsync("Customer.InProgress")));
        Assert.That(await Host.Simulator.ListAsync("orders"), Is.Empty);

        Host.Simulator.Time.Advance(PaymentLinkService.CardMayBeUnderWay);
        Assert.That(await Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}"), Does.StartWith(Host.Simulator.Url.ToString()));
        Assert.That((await OrdersSentAsync())[^1]["recurring_id"], Is.Null, "the customer enters a card again");
    }

    // MultiSafepay notifies as soon as it has taken the money. The lock of another node knows nothing of this one, so there the notification is applied before the answer is read.
    [Test]
    public async Task A_notification_that_is_faster_than_the_answer_is_not_lost([Values] bool isOnOtherNode)
    {
        var (_, choice) = await SaveCardAsync();
        await using var node = await Host.StartSecondNodeAsync(sharedLocks: false);
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, choice));
        if (isOnOtherNode)
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification", ["times"] = 1000 });
        _answered = async (_, answer) =>
        {
            _answered = null;
            var order = (await Host.Shop.Database.ListAsync<Order>()).Single();
            await answer.Content.LoadIntoBufferAsync();
            var transaction = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!["transaction_id"]!.ToString();
            if (isOnOtherNode)
                Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, transactionId: transaction), node: node.Url)).Status, Is.EqualTo(HttpStatusCode.OK));
            else
                await Task.Delay(TimeSpan.FromMilliseconds(300));
        };
        var location = await Host.Browser.PlaceOrderAsync();

        var order = (await Host.Shop.Database.ListAsync<Order>()).Single();
        Assert.That(location, Does.EndWith($"multisafepay/return/{order.OrderGuid:D}"));
        await Host.UntilAsync(order, PaymentStatus.Paid);
        Assert.That((await Host.NotesAsync(order)).Count(note => note.Contains("paid with", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(await OrdersSentAsync(), Has.Count.EqualTo(1));
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Not.Contain(await Host.TextAsync("Customer.NotPayable")));
    }

    [TestCase("completed", false)]
    [TestCase("uncleared", false)]
    [TestCase("authenticate", true)]
    public async Task The_customer_is_sent_to_a_page_only_if_there_is_something_to_do_there(string outcome, bool isSent)
    {
        var (_, choice) = await SaveCardAsync();
        await Host.Simulator.PlanTokenPaymentAsync(outcome);
        _answered = async (_, answer) =>
        {
            var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            json["data"]!["payment_url"] ??= $"{Host.Simulator.Url}pay/something/";
            answer.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
        };
        var (_, location) = await BuyAsync(choice);
        Assert.That(location.StartsWith(Host.Simulator.Url.ToString(), StringComparison.Ordinal), Is.EqualTo(isSent));
    }

    [TestCase("JPY", "JPY", false)]
    [TestCase("KWD", "EUR", false)]
    [TestCase("EUR", "EUR", true)]
    public async Task A_payment_with_a_card_is_captured_and_refunded_as_any_other(string currency, string charged, bool isByHand)
    {
        await Host.SetAsync(settings => settings.ManualCaptureVisa = isByHand);
        var (token, choice) = await SaveCardAsync();
        var id = (await Host.Shop.Database.ListAsync<Currency>(row => row.CurrencyCode == currency)).Single().Id;
        await Host.Browser.PostAsync("Home/SetCurrency", ("id", $"{id}"));
        var (order, _) = await BuyAsync(choice);

        var sent = (await OrdersSentAsync()).Single();
        var attempt = (await Host.RecordAsync(order)).Current!;
        Assert.That(((string?)sent["currency"], (long?)sent["amount"], (string?)sent["capture"]), Is.EqualTo((charged, attempt.Amount, isByHand ? "manual" : null)));
        Assert.That((string?)sent["recurring_id"], Is.EqualTo(token));
        if (isByHand)
        {
            await Host.UntilAsync(order, PaymentStatus.Authorized);
            Assert.That(await OperateAsync(order, (processing, seen) => processing.CaptureAsync(seen)), Is.Empty);
        }

        await Host.UntilAsync(order, PaymentStatus.Paid);
        Assert.That(await OperateAsync(order, (processing, seen) => processing.RefundAsync(seen)), Is.Empty);
        await Host.UntilAsync(order, PaymentStatus.Refunded);
        Assert.That((await Host.Simulator.LookAsync(order.CustomOrderNumber))["amounts"]!["refunded"]!.GetValue<long>(), Is.EqualTo(attempt.Amount));
        Assert.That(await Host.WarningsAsync(), Is.Empty);
    }

    [TestCase("customer")]
    [TestCase("owner")]
    public async Task An_order_that_is_cancelled_while_the_bank_asks_cannot_be_paid_any_more(string who)
    {
        var (_, choice) = await SaveCardAsync();
        await Host.Simulator.PlanTokenPaymentAsync("authenticate");
        var (order, page) = await BuyAsync(choice);
        var panel = await Host.PressAsync("Refresh", order);
        Assert.That(panel.Html, Does.Not.Contain(page), "the page of the bank is the customer's");

        if (who == "owner")
            await Host.PressAsync("Cancel", order);
        else
            await Host.Browser.PostAsync("Order/CancelOrder", ("orderId", $"{order.Id}"));
        var there = await Host.Simulator.LookAsync(order.CustomOrderNumber);
        Assert.That(((string?)there["status"], there["amounts"]!["charged"]!.GetValue<long>()), Is.EqualTo(("cancelled", 0L)));
    }

    [TestCase("turned off", false)]
    [TestCase("too expensive", false)]
    [TestCase("another country", false)]
    [TestCase("with a fee", true)]
    public async Task The_owners_rules_of_a_brand_apply_to_its_saved_cards(string rule, bool isOffered)
    {
        var (_, choice) = await SaveCardAsync();
        await Host.SetAsync(settings => settings.Methods = MethodRules.Empty.With("VISA", rule switch
        {
            "turned off" => new MethodRule { Enabled = false },
            "too expensive" => new MethodRule { Enabled = true, Max = 1 },
            "another country" => new MethodRule { Enabled = true, Countries = ["JP"] },
            _ => new MethodRule { Enabled = true, Fee = 2 }
        }).ToString());

        var page = await EnterAsync();
        Assert.That(page.Contains(choice, StringComparison.Ordinal), Is.EqualTo(isOffered));
        using var answer = await Host.Browser.SendAsync(Step, (CustomerFields.MethodField, choice));
        Assert.That(answer.StatusCode, Is.EqualTo(isOffered ? HttpStatusCode.Redirect : HttpStatusCode.OK));
        if (!isOffered)
            return;
        await Host.Browser.PlaceOrderAsync();
        var order = (await Host.Shop.Database.ListAsync<Order>()).Single();
        Assert.That((order.PaymentMethodAdditionalFeeInclTax, (long)(await OrdersSentAsync()).Single()["amount"]!), Is.EqualTo((2m, (long)(order.OrderTotal * 100))));
    }

    [Test]
    public async Task With_grouped_cards_a_saved_card_pays_as_one_of_the_group()
    {
        await Host.SetAsync(settings => settings.GroupCards = true);
        await Host.LoadMethodsAsync();
        var (token, choice) = await SaveCardAsync();
        var (order, _) = await BuyAsync(choice);
        Assert.That((string?)(await OrdersSentAsync()).Single()["recurring_id"], Is.EqualTo(token));
        await Host.UntilAsync(order, PaymentStatus.Paid);
    }

    [TestCase("the live environment")]
    [TestCase("another account")]
    public async Task A_card_is_not_offered_in(string where)
    {
        var (_, choice) = await SaveCardAsync();
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, choice));
        await Host.Shop.InScopeAsync(services =>
        {
            var key = services.GetRequiredService<StoreSettings>().Protect(SimulatorRun.OtherKey);
            return Host.SetAsync(settings =>
            {
                if (where == "another account")
                    settings.TestApiKey = key;
                else
                    (settings.LiveApiKey, settings.Environment) = (key, MultiSafepayEnvironment.Live);
            });
        });

        await Host.Browser.PlaceOrderAsync();
        Assert.That((await OrdersSentAsync()).Where(order => order["recurring_id"] is not null), Is.Empty, "neither by an order that was under way");
        Assert.That(await EnterAsync(), Does.Not.Contain(choice));
        using var answer = await Host.Browser.SendAsync(Step, (CustomerFields.MethodField, choice));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Cards_and_methods_are_read_at_the_same_time()
    {
        await SaveCardAsync();
        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        Host.Simulator.Time.Advance(MethodCatalogue.KeptFor);
        await Host.Simulator.DeleteAsync("requests");
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "latency", ["milliseconds"] = 60_000, ["path"] = "payment-methods", ["times"] = -1 });
        var page = Host.Browser.ReadAsync(Step);
        await IntegrationHost.UntilAsync(async () => (await Host.ApiCallsAsync()).Any(call => call.StartsWith("GET recurring", StringComparison.Ordinal)), "the cards are read");
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(1));
        await page;
    }

    [Test]
    public async Task A_refused_key_does_not_keep_the_cards_of_a_deleted_customer_in_another_account()
    {
        await SaveCardAsync();
        await Host.Shop.InScopeAsync(async services =>
        {
            var (settingService, storeSettings) = (services.GetRequiredService<ISettingService>(), services.GetRequiredService<StoreSettings>());
            var settings = await settingService.LoadSettingAsync<MultiSafepaySettings>();
            settings.TestApiKey = storeSettings.Protect(SimulatorRun.Key);
            await settingService.SaveSettingAsync(settings, one => one.TestApiKey, 2, clearCache: false);
            settings.TestApiKey = storeSettings.Protect("a-made-up-key-that-is-not-valid-any-more");
            await settingService.SaveSettingAsync(settings, one => one.TestApiKey, 0, clearCache: false);
            await settingService.ClearCacheAsync();
        });
        await Host.Browser.PostAsync("Customer/Delete");

        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty);
        Assert.That(await ReferenceAsync(), Is.Not.Null, "there may be cards in the other account");
    }

    [Test]
    public async Task The_one_page_checkout_saves_a_card_pays_with_it_and_tells_why_one_is_refused()
    {
        await Host.SetAsync<OrderSettings>(settings => settings.OnePageCheckoutEnabled = true);
        Assert.That((await PayInOnePageAsync("VISA", (CustomerFields.SaveCardNameOf("VISA"), "1"))).Location, Does.StartWith(Host.Simulator.Url.ToString()));
        var first = (await Host.Shop.Database.ListAsync<Order>()).Single();
        await Host.Simulator.MoveAsync(first.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = "VISA" });
        await Host.UntilAsync(first, PaymentStatus.Paid);
        var token = (string)(await Host.Simulator.TokensAsync()).Single()!["token"]!;
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(2));

        var choice = ChoiceIn(await EnterOnePageAsync());
        var (order, location) = await PayInOnePageAsync(choice);
        Assert.That(location, Does.EndWith($"multisafepay/return/{order.OrderGuid:D}"));
        await Host.UntilAsync(order, PaymentStatus.Paid);

        await Host.Simulator.RemoveTokenAsync(token);
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(2));
        await EnterOnePageAsync();
        var (section, html) = await Host.Browser.PostSectionAsync("OpcSavePaymentInfo", (CustomerFields.MethodField, choice));
        Assert.That(section, Is.EqualTo("payment-info"));
        Assert.That(html, Does.Contain(await Host.TextAsync("Checkout.CardGone")).And.Not.Contain(choice));
    }

    private async Task<string> EnterOnePageAsync()
    {
        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await Host.Browser.PostSectionAsync("OpcSaveBilling", ShopBrowser.Address);
        return (await Host.Browser.PostSectionAsync("OpcSavePaymentMethod", ("paymentmethod", MultiSafepayDefaults.SystemName))).Html;
    }

    private async Task<(Order Order, string Location)> PayInOnePageAsync(string choice, params (string Name, string Value)[] more)
    {
        await EnterOnePageAsync();
        Assert.That((await Host.Browser.PostSectionAsync("OpcSavePaymentInfo", [(CustomerFields.MethodField, choice), .. more])).Section, Is.EqualTo("confirm-order"));
        var (section, address) = await Host.Browser.PostSectionAsync("OpcConfirmOrder");
        Assert.That(section, Is.EqualTo("redirect"), address);
        using var answer = await Host.Browser.GetAsync(address);
        return ((await Host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!, answer.Headers.Location!.ToString());
    }

    private Task<IList<string>> OperateAsync(Order order, Func<IOrderProcessingService, Order, Task<IList<string>>> operate) => Host.Shop.InScopeAsync(async services =>
        await operate(services.GetRequiredService<IOrderProcessingService>(), (await services.GetRequiredService<IOrderService>().GetOrderByIdAsync(order.Id))!));

    /// <summary>Lets something happen when MultiSafepay has answered POST orders, before the shop reads the answer.</summary>
    private sealed class Answers(Func<HttpRequestMessage, HttpResponseMessage, Task> happen) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/orders", StringComparison.Ordinal))
                await happen(request, answer);
            return answer;
        }
    }
}
