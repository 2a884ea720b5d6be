using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;

/// <summary>Payments of subscriptions that fail: tried again or not, paid by link, given up.</summary>
internal sealed class SubscriptionFailureTests : SubscriptionsFixture
{
    [Test]
    public async Task Too_little_money_is_tried_again_after_the_owner_s_days_until_it_is_paid()
    {
        var first = await SubscribeAsync();
        await PlanAsync(4002, 2);
        var later = await DueAsync(first);
        Assert.That(await FailedAsync(later), Is.EqualTo(("CardFunds", 1, PaymentStatus.Pending)));
        Assert.That(Mails(later), Is.EqualTo(1));

        await RunAsync(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(15));
        Assert.That(await FailedAsync(later), Is.EqualTo(("CardFunds", 2, PaymentStatus.Pending)));
        await RunAsync(TimeSpan.FromDays(1));
        Assert.That((await ChargesAsync()).Count, Is.EqualTo(2), "the next try is on the third day");
        await RunAsync(TimeSpan.FromDays(1));
        await Host.UntilAsync(later, PaymentStatus.Paid);
        Assert.That(((await ChargesAsync()).Count, await TakenAsync(), Mails(later)), Is.EqualTo((3, 2, 2)));
        Assert.That((await RecurringAsync(first)).LastPaymentFailed, Is.False, "nopCommerce's own retry would make the next order");

        await RunAsync(first.PaidDateUtc!.Value.AddMonths(2) - Now);
        await Host.UntilAsync((await LaterAsync(first))[1], PaymentStatus.Paid);
    }

    [TestCase(4004, null, "CardAuthentication")]
    [TestCase(4005, null, "CardExpired")]
    [TestCase(4003, null, "Revoked")]
    [TestCase(4999, "Revocation of authorization order", "Revoked")]
    [TestCase(4999, "Additional customer authentication required", "CardAuthentication")]
    public async Task What_must_not_be_repeated_is_paid_by_link_and_the_new_card_is_used_from_then_on(int code, string? reason, string failure)
    {
        var first = await SubscribeAsync();
        var old = (await Host.Simulator.TokensAsync()).Single()!["token"]!.ToString();
        await Host.Simulator.PlanTokenPaymentAsync("declined", code, reason);
        var later = await DueAsync(first);
        Assert.That(await FailedAsync(later), Is.EqualTo((failure, 1, PaymentStatus.Pending)));
        await RunDaysAsync(4);
        Assert.That(await ChargesAsync(), Has.Count.EqualTo(1), "not again");

        // The link in the mail is one that stores the card.
        var sent = (await SentAsync())[^1];
        Assert.That(((string?)sent["type"], (string?)sent["recurring_model"], (string?)sent["recurring_id"], (string?)sent["gateway"], (string?)sent["customer"]!["ip_address"]),
            Is.EqualTo(("redirect", "subscription", (string?)null, "CREDITCARD", first.CustomerIp)));
        Assert.That(Mails(later), Is.EqualTo(1));
        await PayAsync(later);
        await RunAsync(TimeSpan.FromDays(1));
        Assert.That((await Host.Simulator.TokensAsync()).Select(token => token!["token"]!.ToString()), Has.None.EqualTo(old).And.Count.EqualTo(1));

        await RunAsync(first.PaidDateUtc!.Value.AddMonths(2) - Now);
        await Host.UntilAsync((await LaterAsync(first))[1], PaymentStatus.Paid);
        Assert.That((string?)(await ChargesAsync())[^1]["recurring_id"], Is.Not.EqualTo(old));
    }

    [Test]
    public async Task A_card_that_is_gone_at_MultiSafepay_is_not_charged([Values] bool hasExpired)
    {
        var first = await SubscribeAsync();
        var token = (await Host.Simulator.TokensAsync()).Single()!["token"]!.ToString();
        await (hasExpired ? Host.Simulator.ExpireTokenAsync(token) : Host.Simulator.RemoveTokenAsync(token));
        var later = await DueAsync(first);
        Assert.That(await FailedAsync(later), Is.EqualTo((hasExpired ? "CardExpired" : "CardGone", 0, PaymentStatus.Pending)));
        Assert.That((await ChargesAsync(), Mails(later)), Is.EqualTo((Array.Empty<System.Text.Json.Nodes.JsonNode>(), 1)));
    }

