using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Sandbox.Simulator.Books;
using Sandbox.Simulator.Notifications;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>After the story: all trouble ends, everybody does what is theirs to do, and time passes, until nothing should be left to do.</summary>
internal static class Settling
{
    private const int Quarters = 12;
    private const int Days = 35;
    private static readonly TimeSpan _quarter = TimeSpan.FromMinutes(15);

    /// <summary>Everything works again; the banks decide, the notifications arrive, and the task runs as it always does.</summary>
    public static async Task SettleAsync(this Play play)
    {
        var (world, dice) = (play.World, new Random((int)(play.Scenario.Seed % int.MaxValue)));
        play.Tell("--- everything settles");
        world.EndTrouble();
        await play.EnterKeyAsync();
        play.LoseNothing();
        await play.AllMailArrivesAsync(dice);
        foreach (var order in Orders(play).Where(order => order.Reserved > 0))
        {
            var isAccepted = dice.Next(2) == 0;
            while (order.Reserved > 0 && world.TryMove(order, isAccepted ? "refund-accepted" : "refund-declined"))
                play.Tell($"the bank {(isAccepted ? "accepts" : "declines")} a refund of {order.OrderId}");
        }

        await world.Mailbox.SettleAsync(world.Ledger);
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            await play.PassAsync(_quarter, dice);
            await play.RunTaskAsync();
            if (quarter == Quarters / 2)
                await TellAgainAsync(play, dice);
        }

        // What has been open for days is looked at once a day at least.
        await play.PassAsync(TimeSpan.FromDays(1), dice);
        await play.RunTaskAsync();
    }

    /// <summary>The longest that anything stays open: links and authorisations run out.</summary>
    public static async Task WaitForTheEndAsync(this Play play)
    {
        var dice = new Random(1);
        play.Tell("--- and time passes");
        for (var day = 0; day < Days && await IsOpenAsync(play); day += 5)
        {
            await play.PassAsync(TimeSpan.FromDays(5), dice);
            await play.RunTaskAsync();
        }
    }

    // A notification that was given up is sent again from MultiSafepay's dashboard, as somebody must for an order that is paid: the task asks about open ones only.
    private static async Task TellAgainAsync(Play play, Random dice)
    {
        foreach (var purchase in play.Purchases)
        {
            if (await play.OrderAsync(purchase) is not { PaymentStatus: not (PaymentStatus.Pending or PaymentStatus.Authorized) })
                continue;
            foreach (var order in purchase.Books(play.World.Ledger).Where(order => order.Deliveries.Exists(delivery => delivery.State == DeliveryState.GivenUp)))
            {
                play.Tell($"MultiSafepay tells again of {order.OrderId}");
                play.World.TellAgain(order);
            }
        }

        await play.World.Mailbox.SettleAsync(play.World.Ledger);
        await play.AllMailArrivesAsync(dice);
    }

    private static async Task<bool> IsOpenAsync(Play play)
    {
        foreach (var purchase in play.Purchases)
        {
            if (await play.OrderAsync(purchase) is { OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending or PaymentStatus.Authorized })
                return true;
        }

        return false;
    }

    private static IEnumerable<SimulatedOrder> Orders(Play play) => play.Purchases.SelectMany(purchase => purchase.Books(play.World.Ledger)).ToList();
}
