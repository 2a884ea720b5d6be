using Microsoft.Playwright;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>The pages of subscriptions: the customer's and the owner's.</summary>
[TestFixture]
internal sealed class SubscriptionPageTests : BrowserFixture
{
    private const int CoffeeBox = 11;

    [SetUp]
    public async Task AllowSubscriptionsAsync()
    {
        await Host.Simulator.AllowRecurringAsync("subscription");
        await Host.SetAsync(settings => (settings.Subscriptions, settings.GroupCards) = (true, false));
        await Host.LoadMethodsAsync();
    }

    [Test]
    public async Task A_customer_pays_and_then_asks_for_another_card()
    {
        var page = await SubscribeAsync();
        await page.GotoAsync(MultiSafepayDefaults.Routes.Subscriptions);
        await InBothWidthsAsync(page, () => AssertFineAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay now with another card" }).ClickAsync();
        await PayAsync(page, gateway: "VISA");
        await page.WaitForURLAsync("**/checkout/completed/*");
        var first = await Host.UntilAsync(await LastOrderAsync(), PaymentStatus.Paid);
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        await Host.ReconcileAsync();

        await page.GotoAsync("/customer/info");
        await page.GetByRole(AriaRole.Link, new() { Name = "Subscriptions", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Visa •••• 1111")).ToBeVisibleAsync();
        await InBothWidthsAsync(page, () => AssertFineAsync(page));
        var paddings = await page.Locator(".list-group-item").EvaluateAllAsync<string[]>("items => items.map(item => getComputedStyle(item).padding)");
        Assert.That(paddings.Distinct().Count(), Is.EqualTo(1), "the style of the page leaves the navigation alone");
        await LeaveAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Use another card" }).PressAsync("Enter"));
        await Assertions.Expect(page.Locator(".multisafepay-subscription-list").GetByText("You will be sent a payment link")).ToBeVisibleAsync();
        await InBothWidthsAsync(page, () => AssertFineAsync(page));
        Assert.That((await Host.RecordAsync(first)).Subscription!.WantsOtherCard, Is.True);
        await page.GetByRole(AriaRole.Link, new() { Name = "You can cancel a subscription" }).ClickAsync();
        await page.WaitForURLAsync("**/customer/recurringpayments");
    }

    [Test]
    public async Task The_owner_looks_through_the_subscriptions_and_takes_them_along()
    {
        await SubscribeAsync();
        var first = await LastOrderAsync();
        var record = (await Host.RecordAsync(first)).ToJson();
        for (var number = 0; number < 50; number++)
            await RepeatAsync(first, record);

        var owner = await OpenAsync(Wide);
        await owner.GotoAsync("/Admin/Order/List");
        await owner.GetByRole(AriaRole.Link, new() { Name = "MultiSafepay: Subscriptions" }).ClickAsync();
        await InBothWidthsAsync(owner, () => AssertFineAsync(owner));
        await LeaveAsync(owner, () => owner.GetByRole(AriaRole.Link, new() { Name = "Page 2 of 2" }).ClickAsync());
        await Assertions.Expect(owner.Locator("#multisafepay-subscriptions [role=row]")).ToHaveCountAsync(2);

        await owner.GetByLabel("State", new() { Exact = true }).SelectOptionAsync("Ended");
        await LeaveAsync(owner, () => owner.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync());
        await Assertions.Expect(owner.GetByText("There are no subscriptions.")).ToBeVisibleAsync();
        await Assertions.Expect(owner.GetByLabel("State", new() { Exact = true })).ToHaveValueAsync("Ended");
        await InBothWidthsAsync(owner, () => AssertFineAsync(owner));
        var file = await owner.RunAndWaitForDownloadAsync(() => owner.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" }).ClickAsync());
        Assert.That(file.SuggestedFilename, Is.EqualTo("subscriptions.csv"));
    }

    private static async Task AssertFineAsync(IPage page)
    {
        await AssertFitsWindowAsync(page);
        await AssertAccessibleAsync(page, "main");
    }

    /// <summary>Subscribes as far as the payment page.</summary>
    private async Task<IPage> SubscribeAsync()
    {
        var page = await OpenAsync();
        await PostAsync(page, "/login", ("email", "sam@customer.example"));
        await PostAsync(page, "/Cart/Add", ("productId", $"{CoffeeBox}"), ("quantity", "1"));
        await GoToPaymentAsync(page, isCartFilled: true);
        await page.Locator($"input[name={CustomerFields.MethodField}][value=VISA]").CheckAsync();
        await page.Locator($"input[type=checkbox][name={CustomerFields.ConsentField}]").CheckAsync();
        await page.Locator("main form button.btn-primary").ClickAsync();
        await page.Locator("#place-order").ClickAsync();
        await page.WaitForURLAsync("**/pay/**");
        return page;
    }

    private static async Task PostAsync(IPage page, string path, params (string Name, string Value)[] fields)
    {
        var form = page.Context.APIRequest.CreateFormData();
        foreach (var (name, value) in fields)
            form.Set(name, value);
        await page.Context.APIRequest.PostAsync(path, new APIRequestContextOptions { Form = form, MaxRedirects = 0 });
    }

    private async Task RepeatAsync(Order first, string record)
    {
        var order = new Order
        {
            StoreId = first.StoreId,
            CustomOrderNumber = "20300102-000123",
            PaymentMethodSystemName = first.PaymentMethodSystemName,
            OrderStatus = OrderStatus.Processing,
            PaymentStatus = PaymentStatus.Paid,
            CustomerId = first.CustomerId,
            CustomerCurrencyCode = first.CustomerCurrencyCode,
            CurrencyRate = first.CurrencyRate,
            OrderGuid = Guid.NewGuid(),
            CreatedOnUtc = first.CreatedOnUtc,
            OrderTotal = 12_345.67m
        };
        await Host.Shop.Database.InsertAsync(order);
        await Host.Shop.Database.InsertAsync(new MultiSafepayPayment { OrderId = order.Id, Version = 1, Record = record });
        await Host.Shop.Database.InsertAsync(new RecurringPayment
        {
            InitialOrderId = order.Id,
            CycleLength = 3,
            CyclePeriodId = (await Host.Shop.Database.ListAsync<RecurringPayment>())[0].CyclePeriodId,
            TotalCycles = 12,
            StartDateUtc = first.CreatedOnUtc,
            CreatedOnUtc = first.CreatedOnUtc,
            IsActive = true
        });
    }
}
