using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Tests.Journeys;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>A chargeback and its reversal, from the simulator to the order.</summary>
[TestFixture]
internal sealed class ChargebackJourneyTests : WorldFixture
{
    [Test]
    public async Task The_whole_story_in_the_shop()
    {
        await World.SetAsync(settings => settings.StatusMapping =
            StatusMapping.Recommended.With(TransactionState.Chargeback, new StatusChoice(PaymentAction.Refund)).ToString());
        var order = (await World.BuyAsync()).Order;
        await MoveAsync(order, "completed", now => now.PaymentStatus == PaymentStatus.Paid);
        await MoveAsync(order, "chargeback", now => now.PaymentStatus == PaymentStatus.Refunded);
        await World.Simulator.MoveAsync(order.CustomOrderNumber, "chargeback-reversed");
        await Journeys.World.UntilAsync(async () => (await World.OurNotesAsync(order)).Any(note => note.Contains("was reversed", StringComparison.Ordinal)), "the reversal is noted");

        Assert.That(await World.OurNotesAsync(order), Has.One.Contains("The customer's bank took the money back").And.One.Contains("was booked here as a refund"));
        Assert.That((await World.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Refunded));
    }

    private async Task MoveAsync(Order order, string to, Func<Order, bool> isReached)
    {
        await World.Simulator.MoveAsync(order.CustomOrderNumber, to);
        await Journeys.World.UntilAsync(async () => isReached(await World.ReloadAsync(order)), to);
    }
}
