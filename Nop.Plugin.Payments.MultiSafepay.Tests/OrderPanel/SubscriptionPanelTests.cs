using System.Globalization;
using System.Text.Json.Nodes;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;

/// <summary>What the order pages of a subscription show the owner, and what each button does.</summary>
internal sealed class SubscriptionPanelTests : SubscriptionsFixture
{
    private const string NotActive = "The order is not the first of an active subscription.";
    private const string BeingMade = "The next order of this subscription is already being made. Please wait a few minutes and look again.";

    [Test]
    public async Task The_first_order_shows_how_its_subscription_stands_and_what_can_be_done()
    {
        var waiting = await OrderAsync();
        var panel = await Host.PanelAsync(waiting);
        Assert.That(Fact(panel, "Subscription"), Is.EqualTo("The first payment is open"));
        Assert.That((Fact(panel, "Next payment"), Fact(panel, "Next payments with")), Is.EqualTo(("", "")), "it counts from the day of the payment");
        Assert.That(Subscriptions(panel), Is.EqualTo(new[] { "SubscriptionCancel" }));
        await PressAsync("SubscriptionCharge", waiting, NotActive, isError: true, number: 2);

        await PayAsync(waiting);
        await RunAsync(TimeSpan.FromMinutes(15));
        panel = await Host.PanelAsync(waiting);
        var next = SubscriptionDates.After(await RecurringAsync(waiting), 1);
        Assert.That((Fact(panel, "Subscription"), Fact(panel, "Next payments with"), Fact(panel, "Payments left")), Is.EqualTo(("Active", "Visa •••• 1111", "2")));
        Assert.That(Fact(panel, "Next payment"), Does.StartWith(next.ToString("d", CultureInfo.GetCultureInfo("en-US"))));
        Assert.That(Subscriptions(panel), Is.EqualTo(new[] { "SubscriptionCharge", "SubscriptionPause", "SubscriptionCancel", "SubscriptionForget" }));
        Assert.That(panel.Html, Does.Contain("name=\"number\" value=\"2\"").And.Contain("before its date?"));
    }

    [Test]
    public async Task The_next_payment_is_made_before_its_date_once()
    {
        var first = await SubscribeAsync();
        await PressAsync("SubscriptionCharge", first, "The next order of the subscription has been made. Its own page shows whether it is paid.", number: 2);
        var later = (await LaterAsync(first)).Single();
        await Host.UntilAsync(later, PaymentStatus.Paid);
        var panel = await Host.PanelAsync(later);
        Assert.That((Fact(panel, "Order of the subscription"), Fact(panel, "Why it failed")), Is.EqualTo(($"{first.CustomOrderNumber} (#2)", "")));
        Assert.That(Subscriptions(panel), Is.Empty);
        Assert.That(panel.Html, Does.Contain("Payment of the subscription").And.Not.Contain("saved card"));

        // The same page in another tab, or a page that is hours old.
        await PressAsync("SubscriptionCharge", first, BeingMade, isError: true, number: 2);
        await PressAsync("SubscriptionCharge", first, BeingMade, isError: true);
        await PressAsync("SubscriptionCharge", later, NotActive, isError: true, number: 2);
        Assert.That(((await LaterAsync(first)).Count, await TakenAsync()), Is.EqualTo((1, 2)));

        // Its date is that of the payment after it.
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now + TimeSpan.FromDays(1));
        Assert.That(await LaterAsync(first), Has.Count.EqualTo(1));
        await PressAsync("SubscriptionCharge", first, "The next order of the subscription has been made. Its own page shows whether it is paid.", number: 3);
        await Host.UntilAsync((await LaterAsync(first))[1], PaymentStatus.Paid);

