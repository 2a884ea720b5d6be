using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>
/// MultiSafepay gives an order id that was never paid to whoever uses it next, so that another shop of the same site can have ours. What is there is ours only if it carries our
/// GUID in <c>var1</c>; what carries none is not ours.
/// </summary>
[TestFixture]
internal sealed class OtherShopOrderTests : IntegrationFixture
{
    // An order of a shop that names its orders otherwise, one of a nopCommerce like ours, and one of a shop that sends no var1.
    private static readonly string?[] _tags = ["order 1001 of the other shop", "6e7a5d0e-30a5-4f3e-9d2c-0a4f6bb8a001:1", null];

    [Test]
    public async Task A_payment_of_another_shops_order_does_not_pay_our_order([ValueSource(nameof(_tags))] string? tag)
    {
        var order = await BuyAsync(tag, "completed");
        await PullAsync(order);
        var now = await Host.ReloadAsync(order);
        Assert.That((now.PaymentStatus, now.OrderStatus), Is.EqualTo((PaymentStatus.Pending, OrderStatus.Pending)));
    }

    [Test]
    public async Task An_ended_order_of_another_shop_does_not_cancel_our_order([ValueSource(nameof(_tags))] string? tag, [Values("expired", "declined", "cancelled")] string end)
    {
        var order = await BuyAsync(tag, end);
        await PullAsync(order);
        Assert.That((await Host.ReloadAsync(order)).OrderStatus, Is.EqualTo(OrderStatus.Pending));
    }

    [Test]
    public async Task Cancelling_our_order_does_not_cancel_the_order_of_another_shop([ValueSource(nameof(_tags))] string? tag, [Values("started", "completed")] string state)
    {
        var order = await BuyAsync(tag, state);
        await CancelAsync(order);
        Assert.That(await Host.ApiCallsAsync(), Has.None.StartsWith("PATCH"));
        Assert.That((string)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["status"]!, Is.EqualTo(state == "started" ? "initialized" : "completed"));
    }

    [Test]
    public async Task The_refund_policy_does_not_refund_the_payment_of_another_shop([ValueSource(nameof(_tags))] string? tag)
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = CancelledThenPaidPolicy.Refund);
        var order = await BuyAsync(tag, "completed");
        await CancelAsync(order);
        await PullAsync(order);

        // Not even when a genuine notification says that ours was paid: what would be refunded is theirs.
        Assert.That((int)(await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(503));
        Assert.That(await Host.ApiCallsAsync(), Has.None.EndsWith("/refunds"));
    }

    [Test]
    public async Task A_retry_leaves_the_order_of_another_shop_alone_and_uses_a_new_order_id([ValueSource(nameof(_tags))] string? tag, [Values("started", "completed", "expired")] string state)
    {
        var order = await BuyAsync(tag, state);
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<PaymentLinkService>().StartAsync(OrderReference.From(order), CancellationToken.None));

        var attempts = (await Host.RecordAsync(order)).Attempts;
        Assert.That(attempts.Select(attempt => (attempt.OrderId, attempt.Closed)), Is.EqualTo(new[] { (order.CustomOrderNumber, true), ($"{order.CustomOrderNumber}-2", false) }));
        Assert.That(await Host.ApiCallsAsync(), Has.None.StartsWith("PATCH"));
    }

    private async Task<Order> BuyAsync(string? tag, string state)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var other = Host.Simulator.Order(order.CustomOrderNumber, MinorUnits.FromDecimal(order.OrderTotal, "EUR"));
        if (tag is not null)
            other["var1"] = tag;
        await Host.Simulator.MakeAsync(other, state);
        await Host.Simulator.DeleteAsync("requests");
        return order;
    }

    private Task PullAsync(Order order) => Host.Shop.InScopeAsync(services =>
        services.GetRequiredService<Synchronizer>().PullAsync(OrderReference.From(order), allowTerminalActions: true, CancellationToken.None));

    private Task CancelAsync(Order order) => Host.Shop.InScopeAsync(async services =>
        await services.GetRequiredService<IOrderProcessingService>().CancelOrderAsync((await services.GetRequiredService<IOrderService>().GetOrderByIdAsync(order.Id))!, notifyCustomer: false));
}
