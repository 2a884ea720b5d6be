using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;

/// <summary>Subscriptions whose product, order or recurring payment the owner changes in nopCommerce, before they begin, between two payments, and after their end.</summary>
internal sealed class SubscriptionEditTests : SubscriptionsFixture
{
    [Test]
    public async Task What_the_owner_deletes_in_nopCommerce_is_charged_no_more_and_its_details_are_deleted([Values("order", "recurring payment")] string what, [Values] bool isBegun)
    {
        var first = isBegun ? await SubscribeAsync() : await PayAsync(await OrderAsync());
        await Host.Shop.InScopeAsync(async services =>
        {
            if (what == "order")
                await services.GetRequiredService<IOrderProcessingService>().DeleteOrderAsync((await services.GetRequiredService<IOrderService>().GetOrderByIdAsync(first.Id))!);
            else
                await services.GetRequiredService<IOrderService>().DeleteRecurringPaymentAsync(await RecurringAsync(first));
        });
        await RunAsync(TimeSpan.FromMinutes(15));
        Assert.That((await Host.Simulator.TokensAsync(), (await SubscriptionAsync(first)).IsEnded), Is.EqualTo((Array.Empty<object>(), true)), await Host.Shop.LogAsync());
        await RunDaysAsync(40);
        Assert.That((await LaterAsync(first), await ChargesAsync()), Is.EqualTo((Array.Empty<Order>(), Array.Empty<object>())));
    }

    // nopCommerce's own page cancels the recurring payment with the order, other plugins may not.
    [Test]
    public async Task The_recurring_payment_of_a_deleted_order_is_cancelled()
    {
        var first = await SubscribeAsync();
        await Host.Shop.InScopeAsync(async services =>
        {
            var orders = services.GetRequiredService<IOrderService>();
            await orders.DeleteOrderAsync((await orders.GetOrderByIdAsync(first.Id))!);
        });
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        Assert.That(((await RecurringAsync(first)).IsActive, await LaterAsync(first), await Host.Simulator.TokensAsync()), Is.EqualTo((false, Array.Empty<Order>(), Array.Empty<object>())));
    }

    // Otherwise the end of another subscription would delete them.
    [Test]
    public async Task The_new_details_of_a_subscription_that_is_active_again_or_longer_are_kept([Values("active", "longer")] string edit)
    {
        var first = await SubscribeAsync();
        if (edit == "active")
            await EditAsync(first, recurring => recurring.IsActive = false);
        await RunDaysAsync(edit == "active" ? 1 : 100);
        Assert.That(((await SubscriptionAsync(first)).IsEnded, await Host.Simulator.TokensAsync()), Is.EqualTo((true, Array.Empty<object>())));

        await EditAsync(first, recurring => (recurring.IsActive, recurring.TotalCycles) = (true, 6));
        await RunDaysAsync(edit == "active" ? 31 : 1);
        await PayAsync((await LaterAsync(first))[^1]);
        await RunAsync(TimeSpan.FromDays(1));
        Assert.That(((await SubscriptionAsync(first)).IsEnded, (await SubscriptionAsync(first)).CanCharge), Is.EqualTo((false, true)));

        await SignInAsync();
        var other = await SubscribeAsync("MASTERCARD", Magazine);
        await EditAsync(other, recurring => recurring.IsActive = false);
        await RunAsync(TimeSpan.FromMinutes(15));
        Assert.That((await Host.Simulator.TokensAsync()).Select(token => (string)token!["code"]!), Is.EqualTo(new[] { "VISA" }));
    }

