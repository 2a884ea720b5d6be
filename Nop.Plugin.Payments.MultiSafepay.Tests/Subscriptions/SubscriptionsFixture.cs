using System.Text.Json.Nodes;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;

/// <summary>A shop that sells subscriptions, and a customer who is signed in.</summary>
internal abstract class SubscriptionsFixture : IntegrationFixture
{
    protected const string Step = "Checkout/PaymentInfo";

    /// <summary>Monthly, three payments.</summary>
    protected const int CoffeeBox = 11;

    /// <summary>Yearly, two payments.</summary>
    protected const int Magazine = 12;

    [SetUp]
    public async Task OpenAsync()
    {
        await Host.Simulator.AllowRecurringAsync("subscription");
        await Host.SetAsync(settings => (settings.Subscriptions, settings.GroupCards) = (true, false));
        await Host.LoadMethodsAsync();
        await SignInAsync();
    }

    protected Task SignInAsync() => Host.Browser.PostAsync("login", ("email", "sam@customer.example"));

    protected DateTime Now => Host.Simulator.Time.GetUtcNow().UtcDateTime;

    /// <summary>Goes through the checkout up to the payment step.</summary>
    protected async Task<string> EnterAsync(int productId = CoffeeBox, ShopBrowser? browser = null)
    {
        browser ??= Host.Browser;
        await browser.PostAsync("Cart/Add", ("productId", $"{productId}"), ("quantity", "1"));
        await browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        return await browser.ReadAsync(Step);
    }

    /// <summary>Subscribes; the first payment is open.</summary>
    protected async Task<Order> OrderAsync(string gateway = "VISA", int productId = CoffeeBox)
    {
        await EnterAsync(productId);
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, gateway), (CustomerFields.ConsentField, "1"));
        Assert.That(await Host.Browser.PlaceOrderAsync(), Does.StartWith(Host.Simulator.Url.ToString()));
        return (await Host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!;
    }

    /// <summary>Subscribes and pays, and the task has seen it.</summary>
    protected async Task<Order> SubscribeAsync(string gateway = "VISA", int productId = CoffeeBox)
    {
        var order = await OrderAsync(gateway, productId);
        await PayAsync(order);
        await RunAsync(TimeSpan.FromMinutes(15));
        return await Host.ReloadAsync(order);
    }

    /// <summary>The customer pays the open link of an order.</summary>
    protected async Task<Order> PayAsync(Order order)
    {
        var attempt = (await Host.RecordAsync(order)).Current!;
        await Host.Simulator.MoveAsync(attempt.OrderId, "completed");
        return await Host.UntilAsync(order, PaymentStatus.Paid);
    }

    /// <summary>Moves the clock and runs the task.</summary>
    protected async Task<ReconciliationReport> RunAsync(TimeSpan later)
    {
        Host.Simulator.Time.Advance(later);
        return await Host.ReconcileAsync();
    }

    /// <summary>Runs the task every quarter of an hour of an hour a day, so that nothing takes its time from the test.</summary>
    protected async Task RunDaysAsync(int days)
    {
        for (var day = 0; day < days; day++)
            await RunAsync(TimeSpan.FromDays(1));
    }

    protected async Task<RecurringPayment> RecurringAsync(Order first) =>
        (await Host.Shop.Database.ListAsync<RecurringPayment>(recurring => recurring.InitialOrderId == first.Id)).Single();

    /// <summary>The later orders of a subscription, oldest first.</summary>
    protected async Task<IReadOnlyList<Order>> LaterAsync(Order first) =>
        [.. (await Host.Shop.Database.ListAsync<Order>(order => order.Id > first.Id)).OrderBy(order => order.Id)];

    protected async Task<SubscriptionRecord> SubscriptionAsync(Order first) => (await Host.RecordAsync(first)).Subscription!;

    protected async Task<SubscriptionCharge> ChargeAsync(Order later) => (await Host.RecordAsync(later)).SubscriptionCharge!;

    /// <summary>What MultiSafepay was sent with payment details, and no customer.</summary>
    protected async Task<IReadOnlyList<JsonNode>> ChargesAsync() => [.. (await SentAsync()).Where(order => order["recurring_id"] is not null)];

    protected async Task<IReadOnlyList<JsonNode>> SentAsync() =>
        [.. (await Host.Simulator.ListAsync("requests")).Where(request => (string)request!["method"]! == "POST" && (string)request["path"]! == "/v1/json/orders").Select(request => request!["body"]!)];

    /// <summary>The transactions that have taken money, of all orders at MultiSafepay.</summary>
    protected async Task<int> TakenAsync() =>
        (await Host.Simulator.ListAsync("orders")).Count(order => (string)order!["status"]! == "completed");

    /// <summary>Shops with another currency: EUR, US dollars at a rate, yen.</summary>
    protected async Task UseCurrencyAsync(string code)
    {
        if (code == "EUR")
            return;
        var currency = (await Host.Shop.Database.ListAsync<Currency>(row => row.CurrencyCode == code)).Single();
        await Host.Browser.PostAsync("Home/SetCurrency", ("id", $"{currency.Id}"));
    }
}
