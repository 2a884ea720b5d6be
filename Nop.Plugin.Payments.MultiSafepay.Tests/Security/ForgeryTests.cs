using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Configuration;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>Whoever holds a key, but not the one of the order's own store and environment, gets nothing for it.</summary>
[TestFixture]
internal sealed class ForgeryTests : SecurityFixture
{
    private const string SecondStoresKey = "made-up-key-of-the-second-store";

    [Test]
    public async Task Another_stores_key_opens_no_door_to_this_stores_orders()
    {
        var order = await Host.BuyInSilenceAsync();
        await SetAsync(2, settings => settings.TestApiKey, SecondStoresKey);
        var body = IntegrationHost.Body(order, order.CustomOrderNumber);

        Assert.Multiple(async () =>
        {
            Assert.That((await Host.NotifyAsync(body, SecondStoresKey, storeId: 1)).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "at the order's own store");
            Assert.That((await Host.NotifyAsync(body, SecondStoresKey, storeId: 2)).Status, Is.EqualTo(HttpStatusCode.NotFound), "at the store of the key, which has no such order");
            Assert.That((await Host.NotifyAsync(body, SimulatorRun.Key, storeId: 2)).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "the right key at the wrong store");
        });
        Assert.That(await IsPaidAsync(order), Is.False);

        Assert.That((await Host.NotifyAsync(body)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await IsPaidAsync(order), Is.True, "the notification itself is good");
    }

    [Test]
    public async Task The_test_environments_key_does_not_pay_a_live_order()
    {
        await SetAsync(0, settings => settings.LiveApiKey, SimulatorRun.OtherKey);
        await Host.SetAsync(settings => settings.Environment = MultiSafepayEnvironment.Live);
        var order = await Host.BuyInSilenceAsync();
        var body = IntegrationHost.Body(order, order.CustomOrderNumber);

        Assert.That((await Host.NotifyAsync(body, SimulatorRun.Key)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await IsPaidAsync(order), Is.False);

        Assert.That((await Host.NotifyAsync(body, SimulatorRun.OtherKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await IsPaidAsync(order), Is.True, "the live key does");
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(999)]
    public async Task A_store_that_does_not_exist_has_no_orders_though_the_shared_key_is_right(int storeId)
    {
        var order = await Host.BuyInSilenceAsync();
        await LeavesNothingBehindAsync(async () =>
        {
            Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber), storeId: storeId)).Status, Is.AnyOf(HttpStatusCode.NotFound, HttpStatusCode.Unauthorized));
            return true;
        });
    }

    [Test]
    public async Task A_shop_without_a_key_believes_nobody()
    {
        var order = await Host.BuyInSilenceAsync();
        await Host.SetAsync(settings => settings.TestApiKey = string.Empty);
        foreach (var key in new[] { SimulatorRun.Key, " ", "made-up" })
            Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber), key)).Status, Is.EqualTo(HttpStatusCode.Unauthorized), key);
    }

    private Task SetAsync(int storeId, System.Linq.Expressions.Expression<Func<MultiSafepaySettings, string?>> key, string value) => Host.Shop.InScopeAsync(async services =>
    {
        var settingService = services.GetRequiredService<ISettingService>();
        var name = $"{nameof(MultiSafepaySettings)}.{((System.Linq.Expressions.MemberExpression)key.Body).Member.Name}";
        await settingService.SetSettingAsync(name, services.GetRequiredService<StoreSettings>().Protect(value), storeId);
    });
}
