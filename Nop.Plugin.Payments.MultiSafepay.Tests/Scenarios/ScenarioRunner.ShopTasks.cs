using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Configuration;
using Nop.Services.Orders;
using Nop.Services.ScheduleTasks;
using Sandbox.Shop.Services;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>The tasks that nopCommerce has for unpaid orders from 5.00 on: they save orders as they were when the task began.</content>
internal sealed partial class ScenarioRunner
{
    // In minutes.
    private static readonly int[] _cancelDelays = [0, 60, 48 * 60];

    private static readonly TimeSpan _firstReminder = TimeSpan.FromDays(1);

    // Mostly somebody pays just before, and is told of while the task has read the orders and not yet saved them.
    private async Task<bool> ShopTaskRunsAsync(StepKind kind, Random dice, int killAt)
    {
        if (Purchases.Count == 0 || await OrderAsync(Purchases[^1]) is not { PaymentStatus: PaymentStatus.Pending, OrderStatus: not OrderStatus.Cancelled } order)
            return false;
        var delay = _cancelDelays[dice.Next(_cancelDelays.Length)];
        var age = host.Time.Now.UtcDateTime - order.CreatedOnUtc;
        var due = kind == StepKind.ShopReminds ? _firstReminder : TimeSpan.FromMinutes(delay);
        if (age < due)
            await PassAsync(due - age, dice);
        if (dice.Next(4) > 0 && OnPage(Purchases[^1], dice, "completed") is { AtOnce: { } pay } payment)
        {
            Tell(payment.Text);
            await pay();
        }

        var node = host.Nodes[dice.Next(host.Nodes.Count)];
        var other = host.Nodes.First(other => other != node);
        Task MeanwhileAsync()
        {
            if (host.NotificationTransport.Pending.Count == 0)
                return Task.CompletedTask;
            WasAnythingAtOnce = WasSavedAtOnce = true;
            return MailArrivesAsync(dice, killAt: 0, [other]);
        }

        var (text, run) = kind == StepKind.ShopReminds
            ? ("reminds of unpaid orders", () => RunShopTaskAsync<PendingOrderReminderTask>(node, UnpaidOrderTasks.RemindersEnabled, delay, MeanwhileAsync))
            : ("cancels unpaid orders", (Func<Task>)(() => RunShopTaskAsync<AutoCancelOrdersTask>(node, UnpaidOrderTasks.AutoCancelEnabled, delay, MeanwhileAsync)));
        var operation = new InterleavedOperation($"nopCommerce {text}", node, run) { KillAt = killAt };
        await RunOperationsAsync([operation], dice);
        return true;
    }

    private static Task RunShopTaskAsync<TTask>(Node node, string setting, int cancelDelay, Func<Task> meanwhile) where TTask : IScheduleTask => node.InScopeAsync(async services =>
    {
        var settings = services.GetRequiredService<ISettingService>();
        await settings.SetSettingAsync(UnpaidOrderTasks.AutoCancelDelay, cancelDelay);
        await settings.SetSettingAsync(setting, true);
        var orders = WatchedReading.Watch(services.GetRequiredService<IOrderService>(), meanwhile);
        await ActivatorUtilities.CreateInstance<TTask>(services, orders).ExecuteAsync();
        return true;
    });
}

/// <summary>The service of orders; when orders have been searched for the first time, something else happens before whoever searched goes on.</summary>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "A proxy is derived from it.")]
internal class WatchedReading : DispatchProxy
{
    private IOrderService _real = null!;
    private Func<Task>? _meanwhile;

    public static IOrderService Watch(IOrderService real, Func<Task> meanwhile)
    {
        var proxy = Create<IOrderService, WatchedReading>();
        var watched = (WatchedReading)(object)proxy;
        (watched._real, watched._meanwhile) = (real, meanwhile);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(_real, BindingFlags.DoNotWrapExceptions, null, args, null);
        return result is Task<IPagedList<Order>> search && Interlocked.Exchange(ref _meanwhile, null) is { } meanwhile ? AfterAsync(search, meanwhile) : result;
    }

    private static async Task<IPagedList<Order>> AfterAsync(Task<IPagedList<Order>> search, Func<Task> meanwhile)
    {
        var found = await search;
        await meanwhile();
        return found;
    }
}