    [Test]
    public async Task What_has_changed_since_the_customer_agreed_is_not_ordered([Values("price", "interval", "payments", "quantity", "currency", "language")] string what)
    {
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "VISA"), (CustomerFields.ConsentField, "1"));
        switch (what)
        {
            case "price":
                await EditAsync(product => product.Price = 99m);
                break;
            case "interval":
                await EditAsync(product => product.RecurringCyclePeriod = RecurringProductCyclePeriod.Weeks);
                break;
            case "payments":
                await EditAsync(product => product.RecurringTotalCycles = 30);
                break;
            case "quantity":
                var item = (await Host.Shop.Database.ListAsync<ShoppingCartItem>()).Single();
                item.Quantity = 2;
                await Host.Shop.Database.UpdateAsync(item);
                break;
            case "currency":
                await UseCurrencyAsync("USD");
                break;
            default:
                await Host.Browser.PostAsync("Home/SetLanguage", ("id", "2"));
                break;
        }

        using var answer = await Host.Browser.SendAsync("Checkout/Confirm");
        var wanted = what == "language" ? "Ga terug naar de betaling en ga opnieuw akkoord" : await Host.TextAsync("Checkout.Subscription.Changed");
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain(wanted));
        Assert.That(await Host.Shop.Database.ListAsync<Order>(), Is.Empty);

        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "VISA"), (CustomerFields.ConsentField, "1"));
        Assert.That(await Host.Browser.PlaceOrderAsync(), Does.StartWith(Host.Simulator.Url.ToString()), "after the new agreement");
    }

    [Test]
    public async Task A_fee_of_the_chosen_method_or_another_one_is_no_change([Values("VISA", "MASTERCARD")] string gateway)
    {
        await Host.SetAsync(settings => settings.Methods = MethodRules.Parse(settings.Methods).With("VISA", new MethodRule { Enabled = true, Fee = 1.50m }).ToString());
        Assert.That(await EnterAsync(), Does.Contain("plus the fee of the payment method"));
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, gateway), (CustomerFields.ConsentField, "1"));
        Assert.That(await Host.Browser.PlaceOrderAsync(), Does.StartWith(Host.Simulator.Url.ToString()));
    }

    [Test]
    public async Task A_product_that_is_deleted_or_dearer_changes_nothing_for_subscribers()
    {
        var first = await SubscribeAsync();
        await EditAsync(product => (product.Deleted, product.Published, product.Price, product.RecurringTotalCycles) = (true, false, 99m, 1));
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        var later = await Host.UntilAsync((await LaterAsync(first)).Single(), PaymentStatus.Paid);
        Assert.That(later.OrderTotal, Is.EqualTo(first.OrderTotal));
    }

    [Test]
    public async Task A_single_payment_promises_no_others_and_warns_of_none([Values] bool isActivated)
    {
        await EditAsync(product => product.RecurringTotalCycles = 1);
        Assert.That(await EnterAsync(), Does.Contain("You pay EUR 24.90 now. No further payments are made.").And.Not.Contain("After that"));
        await Host.Simulator.AllowRecurringAsync("subscription", isActivated);
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "VISA"), (CustomerFields.ConsentField, "1"));
        await Host.Browser.PlaceOrderAsync();
        var first = await PayAsync((await Host.Shop.Database.ListAsync<Order>()).Single());
        await RunDaysAsync(40);
        Assert.That((await Host.Simulator.TokensAsync(), await Host.AlertsAsync(first), await LaterAsync(first)), Is.EqualTo((Array.Empty<object>(), Array.Empty<string>(), Array.Empty<Order>())));
        Assert.That(await Host.NotesAsync(first), Has.None.Contains("next payments"));
    }

    // The next days wait for the payment that failed, and none of them is charged twice or on one day with another.
    [Test]
    public async Task A_daily_payment_that_fails_is_tried_again_before_the_next_day_is_charged()
    {
        await EditAsync(product => (product.RecurringCyclePeriod, product.RecurringTotalCycles) = (RecurringProductCyclePeriod.Days, 4));
        var first = await SubscribeAsync();
        await Host.Simulator.PlanTokenPaymentAsync("declined", 4002);
        await Host.Simulator.PlanTokenPaymentAsync("declined", 4002);
        await RunDaysAsync(3);
        Assert.That(((await LaterAsync(first)).Count, await TakenAsync()), Is.EqualTo((1, 1)));
        await RunDaysAsync(10);
        Assert.That((await LaterAsync(first)).Select(order => order.PaymentStatus), Is.EqualTo(Enumerable.Repeat(PaymentStatus.Paid, 3)));
        Assert.That(((await LaterAsync(first)).Select(order => order.CreatedOnUtc.Date).Distinct().Count(), await TakenAsync()), Is.EqualTo((3, 4)));
    }

    [Test]
    public async Task Buttons_of_an_old_page_do_nothing_while_paused_or_after_the_end()
    {
        var first = await SubscribeAsync();
        Assert.That(await ActAsync(actions => actions.PauseAsync(first)), Is.Null);
        Assert.That((await ActAsync(actions => actions.ChargeNowAsync(first, 2, CancellationToken.None)))?.Key, Is.EqualTo("Panel.Refused.NoSubscription"));
        Assert.That(await ActAsync(actions => actions.ResumeAsync(first)), Is.Null);
        Assert.That(await ActAsync(actions => actions.CancelAsync(first)), Is.Null);
        Func<SubscriptionActions, Task<SubscriptionRefusal?>>[] buttons =
        [
            actions => actions.ChargeNowAsync(first, 2, CancellationToken.None), actions => actions.PauseAsync(first), actions => actions.ResumeAsync(first), actions => actions.CancelAsync(first),
            actions => actions.ForgetAsync(first), actions => actions.WantOtherCardAsync(first)
        ];
        foreach (var button in buttons)
            Assert.That((await ActAsync(button))?.Key, Is.EqualTo("Panel.Refused.NoSubscription"));
        await RunDaysAsync(40);
        Assert.That((await LaterAsync(first), await ChargesAsync()), Is.EqualTo((Array.Empty<Order>(), Array.Empty<object>())));
    }

    private async Task EditAsync(Action<Product> change)
    {
        var product = (await Host.Shop.Database.FindAsync<Product>(CoffeeBox))!;
        change(product);
        await Host.Shop.Database.UpdateAsync(product);
    }

    private Task EditAsync(Order first, Action<RecurringPayment> change) => Host.Shop.InScopeAsync(async services =>
    {
        var recurring = await RecurringAsync(first);
        change(recurring);
        await services.GetRequiredService<IOrderService>().UpdateRecurringPaymentAsync(recurring);
    });

    private Task<SubscriptionRefusal?> ActAsync(Func<SubscriptionActions, Task<SubscriptionRefusal?>> act) =>
        Host.Shop.InScopeAsync(services => act(services.GetRequiredService<SubscriptionActions>()));
}
