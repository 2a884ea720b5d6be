using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;

/// <summary>The subscriptions in the customer's account, and another card for one.</summary>
[TestFixture]
internal sealed class MySubscriptionsTests : SubscriptionsFixture
{
    private const string Page = MultiSafepayDefaults.Routes.Subscriptions;
    private const string Account = "customer/info";

    [Test]
    public async Task The_account_lists_the_subscriptions_that_go_on()
    {
        Assert.That(await Host.Browser.ReadAsync(Account), Does.Not.Contain(Page), "nothing is subscribed to");
        var first = await SubscribeAsync();
        Assert.That(await Host.Browser.ReadAsync(Account), Does.Contain($"/{Page}\">Subscriptions<"));

        var page = await Host.Browser.ReadAsync(Page);
        Assert.That(page, Does.Contain($"Order {first.CustomOrderNumber}").And.Contain("every month").And.Contain("Visa •••• 1111").And.Contain("Use another card")
            .And.Contain("list-group-item-action active multisafepay-subscriptions"));
        Assert.That(page, Does.Contain("<title>Subscriptions</title>"));
        Assert.That(page, Does.Contain("Next payment: ").And.Contain("/customer/recurringpayments\">You can cancel a subscription under Recurring payments."));

        await Host.Browser.SendAsync("customer/recurringpayments", ($"cancelRecurringPayment{(await RecurringAsync(first)).Id}", "Cancel"));
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("There are no subscriptions.").And.Not.Contain($"Order {first.CustomOrderNumber}"));
        Assert.That(await Host.Browser.ReadAsync(Account), Does.Not.Contain(Page));
    }

    [Test]
    public async Task Another_card_is_given_with_the_next_payment_and_used_from_then_on()
    {
        var first = await SubscribeAsync();
        var old = (string)(await Host.Simulator.TokensAsync()).Single()!["token"]!;
        Assert.That(await ChangeAsync(first), Does.EndWith(Page));
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("You will be sent a payment link for the next payment").And.Not.Contain("Use another card</button>").And.Not.Contain("Visa ••••"));
        await ChangeAsync(first);
        Assert.That((await Host.NotesAsync(first)).Count(note => note.Contains("the customer wants to use another card", StringComparison.Ordinal)), Is.EqualTo(1), "once");

        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        var later = (await LaterAsync(first)).Single();
        Assert.That(((await ChargeAsync(later)).Failure, await ChargesAsync()), Is.EqualTo((ChargeFailure.OtherCard, Array.Empty<System.Text.Json.Nodes.JsonNode>())), "the old card is left alone");
        Assert.That(Host.Shop.Database.Mails.ForOrder(later.Id).Count(mail => mail.Template == CustomerMailTemplates.PaymentLink), Is.EqualTo(1));
        await SignInAsync();
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("Pay now with another card"));

        await PayAsync(later);
        await RunAsync(TimeSpan.FromDays(1));
        var token = (string)(await Host.Simulator.TokensAsync()).Single()!["token"]!;
        Assert.That(token, Is.Not.EqualTo(old));
        Assert.That((await SubscriptionAsync(first)).CanCharge, Is.True);
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("Use another card"));

        await RunAsync(first.PaidDateUtc!.Value.AddMonths(2) - Now);
        await Host.UntilAsync((await LaterAsync(first))[1], PaymentStatus.Paid);
        Assert.That((string?)(await ChargesAsync()).Single()["recurring_id"], Is.EqualTo(token));
    }

    [Test]
    public async Task An_order_that_is_not_paid_yet_is_paid_at_once_with_the_other_card()
    {
        var first = await SubscribeAsync();
        var old = (string)(await Host.Simulator.TokensAsync()).Single()!["token"]!;
        await Host.Simulator.PlanTokenPaymentAsync("declined", 4002);
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        var later = (await LaterAsync(first)).Single();
        await SignInAsync();
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("Pay now with another card").And.Contain("The last payment failed"));

        Assert.That(await ChangeAsync(first), Does.StartWith(Host.Simulator.Url.ToString()));
        var sent = (await SentAsync())[^1];
        Assert.That(((string?)sent["type"], (string?)sent["recurring_model"], (string?)sent["recurring_id"]), Is.EqualTo(("redirect", "subscription", (string?)null)));
        Assert.That((await SubscriptionAsync(first)).WantsOtherCard, Is.False);
        await PayAsync(later);
        await RunAsync(TimeSpan.FromDays(1));
        Assert.That((await Host.Simulator.TokensAsync()).Select(token => (string)token!["token"]!).ToList(), Has.Count.EqualTo(1).And.No.Member(old));
    }

    [Test]
    public async Task A_first_order_that_is_not_paid_yet_is_paid()
    {
        var first = await OrderAsync();
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("The first payment is open").And.Contain("Pay now with another card"));
        Assert.That(await ChangeAsync(first), Does.StartWith(Host.Simulator.Url.ToString()));

        await Host.SetAsync<PaymentSettings>(settings => settings.AllowRePostingPayments = false);
        Assert.That(await ChangeAsync(first), Does.EndWith(Page));
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("The card could not be changed."));
        Assert.That((await Host.RecordAsync(first)).Subscription?.WantsOtherCard, Is.Not.True);
    }

    // A direct debit takes days, a card payment may be under review: the customer would pay twice.
    [Test]
    public async Task A_payment_that_is_under_way_is_not_offered_to_be_paid_once_more([Values("VISA", "IDEAL")] string gateway, [Values] bool isLast)
    {
        var first = await SubscribeAsync(gateway);
        if (isLast)
            await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        if (isLast && gateway == "IDEAL")
            await Host.Simulator.MoveAsync((await Host.RecordAsync((await LaterAsync(first))[0])).Current!.OrderId, "completed");
        if (gateway == "VISA")
            await Host.Simulator.PlanTokenPaymentAsync("uncleared");
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(isLast ? 2 : 1) - Now);
        var later = (await LaterAsync(first))[^1];
        Assert.That((await Host.RecordAsync(later)).Current!.State, Is.EqualTo(TransactionState.Uncleared));
        await SignInAsync();
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain($"Order {first.CustomOrderNumber}").And.Not.Contain("Pay now with another card")
            .And.Matches(isLast ? "^(?s:(?!<button type=\"submit\" class=\"button-2\").)*$" : "Use another card</button>"));

        if (isLast)
            return;
        Assert.That(await ChangeAsync(first), Does.EndWith(Page));
        Assert.That(((await SubscriptionAsync(first)).WantsOtherCard, (await Host.RecordAsync(later)).Attempts.Count), Is.EqualTo((true, 1)), "for the next payment");
    }

    [Test]
    public async Task A_wish_before_the_task_has_seen_the_first_payment_is_not_forgotten()
    {
        var first = await PayAsync(await OrderAsync());
        await ChangeAsync(first);
        await RunAsync(TimeSpan.FromMinutes(15));
        var known = await SubscriptionAsync(first);
        Assert.That((known.StartedUtc is null, known.CardId is null, known.WantsOtherCard), Is.EqualTo((false, false, true)));
    }

    [Test]
    public async Task A_customer_who_wants_another_card_is_not_told_that_the_old_one_will_be_charged([Values] bool wantsOther)
    {
        await Host.SetAsync(settings => settings.SubscriptionNoticeDays = 7);
        var first = await SubscribeAsync();
        if (wantsOther)
            await ChangeAsync(first);
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1).AddDays(-6) - Now);
        Assert.That(Host.Shop.Database.Mails.ForOrder(first.Id).Count(mail => mail.Template == CustomerMailTemplates.SubscriptionAnnounced), Is.EqualTo(wantsOther ? 0 : 1));
    }

    [Test]
    public async Task A_wish_that_cannot_be_saved_is_not_promised()
    {
        var first = await SubscribeAsync();
        await Host.Shop.Database.InsertAsync(new MultiSafepayPayment { OrderId = first.Id, Version = (await Host.RecordAsync(first)).Revision + 1, Record = "damaged" });
        Assert.That(await ChangeAsync(first), Does.EndWith(Page));
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("The card could not be changed.").And.Contain($"Order {first.CustomOrderNumber}"));
    }

    [Test]
    public async Task Nobody_else_sees_or_changes_a_subscription()
    {
        var first = await SubscribeAsync();
        var id = $"{(await RecurringAsync(first)).Id}";
        using var guest = Host.Shop.NewBrowser();
        using var stranger = Host.Shop.NewBrowser();
        await stranger.PostAsync("login", ("email", "eve@customer.example"));

        using var refused = await guest.GetAsync(Page);
        Assert.That((refused.StatusCode, refused.Headers.Location!.AbsolutePath), Is.EqualTo((HttpStatusCode.Redirect, "/login")));
        Assert.That(await stranger.ReadAsync(Account), Does.Not.Contain(Page));
        Assert.That(await stranger.ReadAsync(Page), Does.Contain("There are no subscriptions."));
        foreach (var other in new[] { id, "999", "" })
        {
            Assert.That(await stranger.PostFromAsync(Account, Page, ("subscriptionId", other)), Does.EndWith(Page));
            Assert.That(await stranger.ReadAsync(Page), Does.Contain("The card could not be changed."));
        }

        using var forged = await Host.Browser.SendAsync(Page, ("subscriptionId", id));
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "no token of the form");
        Assert.That((await SubscriptionAsync(first)).WantsOtherCard, Is.False);
    }

    [Test]
    public async Task The_orders_are_not_read_for_customers_who_can_have_no_subscription()
    {
        var first = await SubscribeAsync();
        await Host.SetAsync(settings => settings.Subscriptions = false);
        Assert.That(await Host.Browser.ReadAsync(Account), Does.Contain(Page), "what goes on is shown, although no more are sold");

        foreach (var reference in await Host.Shop.Database.ListAsync<MultiSafepayCustomerReference>())
            await Host.Shop.Database.DeleteAsync(reference);
        Assert.That(await Host.Browser.ReadAsync(Account), Does.Not.Contain(Page));
        var customer = (await Host.Shop.Database.FindAsync<Customer>(first.CustomerId))!;
        Assert.That(await Host.Shop.InScopeAsync(services => services.GetRequiredService<CustomerSubscriptions>().HaveAPageAsync(customer)), Is.False);
        Assert.That(await Host.Shop.InScopeAsync(services => services.GetRequiredService<CustomerSubscriptions>().HaveAPageAsync(null)), Is.False);
    }

    private async Task<string> ChangeAsync(Order first) => await Host.Browser.PostFromAsync(Account, Page, ("subscriptionId", $"{(await RecurringAsync(first)).Id}"));
}
