using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>
/// nopCommerce saves an order whole, with all that it has read before. A page that is at work on the order while a notification is (a customer cancels, the owner
/// ships) so undoes what the notification did. What is lost is found and done again.
/// </summary>
[TestFixture]
[Category(EveryVersion.Category)]
internal sealed class OverwrittenOrderTests : AfterSalesFixture
{
    [Test]
    public async Task A_payment_overwritten_by_nopCommerce_is_restored()
    {
        var (order, seen) = await PaidMeanwhileAsync();
        await SaveAsync(seen, stale => stale.ShippingStatus = ShippingStatus.Shipped);
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending), "it is lost");

        await RunTaskLaterAsync();

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("paid with").And.One.Contains("has been restored"));
        Assert.That(await Host.WarningsAsync(), Has.One.Contains("Overwritten"));
    }

    [TestCase(CancelledThenPaidPolicy.Warn, OrderStatus.Cancelled, PaymentStatus.Pending, "Please refund it")]
    [TestCase(CancelledThenPaidPolicy.Refund, OrderStatus.Cancelled, PaymentStatus.Pending, "it was refunded")]
    [TestCase(CancelledThenPaidPolicy.Reopen, OrderStatus.Processing, PaymentStatus.Paid, "has been restored")]
    public async Task An_order_cancelled_while_it_was_paid_is_handled_as_a_late_payment(CancelledThenPaidPolicy policy, OrderStatus status, PaymentStatus payment, string note)
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = policy);
        var (order, seen) = await PaidMeanwhileAsync();
        await SaveAsync(seen, stale => stale.OrderStatus = OrderStatus.Cancelled);

        await RunTaskLaterAsync();

        var after = await Host.ReloadAsync(order);
        Assert.That((after.OrderStatus, after.PaymentStatus), Is.EqualTo((status, payment)));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains(note));
    }

    [Test]
    public async Task An_overwritten_authorization_is_restored()
    {
        var order = await AuthorizeAsync();
        await SaveAsync(await Host.ReloadAsync(order), stale => (stale.PaymentStatus, stale.AuthorizationTransactionId) = (PaymentStatus.Pending, null));

        await RunTaskLaterAsync();

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Authorized));
    }

    [Test]
    public async Task An_overwritten_refund_is_restored_with_the_next_notification()
    {
        var order = await PayAsync();
        var seen = await Host.ReloadAsync(order);
        Assert.That(await RefundAsync(order, 10m), Is.Empty);

        // The refund's own notification would restore it at once.
        await Host.UntilAsync(order, PaymentStatus.PartiallyRefunded);
        await SaveAsync(seen, stale => stale.ShippingStatus = ShippingStatus.Shipped);
        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.Zero, "it is lost");

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = 300 });
        await Tests.Integration.IntegrationHost.UntilAsync(async () => (await Host.ReloadAsync(order)).RefundedAmount == 13m, "both refunds are counted");

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.PartiallyRefunded));
        await Host.AuditAsync();
    }

    // The order as somebody has read it who saves it later; it was paid in between.
    private async Task<(Order Order, Order Seen)> PaidMeanwhileAsync()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var seen = await Host.ReloadAsync(order);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await RunTaskLaterAsync();
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        return (order, seen);
    }

    private Task SaveAsync(Order seen, Action<Order> change)
    {
        change(seen);
        return Host.Shop.InScopeAsync(services => services.GetRequiredService<IOrderService>().UpdateOrderAsync(seen));
    }
}
