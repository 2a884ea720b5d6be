using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Configuration;
using Nop.Services.Orders;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Data;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;

/// <summary>What gets in the way of subscriptions besides a refused payment, and what the owner is told: chargebacks, changed settings, orders that are not made, details that nothing uses.</summary>
internal sealed class SubscriptionTroubleTests : SubscriptionsFixture
{
    [Test]
    public async Task After_a_chargeback_nothing_is_charged_without_the_customer([Values] SubscriptionFailurePolicy policy, [Values] bool isOfFirst)
    {
        await Host.SetAsync(settings => settings.SubscriptionFailure = policy);
        var first = await SubscribeAsync();
        var last = first;
        if (!isOfFirst)
        {
            await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
            last = await Host.UntilAsync((await LaterAsync(first)).Single(), PaymentStatus.Paid);
        }

        var charges = (await ChargesAsync()).Count;
        await Host.Simulator.MoveAsync((await Host.RecordAsync(last)).Current!.OrderId, "chargeback");
        await WaitForAlertAsync(last, "Chargeback");
        await RunAsync(TimeSpan.FromMinutes(15));
        Assert.That(await Host.AlertsAsync(last), Is.EqualTo(new[] { "Chargeback" }));
        Assert.That(await Host.NotesAsync(first), Has.One.Contains($"order {last.CustomOrderNumber} of the subscription was charged back"));
        Assert.That(((await SubscriptionAsync(first)).CardProblem, (await SubscriptionAsync(first)).IsPaused, (await RecurringAsync(first)).IsActive),
            Is.EqualTo((ChargeFailure.ChargedBack, policy == SubscriptionFailurePolicy.Pause, policy != SubscriptionFailurePolicy.Cancel)));
        Assert.That(Mails(CustomerMailTemplates.SubscriptionCancelled), Is.EqualTo(policy == SubscriptionFailurePolicy.Cancel ? 1 : 0));

        var before = (await LaterAsync(first)).Count;
        await RunDaysAsync(40);
        Assert.That(((await ChargesAsync()).Count, (await LaterAsync(first)).Count), Is.EqualTo((charges, before + (policy == SubscriptionFailurePolicy.Continue ? 1 : 0))));
        if (policy == SubscriptionFailurePolicy.Cancel)
            Assert.That(await Host.Simulator.TokensAsync(), Is.Empty);
    }

    [Test]
    public async Task A_subscription_that_a_chargeback_has_paused_goes_on_by_link()
    {
        await Host.SetAsync(settings => settings.SubscriptionFailure = SubscriptionFailurePolicy.Pause);
        var first = await SubscribeAsync();
        await Host.Simulator.MoveAsync((await Host.RecordAsync(first)).Current!.OrderId, "chargeback");
        await WaitForAlertAsync(first, "Chargeback");
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        Assert.That(await LaterAsync(first), Is.Empty);

        Assert.That(await Host.Shop.InScopeAsync(services => services.GetRequiredService<SubscriptionActions>().ResumeAsync(first)), Is.Null);
        await RunAsync(TimeSpan.FromMinutes(15));
        var later = (await LaterAsync(first)).Single();

        // Nothing was charged, and so nothing has failed.
        Assert.That(Host.Shop.Database.Mails.ForOrder(later.Id).Select(mail => mail.Template).Where(template => template.StartsWith("MultiSafepay.", StringComparison.Ordinal)),
            Is.EqualTo(new[] { CustomerMailTemplates.PaymentLink }));
        await PayAsync(later);
        await RunAsync(TimeSpan.FromMinutes(15));
        Assert.That(((await SubscriptionAsync(first)).CanCharge, (await SubscriptionAsync(first)).IsPaused, (await ChargesAsync()).Count), Is.EqualTo((true, false, 0)));
    }

    [Test]
    public async Task An_order_that_nopCommerce_does_not_make_is_told_to_the_owner_once_and_made_later()
    {
        var first = await SubscribeAsync();
        await AllowBillingAsync(false);
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        await RunDaysAsync(3);
        Assert.That((await LaterAsync(first), await Host.AlertsAsync(first)), Is.EqualTo((Array.Empty<Order>(), new[] { SubscriptionProcessor.NotMade })));
        Assert.That(await Host.NotesAsync(first), Has.One.Contains("did not make the next order of the subscription: Country 'Netherlands' is not allowed for billing."));

        await AllowBillingAsync(true);
        await RunDaysAsync(1);
        await Host.UntilAsync((await LaterAsync(first)).Single(), PaymentStatus.Paid);
        Assert.That(await Host.AlertsAsync(first), Is.Empty);
    }