        panel = await Host.PanelAsync(first);
        Assert.That((Fact(panel, "Subscription"), Fact(panel, "Next payment"), Fact(panel, "Payments left")), Is.EqualTo(("Ended", "", "")));
        Assert.That(Subscriptions(panel), Is.Empty);
        await PressAsync("SubscriptionCharge", first, NotActive, isError: true, number: 4);
        Assert.That(await TakenAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_failed_payment_says_why_and_when_it_is_tried_again()
    {
        var first = await SubscribeAsync();
        for (var time = 0; time < 5; time++)
            await Host.Simulator.PlanTokenPaymentAsync("declined", 4002);
        await PressAsync("SubscriptionCharge", first, "The next order of the subscription has been made. Its own page shows whether it is paid.", number: 2);
        var later = (await LaterAsync(first)).Single();

        var panel = await Host.PanelAsync(first);
        Assert.That((Fact(panel, "Subscription"), Fact(panel, "Why it failed")), Is.EqualTo(("The last payment failed", $"There was not enough money. ({later.CustomOrderNumber})")));
        var again = Fact(panel, "Tried again");
        Assert.That(again, Does.StartWith(Now.AddDays(1).ToString("d", CultureInfo.GetCultureInfo("en-US"))));
        Assert.That(Subscriptions(panel), Is.EqualTo(new[] { "SubscriptionPause", "SubscriptionCancel", "SubscriptionForget" }));
        panel = await Host.PanelAsync(later);
        Assert.That((Fact(panel, "Order of the subscription"), Fact(panel, "Why it failed"), Fact(panel, "Tried again")),
            Is.EqualTo(($"{first.CustomOrderNumber} (#2)", "There was not enough money.", again)));
        await PressAsync("SubscriptionCharge", first, "The last order of the subscription is not paid yet.", isError: true, number: 3);

        // Given up, and the owner wants to go on.
        await RunDaysAsync(9);
        Assert.That((await ChargeAsync(later)).IsGivenUp, Is.True);
        panel = await Host.PanelAsync(first);
        Assert.That((Fact(panel, "Subscription"), Fact(panel, "Tried again")), Is.EqualTo(("The last payment failed", "")));
        await PressAsync("SubscriptionCharge", first, "The next order of the subscription has been made. Its own page shows whether it is paid.", number: 3);
        Assert.That(await LaterAsync(first), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_paused_subscription_makes_no_order_until_it_is_resumed()
    {
        var first = await SubscribeAsync();
        await PressAsync("SubscriptionPause", first, "The subscription is paused.");
        await PressAsync("SubscriptionPause", first, "The subscription is paused.");
        var panel = await Host.PanelAsync(first);
        Assert.That((Fact(panel, "Subscription"), Fact(panel, "Next payment"), Fact(panel, "Payments left")), Is.EqualTo(("Paused", "", "2")));
        Assert.That(Subscriptions(panel), Is.EqualTo(new[] { "SubscriptionResume", "SubscriptionCancel", "SubscriptionForget" }));
        await PressAsync("SubscriptionCharge", first, NotActive, isError: true, number: 2);

        await RunDaysAsync(35);
        Assert.That(await LaterAsync(first), Is.Empty);
        await PressAsync("SubscriptionResume", first, "The subscription goes on.");
        await PressAsync("SubscriptionResume", first, "The subscription goes on.");
        await RunAsync(TimeSpan.FromMinutes(1));
        await Host.UntilAsync((await LaterAsync(first)).Single(), PaymentStatus.Paid);
        Assert.That(await Host.OurNotesAsync(first), Has.One.EndsWith("the subscription was paused.").And.One.EndsWith("the subscription was resumed."));
    }

    [Test]
    public async Task A_subscription_whose_first_payment_was_refunded_goes_on_when_it_is_resumed()
    {
        var first = await SubscribeAsync();
        await Host.Simulator.MoveAsync((await Host.RecordAsync(first)).Current!.OrderId, "refunded");
        await Host.UntilAsync(first, PaymentStatus.Refunded);
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        Assert.That(((await SubscriptionAsync(first)).IsPaused, (await LaterAsync(first)).Count), Is.EqualTo((true, 0)));

        await PressAsync("SubscriptionResume", first, "The subscription goes on.");
        await RunAsync(TimeSpan.FromMinutes(1));
        await Host.UntilAsync((await LaterAsync(first)).Single(), PaymentStatus.Paid);
        Assert.That(await Host.OurNotesAsync(first), Has.One.Contains("was refunded or voided"));
    }

    [Test]
    public async Task A_cancelled_subscription_ends_and_the_customer_is_told()
    {
        var first = await SubscribeAsync();
        await PressAsync("SubscriptionCancel", first, "The subscription is cancelled.");
        Assert.That((await RecurringAsync(first)).IsActive, Is.False);
        Assert.That(Host.Shop.Database.Mails.ForOrder(first.Id).Count(mail => mail.Template == CustomerMailTemplates.SubscriptionCancelled), Is.EqualTo(1));

        await RunAsync(TimeSpan.FromMinutes(15));
        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty);
        var panel = await Host.PanelAsync(first);
        Assert.That((Fact(panel, "Subscription"), Fact(panel, "Next payments with"), Fact(panel, "Payments left")), Is.EqualTo(("Ended", "", "")));
        Assert.That(Subscriptions(panel), Is.Empty);
        foreach (var action in new[] { "SubscriptionCharge", "SubscriptionPause", "SubscriptionResume", "SubscriptionCancel", "SubscriptionForget" })
            await PressAsync(action, first, NotActive, isError: true, number: 2);
        Assert.That(Host.Shop.Database.Mails.ForOrder(first.Id).Count(mail => mail.Template == CustomerMailTemplates.SubscriptionCancelled), Is.EqualTo(1));
    }

    [Test]
    public async Task Deleted_payment_details_are_gone_at_MultiSafepay_and_the_next_payment_is_made_by_link()
    {
        var first = await SubscribeAsync();
        await PressAsync("SubscriptionForget", first, "The payment details are deleted.");
        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty);
        var subscription = await SubscriptionAsync(first);
        Assert.That((subscription.CardId, subscription.Means, subscription.CardProblem), Is.EqualTo(((string?)null, (PaymentMeans?)null, "Forgotten")));
        Assert.That(await Host.OurNotesAsync(first), Has.One.Contains("payment details of the subscription were deleted"));

        var panel = await Host.PanelAsync(first);
        Assert.That((Fact(panel, "Subscription"), Fact(panel, "Next payments with")), Is.EqualTo(("Active, by payment link (The payment details were deleted.)", "")));
        Assert.That(Subscriptions(panel), Is.EqualTo(new[] { "SubscriptionCharge", "SubscriptionPause", "SubscriptionCancel" }));
        await PressAsync("SubscriptionForget", first, "The payment details are deleted.");

        await PressAsync("SubscriptionCharge", first, "The next order of the subscription has been made. Its own page shows whether it is paid.", number: 2);
        var later = (await LaterAsync(first)).Single();
        Assert.That(((await ChargesAsync()).Count, (await ChargeAsync(later)).Failure), Is.EqualTo((0, "Forgotten")));
        Assert.That(Host.Shop.Database.Mails.ForOrder(later.Id).Count(mail => mail.Template == CustomerMailTemplates.SubscriptionFailed), Is.EqualTo(1));
    }

    [Test]
    public async Task Payment_details_that_MultiSafepay_has_not_deleted_are_not_forgotten()
    {
        var first = await SubscribeAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["times"] = -1 });
        Assert.That((await Host.PressAsync("SubscriptionForget", first)).Answer.IsError, Is.True);
        Assert.That((await SubscriptionAsync(first)).CanCharge, Is.True);
        Assert.That(await Host.OurNotesAsync(first), Has.None.Contains("were deleted"));

