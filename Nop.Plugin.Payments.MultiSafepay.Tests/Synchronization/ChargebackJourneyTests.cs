using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>A chargeback and its reversal, from the simulator to the order.</summary>
[TestFixture]
internal sealed class ChargebackJourneyTests : IntegrationFixture
{
    [Test]
    public async Task A_chargeback_is_booked_as_a_refund_and_its_reversal_is_noted()
    {
        await Host.SetAsync(settings => settings.StatusMapping =
            StatusMapping.Recommended.With(TransactionState.Chargeback, new StatusChoice(PaymentAction.Refund)).ToString());
        var order = (await Host.BuyAsync()).Order;
        await MoveAsync(order, "completed", now => now.PaymentStatus == PaymentStatus.Paid);
        await MoveAsync(order, "chargeback", now => now.PaymentStatus == PaymentStatus.Refunded);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "chargeback-reversed");
        await Integration.IntegrationHost.UntilAsync(async () => (await Host.OurNotesAsync(order)).Any(note => note.Contains("was reversed", StringComparison.Ordinal)), "the reversal is noted");

        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("The customer's bank took the money back").And.One.Contains("was booked here as a refund"));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Refunded));
    }

    private async Task MoveAsync(Order order, string to, Func<Order, bool> isReached)
    {
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, to);
        await Integration.IntegrationHost.UntilAsync(async () => isReached(await Host.ReloadAsync(order)), to);
    }
}