    [Test]
    public async Task A_subscription_of_the_test_environment_makes_no_payments_in_the_live_one()
    {
        var first = await SubscribeAsync();
        var key = await Host.Shop.InScopeAsync(services => Task.FromResult(services.GetRequiredService<StoreSettings>().Protect(SimulatorRun.OtherKey)));
        await Host.SetAsync(settings => (settings.Environment, settings.LiveApiKey) = (MultiSafepayEnvironment.Live, key));
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        await RunDaysAsync(3);
        Assert.That((await LaterAsync(first), await Host.AlertsAsync(first)), Is.EqualTo((Array.Empty<Order>(), new[] { SubscriptionProcessor.OtherEnvironment })));
        Assert.That(await Host.NotesAsync(first), Has.One.Contains("started in the other environment"));

        await Host.SetAsync(settings => settings.Environment = MultiSafepayEnvironment.Test);
        await RunDaysAsync(2);
        await Host.UntilAsync((await LaterAsync(first)).Single(), PaymentStatus.Paid);
    }

    [Test]
    public async Task Another_account_does_not_know_the_details_so_that_the_next_payment_is_made_by_link()
    {
        var first = await SubscribeAsync();
        var key = await Host.Shop.InScopeAsync(services => Task.FromResult(services.GetRequiredService<StoreSettings>().Protect(SimulatorRun.OtherKey)));
        await Host.SetAsync(settings => settings.TestApiKey = key);
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        var later = (await LaterAsync(first)).Single();
        Assert.That(((await ChargeAsync(later)).Failure, (await ChargesAsync()).Count), Is.EqualTo(("CardGone", 0)));
        Assert.That(await Host.NotesAsync(later), Has.One.Contains("failed (The payment details are not at MultiSafepay any more) and is not tried again"));
        await PayAsync(later);
        await RunAsync(TimeSpan.FromDays(1));
        Assert.That((await SubscriptionAsync(first)).CanCharge, Is.True);
    }

    [Test]
    public async Task Details_that_come_with_a_payment_after_the_end_are_deleted([Values("first", "later")] string order)
    {
        var first = await OrderAsync();
        if (order == "later")
        {
            await PayAsync(first);
            await RunAsync(TimeSpan.FromMinutes(15));
            await Host.Simulator.PlanTokenPaymentAsync("declined", 4004);
            await RunAsync((await Host.ReloadAsync(first)).PaidDateUtc!.Value.AddMonths(1) - Now);
        }

        await Host.Shop.InScopeAsync(async services => await services.GetRequiredService<IOrderProcessingService>().CancelRecurringPaymentAsync(await RecurringAsync(first)));
        await RunAsync(TimeSpan.FromMinutes(15));
        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty);