    [Test]
    public async Task A_demand_for_the_cardholder_s_confirmation_becomes_a_link()
    {
        var first = await SubscribeAsync();
        await Host.Simulator.PlanTokenPaymentAsync("authenticate");
        var later = await DueAsync(first);
        Assert.That(await FailedAsync(later), Is.EqualTo(("CardAuthentication", 1, PaymentStatus.Pending)));
        await PayAsync(later);
        Assert.That(await TakenAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task After_the_last_try_the_owner_s_choice_is_made([Values] SubscriptionFailurePolicy policy)
    {
        await Host.SetAsync(settings => settings.SubscriptionFailure = policy);
        var first = await SubscribeAsync();
        await PlanAsync(4002, 10);
        var later = await DueAsync(first);
        await RunDaysAsync(9);
        Assert.That((await FailedAsync(later), (await ChargeAsync(later)).IsGivenUp), Is.EqualTo((("CardFunds", 4, PaymentStatus.Pending), true)));
        Assert.That(await Host.AlertsAsync(first), Is.EqualTo(new[] { "Subscription.Failed" }));
        Assert.That(((await RecurringAsync(first)).IsActive, (await SubscriptionAsync(first)).IsPaused),
            Is.EqualTo((policy != SubscriptionFailurePolicy.Cancel, policy == SubscriptionFailurePolicy.Pause)));

        await RunAsync(first.PaidDateUtc!.Value.AddMonths(2) - Now);
        Assert.That(await LaterAsync(first), Has.Count.EqualTo(policy == SubscriptionFailurePolicy.Continue ? 2 : 1));
    }

    [Test]
    public async Task A_payment_under_review_waits_and_is_not_made_again()
    {
        var first = await SubscribeAsync();
        await Host.Simulator.PlanTokenPaymentAsync("uncleared");
        var later = await DueAsync(first);
        await RunDaysAsync(3);
        Assert.That(((await ChargesAsync()).Count, (await Host.ReloadAsync(later)).PaymentStatus), Is.EqualTo((1, PaymentStatus.Pending)));
        await Host.Simulator.MoveAsync((await Host.RecordAsync(later)).Current!.OrderId, "completed");
        await Host.UntilAsync(later, PaymentStatus.Paid);
        Assert.That(await TakenAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_fault_of_MultiSafepay_is_no_failure_of_the_customer()
    {
        var first = await SubscribeAsync();
        await Host.Simulator.SetFaultAsync(new System.Text.Json.Nodes.JsonObject { ["kind"] = "status", ["status"] = 503, ["times"] = 20 });
        var later = await DueAsync(first);
        Assert.That(((await ChargeAsync(later))?.FailedUtc, Mails(later)), Is.EqualTo(((DateTime?)null, 0)));
        await Host.Simulator.DeleteAsync("faults");
        await RunDaysAsync(1);
        await Host.UntilAsync(later, PaymentStatus.Paid);
    }

    private async Task PlanAsync(int code, int times)
    {
        for (var time = 0; time < times; time++)
            await Host.Simulator.PlanTokenPaymentAsync("declined", code);
    }

    /// <summary>The order of the second payment, when its day has come.</summary>
    private async Task<Order> DueAsync(Order first)
    {
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        return (await LaterAsync(first)).Single();
    }

    private async Task<(string?, int, PaymentStatus)> FailedAsync(Order later)
    {
        var charge = await ChargeAsync(later);
        return (charge?.Failure, charge?.FailedTries ?? -1, (await Host.ReloadAsync(later)).PaymentStatus);
    }

    private int Mails(Order later) => Host.Shop.Database.Mails.ForOrder(later.Id).Count(mail => mail.Template == CustomerMailTemplates.SubscriptionFailed);
}
