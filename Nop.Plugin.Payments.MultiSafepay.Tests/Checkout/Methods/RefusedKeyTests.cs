using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Methods;

/// <summary>A key that MultiSafepay refuses: no payment can be started with it, so it is not offered, and the owner hears of it.</summary>
[TestFixture]
internal sealed class RefusedKeyTests : IntegrationFixture
{
    private const string Page = "Admin/MultiSafepay/Configure";

    [Test]
    public async Task A_refused_key_hides_the_payment_method_until_MultiSafepay_accepts_it_again()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        Assert.That(await ProblemAsync(order), Is.Null);

        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 401, ["error_code"] = 1032, ["times"] = 100_000 });
        await Host.BuyAsync();
        Assert.That(await ProblemAsync(order), Is.EqualTo(OfferProblem.KeyRefused));
        Assert.That(await WarningsAsync(), Has.Exactly(2).Contains("does not accept the API key"), "for each store with the key");
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("does not know this key"));

        var calls = (await Host.ApiCallsAsync()).Count;
        Assert.That(await ProblemAsync(order), Is.EqualTo(OfferProblem.KeyRefused));
        Assert.That(await Host.ApiCallsAsync(), Has.Count.EqualTo(calls), "no customer waits for a key that was refused a moment ago");

        await Host.Simulator.DeleteAsync("faults");
        Host.Simulator.Time.Advance(RefusedKeys.TriedAgainAfter);
        Assert.That(await ProblemAsync(order), Is.Null);
        Assert.That(await WarningsAsync(), Is.Empty);
    }

    [TestCase("{\"kind\":\"status\",\"status\":503,\"times\":100000}")]
    [TestCase("{\"kind\":\"status\",\"status\":400,\"error_code\":1001,\"times\":100000}")]
    public async Task Other_failures_do_not_hide_the_payment_method(string fault)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.SetFaultAsync(JsonNode.Parse(fault)!.AsObject());
        await Host.BuyAsync();
        Assert.That(await ProblemAsync(order), Is.Null);
    }

    [Test]
    public async Task Saving_a_wrong_key_succeeds_with_a_warning()
    {
        await Host.Browser.PostFromAsync(Page, Page, ("LinkLifetime", "30"), ("TestApiKey", "a-key-that-nobody-knows"));
        var page = await Host.Browser.ReadAsync(Page);
        Assert.That(page, Does.Contain("does not know this key in the test environment"));
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("does not know this key in the test environment"), "beside the field, after the notification is gone");
        Assert.That(await WarningsAsync(), Is.Not.Empty);
    }

    [Test]
    public async Task A_store_whose_address_MultiSafepay_cannot_accept_does_not_offer_the_payment_method()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.SetAsync(settings => settings.NotificationBaseUrl = "https://shop.example/caf\u00e9/");
        Assert.That(await ProblemAsync(order), Is.EqualTo(OfferProblem.UrlsRefused));
        Assert.That(await WarningsAsync(), Has.Exactly(2).Contains("does not accept the address https://shop.example/caf\u00e9/").And.Some.Contains("letters, digits"));

        await Host.SetAsync(settings => settings.NotificationBaseUrl = "https://shop.example/");
        Assert.That(await ProblemAsync(order), Is.Null);
        Assert.That(await WarningsAsync(), Is.Empty);
    }

    private Task<OfferProblem?> ProblemAsync(Order order) => Host.Shop.InScopeAsync(async services =>
        (await services.GetRequiredService<MethodAvailabilityReader>().ReadAsync(
            order, await services.GetRequiredService<StoreSettings>().ForStoreAsync(order.StoreId), mayAsk: true, CancellationToken.None)).Problem);

    private Task<List<string>> WarningsAsync() => Host.Shop.InScopeAsync(async services =>
        (await services.GetRequiredService<OwnerWarnings>().AllAsync()).Where(warning => warning.IsFailure).Select(warning => warning.Text).ToList());
}
