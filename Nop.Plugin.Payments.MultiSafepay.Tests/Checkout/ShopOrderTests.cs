using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Events;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Simulator;
using Sandbox.Simulator.Control;
using Sandbox.Simulator.Faults;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>Orders that customers place in the sandbox's shop, on their way to the simulator.</summary>
[TestFixture]
internal sealed partial class ShopOrderTests
{
    private WebApplication _simulator = null!;
    private TestShop _shop = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _simulator = SimulatorHost.Build(new SimulatorOptions { Port = 0, Sites = [new SimulatorSite(1001, SimulatorOptions.DefaultApiKey)] });
        await _simulator.StartAsync();
        _shop = await TestShop.StartAsync(new ShopOptions
        {
            ApiUrl = $"{_simulator.Urls.First().TrimEnd('/')}/v1/json/",
            ConfigureServices = services => services.AddScoped<IConsumer<OrderRequestCreatedEvent>, OtherPlugin>()
        });
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        await _shop.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Test]
    public async Task An_order_placed_in_the_shop_is_accepted_by_the_simulator(
        [Values("EUR", "USD", "JPY", "KWD")] string currency, [Values("", "WELKOM10", "TOTAAL5")] string coupon, [Values] bool wrapAndGiftCard)
    {
        using var browser = _shop.NewBrowser();
        var currencyId = (await _shop.Database.ListAsync<Currency>(row => row.CurrencyCode == currency)).Single().Id;
        await browser.PostAsync("Home/SetCurrency", ("id", $"{currencyId}"));
        foreach (var product in new[] { 2, 3, 4, 5, 7, 8, 9 })
            await browser.PostAsync("Cart/Add", ("productId", $"{product}"), ("quantity", $"{product}"));
        await browser.PostAsync("Cart/Choose", ("giftWrapping", $"{wrapAndGiftCard}"), ("couponCode", coupon), ("giftCardCode", wrapAndGiftCard ? "CADEAU25" : ""));
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName, quantity: 3);

        Assert.That(await browser.PlaceOrderAsync(), Does.Contain("/pay/"), await _shop.LogAsync());
        var (order, body) = await LastAsync();
        var items = body["shopping_cart"]!["items"]!.AsArray();
        Assert.Multiple(() =>
        {
            Assert.That(body["currency"]!.GetValue<string>(), Is.EqualTo(currency == "KWD" ? "EUR" : currency));
            Assert.That(body["amount"]!.GetValue<long>(), Is.EqualTo(Expected(order, currency)));
            Assert.That(body["checkout_options"]!["validate_cart"]!.GetValue<bool>(), Is.True);
            Assert.That(items.Count(item => item!["merchant_item_id"]!.GetValue<string>() == "rounding"), Is.LessThanOrEqualTo(1));
            Assert.That(items.Select(item => item!["name"]!.GetValue<string>()), Has.None.EqualTo("Adjustment"));
            Assert.That(items.Count(item => item!["merchant_item_id"]!.GetValue<string>() == "checkout-attributes"), Is.EqualTo(wrapAndGiftCard ? 1 : 0));
            Assert.That(body["customer"]!["house_number"]!.GetValue<string>(), Is.EqualTo("12-B"));
            Assert.That(body["delivery"]!["address1"]!.GetValue<string>(), Is.EqualTo("Voorbeeldkade"));
            Assert.That(body["var2"]!.GetValue<string>(), Is.EqualTo("another plugin was here"));
            Assert.That(body["affiliate"]!["split_payments"], Is.Not.Null);
        });
    }

    // Every refusal that the plugin has words for, as MultiSafepay would send it.
    [TestCaseSource(nameof(Refusals))]
    public async Task Each_API_error_is_explained_to_owner_and_customer(int code)
    {
        using var browser = _shop.NewBrowser();
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
        var faults = _simulator.Services.GetRequiredService<FaultRegistry>();
        faults.Add(new Fault(FaultKind.Status) { Method = "POST", Path = "orders", StatusCode = 400, ErrorCode = code, ErrorInfo = "Their own words", Times = Fault.Always });
        try
        {
            var next = await browser.PlaceOrderAsync();
            var order = (await _shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!;
            Assert.That(next, Does.Contain("orderdetails").IgnoreCase);
            var notes = (await _shop.Database.ListAsync<OrderNote>(note => note.OrderId == order.Id && !note.DisplayToCustomer)).Select(note => note.Note).ToList();
            Assert.That(notes, Has.One.Contains($"{code}").And.One.Contains("Their own words").And.One.Contains(Words(ApiErrorTexts.NoteFor(new MultiSafepayApiException("") { Code = code }))));
            var log = await _shop.Database.ListAsync<Log>(log => log.LogLevel == LogLevel.Warning && log.ShortMessage.Contains($"order {order.Id}:", StringComparison.Ordinal));
            Assert.That(log.Select(line => line.ShortMessage), Has.One.Contains($"{code}"));
            var customer = TextOf($"Customer.{ApiErrorTexts.CustomerMessageFor(new MultiSafepayApiException("") { Code = code })}");
            Assert.That(await browser.ReadAsync(next), Does.Contain(customer).And.Not.Contain("Their own words"));
        }
        finally
        {
            faults.Clear();
        }

        // And the retry button works again.
        var id = (await _shop.Database.ListAsync<Order>()).Max(order => order.Id);
        Assert.That(await browser.PostAsync($"orderdetails/repostpayment/{id}"), Does.Contain("/pay/"));
    }

    [Test]
    public async Task Request_settings_are_saved_and_shown_again()
    {
        using var browser = _shop.NewBrowser();
        await browser.PostFromAsync("Admin/MultiSafepay/Configure", "Admin/MultiSafepay/Configure", [
            .. Settings(), ("ChargeCurrencyId", "1"), ("SendCart", "false"), ("DescriptionTemplate", " {store_name} "), ("OrderIdTemplate", "X-{order_number}"),
            ("LinkLifetime", "60"), ("LinkLifetimeUnitId", "1"), ("SecondChance", "true"), ("TemplateId", "t"), ("HouseNumberAttribute", "Number")]);
        var settings = await LoadAsync();
        var page = await browser.ReadAsync("Admin/MultiSafepay/Configure");

        // The other tests of this shop want the defaults.
        await browser.PostFromAsync("Admin/MultiSafepay/Configure", "Admin/MultiSafepay/Configure", [
            .. Settings(), ("ChargeCurrencyId", "0"), ("SendCart", "true"), ("LinkLifetime", "30"), ("LinkLifetimeUnitId", "0"), ("SecondChance", "false")]);

        Assert.That(
            (settings.ChargeCurrency, settings.SendCart, settings.DescriptionTemplate, settings.OrderIdTemplate, settings.LinkLifetime, settings.LinkLifetimeUnit, settings.SecondChance,
                settings.TemplateId, settings.HouseNumberAttribute),
            Is.EqualTo((ChargeCurrency.Primary, false, "{store_name}", "X-{order_number}", 60, LifetimeUnit.Hours, true, "t", "Number")));
        Assert.That(page, Does.Contain("X-{order_number}").And.Contain("value=\"60\""));
        Assert.That((await LoadAsync()).LinkLifetimeUnit, Is.EqualTo(LifetimeUnit.Days));
    }

    [TestCase("ChargeCurrencyId", "7", "ChargeCurrency")]
    [TestCase("LinkLifetime", "0", "LinkLifetime")]
    [TestCase("LinkLifetime", "366", "LinkLifetime")]
    [TestCase("DescriptionTemplate", "{order_nummer}", "DescriptionTemplate")]
    [TestCase("OrderIdTemplate", "SHOP", "OrderIdTemplate")]
    [TestCase("OrderIdTemplate", "{order_number} {store_id}", "OrderIdTemplate")]
    public async Task An_invalid_setting_is_rejected_beside_its_field(string field, string value, string message)
    {
        using var browser = _shop.NewBrowser();
        var before = await LoadAsync();
        var token = Token().Match(await browser.ReadAsync("Admin/MultiSafepay/Configure")).Groups["token"].Value;
        var fields = Settings().Concat([("ChargeCurrencyId", "0"), ("LinkLifetime", "30"), ("LinkLifetimeUnitId", "0"), ("DebugLog", "true")]).Where(pair => pair.Item1 != field);
        using var answer = await browser.SendAsync("Admin/MultiSafepay/Configure", [.. fields, (field, value), ("__RequestVerificationToken", token)]);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain(TextOf($"Validation.{message}")));
        Assert.That((await LoadAsync()).DebugLog, Is.EqualTo(before.DebugLog));
    }

    private static IEnumerable<int> Refusals() => ApiErrorTexts.Codes.Except([MultiSafepayErrorCodes.Refund]).Order();

    private static IEnumerable<(string, string)> Settings() => [("EnvironmentId", "0"), ("CancelledThenPaidId", "0")];

    private static string TextOf(string key) => TextResources.Read("en")[$"{MultiSafepayDefaults.ResourcePrefix}.{key}"];

    // The part of a note before its last placeholder, without the code.
    private static string Words(string note) => TextOf($"Note.{note}").Split("{0}")[1].Split('{')[0].Trim(')', ':', ' ', '.');

    private static long Expected(Order order, string currency) => currency switch
    {
        "JPY" => (long)decimal.Round(decimal.Round(order.OrderTotal * order.CurrencyRate, 2), 0, MidpointRounding.AwayFromZero),
        "USD" => (long)(decimal.Round(order.OrderTotal * order.CurrencyRate, 2) * 100),
        _ => (long)(order.OrderTotal * 100)
    };

    private Task<MultiSafepaySettings> LoadAsync() => _shop.InScopeAsync(services => services.GetRequiredService<StoreSettings>().ForStoreAsync(0));

    private async Task<(Order Order, JsonNode Body)> LastAsync()
    {
        var order = (await _shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!;
        var request = _simulator.Services.GetRequiredService<RequestLog>().All.Last(request => request.Method == "POST");
        Assert.That((request.StatusCode, request.Body!["var1"]!.GetValue<string>()), Is.EqualTo((200, $"{order.OrderGuid:D}:{order.Id}")));
        return (order, request.Body);
    }

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""")]
    private static partial Regex Token();

    /// <summary>Another plugin, with a wish of its own for each request.</summary>
    private sealed class OtherPlugin : IConsumer<OrderRequestCreatedEvent>
    {
        public Task HandleEventAsync(OrderRequestCreatedEvent eventMessage)
        {
            eventMessage.Request = eventMessage.Request with
            {
                Var2 = "another plugin was here",
                AdditionalFields = new JsonObject { ["affiliate"] = new JsonObject { ["split_payments"] = new JsonArray() }, ["amount"] = 1 }
            };
            return Task.CompletedTask;
        }
    }
}
