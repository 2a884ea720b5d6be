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
    public async Task A_notification_signed_with_the_key_of_another_store_is_rejected()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
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
    public async Task A_notification_signed_with_the_test_key_does_not_pay_a_live_order()
    {
        await SetAsync(0, settings => settings.LiveApiKey, SimulatorRun.OtherKey);
        await Host.SetAsync(settings => settings.Environment = MultiSafepayEnvironment.Live);
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = IntegrationHost.Body(order, order.CustomOrderNumber);

        Assert.That((await Host.NotifyAsync(body, SimulatorRun.Key)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await IsPaidAsync(order), Is.False);

        Assert.That((await Host.NotifyAsync(body, SimulatorRun.OtherKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await IsPaidAsync(order), Is.True, "the live key does");
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(999)]
    public async Task A_notification_for_an_unknown_store_is_rejected_despite_a_valid_shared_key(int storeId)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await AssertNoSideEffectsAsync(async () =>
        {
            Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber), storeId: storeId)).Status, Is.AnyOf(HttpStatusCode.NotFound, HttpStatusCode.Unauthorized));
            return true;
        });
    }

    [Test]
    public async Task A_shop_without_an_API_key_rejects_every_notification()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
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
