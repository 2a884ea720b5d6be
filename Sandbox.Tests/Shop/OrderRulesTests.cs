using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Services.Orders;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Shop;

/// <summary>The sandbox's order processing against the table of nopCommerce's rules: who may do what in which state, and what follows.</summary>
[TestFixture]
internal sealed class OrderRulesTests
{
    private const decimal Total = 100m;

    private TestShop _shop = null!;
    private TestShop _shopWithoutSupport = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        _shopWithoutSupport = await FakePaymentShop.StartAsync(new FakePaymentBehaviour { SupportsEverything = false });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _shop.DisposeAsync();
        await _shopWithoutSupport.DisposeAsync();
    }

    /// <summary>
    /// Order status and payment status against what is allowed, a letter each: x cancel, a mark as authorized, p mark as paid, c capture, r refund, R refund offline,
    /// q partially refund, Q partially refund offline, v void, V void offline. Where the plugin supports nothing, only the capital ones and x, a, p stay.
    /// </summary>
    [TestCase(OrderStatus.Pending, PaymentStatus.Pending, "xap")]
    [TestCase(OrderStatus.Pending, PaymentStatus.Authorized, "xpvV")]
    [TestCase(OrderStatus.Pending, PaymentStatus.Paid, "xrRqQ")]
    [TestCase(OrderStatus.Pending, PaymentStatus.PartiallyRefunded, "xpqQ")]
    [TestCase(OrderStatus.Pending, PaymentStatus.Refunded, "x")]
    [TestCase(OrderStatus.Pending, PaymentStatus.Voided, "x")]
    [TestCase(OrderStatus.Processing, PaymentStatus.Pending, "xap")]
    [TestCase(OrderStatus.Processing, PaymentStatus.Authorized, "xpcvV")]
    [TestCase(OrderStatus.Processing, PaymentStatus.Paid, "xrRqQ")]
    [TestCase(OrderStatus.Processing, PaymentStatus.PartiallyRefunded, "xpqQ")]
    [TestCase(OrderStatus.Processing, PaymentStatus.Refunded, "x")]
    [TestCase(OrderStatus.Processing, PaymentStatus.Voided, "x")]
    [TestCase(OrderStatus.Complete, PaymentStatus.Pending, "xap")]
    [TestCase(OrderStatus.Complete, PaymentStatus.Authorized, "xpcvV")]
    [TestCase(OrderStatus.Complete, PaymentStatus.Paid, "xrRqQ")]
    [TestCase(OrderStatus.Complete, PaymentStatus.PartiallyRefunded, "xpqQ")]
    [TestCase(OrderStatus.Complete, PaymentStatus.Refunded, "x")]
    [TestCase(OrderStatus.Complete, PaymentStatus.Voided, "x")]
    [TestCase(OrderStatus.Cancelled, PaymentStatus.Pending, "")]
    [TestCase(OrderStatus.Cancelled, PaymentStatus.Authorized, "vV")]
    [TestCase(OrderStatus.Cancelled, PaymentStatus.Paid, "rRqQ")]
    [TestCase(OrderStatus.Cancelled, PaymentStatus.PartiallyRefunded, "qQ")]
    [TestCase(OrderStatus.Cancelled, PaymentStatus.Refunded, "")]
    [TestCase(OrderStatus.Cancelled, PaymentStatus.Voided, "")]
    public async Task Each_order_operation_is_allowed_only_in_its_states(OrderStatus orderStatus, PaymentStatus paymentStatus, string allowed)
    {
        var order = Order(orderStatus, paymentStatus);
        Assert.That(await AllowedAsync(_shop, order), Is.EqualTo(allowed));
        Assert.That(await AllowedAsync(_shopWithoutSupport, order), Is.EqualTo(string.Concat(allowed.Where(letter => !"crqv".Contains(letter)))));
    }

    [Test]
    public async Task After_a_partial_refund_only_the_rest_can_be_refunded_and_only_partially()
    {
        var order = Order(OrderStatus.Processing, PaymentStatus.PartiallyRefunded);
        order.RefundedAmount = 40;
        await _shop.InScopeAsync(async services =>
        {
            var processing = services.GetRequiredService<IOrderProcessingService>();
            Assert.That(await processing.CanRefundAsync(order), Is.False);
            Assert.That(processing.CanRefundOffline(order), Is.False);
            Assert.That(processing.CanPartiallyRefundOffline(order, 60), Is.True);
            Assert.That(processing.CanPartiallyRefundOffline(order, 60.01m), Is.False);
            Assert.That(await processing.CanPartiallyRefundAsync(order, 60.01m), Is.False);
        });
    }

    [Test]
    public async Task A_free_order_cannot_be_refunded_or_voided_online()
    {
        var paid = Order(OrderStatus.Processing, PaymentStatus.Paid);
        var authorized = Order(OrderStatus.Processing, PaymentStatus.Authorized);
        paid.OrderTotal = authorized.OrderTotal = 0;
        Assert.That(await AllowedAsync(_shop, paid), Is.EqualTo("x"));
        Assert.That(await AllowedAsync(_shop, authorized), Is.EqualTo("xpcV"));
    }

    [Test]
    public async Task An_operation_that_is_not_allowed_throws()
    {
        var cancelled = Order(OrderStatus.Cancelled, PaymentStatus.Pending);
        var pending = Order(OrderStatus.Pending, PaymentStatus.Pending);
        await _shop.InScopeAsync(services =>
        {
            var processing = services.GetRequiredService<IOrderProcessingService>();
            Assert.That(() => processing.CancelOrderAsync(cancelled, true), Throws.TypeOf<NopException>());
            Assert.That(() => processing.MarkOrderAsPaidAsync(cancelled), Throws.TypeOf<NopException>());
            Assert.That(() => processing.CaptureAsync(pending), Throws.TypeOf<NopException>());
            Assert.That(() => processing.RefundAsync(pending), Throws.TypeOf<NopException>());
            Assert.That(() => processing.RefundOfflineAsync(pending), Throws.TypeOf<NopException>());
            Assert.That(() => processing.PartiallyRefundAsync(pending, 1), Throws.TypeOf<NopException>());
            Assert.That(() => processing.PartiallyRefundOfflineAsync(pending, 1), Throws.TypeOf<NopException>());
            Assert.That(() => processing.VoidAsync(pending), Throws.TypeOf<NopException>());
            Assert.That(() => processing.VoidOfflineAsync(pending), Throws.TypeOf<NopException>());
            return Task.CompletedTask;
        });
    }

    private static Order Order(OrderStatus orderStatus, PaymentStatus paymentStatus) => new()
    {
        OrderStatus = orderStatus,
        PaymentStatus = paymentStatus,
        ShippingStatus = ShippingStatus.NotYetShipped,
        OrderTotal = Total,
        PaymentMethodSystemName = FakePayment.SystemName,
    };

    private static Task<string> AllowedAsync(TestShop shop, Order order) => shop.InScopeAsync(async services =>
    {
        var processing = services.GetRequiredService<IOrderProcessingService>();
        (char Letter, bool Allowed)[] rules =
        [
            ('x', processing.CanCancelOrder(order)),
            ('a', processing.CanMarkOrderAsAuthorized(order)),
            ('p', processing.CanMarkOrderAsPaid(order)),
            ('c', await processing.CanCaptureAsync(order)),
            ('r', await processing.CanRefundAsync(order)),
            ('R', processing.CanRefundOffline(order)),
            ('q', await processing.CanPartiallyRefundAsync(order, Total)),
            ('Q', processing.CanPartiallyRefundOffline(order, Total)),
            ('v', await processing.CanVoidAsync(order)),
            ('V', processing.CanVoidOffline(order)),
        ];
        return string.Concat(rules.Where(rule => rule.Allowed).Select(rule => rule.Letter));
    });
}