        await PayAsync(order == "first" ? first : (await LaterAsync(first)).Single());
        Assert.That(await Host.Simulator.TokensAsync(), Has.Count.EqualTo(1));
        await RunAsync(TimeSpan.FromMinutes(15));
        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty);
        Assert.That((await SubscriptionAsync(first)).IsEnded, Is.True);
    }

    [Test]
    public async Task The_end_of_one_subscription_leaves_the_details_of_another_one([Values] bool isOtherBegun)
    {
        var first = await SubscribeAsync();
        var other = await OrderAsync("MASTERCARD", Magazine);
        await PayAsync(other);
        if (isOtherBegun)
            await RunAsync(TimeSpan.FromMinutes(15));
        await Host.Shop.InScopeAsync(async services => await services.GetRequiredService<IOrderProcessingService>().CancelRecurringPaymentAsync(await RecurringAsync(first)));
        await RunAsync(TimeSpan.FromMinutes(15));
        Assert.That((await Host.Simulator.TokensAsync()).Select(token => (string)token!["code"]!), Is.EqualTo(new[] { "MASTERCARD" }));
    }

    [Test]
    public async Task A_planned_try_with_details_that_cannot_be_charged_any_more_is_given_up_in_the_end()
    {
        var first = await SubscribeAsync();
        await Host.Simulator.PlanTokenPaymentAsync("declined", 4002);
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        Assert.That(await Host.Shop.InScopeAsync(services => services.GetRequiredService<SubscriptionActions>().ForgetAsync(first)), Is.Null);
        await RunDaysAsync(8);
        var later = (await LaterAsync(first)).Single();
        Assert.That(((await ChargeAsync(later)).IsGivenUp, (await ChargesAsync()).Count), Is.EqualTo((true, 1)));
        Assert.That(await Host.AlertsAsync(first), Is.EqualTo(new[] { SubscriptionFailures.Failed }));
    }

    [Test]
    public async Task Subscriptions_that_run_go_on_when_they_are_turned_off()
    {
        var first = await SubscribeAsync();
        await Host.SetAsync(settings => settings.Subscriptions = false);
        await Host.Simulator.PlanTokenPaymentAsync("declined", 4005);
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        var link = (await SentAsync())[^1];
        Assert.That(((string?)link["gateway"], (string?)link["recurring_model"], (string?)link["type"]), Is.EqualTo(("CREDITCARD", "subscription", "redirect")));
        await PayAsync((await LaterAsync(first)).Single());
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(2) - Now);
        await Host.UntilAsync((await LaterAsync(first))[1], PaymentStatus.Paid);
        Assert.That(await ChargesAsync(), Has.Count.EqualTo(2));
    }

    // Both have order 1 of customer 1.
    [Test]
    public async Task Two_shops_of_one_account_charge_and_end_only_their_own_subscriptions()
    {
        var first = await SubscribeAsync();
        await using var shop = await TestShop.StartAsync(new ShopOptions
        {
            ApiUrl = $"{Host.Simulator.Url}v1/json/",
            ApiKey = SimulatorRun.Key,
            Time = new SharedClock(Host.Simulator.Time),
            Database = new ShopDatabase()
        });
        await shop.InScopeAsync(async services =>
        {
            var settingService = services.GetRequiredService<ISettingService>();
            var settings = await settingService.LoadSettingAsync<MultiSafepaySettings>();
            (settings.Subscriptions, settings.GroupCards) = (true, false);
            await settingService.SaveSettingAsync(settings);
            await settingService.ClearCacheAsync();
            await services.GetRequiredService<MethodCatalogue>().AskAsync(1, settings, "EUR", Locales.Default, CancellationToken.None);
        });
        using var browser = shop.NewBrowser();
        await browser.PostAsync("login", ("email", "sam@customer.example"));
        await EnterAsync(browser: browser);
        await browser.PostAsync(Step, (CustomerFields.MethodField, "MASTERCARD"), (CustomerFields.ConsentField, "1"));
        await browser.PlaceOrderAsync();
        var other = (await shop.Database.ListAsync<Order>()).Single();
        Assert.That((other.Id, other.CustomerId), Is.EqualTo((first.Id, first.CustomerId)));
        var attempt = (await shop.InScopeAsync(services => services.GetRequiredService<PaymentRecordStore>().LoadAsync(other))).Current!;
        await Host.Simulator.MoveAsync(attempt.OrderId, "completed");
        await IntegrationHost.UntilAsync(async () => (await shop.Database.FindAsync<Order>(other.Id))!.PaymentStatus == PaymentStatus.Paid, "the other shop's order is paid");

        await RunBothAsync(TimeSpan.FromMinutes(15));
        await RunBothAsync(first.PaidDateUtc!.Value.AddMonths(1).AddHours(1) - Now);
        await RunBothAsync(TimeSpan.FromMinutes(15));
        foreach (var database in new[] { Host.Shop.Database, shop.Database })
            Assert.That((await database.ListAsync<Order>()).Select(order => order.PaymentStatus), Is.EqualTo(new[] { PaymentStatus.Paid, PaymentStatus.Paid }));
        var tokens = await Host.Simulator.TokensAsync();

        // One of them is sent twice, because the other shop has taken the order id.
        Assert.That(await TakenAsync(), Is.EqualTo(4));
        Assert.That((await ChargesAsync()).Select(charge => (string)charge["recurring_id"]!).Distinct(), Is.EquivalentTo(tokens.Select(token => (string)token!["token"]!)));

        await Host.Shop.InScopeAsync(async services => await services.GetRequiredService<IOrderProcessingService>().CancelRecurringPaymentAsync(await RecurringAsync(first)));
        await RunBothAsync(TimeSpan.FromMinutes(15));
        Assert.That((await Host.Simulator.TokensAsync()).Select(token => (string)token!["code"]!), Is.EqualTo(new[] { "MASTERCARD" }));

        async Task RunBothAsync(TimeSpan later)
        {
            await RunAsync(later);
            await shop.InScopeAsync(services => services.GetRequiredService<Reconciler>().RunAsync(IntegrationHost.NothingToTakeOver, CancellationToken.None));
        }
    }

    private int Mails(string template) => Host.Shop.Database.Mails.All.Count(mail => mail.Template == template);

    private Task WaitForAlertAsync(Order order, string kind) => IntegrationHost.UntilAsync(async () => (await Host.AlertsAsync(order)).Contains(kind), kind);

    private async Task AllowBillingAsync(bool isAllowed)
    {
        foreach (var country in await Host.Shop.Database.ListAsync<Country>())
        {
            country.AllowsBilling = isAllowed;
            await Host.Shop.Database.UpdateAsync(country);
        }
    }
}
