using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Starting;

/// <summary>From "confirm" to the payment page: no customer is stranded, and no order has two payments that could both be made.</summary>
[TestFixture]
internal sealed class PaymentStartTests : IntegrationFixture
{
    [Test]
    public async Task The_created_order_names_the_notification_and_return_URLs_of_the_store()
    {
        var (order, location) = await Host.BuyAsync();
        var request = await Host.LastBodyAsync("POST", "orders");
        var store = (await Host.Shop.Database.ListAsync<Nop.Core.Domain.Stores.Store>()).First(store => store.Id == order.StoreId);
        var options = request["payment_options"]!;

        Assert.Multiple(() =>
        {
            Assert.That(location, Does.StartWith(Host.Simulator.Url.ToString()));
            Assert.That((string?)request["type"], Is.EqualTo("redirect"));
            Assert.That((string?)request["var1"], Is.EqualTo(OrderReference.From(order).ToString()));
            Assert.That((long)request["amount"]!, Is.EqualTo((long)(order.OrderTotal * 100)));
            Assert.That((string?)request["currency"], Is.EqualTo("EUR"));
            Assert.That((string?)options["notification_url"], Is.EqualTo($"{store.Url}multisafepay/notification/{store.Id}"));
            Assert.That((string?)options["notification_method"], Is.EqualTo("POST"));
            Assert.That((string?)options["redirect_url"], Is.EqualTo($"{store.Url}multisafepay/return/{order.OrderGuid}"));
            Assert.That((string?)options["cancel_url"], Is.EqualTo($"{store.Url}multisafepay/cancel/{order.OrderGuid}"));
            Assert.That((string?)request["plugin"]!["shop"], Is.EqualTo("nopCommerce"));
        });
    }