        await Host.Simulator.DeleteAsync("faults");
        await Host.SetAsync(settings => settings.TestApiKey = null);
        Assert.That((await Host.PressAsync("SubscriptionForget", first)).Answer.IsError, Is.True);
        Assert.That((await SubscriptionAsync(first)).CanCharge, Is.True);
    }

    [Test]
    public async Task Payments_of_the_other_environment_are_not_made()
    {
        var first = await SubscribeAsync();
        await Host.SetAsync(settings => settings.Environment = MultiSafepayEnvironment.Live);
        await PressAsync("SubscriptionCharge", first,
            $"Order {first.CustomOrderNumber} is the first of a subscription that was started in the other environment (test or live). No payments are made.", isError: true, number: 2);
        Assert.That(await LaterAsync(first), Is.Empty);
    }

    [Test]
    public async Task What_nopCommerce_does_not_make_is_said_with_its_reason()
    {
        var first = await SubscribeAsync();
        await Host.Shop.Database.DeleteAsync((await Host.Shop.Database.FindAsync<Address>(first.BillingAddressId))!);
        await PressAsync("SubscriptionCharge", first, "nopCommerce did not make the order: Billing address is not available", isError: true, number: 2);
        Assert.That(await LaterAsync(first), Is.Empty);
    }

    [Test]
    public async Task An_order_that_nopCommerce_made_by_itself_is_not_made_again()
    {
        var first = await SubscribeAsync();
        var recurring = await RecurringAsync(first);
        await Host.Browser.PostFromAsync($"Admin/RecurringPayment/Edit/{recurring.Id}", $"Admin/RecurringPayment/ProcessNextPayment/{recurring.Id}");
        Assert.That(await LaterAsync(first), Has.Count.EqualTo(1));
        await PressAsync("SubscriptionCharge", first, BeingMade, isError: true, number: 2);
        await PressAsync("SubscriptionCharge", first, "The last order of the subscription is not paid yet.", isError: true, number: 3);
        Assert.That(await LaterAsync(first), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_order_that_is_not_of_a_subscription_costs_no_query()
    {
        // Without services: a query would throw.
        var subscription = new PanelSubscription(null!, null!, null!);
        var (facts, buttons) = await subscription.CreateAsync(new PanelView(new Order(), new PaymentRecord(), null, Now), mayEdit: true);
        Assert.That((facts.Count, buttons.Count), Is.EqualTo((0, 0)));
    }

    private async Task PressAsync(string action, Order order, string answer, bool isError = false, int? number = null)
    {
        var panel = number is null ? await Host.PressAsync(action, order) : await Host.PressAsync(action, order, ("number", number.Value.ToString(CultureInfo.InvariantCulture)));
        Assert.That(panel.Answer, Is.EqualTo((answer, isError)), action);
    }

    private static IEnumerable<string> Subscriptions(PanelPage panel) => panel.Buttons.Where(button => button.StartsWith("Subscription", StringComparison.Ordinal));

    /// <summary>The value of a fact, with its details in brackets; empty if the panel does not have it.</summary>
    private static string Fact(PanelPage panel, string label) => panel.Facts.GetValueOrDefault(label, string.Empty);
}
