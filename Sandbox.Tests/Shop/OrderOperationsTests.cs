using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Services.Configuration;
using Nop.Services.Orders;
using Nop.Services.Payments;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Shop;

/// <summary>What each operation on an order leaves behind: states, dates, amounts, events, mails, notes, stock.</summary>
[TestFixture]
internal sealed class OrderOperationsTests
{
    private const decimal Total = 100m;

    private static readonly string[] _paid = ["Pending to Processing", "paid"];
    private static readonly string[] _partlyThenWhollyRefunded = ["refunded 40.00", "refunded 60.00"];
    private static readonly string[] _authorized = ["authorized", "Pending to Processing"];
    private static readonly string[] _cancelled = ["Pending to Cancelled"];
    private static readonly string[] _voided = ["voided"];

    [Test]
    public async Task Marking_as_paid_sets_date_and_status_and_notifies_everyone_once()
    {
        var behaviour = new FakePaymentBehaviour();
        await using var shop = await FakePaymentShop.StartAsync(behaviour);
        var order = await DoAsync(shop, Order(), (processing, order) => processing.MarkOrderAsPaidAsync(order));

        Assert.That((order.PaymentStatus, order.OrderStatus), Is.EqualTo((PaymentStatus.Paid, OrderStatus.Processing)));
        Assert.That(order.PaidDateUtc, Is.EqualTo(DateTime.UtcNow).Within(TimeSpan.FromMinutes(1)));
        Assert.That(behaviour.Events, Is.EqualTo(_paid));
        Assert.That(shop.Database.Mails.ForOrder(order.Id).Select(mail => mail.Template), Is.EquivalentTo(new[] { "OrderPaid.CustomerNotification", "OrderPaid.StoreOwnerNotification" }));
    }

    [TestCase(true, 0)]
    [TestCase(false, 1)]
    public async Task Cancelling_gives_a_gift_card_back_what_was_used_of_it_if_the_shop_is_set_so(bool isSet, int left)
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        await shop.InScopeAsync(async services =>
        {
            var settings = services.GetRequiredService<ISettingService>();
            var orderSettings = await settings.LoadSettingAsync<OrderSettings>();
            orderSettings.DeleteGiftCardUsageHistory = isSet;
            await settings.SaveSettingAsync(orderSettings);
        });
        var order = Order();
        await shop.Database.InsertAsync(order);
        await shop.Database.InsertAsync(new GiftCardUsageHistory { GiftCardId = 1, UsedWithOrderId = order.Id, UsedValue = 10 });

        await shop.InScopeAsync(services => services.GetRequiredService<IOrderProcessingService>().CancelOrderAsync(order, notifyCustomer: false));

