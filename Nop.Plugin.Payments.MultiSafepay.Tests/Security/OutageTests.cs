using System.Net;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Shop;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>A failure of the shop's own is answered so that MultiSafepay sends again, and costs no guest: requests during an outage do not make it worse.</summary>
[TestFixture]
internal sealed class OutageTests : SecurityFixture
{
    private bool _isDown;

    protected override ShopOptions Configure(ShopOptions options) => options with
    {
        ConfigureServices = services => FailingOrderService.Add(services, _ => _isDown)
    };

    [Test]
    public async Task A_notification_during_a_database_outage_is_answered_with_503_so_that_it_is_resent()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var guests = (await Host.Shop.GuestsAsync()).Count;
        _isDown = true;

        Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((await Host.HintAsync(order.CustomOrderNumber)).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber), key: "forged")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Host.Shop.GuestsAsync()).Count, Is.EqualTo(guests));
        Assert.That(await ErrorsAsync(), Has.Count.EqualTo(2).And.All.StartsWith(MultiSafepayDefaults.SystemName));

        _isDown = false;
        Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await IsPaidAsync(order), Is.True);
    }
}
