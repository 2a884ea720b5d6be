using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Services.Orders;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Orders as they really live, told with the shop's own pages: picked up, and edited after a part was sent. MultiSafepay learns that nothing is left to ship.</summary>
[TestFixture]
internal sealed class OrderStoryTests : AfterSalesFixture
{
    [Test]
    public async Task An_order_that_the_customer_picks_up_is_reported_as_shipped()
    {
        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "2"));
        await Host.Browser.PostAsync("checkout", [.. ShopBrowser.Address.Where(field => field.Name != "Shipping"), ("Shipping", "Pick up in the shop"), ("CountryId", "1"),
            ("PaymentMethod", MultiSafepayDefaults.SystemName)]);
        await Host.Browser.PostAsync("Checkout/PaymentInfo");
        await Host.Browser.PlaceOrderAsync();
        var order = (await Host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!;
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = "KLARNA" });
        await UntilAsync(order, PaymentStatus.Paid);
        await RunTaskLaterAsync();
        Assert.That(await StatusAsync(order), Is.EqualTo("completed"), "it is still in the shop");

        await Host.Browser.PostFromAsync($"Admin/Order/Edit/{order.Id}", $"Admin/Order/Ship/{order.Id}");
        await RunTaskLaterAsync();

        Assert.That(((await Host.ReloadAsync(order)).ShippingStatus, await StatusAsync(order)), Is.EqualTo((ShippingStatus.Delivered, "shipped")));
    }

    [TestCase(1)]
    [TestCase(0)]
    public async Task An_order_whose_unshipped_rest_the_owner_takes_off_is_reported_as_shipped(int left)
    {
        var order = await PayAsync(gateway: "KLARNA", quantity: 2);
        var items = await Host.Shop.InScopeAsync(services => services.GetRequiredService<IOrderService>().GetOrderItemsAsync(order.Id));
        if (left == 1)
            await ShipAsync(order, "3SFIRST", quantity: 1);
        else
            await AddItemAndShipOnlyItAsync(order);
        Assert.That(await StatusAsync(order), Is.EqualTo("completed"));

        await Host.Browser.PostFromAsync($"Admin/Order/Edit/{order.Id}", $"Admin/Order/EditItem/{order.Id}", ("itemId", $"{items.Single().Id}"), ("quantity", $"{left}"));
        await RunTaskLaterAsync();

        Assert.That(await StatusAsync(order), Is.EqualTo("shipped"));
    }

    [TestCase(1, 0, false, TestName = "A refund of less than the unshipped piece leaves it to be shipped")]
    [TestCase(0, 0, true, TestName = "An order whose unshipped piece was refunded is reported as shipped")]
    [TestCase(0, 1, true, TestName = "So is one that is shipped after the refund of the other piece")]
    public async Task What_is_refunded_instead_of_shipped_is_not_waited_for(int less, int isRefundedFirst, bool isReported)
    {
        var order = await PayAsync(gateway: "KLARNA", quantity: 2);
        var piece = (await Host.Shop.InScopeAsync(services => services.GetRequiredService<IOrderService>().GetOrderItemsAsync(order.Id))).Single().PriceInclTax / 2;
        if (isRefundedFirst == 0)
            await ShipAsync(order, "3SFIRST", quantity: 1);
        Assert.That(await RefundAsync(order, piece - less), Is.Empty);
        if (isRefundedFirst == 1)
            await ShipAsync(order, "3SFIRST", quantity: 1);
        await RunTaskLaterAsync();

        Assert.That((await Host.RecordAsync(order)).IsReportedAsShipped, Is.EqualTo(isReported));
    }

    // A second item that is sent, so that the first one can be taken off as a whole.
    private async Task AddItemAndShipOnlyItAsync(Order order)
    {
        var item = new OrderItem { OrderItemGuid = Guid.NewGuid(), OrderId = order.Id, ProductId = 2, Quantity = 1 };
        await Host.Shop.Database.InsertAsync(item);
        var parcel = new Shipment { OrderId = order.Id, ShippedDateUtc = order.CreatedOnUtc };
        await Host.Shop.Database.InsertAsync(parcel);
        await Host.Shop.Database.InsertAsync(new ShipmentItem { ShipmentId = parcel.Id, OrderItemId = item.Id, Quantity = 1 });
        var saved = await Host.ReloadAsync(order);
        saved.ShippingStatus = ShippingStatus.PartiallyShipped;
        await Host.Shop.Database.UpdateAsync(saved);
    }

    private async Task<string?> StatusAsync(Order order) => (string?)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["status"];
}
