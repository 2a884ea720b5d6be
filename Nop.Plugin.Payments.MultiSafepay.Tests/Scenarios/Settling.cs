using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>After the story: all trouble ends, everybody does what is theirs to do, and time passes, until nothing should be left to do.</summary>
internal static class Settling
{
    private const int Quarters = 12;
    private const int Days = 35;
    private const int SubscriptionDays = 150;
    private const int SubscriptionStep = 3;
    private static readonly TimeSpan _quarter = TimeSpan.FromMinutes(15);

    /// <summary>Everything works again; the banks decide, the notifications arrive, and the task runs as it always does.</summary>
    public static async Task SettleAsync(this ScenarioRunner runner)
    {
        var (host, dice) = (runner.Host, new Random((int)(runner.Scenario.Seed % int.MaxValue)));
        runner.Tell("--- everything settles");
        host.EndTrouble();
        await runner.EnterKeyAsync();
        runner.LoseNothing();
        await runner.AllMailArrivesAsync(dice);
        foreach (var order in Orders(runner).Where(order => order.Reserved > 0))
        {
            var isAccepted = dice.Next(2) == 0;
            while (order.Reserved > 0 && host.TryMove(order, isAccepted ? "refund-accepted" : "refund-declined"))
                runner.Tell($"the bank {(isAccepted ? "accepts" : "declines")} a refund of {order.OrderId}");
        }

        await SettleSubscriptionAsync(runner, dice);
        await host.NotificationTransport.SettleAsync(host.Ledger);
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            await runner.PassAsync(_quarter, dice);
            await runner.RunTaskAsync();
            if (quarter == Quarters / 2)
                await TellAgainAsync(runner, dice);
        }

        // What has been open for days is looked at once a day at least.
        await runner.PassAsync(TimeSpan.FromDays(1), dice);
        await runner.RunTaskAsync();
        await runner.FindLaterOrdersAsync();
    }

    /// <summary>The longest that anything stays open: links and authorisations run out.</summary>
    public static async Task WaitForTheEndAsync(this ScenarioRunner runner)
    {
        var dice = new Random(1);
        runner.Tell("--- and time passes");
        for (var day = 0; day < Days && await IsOpenAsync(runner); day += 5)
        {
            await runner.PassAsync(TimeSpan.FromDays(5), dice);
            await runner.RunTaskAsync();
        }

        if (await runner.RecurringAsync() is null)
            return;

        // Until all payments of a subscription are made, and the last of them has failed for good.
        for (var day = 0; day < SubscriptionDays; day += SubscriptionStep)
        {
            await runner.PassAsync(TimeSpan.FromDays(SubscriptionStep), dice);
            await SettleSubscriptionAsync(runner, dice);
            await runner.RunTaskAsync();
            await runner.FindLaterOrdersAsync();
        }

        await runner.PassAsync(_quarter, dice);
        await runner.RunTaskAsync();
    }

    private static async Task SettleSubscriptionAsync(ScenarioRunner runner, Random dice)
    {
        if (await runner.RecurringAsync() is null)
            return;
        lock (runner.Host.Ledger.Gate)
            runner.Host.Simulated<TokenVault>().ForgetPlans();
        await runner.BankDecidesAllAsync(dice);
        await runner.AllMailArrivesAsync(dice);
    }

    // A notification that was given up is sent again from MultiSafepay's dashboard, as somebody must for an order that is paid: the task asks about open ones only.
    private static async Task TellAgainAsync(ScenarioRunner runner, Random dice)
    {
        foreach (var purchase in runner.Purchases)
        {
            if (await runner.OrderAsync(purchase) is not { PaymentStatus: not (PaymentStatus.Pending or PaymentStatus.Authorized) })
                continue;
            foreach (var order in purchase.OrdersIn(runner.Host.Ledger).Where(order => order.Deliveries.Exists(delivery => delivery.State == DeliveryState.GivenUp)))
            {
                runner.Tell($"MultiSafepay tells again of {order.OrderId}");
                runner.Host.TellAgain(order);
            }
        }

        await runner.Host.NotificationTransport.SettleAsync(runner.Host.Ledger);
        await runner.AllMailArrivesAsync(dice);
    }

    private static async Task<bool> IsOpenAsync(ScenarioRunner runner)
    {
        foreach (var purchase in runner.Purchases)
        {
            if (await runner.OrderAsync(purchase) is { OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending or PaymentStatus.Authorized })
                return true;
        }

        return false;
    }

    private static IEnumerable<SimulatedOrder> Orders(ScenarioRunner runner) => runner.Purchases.SelectMany(purchase => purchase.OrdersIn(runner.Host.Ledger)).ToList();
}
