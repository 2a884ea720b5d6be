using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>The policy that opens a cancelled order again when it is paid after all.</summary>
[TestFixture]
internal sealed class ReopeningTests : IntegrationFixture
{
    [Test]
    public async Task The_reopen_policy_reserves_the_stock_again_and_pays_the_order()
    {
        var stock = await StockAsync();
        var order = await PayLateAsync();

        Assert.That((order.OrderStatus, order.PaymentStatus), Is.EqualTo((OrderStatus.Processing, PaymentStatus.Paid)));
        Assert.That(await StockAsync(), Is.EqualTo(stock - 1));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("paid with"));
    }

    [Test]
    public async Task The_reopen_policy_leaves_an_order_without_stock_to_the_owner()
    {
        var order = await PayLateAsync(async _ =>
        {
            var product = (await Host.Shop.Database.FindAsync<Product>(1))!;
            product.StockQuantity = 0;
            await Host.Shop.Database.UpdateAsync(product);
        });
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber));

        Assert.That((await Host.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Cancelled));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("after the order was cancelled"));
        Assert.That(await StockAsync(), Is.Zero);
    }

    // nopCommerce gives the card's value back with the cancellation where the owner has set that, by deleting its usage; it may be spent by now.
    [Test]
    public async Task The_reopen_policy_leaves_an_order_paid_in_part_by_gift_card_to_the_owner([Values] bool isGivenBack)
    {
        await Host.Browser.PostAsync("Cart/Choose", ("giftCardCode", "CADEAU25"));
        var stock = await StockAsync();
        var order = await PayLateAsync(async cancelled =>
        {
            var usage = (await Host.Shop.Database.ListAsync<GiftCardUsageHistory>(usage => usage.UsedWithOrderId == cancelled.Id)).Single();
            Assert.That(usage.UsedValue, Is.EqualTo(25m));
            if (isGivenBack)
                await Host.Shop.Database.DeleteAsync(usage);
        });

        Assert.That((order.OrderStatus, order.PaymentStatus, await StockAsync()), Is.EqualTo((OrderStatus.Cancelled, PaymentStatus.Pending, stock)));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("after the order was cancelled"));
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "PaidAfterCancellation" }));
    }

    // The money was on its way when the order was cancelled.
    private async Task<Order> PayLateAsync(Func<Order, Task>? whenCancelled = null)
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = CancelledThenPaidPolicy.Reopen);
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await Host.Shop.InScopeAsync(async services =>
        {
            var fresh = await services.GetRequiredService<IOrderService>().GetOrderByGuidAsync(order.OrderGuid);
            await services.GetRequiredService<IOrderProcessingService>().CancelOrderAsync(fresh, notifyCustomer: true);
        });
        if (whenCancelled is not null)
            await whenCancelled(order);
        Assert.That((int)(await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(200));
        return await Host.ReloadAsync(order);
    }

    private async Task<int> StockAsync() => (await Host.Shop.Database.FindAsync<Product>(1))!.StockQuantity;
}
