using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Configuration;
using Nop.Services.Orders;
using Nop.Services.ScheduleTasks;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Services;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>
/// The tasks that nopCommerce has for unpaid orders from 5.00 on. They save orders as they were when the task began, so one that is paid in between loses its payment. That happens in any version in
/// which somebody's plugin does the same, so the tests do not ask for the version.
/// </summary>
[TestFixture]
[Category(EveryVersion.Category)]
internal sealed class UnpaidOrderTaskTests : AfterSalesFixture
{
    private Func<Task>? _beforeSave;

    protected override ShopOptions Configure(ShopOptions options)
    {
        var configured = base.Configure(options);
        return configured with { ConfigureServices = configured.ConfigureServices + (services => FailingOrderService.Add(services, BeforeSave)) };
    }

    [Test]
    public async Task A_payment_overwritten_by_a_reminder_is_restored()
    {
        var order = await PaidWhileAsync<PendingOrderReminderTask>(UnpaidOrderTasks.RemindersEnabled);
        Assert.That(await StateAsync(order), Is.EqualTo((OrderStatus.Pending, PaymentStatus.Pending)), "it is lost");

        await RunTaskLaterAsync();

        Assert.That(await StateAsync(order), Is.EqualTo((OrderStatus.Processing, PaymentStatus.Paid)));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("paid with").And.One.Contains("has been restored"));
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "Overwritten" }));
    }

    [TestCase(CancelledThenPaidPolicy.Warn, OrderStatus.Cancelled, PaymentStatus.Pending, "Please refund it")]
    [TestCase(CancelledThenPaidPolicy.Refund, OrderStatus.Cancelled, PaymentStatus.Pending, "it was refunded")]
    [TestCase(CancelledThenPaidPolicy.Reopen, OrderStatus.Processing, PaymentStatus.Paid, "has been restored")]
    public async Task A_payment_overwritten_by_an_automatic_cancellation_is_handled_as_a_late_payment(CancelledThenPaidPolicy policy, OrderStatus status, PaymentStatus payment, string note)
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = policy);
        var order = await PaidWhileAsync<AutoCancelOrdersTask>(UnpaidOrderTasks.AutoCancelEnabled);
        Assert.That(await StateAsync(order), Is.EqualTo((OrderStatus.Cancelled, PaymentStatus.Pending)), "it is lost");

        await RunTaskLaterAsync();

        Assert.That(await StateAsync(order), Is.EqualTo((status, payment)));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains(note));
        Assert.That(await Host.AlertsAsync(order), Is.Not.Empty);
    }

    [Test]
    public async Task An_order_that_is_cancelled_automatically_can_no_longer_be_paid()
    {
        var (order, _) = await Host.BuyAsync();
        await RunAsync<AutoCancelOrdersTask>(UnpaidOrderTasks.AutoCancelEnabled);

        Assert.That(await StateAsync(order), Is.EqualTo((OrderStatus.Cancelled, PaymentStatus.Pending)));
        Assert.That((string)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["status"]!, Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task An_order_whose_payment_method_is_left_out_is_not_cancelled_automatically()
    {
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<ISettingService>()
            .SetSettingAsync(UnpaidOrderTasks.AutoCancelIgnoredPaymentMethods, new List<string> { MultiSafepayDefaults.SystemName }));
        var (order, _) = await Host.BuyAsync();
        await RunAsync<AutoCancelOrdersTask>(UnpaidOrderTasks.AutoCancelEnabled);

        Assert.That(await StateAsync(order), Is.EqualTo((OrderStatus.Pending, PaymentStatus.Pending)));
    }

    /// <summary>An order that is paid, with a notification, between the task's reading it and its saving it.</summary>
    private async Task<Order> PaidWhileAsync<TTask>(string setting) where TTask : IScheduleTask
    {
        var (order, _) = await Host.BuyAsync();
        _beforeSave = async () =>
        {
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
            await UntilAsync(order, PaymentStatus.Paid);
        };
        await RunAsync<TTask>(setting);
        Assert.That(_beforeSave is null, "the order was saved");
        return order;
    }

    private async Task RunAsync<TTask>(string setting) where TTask : IScheduleTask
    {
        Host.Simulator.Time.Advance(TimeSpan.FromDays(3));
        await Host.Shop.InScopeAsync(async services =>
        {
            var settings = services.GetRequiredService<ISettingService>();
            await settings.SetSettingAsync(UnpaidOrderTasks.AutoCancelDelay, 48 * 60);
            await settings.SetSettingAsync(setting, true);
            await ActivatorUtilities.CreateInstance<TTask>(services).ExecuteAsync();
        });
    }

    private bool BeforeSave(string method)
    {
        if (method == nameof(IOrderService.UpdateOrderAsync) && Interlocked.Exchange(ref _beforeSave, null) is { } happen)
            happen().GetAwaiter().GetResult();
        return false;
    }

    private async Task<(OrderStatus Status, PaymentStatus Payment)> StateAsync(Order order)
    {
        var now = await Host.ReloadAsync(order);
        return (now.OrderStatus, now.PaymentStatus);
    }
}