        Assert.That(await shop.Database.ListAsync<GiftCardUsageHistory>(usage => usage.UsedWithOrderId == order.Id), Has.Count.EqualTo(left));
    }

    [Test]
    public async Task A_paid_order_with_nothing_to_ship_is_complete()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        var order = await DoAsync(shop, Order(ShippingStatus.ShippingNotRequired), (processing, order) => processing.MarkOrderAsPaidAsync(order));
        Assert.That(order.OrderStatus, Is.EqualTo(OrderStatus.Complete));
    }

    [Test]
    public async Task Marking_a_stale_copy_as_paid_sends_the_emails_twice()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        var stale = Order();
        await shop.Database.InsertAsync(stale);
        var fresh = (await shop.Database.FindAsync<Order>(stale.Id))!;
        await shop.InScopeAsync(services => services.GetRequiredService<IOrderProcessingService>().MarkOrderAsPaidAsync(fresh));
        await shop.InScopeAsync(services => services.GetRequiredService<IOrderProcessingService>().MarkOrderAsPaidAsync(stale));
        Assert.That(shop.Database.Mails.ForOrder(stale.Id), Has.Count.EqualTo(4), "this is the bug that a plugin must not have, so the shop must show it");
    }

    [Test]
    public async Task Marking_as_authorized_does_not_check_the_current_status()
    {
        var behaviour = new FakePaymentBehaviour();
        await using var shop = await FakePaymentShop.StartAsync(behaviour);
        var order = await DoAsync(shop, Order(), (processing, order) => processing.MarkAsAuthorizedAsync(order));
        Assert.That((order.PaymentStatus, order.OrderStatus), Is.EqualTo((PaymentStatus.Authorized, OrderStatus.Processing)));
        Assert.That(behaviour.Events, Is.EqualTo(_authorized));

        var paid = Order();
        paid.PaymentStatus = PaymentStatus.Paid;
        paid.PaidDateUtc = DateTime.UtcNow;
        var regressed = await DoAsync(shop, paid, (processing, order) => processing.MarkAsAuthorizedAsync(order));
        Assert.That(regressed.PaymentStatus, Is.EqualTo(PaymentStatus.Authorized));
    }

    [Test]
    public async Task A_capture_adopts_the_result_of_the_plugin()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        var order = Order();
        (order.OrderStatus, order.PaymentStatus) = (OrderStatus.Processing, PaymentStatus.Authorized);
        order = await DoAsync(shop, order, (processing, order) => processing.CaptureAsync(order));
        Assert.That((order.PaymentStatus, order.CaptureTransactionId, order.PaidDateUtc.HasValue), Is.EqualTo((PaymentStatus.Paid, "capture", true)));
    }

    [Test]
    public async Task A_capture_result_without_a_status_resets_the_order_to_pending()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour { Capture = _ => new CapturePaymentResult() });
        var order = Order();
        (order.OrderStatus, order.PaymentStatus) = (OrderStatus.Processing, PaymentStatus.Authorized);
        order = await DoAsync(shop, order, (processing, order) => processing.CaptureAsync(order));
        Assert.That(order.PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
    }

    [Test]
    public async Task Two_partial_refunds_of_the_total_end_as_refunded()
    {
        var behaviour = new FakePaymentBehaviour();
        await using var shop = await FakePaymentShop.StartAsync(behaviour);
        var order = Paid();
        order = await DoAsync(shop, order, (processing, order) => processing.PartiallyRefundAsync(order, 40));
        Assert.That((order.PaymentStatus, order.RefundedAmount), Is.EqualTo((PaymentStatus.PartiallyRefunded, 40m)));
        order = await DoAsync(shop, order, (processing, order) => processing.PartiallyRefundAsync(order, 60));
        Assert.That((order.PaymentStatus, order.RefundedAmount), Is.EqualTo((PaymentStatus.Refunded, 100m)));
        Assert.That(behaviour.Events, Is.EqualTo(_partlyThenWhollyRefunded));
        Assert.That(shop.Database.Mails.ForOrder(order.Id), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Offline_refunds_do_not_call_the_plugin()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour { Refund = _ => throw new InvalidOperationException() });
        var order = await DoAsync(shop, Paid(), (processing, order) => processing.RefundOfflineAsync(order));
        Assert.That((order.PaymentStatus, order.RefundedAmount), Is.EqualTo((PaymentStatus.Refunded, 100m)));
        order = await DoAsync(shop, Paid(), (processing, order) => processing.PartiallyRefundOfflineAsync(order, 99.99m));
        Assert.That((order.PaymentStatus, order.RefundedAmount), Is.EqualTo((PaymentStatus.PartiallyRefunded, 99.99m)));
    }

    [Test]
    public async Task A_plugin_error_is_noted_and_logged_and_changes_nothing()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour
        {
            Refund = _ => new RefundPaymentResult { Errors = ["no balance"] },
            Void = _ => throw new InvalidOperationException("the line is dead"),
        });
        IList<string> errors = [];
        var refused = await DoAsync(shop, Paid(), async (processing, order) => errors = await processing.RefundAsync(order));
        Assert.That(errors, Is.EqualTo(new[] { "no balance" }));
        Assert.That((refused.PaymentStatus, refused.RefundedAmount), Is.EqualTo((PaymentStatus.Paid, 0m)));
        Assert.That((await NotesAsync(shop, refused)).Single(), Is.EqualTo("Unable to refund order. no balance"));

        var authorized = Order();
        authorized.PaymentStatus = PaymentStatus.Authorized;
        authorized = await DoAsync(shop, authorized, async (processing, order) => errors = await processing.VoidAsync(order));
        Assert.That(errors.Single(), Does.StartWith("Error: the line is dead."));
        Assert.That(authorized.PaymentStatus, Is.EqualTo(PaymentStatus.Authorized));
        Assert.That(await shop.Database.ListAsync<Log>(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_void_does_not_cancel_the_order()
    {
        var behaviour = new FakePaymentBehaviour();
        await using var shop = await FakePaymentShop.StartAsync(behaviour);
        var order = Order();
        order.PaymentStatus = PaymentStatus.Authorized;
        order = await DoAsync(shop, order, (processing, order) => processing.VoidAsync(order));
        Assert.That((order.PaymentStatus, order.OrderStatus), Is.EqualTo((PaymentStatus.Voided, OrderStatus.Pending)));
        Assert.That(behaviour.Events, Is.EqualTo(_voided));
    }

    [Test]
    public async Task Cancelling_returns_the_stock_and_leaves_the_payment_status()
    {
        var behaviour = new FakePaymentBehaviour();
        await using var shop = await FakePaymentShop.StartAsync(behaviour);
        var order = Order();
        await shop.Database.InsertAsync(order);
        await shop.Database.InsertAsync(new OrderItem { OrderId = order.Id, ProductId = 1, Quantity = 7 });
        var before = (await shop.Database.FindAsync<Product>(1))!.StockQuantity;

        await shop.InScopeAsync(services => services.GetRequiredService<IOrderProcessingService>().CancelOrderAsync(order, notifyCustomer: true));

        var after = (await shop.Database.FindAsync<Order>(order.Id))!;
        Assert.That((after.OrderStatus, after.PaymentStatus), Is.EqualTo((OrderStatus.Cancelled, PaymentStatus.Pending)));
        Assert.That((await shop.Database.FindAsync<Product>(1))!.StockQuantity, Is.EqualTo(before + 7));
        Assert.That(behaviour.Events, Is.EqualTo(_cancelled));
        Assert.That(shop.Database.Mails.ForOrder(order.Id).Single().Template, Is.EqualTo("OrderCancelled.CustomerNotification"));
    }

    [Test]
    public async Task A_throwing_event_consumer_is_logged_and_does_not_stop_the_operation()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour { ConsumersThrow = true });
        var order = await DoAsync(shop, Order(), (processing, order) => processing.MarkOrderAsPaidAsync(order));
        Assert.That(order.PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That((await shop.Database.ListAsync<Log>()).Select(log => log.ShortMessage), Is.All.EqualTo("The consumer fails."));
        Assert.That(await shop.Database.ListAsync<Log>(), Has.Count.EqualTo(2));
    }

    private static Order Order(ShippingStatus shipping = ShippingStatus.NotYetShipped) => new()
    {
        OrderGuid = Guid.NewGuid(),
        OrderStatus = OrderStatus.Pending,
        PaymentStatus = PaymentStatus.Pending,
        ShippingStatus = shipping,
        OrderTotal = Total,
        StoreId = 1,
        CustomerId = 4711,
        CustomerCurrencyCode = "EUR",
        CurrencyRate = 1,
        PaymentMethodSystemName = FakePayment.SystemName,
        CreatedOnUtc = DateTime.UtcNow,
    };

    private static Order Paid()
    {
        var order = Order();
        (order.OrderStatus, order.PaymentStatus, order.PaidDateUtc) = (OrderStatus.Processing, PaymentStatus.Paid, DateTime.UtcNow);
        return order;
    }

    private static async Task<Order> DoAsync(TestShop shop, Order order, Func<IOrderProcessingService, Order, Task> operation)
    {
        if (order.Id == 0)
        {
            var address = new Address { Email = "sam@customer.example" };
            await shop.Database.InsertAsync(address);
            order.BillingAddressId = address.Id;
            await shop.Database.InsertAsync(order);
        }

        await shop.InScopeAsync(services => operation(services.GetRequiredService<IOrderProcessingService>(), order));
        return (await shop.Database.FindAsync<Order>(order.Id))!;
    }

    private static async Task<IEnumerable<string>> NotesAsync(TestShop shop, Order order) =>
        (await shop.Database.ListAsync<OrderNote>(note => note.OrderId == order.Id)).Select(note => note.Note);
}
