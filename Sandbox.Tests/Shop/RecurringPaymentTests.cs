using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Configuration;
using Nop.Services.Orders;
using Nop.Services.Payments;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Testing;

namespace Sandbox.Tests.Shop;

/// <summary>Orders that are repeated at intervals: when the next one is due, what is made of it and in what order, and what ends it.</summary>
[TestFixture]
internal sealed class RecurringPaymentTests
{
    private const int CoffeeBeans = 2;
    private const int CoffeeBox = 11;
    private const int Magazine = 12;

    private static readonly DateTime _start = new(2026, 1, 31, 9, 30, 0, DateTimeKind.Utc);

    [TestCase(RecurringProductCyclePeriod.Days, 10, 0, "2026-01-31")]
    [TestCase(RecurringProductCyclePeriod.Days, 10, 1, "2026-02-10")]
    [TestCase(RecurringProductCyclePeriod.Days, 10, 3, "2026-03-02")]
    [TestCase(RecurringProductCyclePeriod.Weeks, 2, 1, "2026-02-14")]
    [TestCase(RecurringProductCyclePeriod.Weeks, 2, 4, "2026-03-28")]
    [TestCase(RecurringProductCyclePeriod.Months, 1, 1, "2026-02-28")]
    [TestCase(RecurringProductCyclePeriod.Months, 1, 2, "2026-03-31")]
    [TestCase(RecurringProductCyclePeriod.Months, 1, 3, "2026-04-30")]
    [TestCase(RecurringProductCyclePeriod.Months, 3, 3, "2026-10-31")]
    [TestCase(RecurringProductCyclePeriod.Years, 1, 1, "2027-01-31")]
    [TestCase(RecurringProductCyclePeriod.Years, 2, 4, "2034-01-31")]
    [TestCase(RecurringProductCyclePeriod.Months, 1, 5, null)]
    [TestCase(RecurringProductCyclePeriod.Months, 1, 6, null)]
    public async Task The_next_payment_is_due_a_whole_number_of_cycles_after_the_start(RecurringProductCyclePeriod period, int length, int done, string? expected)
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        var payment = new RecurringPayment { CyclePeriod = period, CycleLength = length, TotalCycles = 5, StartDateUtc = _start, IsActive = true };
        await shop.Database.InsertAsync(payment);
        for (var order = 1; order <= done; order++)
            await shop.Database.InsertAsync(new RecurringPaymentHistory { RecurringPaymentId = payment.Id, OrderId = order });

        var (next, left) = await DueAsync(shop, payment);
        Assert.That((next?.ToString("yyyy-MM-dd HH:mm", null), left), Is.EqualTo((expected is null ? null : $"{expected} 09:30", Math.Max(0, 5 - done))));

