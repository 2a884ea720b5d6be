using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Caching;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Methods;

/// <summary>What the catalogue costs: calls of MultiSafepay's API, and waiting.</summary>
internal sealed class MethodCatalogueTests : IntegrationFixture
{
    private const string Pages = "checkout";

    [Test]
    public async Task With_a_cached_catalogue_no_checkout_page_calls_the_API()
    {
        await Host.Browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
        foreach (var page in new[] { Pages, "Checkout/PaymentInfo", "Checkout/Confirm" })
            await Host.Browser.ReadAsync(page);

        Assert.That(await Host.ApiCallsAsync(), Is.Empty);
        await Host.Browser.PlaceOrderAsync();
        Assert.That(await Host.ApiCallsAsync(), Is.EqualTo(new[] { "POST orders" }));
    }

    [Test]
    public async Task Concurrent_requests_without_a_cached_catalogue_make_one_API_call()
    {
        await using var node = await Host.StartSecondNodeAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "latency", ["milliseconds"] = 500, ["times"] = -1 });

        var asking = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(node)));
        while (!asking.IsCompleted)
        {
            await Task.Delay(20);
            Host.Simulator.Time.Advance(TimeSpan.FromMilliseconds(500));
        }

        // On a machine that is busier than a customer is patient, some come back without; none of them asks again.
        Assert.That((await asking).Select(catalogue => catalogue?.Find("IDEAL")?.Name ?? "iDEAL | Wero"), Has.All.EqualTo("iDEAL | Wero"));
        Assert.That((await KnownAsync(node)).Find("IDEAL"), Is.Not.Null);
        Assert.That(await CallsAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_failing_API_is_called_once_a_minute_and_never_blocks_the_checkout()
    {
        await using var node = await Host.StartSecondNodeAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["path"] = "payment-methods", ["times"] = -1 });
        using var browser = node.NewBrowser();

        await browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        Assert.That(await browser.ReadAsync("Checkout/PaymentInfo"), Does.Contain("secure payment page").And.Not.Contain(CustomerFields.MethodField));
        Assert.That(await browser.ReadAsync(Pages), Does.Contain(MultiSafepayDefaults.SystemName), "the row stays");
        await browser.PostAsync("Checkout/PaymentInfo", (CustomerFields.MethodField, "IDEAL"));
        Assert.That(await CallsAsync(), Is.EqualTo(1));

        Assert.That(await browser.PlaceOrderAsync(), Does.StartWith(Host.Simulator.Url.ToString()));
        Assert.That((await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.Null, "the payment page takes over");
        Assert.That(await Host.WarningsAsync(), Has.Some.Contains("payment methods could not be read"));

        Host.Simulator.Time.Advance(CatalogueSource.FailureMemory);
        await GetAsync(node);
        Assert.That(await CallsAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_slow_API_delays_only_the_first_customer_and_for_a_bounded_time()
    {
        await using var node = await Host.StartSecondNodeAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "latency", ["milliseconds"] = 5000, ["path"] = "payment-methods", ["times"] = -1 });

        var first = System.Diagnostics.Stopwatch.StartNew();
        Assert.That(await GetAsync(node), Is.Null);
        Assert.That(first.Elapsed, Is.GreaterThan(MethodCatalogue.MaxWait * 0.9).And.LessThan(Nop.Plugin.Payments.MultiSafepay.Api.MultiSafepayClient.ReadTimeout));

        var second = System.Diagnostics.Stopwatch.StartNew();
        Assert.That(await GetAsync(node), Is.Null);
        Assert.That(second.Elapsed, Is.LessThan(MethodCatalogue.MaxWait * 0.9));

        Host.Simulator.Time.Advance(TimeSpan.FromSeconds(5));
        await IntegrationHost.UntilAsync(async () => await GetAsync(node) is not null, "the slow answer is of use to those who come later");
        Assert.That(await CallsAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_stale_catalogue_is_served_and_refreshed_in_the_background()
    {
        await TurnOffAsync("IDEAL");
        Host.Simulator.Time.Advance(MethodCatalogue.FreshFor);

        Assert.That((await GetAsync(Host.Shop))!.Find("IDEAL"), Is.Not.Null);
        await IntegrationHost.UntilAsync(async () => (await GetAsync(Host.Shop))!.Find("IDEAL") is null, "the new catalogue is there");
        Assert.That(await CallsAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_expired_catalogue_is_refreshed_first_and_served_only_if_the_API_is_down()
    {
        Host.Simulator.Time.Advance(MethodCatalogue.ShownFor);
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "drop-before-work", ["path"] = "payment-methods", ["times"] = 1 });
        Assert.That((await GetAsync(Host.Shop))!.Find("IDEAL"), Is.Not.Null, "stale if error");

        await TurnOffAsync("IDEAL");
        Host.Simulator.Time.Advance(CatalogueSource.FailureMemory);
        await IntegrationHost.UntilAsync(async () => (await GetAsync(Host.Shop))!.Find("IDEAL") is null, "the customer waits for the new one");
    }

    [Test]
    public async Task A_catalogue_is_discarded_after_a_week_without_a_refresh()
    {
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "drop-before-work", ["path"] = "payment-methods", ["times"] = -1 });
        Host.Simulator.Time.Advance(MethodCatalogue.KeptFor - TimeSpan.FromMinutes(2));
        Assert.That(await GetAsync(Host.Shop), Is.Not.Null);
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(await GetAsync(Host.Shop), Is.Null);
    }

    [Test]
    public async Task An_emptied_cache_causes_no_API_call()
    {
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<IStaticCacheManager>().RemoveByPrefixAsync(MultiSafepayDefaults.SystemName));
        Assert.That(await GetAsync(Host.Shop), Is.Not.Null);
        Assert.That(await CallsAsync(), Is.Zero);
    }

    [Test]
    public async Task Each_account_currency_and_language_has_its_own_catalogue()
    {
        Assert.That((await KnownAsync(Host.Shop, "GBP")).Find("IDEAL"), Is.Null, "euros only");
        Assert.That(await CallsAsync(), Is.EqualTo(1));
        await KnownAsync(Host.Shop, "EUR", "nl_NL");
        Assert.That(await CallsAsync(), Is.EqualTo(2));
        await Host.SetAsync(settings => settings.GroupCards = false);
        Assert.That((await KnownAsync(Host.Shop)).Find("VISA"), Is.Not.Null);
        Assert.That(await CallsAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task Looking_up_the_catalogue_while_placing_an_order_makes_no_API_call()
    {
        await using var node = await Host.StartSecondNodeAsync();
        var known = await node.InScopeAsync(async services => await services.GetRequiredService<MethodCatalogue>()
            .PeekAsync(1, await services.GetRequiredService<StoreSettings>().ForStoreAsync(1), "EUR", Locales.Default));
        Assert.That(known, Is.Null);
        Assert.That(await CallsAsync(), Is.Zero);
    }

    private static async Task<Catalogue> KnownAsync(TestShop shop, string currency = "EUR", string locale = Locales.Default)
    {
        Catalogue? known = null;
        await IntegrationHost.UntilAsync(async () => (known = await GetAsync(shop, currency, locale)) is not null, "the catalogue is known");
        return known!;
    }

    private Task TurnOffAsync(string gateway) => Host.Simulator.ControlAsync(HttpMethod.Post, $"gateways/{gateway}/off");

    private async Task<int> CallsAsync() => (await Host.ApiCallsAsync()).Count(call => call == "GET payment-methods");

    private static Task<Catalogue?> GetAsync(TestShop shop, string currency = "EUR", string locale = Locales.Default) => shop.InScopeAsync(async services =>
        await services.GetRequiredService<MethodCatalogue>().GetAsync(1, await services.GetRequiredService<StoreSettings>().ForStoreAsync(1), currency, locale, CancellationToken.None));
}
