using System.Text.Json.Nodes;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;

/// <summary>Subscriptions that begin with iDEAL: the later payments are direct debits, which take days and can come back for weeks (docs.multisafepay.com, Direct debit).</summary>
internal sealed class SubscriptionDirectDebitTests : SubscriptionsFixture
{
    [Test]
    public async Task A_direct_debit_counts_as_paid_when_it_is_completed()
    {
        var (first, later, id) = await DebitAsync();
        Assert.That((await SubscriptionAsync(first)).CanCharge, Is.True);
        Assert.That(later.PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
        await RunDaysAsync(5);
        Assert.That(((await Host.ReloadAsync(later)).PaymentStatus, (await ChargesAsync()).Count), Is.EqualTo((PaymentStatus.Pending, 1)), "it waits, and is not debited again");
        await Host.Simulator.MoveAsync(id, "completed");
        await Host.UntilAsync(later, PaymentStatus.Paid);
        await RunAsync(TimeSpan.FromDays(1));
        Assert.That((await ChargeAsync(later)).FailedUtc, Is.Null);
    }

    [Test]
    public async Task A_direct_debit_that_the_bank_refuses_is_a_failure_with_a_link()
    {
        var (_, later, id) = await DebitAsync();
        await Host.Simulator.MoveAsync(id, "declined");
        await RunAsync(TimeSpan.FromDays(1));
        Assert.That(((await ChargeAsync(later)).FailedTries, (await Host.ReloadAsync(later)).PaymentStatus), Is.EqualTo((1, PaymentStatus.Pending)));
    }

    // MultiSafepay documents void for it; the API's related transactions say chargeback.
    [Test]
    public async Task A_direct_debit_that_comes_back_warns_the_owner([Values("chargeback", "pair")] string move)
    {
        var (_, later, id) = await DebitAsync();
        await Host.Simulator.MoveAsync(id, "completed");
        await Host.UntilAsync(later, PaymentStatus.Paid);
        await Host.Simulator.MoveAsync(id, move, new JsonObject { ["status"] = "void", ["financial_status"] = "void" });
        await RunAsync(TimeSpan.FromDays(1));
        Assert.That(await Host.AlertsAsync(later), Is.EqualTo(new[] { "Chargeback" }));
    }

    // The second payment, debited and not decided.
    private async Task<(Order First, Order Later, string Id)> DebitAsync()
    {
        var first = await SubscribeAsync("IDEAL");
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        var later = (await LaterAsync(first)).Single();
        Assert.That((string?)(await ChargesAsync()).Single()["recurring_model"], Is.EqualTo("subscription"));
        return (first, later, (await Host.RecordAsync(later)).Current!.OrderId);
    }
}