        payment.IsActive = false;
        Assert.That((await DueAsync(shop, payment)).Next, Is.Null, "what has ended is never due");
    }

    [TestCase(RecurringPaymentType.Manual, 1)]
    [TestCase(RecurringPaymentType.Automatic, 0)]
    public async Task Placing_a_recurring_order_starts_the_cycles_whatever_the_payment_status(RecurringPaymentType type, int expected)
    {
        ProcessPaymentRequest? asked = null;
        var behaviour = Behaviour(type, request =>
        {
            asked = request;
            return new ProcessPaymentResult();
        });
        var clock = new FakeTimeProvider(_start);
        await using var shop = await FakePaymentShop.StartAsync(behaviour, new ShopOptions { Time = clock });
        var order = await PlaceAsync(shop);

        var payment = (await shop.Database.ListAsync<RecurringPayment>()).Single();
        Assert.That((payment.InitialOrderId, payment.IsActive, payment.StartDateUtc, payment.CreatedOnUtc), Is.EqualTo((order.Id, true, clock.GetUtcNow().UtcDateTime, clock.GetUtcNow().UtcDateTime)));
        Assert.That((payment.CycleLength, payment.CyclePeriod, payment.TotalCycles, payment.LastPaymentFailed), Is.EqualTo((1, RecurringProductCyclePeriod.Months, 3, false)));
        Assert.That(await HistoryAsync(shop), Is.EqualTo(Enumerable.Repeat(order.Id, expected)), "the order itself is the first cycle where the shop starts the payments");
        Assert.That((asked!.InitialOrder, asked.RecurringCycleLength, asked.RecurringCyclePeriod, asked.RecurringTotalCycles),
            Is.EqualTo(((Order?)null, 1, RecurringProductCyclePeriod.Months, 3)));
    }

    [Test]
    public async Task A_method_that_does_not_support_recurring_payments_places_no_recurring_order()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        using var browser = shop.NewBrowser();
        await browser.CheckOutAsync(FakePayment.SystemName, CoffeeBox);
        using var answer = await browser.SendAsync("Checkout/Confirm");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("Recurring payments are not supported by selected payment method"));
        Assert.That(await shop.Database.ListAsync<Order>(), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_checkout_offers_only_methods_that_support_a_recurring_cart(bool onOnePage)
    {
        foreach (var type in new[] { RecurringPaymentType.NotSupported, RecurringPaymentType.Manual })
        {
            await using var shop = await FakePaymentShop.StartAsync(Behaviour(type));
            await SetAsync<OrderSettings>(shop, settings => settings.OnePageCheckoutEnabled = onOnePage);
            using var browser = shop.NewBrowser();
            await browser.PostAsync("Cart/Add", ("productId", $"{CoffeeBox}"));
            Assert.That(await OfferAsync(browser, onOnePage), type == RecurringPaymentType.Manual ? Does.Contain(FakePayment.SystemName) : Does.Not.Contain(FakePayment.SystemName));

            using var other = shop.NewBrowser();
            await other.PostAsync("Cart/Add", ("productId", $"{CoffeeBeans}"));
            Assert.That(await OfferAsync(other, onOnePage), Does.Contain(FakePayment.SystemName), "what is bought once is paid by any");
        }
    }

    [TestCase(CoffeeBeans, "cannot be ordered together")]
    [TestCase(Magazine, "sent at different intervals")]
    public async Task A_cart_of_different_cycles_is_not_ordered(int other, string warning)
    {
        await using var shop = await FakePaymentShop.StartAsync(Behaviour());
        using var browser = shop.NewBrowser();
        await browser.CheckOutAsync(FakePayment.SystemName, CoffeeBox);
        await browser.PostAsync("Cart/Add", ("productId", $"{other}"));

        Assert.That(await browser.ReadAsync("cart"), Does.Contain("Every 1 month(s), 3 times in all").And.Contain(warning));
        using var checkout = await browser.GetAsync("checkout");
        Assert.That(checkout.Headers.Location?.ToString(), Is.EqualTo("/cart"));
        using var answer = await browser.SendAsync("Checkout/Confirm");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(warning));
        Assert.That(await shop.Database.ListAsync<Order>(), Is.Empty);
    }

    [Test]
    public async Task The_next_order_is_the_first_one_once_more()
    {
        List<ProcessPaymentRequest> asked = [];
        await using var shop = await FakePaymentShop.StartAsync(Behaviour(RecurringPaymentType.Manual, request =>
        {
            asked.Add(request);
            return new ProcessPaymentResult { SubscriptionTransactionId = $"subscription {asked.Count}" };
        }));
        var first = await PlaceAsync(shop, "JPY");
        first.CustomValuesXml = """<DictionarySerializer><item><key>Card</key><value>•• 1111</value></item></DictionarySerializer>""";
        await shop.Database.UpdateAsync(first);
        var product = (await shop.Database.FindAsync<Product>(CoffeeBox))!;
        product.Price = 1000;
        await shop.Database.UpdateAsync(product);

        Assert.That(await NextAsync(shop), Is.Empty);

        var next = (await shop.Database.FindAsync<Order>(2))!;
        Assert.That(Values(next), Is.EqualTo(Values(first)), "at the price and rate of the first order");
        Assert.That((next.PaymentStatus, next.OrderStatus, next.SubscriptionTransactionId), Is.EqualTo((PaymentStatus.Pending, OrderStatus.Pending, "subscription 2")));
        Assert.That((asked[1].InitialOrder.Id, asked[1].OrderTotal, asked[1].OrderGuid, asked[1].CustomerId), Is.EqualTo((first.Id, first.OrderTotal, next.OrderGuid, first.CustomerId)));
        Assert.That(next.OrderGuid, Is.Not.EqualTo(first.OrderGuid));
        Assert.That(next.CustomValuesXml, Does.Contain("•• 1111"));

        Assert.That(next.BillingAddressId, Is.Not.EqualTo(first.BillingAddressId), "a copy");
        Assert.That((await shop.Database.FindAsync<Address>(next.BillingAddressId))!.Address1, Is.EqualTo("Voorbeeldkade 12-B"));
        Assert.That((await shop.Database.FindAsync<Address>(next.ShippingAddressId!.Value))!.Address1, Is.EqualTo("Voorbeeldkade 12-B"));
        var items = await shop.Database.ListAsync<OrderItem>();
        Assert.That((items[1].OrderId, items[1].ProductId, items[1].Quantity, items[1].PriceInclTax), Is.EqualTo((next.Id, CoffeeBox, items[0].Quantity, items[0].PriceInclTax)));
        Assert.That((await shop.Database.FindAsync<Product>(CoffeeBox))!.StockQuantity, Is.EqualTo(100_000 - 2));
        Assert.That(shop.Database.Mails.ForOrder(next.Id).Select(mail => mail.Template), Is.EquivalentTo(new[] { "OrderPlaced.CustomerNotification", "OrderPlaced.StoreOwnerNotification" }));

        static object Values(Order order) => (order.OrderTotal, order.OrderSubtotalInclTax, order.OrderShippingInclTax, order.OrderTax, order.TaxRates, order.CustomerCurrencyCode,
            order.CurrencyRate, order.CustomerLanguageId, order.CustomerTaxDisplayType, order.ShippingMethod, order.ShippingStatus, order.PaymentMethodSystemName, order.StoreId,
            order.CustomerId);
    }

    [Test]
    public async Task The_history_is_written_after_everything_else_and_the_row_last()
    {
        FakePaymentBehaviour behaviour = null!;
        behaviour = Behaviour(RecurringPaymentType.Manual, request =>
        {
            behaviour.Events.Add("asked");
            return new ProcessPaymentResult { NewPaymentStatus = request.InitialOrder is null ? PaymentStatus.Pending : PaymentStatus.Paid };
        });
        await using var shop = await FakePaymentShop.StartAsync(behaviour);
        await PlaceAsync(shop);
        Assert.That(behaviour.Events, Is.EqualTo(new[] { "asked", "recurring payment inserted", "order 1 in the history", "placed" }));

        behaviour.Events.Clear();
        await NextAsync(shop);
        Assert.That(behaviour.Events, Is.EqualTo(new[] { "asked", "placed", "Pending to Processing", "paid", "order 2 in the history", "recurring payment updated: active" }));
    }

    [Test]
    public async Task No_order_is_made_once_the_cycles_are_used_up()
    {
        await using var shop = await FakePaymentShop.StartAsync(Behaviour());
        await PlaceAsync(shop);
        await NextAsync(shop);
        await NextAsync(shop);

        Assert.That(() => NextAsync(shop), Throws.TypeOf<NopException>());
        Assert.That((await HistoryAsync(shop), (await shop.Database.ListAsync<Order>()).Count), Is.EqualTo((new[] { 1, 2, 3 }, 3)));
        Assert.That((await shop.Database.ListAsync<Log>()).Single().ShortMessage, Does.Contain("Next payment date could not be calculated"));
    }

    [Test]
    public async Task Two_at_once_make_two_orders_as_nothing_is_locked()
    {
        using var both = new CountdownEvent(2);
        var meet = false;
        await using var shop = await FakePaymentShop.StartAsync(Behaviour(RecurringPaymentType.Manual, _ =>
        {
            if (meet)
            {
                both.Signal();
                both.Wait(TimeSpan.FromMinutes(1));
            }

            return new ProcessPaymentResult();
        }));
        await PlaceAsync(shop);
        await NextAsync(shop);
        meet = true;
        await Task.WhenAll(Task.Run(() => NextAsync(shop)), Task.Run(() => NextAsync(shop)));
        Assert.That(await HistoryAsync(shop), Has.Length.EqualTo(4), "although there are three cycles");
    }

    [TestCase(false, false, false, "")]
    [TestCase(true, false, false, "RecurringPaymentFailed.CustomerNotification")]
    [TestCase(true, true, true, "RecurringPaymentCancelled.StoreOwnerNotification RecurringPaymentCancelled.CustomerNotification")]
    public async Task An_error_is_told_and_only_a_failed_payment_is_remembered(bool isFailed, bool cancels, bool hasEnded, string mails)
    {
        await using var shop = await FakePaymentShop.StartAsync(Behaviour(RecurringPaymentType.Manual, request => request.InitialOrder is null
            ? new ProcessPaymentResult()
            : new ProcessPaymentResult { Errors = ["the card is gone"], RecurringPaymentFailed = isFailed }));
        await SetAsync<PaymentSettings>(shop, settings => settings.CancelRecurringPaymentsAfterFailedPayment = cancels);
        await PlaceAsync(shop);
        var before = shop.Database.Mails.All.Count;

        Assert.That(await NextAsync(shop), Is.EqualTo(new[] { "the card is gone" }));

        var payment = (await shop.Database.ListAsync<RecurringPayment>()).Single();
        Assert.That((payment.LastPaymentFailed, payment.IsActive, (await shop.Database.ListAsync<Order>()).Count), Is.EqualTo((isFailed, !hasEnded, 1)));
        Assert.That(string.Join(" ", shop.Database.Mails.All.Skip(before).Select(mail => mail.Template)), Is.EqualTo(mails));
        Assert.That((await shop.Database.ListAsync<Log>()).Single().ShortMessage, Is.EqualTo("Error while processing recurring order. Error 1: the card is gone."));
    }

    [Test]
    public async Task What_the_payment_method_throws_is_logged_and_thrown_again()
    {
        await using var shop = await FakePaymentShop.StartAsync(Behaviour(RecurringPaymentType.Manual,
            request => request.InitialOrder is null ? new ProcessPaymentResult() : throw new InvalidOperationException("the line is dead")));
        await PlaceAsync(shop);
        Assert.That(() => NextAsync(shop), Throws.InvalidOperationException);
        Assert.That((await shop.Database.ListAsync<Log>()).Single().ShortMessage, Is.EqualTo("Error while processing recurring order. the line is dead"));
        Assert.That((await shop.Database.ListAsync<RecurringPayment>()).Single().LastPaymentFailed, Is.False);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Cancelling_or_deleting_the_first_order_ends_what_it_repeats(bool deletes)
    {
        await using var shop = await FakePaymentShop.StartAsync(Behaviour());
        var order = await PlaceAsync(shop);

        await shop.InScopeAsync(async services =>
        {
            var processing = services.GetRequiredService<IOrderProcessingService>();
            await (deletes ? processing.DeleteOrderAsync(order) : processing.CancelOrderAsync(order, notifyCustomer: true));
        });

        Assert.That((await shop.Database.ListAsync<RecurringPayment>()).Single().IsActive, Is.False);
        Assert.That((await shop.Database.FindAsync<Order>(order.Id))!.Deleted, Is.EqualTo(deletes));
        Assert.That((await shop.Database.ListAsync<OrderNote>()).Select(note => note.Note),
            Does.Contain("Recurring payment has been cancelled").And.Contain($"Order has been {(deletes ? "deleted" : "cancelled")}"));
        Assert.That(shop.Database.Mails.ForOrder(order.Id).Select(mail => mail.Template), Does.Contain("RecurringPaymentCancelled.StoreOwnerNotification"));
        Assert.That((await shop.Database.FindAsync<Product>(CoffeeBox))!.StockQuantity, Is.EqualTo(100_000));
        Assert.That(() => NextAsync(shop), Throws.TypeOf<NopException>());
    }

    [Test]
    public async Task What_the_payment_method_does_not_cancel_goes_on()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour
        {
            RecurringPaymentType = RecurringPaymentType.Manual,
            CancelRecurring = _ => new CancelRecurringPaymentResult { Errors = ["not today"] },
        });
        var order = await PlaceAsync(shop);
        var payment = (await shop.Database.ListAsync<RecurringPayment>()).Single();

        var errors = await shop.InScopeAsync(services => services.GetRequiredService<IOrderProcessingService>().CancelRecurringPaymentAsync(payment));

        Assert.That((errors.Single(), (await shop.Database.ListAsync<RecurringPayment>()).Single().IsActive), Is.EqualTo(("not today", true)));
        Assert.That((await shop.Database.ListAsync<OrderNote>(note => note.OrderId == order.Id)).Select(note => note.Note), Has.Member("Unable to cancel recurring payment. Error 0: not today"));
    }

    [Test]
    public async Task A_search_finds_what_goes_on_and_what_is_hidden_on_demand()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        foreach (var isDeleted in new[] { false, true })
            await shop.Database.InsertAsync(new Customer { Deleted = isDeleted });
        var (known, gone) = ((await shop.Database.ListAsync<Customer>(customer => !customer.Deleted)).Last().Id, (await shop.Database.ListAsync<Customer>(customer => customer.Deleted)).Last().Id);
        var usual = await InsertAsync(new Order { CustomerId = known, StoreId = 1, OrderStatus = OrderStatus.Processing }, 2);
        var earlier = await InsertAsync(new Order { CustomerId = known, StoreId = 2, OrderStatus = OrderStatus.Pending }, 1);
        var ended = await InsertAsync(new Order { CustomerId = known, StoreId = 1, OrderStatus = OrderStatus.Cancelled }, 3, payment => payment.IsActive = false);
        var ofDeletedOrder = await InsertAsync(new Order { CustomerId = known, StoreId = 1, OrderStatus = OrderStatus.Processing, Deleted = true }, 4);
        var ofDeletedCustomer = await InsertAsync(new Order { CustomerId = gone, StoreId = 1, OrderStatus = OrderStatus.Processing }, 5);
        await InsertAsync(new Order { CustomerId = known, StoreId = 1, OrderStatus = OrderStatus.Processing }, 6, payment => payment.Deleted = true);

        await shop.InScopeAsync(async services =>
        {
            var orders = services.GetRequiredService<IOrderService>();
            Assert.That(Ids(await orders.SearchRecurringPaymentsAsync()), Is.EqualTo(new[] { earlier, usual }), "the one that began first in front");
            Assert.That(Ids(await orders.SearchRecurringPaymentsAsync(showHidden: true)), Is.EqualTo(new[] { earlier, usual, ended, ofDeletedOrder, ofDeletedCustomer }));
            Assert.That(Ids(await orders.SearchRecurringPaymentsAsync(storeId: 1)), Is.EqualTo(new[] { usual }));
            Assert.That(Ids(await orders.SearchRecurringPaymentsAsync(customerId: gone, showHidden: true)), Is.EqualTo(new[] { ofDeletedCustomer }));
            Assert.That(Ids(await orders.SearchRecurringPaymentsAsync(initialOrderStatus: OrderStatus.Cancelled, showHidden: true)), Is.EqualTo(new[] { ended }));
            Assert.That(Ids(await orders.SearchRecurringPaymentsAsync(initialOrderStatus: OrderStatus.Pending)), Is.EqualTo(new[] { earlier }));
            Assert.That(Ids(await orders.SearchRecurringPaymentsAsync(initialOrderId: 1)), Is.EqualTo(new[] { usual }));
            var page = await orders.SearchRecurringPaymentsAsync(showHidden: true, pageIndex: 1, pageSize: 2);
            Assert.That((Ids(page), page.TotalCount, page.TotalPages), Is.EqualTo((new[] { ended, ofDeletedOrder }, 5, 3)));
        });

        async Task<int> InsertAsync(Order order, int day, Action<RecurringPayment>? change = null)
        {
            await shop.Database.InsertAsync(order);
            var payment = new RecurringPayment { InitialOrderId = order.Id, IsActive = true, StartDateUtc = new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc) };
            change?.Invoke(payment);
            await shop.Database.InsertAsync(payment);
            return payment.Id;
        }

        static int[] Ids(IEnumerable<RecurringPayment> payments) => [.. payments.Select(payment => payment.Id)];
    }

    private static FakePaymentBehaviour Behaviour(RecurringPaymentType type = RecurringPaymentType.Manual, Func<ProcessPaymentRequest, ProcessPaymentResult>? recurring = null) =>
        new() { RecurringPaymentType = type, Recurring = recurring ?? (_ => new ProcessPaymentResult()) };

    private static async Task<Order> PlaceAsync(TestShop shop, string? currency = null)
    {
        using var browser = shop.NewBrowser();
        if (currency is not null)
            await browser.PostAsync("Home/SetCurrency", ("id", $"{(await shop.Database.ListAsync<Nop.Core.Domain.Directory.Currency>(row => row.CurrencyCode == currency)).Single().Id}"));
        await browser.CheckOutAsync(FakePayment.SystemName, CoffeeBox);
        await browser.PlaceOrderAsync();
        return (await shop.Database.ListAsync<Order>()).Single();
    }

    private static async Task<string> OfferAsync(ShopBrowser browser, bool onOnePage) =>
        onOnePage ? (await browser.PostSectionAsync("OpcSaveBilling", [.. ShopBrowser.Address, ("CountryId", "1")])).Html : await browser.ReadAsync("checkout");

    private static Task<(DateTime? Next, int Left)> DueAsync(TestShop shop, RecurringPayment payment) => shop.InScopeAsync(async services =>
    {
        var processing = services.GetRequiredService<IOrderProcessingService>();
        return ((DateTime?)await processing.GetNextPaymentDateAsync(payment), await processing.GetCyclesRemainingAsync(payment));
    });

    private static async Task<List<string>> NextAsync(TestShop shop)
    {
        var payment = (await shop.Database.ListAsync<RecurringPayment>()).Single();
        return await shop.InScopeAsync(async services => (await services.GetRequiredService<IOrderProcessingService>().ProcessNextRecurringPaymentAsync(payment)).ToList());
    }

    private static async Task<int[]> HistoryAsync(TestShop shop) => [.. (await shop.Database.ListAsync<RecurringPaymentHistory>()).Select(entry => entry.OrderId)];

    private static Task SetAsync<TSettings>(TestShop shop, Action<TSettings> change) where TSettings : Nop.Core.Configuration.ISettings, new() => shop.InScopeAsync(async services =>
    {
        var settings = services.GetRequiredService<ISettingService>();
        var values = await settings.LoadSettingAsync<TSettings>();
        change(values);
        await settings.SaveSettingAsync(values);
    });
}