    [Test]
    public async Task While_MultiSafepay_is_down_the_customer_gets_the_order_page_and_can_retry()
    {
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["times"] = 1 });
        var (order, location) = await Host.BuyAsync();

        Assert.That(location, Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Contain("payment page cannot be opened").And.Contains("Retry payment"));
        Assert.That(await Host.OurNotesAsync(order), Has.Count.EqualTo(1));
        Assert.That(string.Join(' ', await Host.WarningsAsync()), Does.Not.Contain(SimulatorRun.Key), "no key in the log");

        var page = await RetryAsync(order);
        Assert.That(page, Does.StartWith(Host.Simulator.Url.ToString()));
    }

    [Test]
    public async Task An_order_is_not_lost_to_a_locale_that_MultiSafepay_refuses()
    {
        await SpeakAsync("da-DK");
        (await Host.Simulator.ControlAsync(HttpMethod.Post, "locales/da_DK/off")).Dispose();
        var (order, location) = await Host.BuyAsync();

        Assert.That(location, Does.StartWith(Host.Simulator.Url.ToString()));
        Assert.That(await LocalesSentAsync(), Is.EqualTo(new[] { "da_DK", null }));
        Assert.That((await Host.RecordAsync(order)).Attempts.Select(attempt => (attempt.OrderId, attempt.Closed, attempt.MethodFailed)),
            Is.EqualTo(new[] { (order.CustomOrderNumber, false, false) }));
        Assert.That(await Host.OurNotesAsync(order), Is.Empty);
    }

    [TestCase("da-DK", "da_DK")]
    [TestCase("pt-BR", "pt_PT")]
    [TestCase("ca-ES", "es_ES")]
    public async Task A_locale_that_MultiSafepay_accepts_is_sent_once(string culture, string locale)
    {
        await SpeakAsync(culture);
        await Host.BuyAsync();
        Assert.That(await LocalesSentAsync(), Is.EqualTo(new[] { locale }));
    }

    // A listed locale cannot be the cause; 1007 is another cause; after a server error the order may exist.
    [TestCase("nl-NL", 400, 1000)]
    [TestCase("da-DK", 400, 1007)]
    [TestCase("da-DK", 503, null)]
    public async Task An_order_is_sent_again_only_if_its_locale_may_be_the_cause(string culture, int status, int? code)
    {
        await SpeakAsync(culture);
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = status, ["error_code"] = code, ["method"] = "POST", ["path"] = "orders", ["times"] = 1 });
        var (order, location) = await Host.BuyAsync();

        Assert.That(location, Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That(await LocalesSentAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task An_order_that_is_refused_without_a_locale_too_is_not_sent_a_third_time()
    {
        await SpeakAsync("da-DK");
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 400, ["error_code"] = 1000, ["method"] = "POST", ["path"] = "orders", ["times"] = -1 });
        var (order, location) = await Host.BuyAsync();

        Assert.That(location, Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That(await LocalesSentAsync(), Has.Length.EqualTo(2));
        Assert.That((await Host.RecordAsync(order)).Attempts.Select(attempt => attempt.Closed), Is.EqualTo(new[] { true }));
    }

    [Test]
    public async Task A_retry_reuses_a_payment_link_that_is_still_valid()
    {
        var (order, first) = await Host.BuyAsync();
        Assert.That(await RetryAsync(order), Is.EqualTo(first));
        Assert.That((await Host.ApiCallsAsync()).Count(call => call == "POST orders"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_retry_after_a_declined_payment_uses_a_new_order_id_and_closes_the_old_attempt()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "declined");

        await RetryAsync(order);

        var record = await Host.RecordAsync(order);
        Assert.That(record.Attempts.Select(attempt => (attempt.OrderId, attempt.Closed)), Is.EqualTo(new[] { (order.CustomOrderNumber, true), ($"{order.CustomOrderNumber}-2", false) }));
        Assert.That(await OpenOrdersAsync(), Is.EqualTo(new[] { $"{order.CustomOrderNumber}-2" }));
    }

    // The order's amounts stay in the currency that was the primary one when it was placed; the attempts of older versions did not remember which that was.
    [TestCase(ChargeCurrency.Customer, true)]
    [TestCase(ChargeCurrency.Customer, false)]
    [TestCase(ChargeCurrency.Primary, true)]
    public async Task A_retry_charges_the_same_amount_after_the_primary_currency_was_changed(ChargeCurrency setting, bool isRemembered)
    {
        await Host.SetAsync(settings => settings.ChargeCurrency = setting);
        var dollar = (await Host.Shop.Database.ListAsync<Currency>(row => row.CurrencyCode == "USD")).Single().Id;
        await Host.Browser.PostAsync("Home/SetCurrency", ("id", $"{dollar}"));
        var order = await Host.BuyWithoutNotificationsAsync();
        var placed = await Host.LastBodyAsync("POST", "orders");
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "declined");
        if (!isRemembered)
        {
            await Host.Shop.InScopeAsync(async services =>
            {
                var store = services.GetRequiredService<PaymentRecordStore>();
                var record = await store.LoadAsync(order);
                await store.SaveAsync(order, record.With(record.Current! with { PrimaryCurrency = null }));
            });
        }

        await Host.SetAsync<CurrencySettings>(settings => settings.PrimaryStoreCurrencyId = dollar);
        await RetryAsync(order);

        var again = await Host.LastBodyAsync("POST", "orders");
        Assert.That((string)again["order_id"]!, Is.EqualTo($"{order.CustomOrderNumber}-2"));
        Assert.That(((string)again["currency"]!, (long)again["amount"]!), Is.EqualTo(((string)placed["currency"]!, (long)placed["amount"]!)));
        Assert.That((string)placed["currency"]!, Is.EqualTo(setting == ChargeCurrency.Primary ? "EUR" : "USD"));
    }

    [Test]
    public async Task A_retry_opens_no_payment_if_the_order_was_paid_meanwhile()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");

        Assert.That(await RetryAsync(order), Does.EndWith($"multisafepay/return/{order.OrderGuid:D}"), "the page that says so");
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That((await Host.ApiCallsAsync()).Count(call => call == "POST orders"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_retry_opens_no_payment_while_the_first_is_under_review()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "uncleared");

        Assert.That(await RetryAsync(order), Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That((await Host.ApiCallsAsync()).Count(call => call == "POST orders"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_lost_response_to_order_creation_leaves_only_one_open_payment()
    {
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "drop-answer-after-work", ["method"] = "POST", ["path"] = "orders", ["times"] = 1 });
        var (order, location) = await Host.BuyAsync();
        Assert.That(location, Is.EqualTo($"/orderdetails/{order.Id}"));

        await RetryAsync(order);

        Assert.That(await OpenOrdersAsync(), Has.Length.EqualTo(1), "the one whose link nobody has seen is closed");
        Assert.That((await Host.RecordAsync(order)).Attempts.Count(attempt => !attempt.Closed), Is.EqualTo(1));
    }

    [Test]
    public async Task Ten_concurrent_retries_open_one_payment()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "declined");

        var pages = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RetryAsync(order)));

        Assert.That(pages.Distinct().Count(), Is.EqualTo(1));
        Assert.That(await OpenOrdersAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task An_order_id_used_by_another_shop_is_skipped()
    {
        await Host.Simulator.MakeAsync(Host.Simulator.Order("1"), "completed");

        var (order, location) = await Host.BuyAsync();

        Assert.That(order.CustomOrderNumber, Is.EqualTo("1"));
        Assert.That(location, Does.StartWith(Host.Simulator.Url.ToString()));
        Assert.That((await Host.RecordAsync(order)).Current!.OrderId, Does.Match("^1-[0-9]{5}$"));
    }

    [Test]
    public async Task Without_an_API_key_the_payment_option_is_hidden_and_a_retry_adds_an_order_note()
    {
        var (order, _) = await Host.BuyAsync();
        await Host.SetAsync(settings => settings.TestApiKey = string.Empty);

        Assert.That(await RetryAsync(order), Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That(await Host.NotesAsync(order), Has.Some.Contains("no API key"));

        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        Assert.That(await Host.Browser.ReadAsync("checkout"), Does.Not.Contain(MultiSafepayDefaults.SystemName));
    }

    [Test]
    public async Task A_notification_URL_that_MultiSafepay_cannot_call_is_rejected_before_sending()
    {
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 400, ["error_code"] = 1000, ["times"] = 1 });
        var (order, _) = await Host.BuyAsync();
        var calls = (await Host.ApiCallsAsync()).Count(call => call == "POST orders");

        // The payment method is not offered any more; an order that was placed before can still be tried again.
        await Host.SetAsync(settings => settings.NotificationBaseUrl = "https://shop.example.com/with space");
        Assert.That(await RetryAsync(order), Is.EqualTo($"/orderdetails/{order.Id}"));
        Assert.That((await Host.ApiCallsAsync()).Count(call => call == "POST orders"), Is.EqualTo(calls));
        Assert.That(await Host.NotesAsync(order), Has.Some.Contains("does not accept a URL"));
    }

    private async Task SpeakAsync(string culture)
    {
        foreach (var language in await Host.Shop.Database.ListAsync<Language>())
        {
            language.LanguageCulture = culture;
            await Host.Shop.Database.UpdateAsync(language);
        }
    }

    private async Task<string?[]> LocalesSentAsync() =>
        [.. (await Host.Simulator.ListAsync("requests")).Where(request => (string?)request!["method"] == "POST" && (string?)request["path"] == "/v1/json/orders")
            .Select(request => (string?)request!["body"]!["customer"]!["locale"])];

    private Task<string> RetryAsync(Order order) => Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}");

    private async Task<string[]> OpenOrdersAsync() =>
        [.. (await Host.Simulator.ListAsync("orders")).Where(order => (string?)order!["status"] == "initialized").Select(order => (string)order!["order_id"]!)];
}
