using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Orders;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;

/// <summary>Recurring products that are paid by themselves, month after month.</summary>
internal sealed class SubscriptionTests : SubscriptionsFixture
{
    [Test]
    public async Task Each_month_is_charged_once_until_all_payments_are_made([Values("EUR", "USD", "JPY")] string currency)
    {
        await UseCurrencyAsync(currency);
        var first = await SubscribeAsync();
        Assert.That((await RecurringAsync(first)).StartDateUtc, Is.EqualTo(first.PaidDateUtc));
        var subscription = await SubscriptionAsync(first);
        Assert.That((subscription.Means?.ToString(), subscription.CanCharge, subscription.ConsentUtc is null), Is.EqualTo(("Visa •••• 1111", true, false)));
        var sent = (await SentAsync()).Single();
        Assert.That(((string?)sent["recurring_model"], (string?)sent["recurring_id"], (string?)sent["gateway"], (string?)sent["customer"]!["reference"]),
            Is.EqualTo(("subscription", (string?)null, "VISA", subscription.Reference)));

        for (var month = 2; month <= 3; month++)
        {
            await RunAsync(first.PaidDateUtc!.Value.AddMonths(month - 1) - Now - TimeSpan.FromMinutes(1));
            Assert.That(await LaterAsync(first), Has.Count.EqualTo(month - 2), "not before its day");
            await RunAsync(TimeSpan.FromMinutes(15));
            var later = (await LaterAsync(first))[^1];
            await Host.UntilAsync(later, PaymentStatus.Paid);
            Assert.That((later.OrderTotal, later.CustomerCurrencyCode, later.CurrencyRate), Is.EqualTo((first.OrderTotal, currency, first.CurrencyRate)));
            var charge = (await ChargesAsync())[^1];
            Assert.That(((string?)charge["type"], (string?)charge["recurring_model"], (string?)charge["gateway"], (long)charge["amount"]!, (string?)charge["currency"]),
                Is.EqualTo(("direct", "subscription", (string?)null, (long)sent["amount"]!, currency)));
            await RunAsync(TimeSpan.FromMinutes(15));
            Assert.That(await LaterAsync(first), Has.Count.EqualTo(month - 1));
        }

        await RunDaysAsync(100);
        Assert.That(await LaterAsync(first), Has.Count.EqualTo(2));
        Assert.That(((await ChargesAsync()).Count, await TakenAsync()), Is.EqualTo((2, 3)));
        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty, "all payments are made");
        Assert.That((await SubscriptionAsync(first)).IsEnded, Is.True);
    }

    [Test]
    public async Task A_first_payment_on_day_20_is_followed_by_the_next_one_a_month_after_it()
    {
        var first = await OrderAsync();
        await RunDaysAsync(20);
        first = await PayAsync(first);
        await RunAsync(TimeSpan.FromDays(1));
        Assert.That((await RecurringAsync(first)).StartDateUtc, Is.EqualTo(first.PaidDateUtc));

        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now - TimeSpan.FromMinutes(1));
        Assert.That(await LaterAsync(first), Is.Empty);
        await RunAsync(TimeSpan.FromMinutes(1));
        await Host.UntilAsync((await LaterAsync(first)).Single(), PaymentStatus.Paid);
    }

    [Test]
    public async Task A_first_payment_that_is_never_made_is_followed_by_none()
    {
        var first = await OrderAsync();
        await RunDaysAsync(120);
        Assert.That((await LaterAsync(first), (await SentAsync()).Count), Is.EqualTo((Array.Empty<Order>(), 1)));
    }

    [Test]
    public async Task A_cancelled_subscription_is_charged_no_more_and_its_details_are_deleted([Values("customer", "owner", "first order", "deleted customer")] string by)
    {
        var first = await SubscribeAsync();
        Assert.That(await Host.Simulator.TokensAsync(), Has.Count.EqualTo(1));
        var recurring = await RecurringAsync(first);
        switch (by)
        {
            case "customer":
                using (var page = await Host.Browser.SendAsync("customer/recurringpayments", ($"cancelRecurringPayment{recurring.Id}", "Cancel")))
                    Assert.That(page.IsSuccessStatusCode, Is.True);
                break;
            case "owner":
                await Host.Shop.InScopeAsync(services => services.GetRequiredService<IOrderProcessingService>().CancelRecurringPaymentAsync(recurring));
                break;
            case "first order":
                await Host.Shop.InScopeAsync(async services => await services.GetRequiredService<IOrderProcessingService>()
                    .CancelOrderAsync((await services.GetRequiredService<IOrderService>().GetOrderByIdAsync(first.Id))!, notifyCustomer: true));
                break;
            default:
                var customer = (await Host.Shop.Database.FindAsync<Customer>(first.CustomerId))!;
                customer.Deleted = true;
                await Host.Shop.Database.UpdateAsync(customer);
                await RunAsync(TimeSpan.FromDays(30));
                break;
        }

        await RunAsync(TimeSpan.FromMinutes(15));
        Assert.That(((await RecurringAsync(first)).IsActive, (await SubscriptionAsync(first)).IsEnded), Is.EqualTo((false, true)), await Host.Shop.LogAsync());
        Assert.That(await Host.Simulator.TokensAsync(), Is.Empty);
        await RunDaysAsync(70);
        Assert.That((await ChargesAsync(), await LaterAsync(first)), Is.EqualTo((Array.Empty<JsonNode>(), Array.Empty<Order>())));
    }

    [Test]
    public async Task A_task_that_was_off_for_months_charges_once_and_moves_the_rest()
    {
        var first = await SubscribeAsync(productId: CoffeeBox);
        var paid = first.PaidDateUtc!.Value;
        await RunAsync(paid.AddDays(97) - Now);
        await RunDaysAsync(7);
        var later = (await LaterAsync(first)).Single();
        await Host.UntilAsync(later, PaymentStatus.Paid);
        Assert.That(await ChargesAsync(), Has.Count.EqualTo(1));
        Assert.That(await Host.NotesAsync(first), Has.Some.Contains("2 payments of the subscription were missed"));

        // Three payments in all, as agreed.
        await RunAsync(paid.AddMonths(4) - Now);
        Assert.That(await LaterAsync(first), Has.Count.EqualTo(2));
        await RunDaysAsync(60);
        Assert.That(await LaterAsync(first), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_owner_s_own_button_makes_an_order_that_the_task_charges_and_a_second_click_none()
    {
        var first = await SubscribeAsync();
        Assert.That((await ProcessNextAsync(first), (await ProcessNextAsync(first)).Count()), Is.EqualTo((Array.Empty<string>(), 1)));
        var later = (await LaterAsync(first)).Single();
        Assert.That(later.PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
        await RunAsync(TimeSpan.FromMinutes(15));
        await Host.UntilAsync(later, PaymentStatus.Paid);
        Assert.That(await ChargesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_owner_s_own_button_makes_no_order_while_the_one_before_is_not_paid()
    {
        Assert.That(await ProcessNextAsync(await OrderAsync()), Is.EqualTo(new[] { "The last order of the subscription is not paid yet." }), "nor while the first one is not");
        var first = await SubscribeAsync();
        Assert.That(await ProcessNextAsync(first), Is.Empty);
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(2));

        // Only the latest order is charged: this one would stay open, and nobody would say so.
        Assert.That(await ProcessNextAsync(first), Is.EqualTo(new[] { "The last order of the subscription is not paid yet." }));
        await RunAsync(TimeSpan.FromMinutes(15));
        await Host.UntilAsync((await LaterAsync(first)).Single(), PaymentStatus.Paid);
        Assert.That(await ProcessNextAsync(first), Is.Empty);
        await RunAsync(TimeSpan.FromMinutes(15));
        await Host.UntilAsync((await LaterAsync(first))[^1], PaymentStatus.Paid);
        Assert.That(await ChargesAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Two_tasks_at_once_make_one_order_and_one_charge([Values] bool isOnOtherNode)
    {
        var first = await SubscribeAsync();
        await using var node = isOnOtherNode ? await Host.StartSecondNodeAsync(sharedLocks: false) : null;
        for (var month = 1; month <= 2; month++)
        {
            Host.Simulator.Time.Advance(first.PaidDateUtc!.Value.AddMonths(month) - Now);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(number => ReconcileAsync(number % 2 == 0 ? Host.Shop : node ?? Host.Shop)));
            await RunAsync(TimeSpan.FromMinutes(15));
            Assert.That(await LaterAsync(first), Has.Count.EqualTo(month));
            await Host.UntilAsync((await LaterAsync(first))[^1], PaymentStatus.Paid);
        }

        Assert.That(((await ChargesAsync()).Count, await TakenAsync()), Is.EqualTo((2, 3)));
    }

    [Test]
    public async Task A_charge_whose_answer_was_lost_is_found_and_not_repeated([Values("drop-answer-after-work", "drop-before-work")] string fault)
    {
        var first = await SubscribeAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = fault, ["method"] = "POST", ["path"] = "orders", ["times"] = 1 });
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        await RunAsync(TimeSpan.FromMinutes(15));
        await RunAsync(TimeSpan.FromMinutes(15));
        var later = (await LaterAsync(first)).Single();
        await IntegrationHost.UntilAsync(async () => (await Host.ReloadAsync(later)).PaymentStatus == PaymentStatus.Paid, "the order is paid");
        Assert.That(await TakenAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task An_ordinary_payment_stores_no_details_for_a_subscription()
    {
        await Host.Simulator.AllowRecurringAsync("subscription", on: false);
        var first = await OrderAsync();
        await PayAsync(first);
        await RunAsync(TimeSpan.FromMinutes(15));
        Assert.That(((await SubscriptionAsync(first)).CardId, await Host.AlertsAsync(first)), Is.EqualTo(((string?)null, new[] { "Subscription.NoDetails" })));
    }

    private static Task ReconcileAsync(TestShop node) =>
        node.InScopeAsync(services => services.GetRequiredService<Reconciler>().RunAsync(IntegrationHost.NothingToTakeOver, CancellationToken.None));

    private Task<IEnumerable<string>> ProcessNextAsync(Order first) => Host.Shop.InScopeAsync(async services =>
        await services.GetRequiredService<IOrderProcessingService>().ProcessNextRecurringPaymentAsync(await RecurringAsync(first)));
}
