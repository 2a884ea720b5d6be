using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Services.Attributes;
using Nop.Services.Orders;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Data;
using Sandbox.Testing;

namespace Sandbox.Tests.Shop;

/// <summary>From the shelf to the payment page, through the browser.</summary>
[TestFixture]
internal sealed class CheckoutTests
{
    private const int Stroopwafelijzer = 1;
    private const int PepperMill = 6;
    private const int FreeSample = 10;

    [Test]
    public async Task An_order_is_placed_before_the_customer_pays()
    {
        var behaviour = new FakePaymentBehaviour { Fee = 0.50m };
        await using var shop = await FakePaymentShop.StartAsync(behaviour);
        using var browser = shop.NewBrowser();
        await browser.CheckOutAsync(FakePayment.SystemName, Stroopwafelijzer, quantity: 3);
        var next = await browser.PlaceOrderAsync();

        var order = (await shop.Database.ListAsync<Order>()).Single();
        Assert.That(next, Is.EqualTo($"{FakePayment.PaymentPage}{order.Id}"));
        Assert.That((order.OrderStatus, order.PaymentStatus, order.ShippingStatus, order.StoreId),
            Is.EqualTo((OrderStatus.Pending, PaymentStatus.Pending, ShippingStatus.NotYetShipped, 1)));
        Assert.That((order.OrderTotal, order.OrderShippingInclTax, order.PaymentMethodAdditionalFeeInclTax), Is.EqualTo((110.30m, 4.95m, 0.50m)));
        Assert.That((order.CustomerCurrencyCode, order.CurrencyRate, order.CustomerIp, order.TaxRates), Is.EqualTo(("EUR", 1m, "127.0.0.1", "21:19.15;   ")));
        Assert.That((await shop.Database.FindAsync<Product>(Stroopwafelijzer))!.StockQuantity, Is.EqualTo(100_000 - 3));
        Assert.That(await shop.Database.ListAsync<ShoppingCartItem>(), Is.Empty);
        Assert.That(shop.Database.Mails.ForOrder(order.Id).Select(mail => mail.Template), Is.EquivalentTo(new[] { "OrderPlaced.CustomerNotification", "OrderPlaced.StoreOwnerNotification" }));
        Assert.That(behaviour.Events, Is.EqualTo(new[] { "placed" }));
    }

    [TestCase("", "", false)]
    [TestCase("WELKOM10", "", false)]
    [TestCase("TOTAAL5", "", true)]
    [TestCase("", "CADEAU25", true)]
    [TestCase("WELKOM10", "CADEAU25", true)]
    public async Task The_parts_of_an_order_add_up_to_its_total(string coupon, string giftCard, bool wrap)
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour { Fee = 1.01m });
        using var browser = shop.NewBrowser();
        foreach (var product in Enumerable.Range(2, 8))
            await browser.PostAsync("Cart/Add", ("productId", $"{product}"), ("quantity", "3"));
        await browser.PostAsync("Cart/Choose", ("giftWrapping", $"{wrap}"), ("couponCode", coupon), ("giftCardCode", giftCard));
        await browser.CheckOutAsync(FakePayment.SystemName);
        await browser.PlaceOrderAsync();

        var order = (await shop.Database.ListAsync<Order>()).Single();
        var card = (await shop.Database.ListAsync<GiftCardUsageHistory>()).Sum(usage => usage.UsedValue);
        Assert.That(order.OrderTotal, Is.EqualTo(order.OrderSubtotalExclTax - order.OrderSubTotalDiscountExclTax + order.OrderShippingExclTax
            + order.PaymentMethodAdditionalFeeExclTax + order.OrderTax - order.OrderDiscount - card));
        Assert.That((card > 0, order.OrderDiscount > 0, order.OrderSubTotalDiscountInclTax > 0), Is.EqualTo((giftCard.Length > 0, coupon == "TOTAAL5", coupon == "WELKOM10")));

        await shop.InScopeAsync(async services =>
        {
            Assert.That(services.GetRequiredService<IOrderService>().ParseTaxRates(order, order.TaxRates).Values.Sum(), Is.EqualTo(order.OrderTax));
            var wrapping = 0m;
            var parser = services.GetRequiredService<IAttributeParser<CheckoutAttribute, CheckoutAttributeValue>>();
            await foreach (var (_, values) in parser.ParseAttributeValues(order.CheckoutAttributesXml))
            {
                await foreach (var value in values)
                    wrapping += value.PriceAdjustment;
            }

            Assert.That(wrapping, Is.EqualTo(wrap ? 3.50m : 0));
            var items = (await shop.Database.ListAsync<OrderItem>()).Sum(item => item.PriceInclTax);
            Assert.That(items + wrapping, Is.EqualTo(order.OrderSubtotalInclTax));
        });
    }

    [TestCase("USD", 1.0873)]
    [TestCase("JPY", 162.37)]
    [TestCase("KWD", 0.3336)]
    public async Task An_order_is_in_euro_and_keeps_the_currency_shown_to_the_customer(string currency, decimal rate)
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        using var browser = shop.NewBrowser();
        var id = (await shop.Database.ListAsync<Nop.Core.Domain.Directory.Currency>(row => row.CurrencyCode == currency)).Single().Id;
        await browser.PostAsync("Home/SetCurrency", ("id", $"{id}"));
        await browser.CheckOutAsync(FakePayment.SystemName);
        await browser.PlaceOrderAsync();

        var order = (await shop.Database.ListAsync<Order>()).Single();
        Assert.That((order.CustomerCurrencyCode, order.CurrencyRate, order.OrderTotal), Is.EqualTo((currency, rate, 39.90m)));
    }

    [Test]
    public async Task A_free_order_is_paid_immediately_without_calling_the_plugin()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        using var browser = shop.NewBrowser();
        await browser.CheckOutAsync(FakePayment.SystemName, FreeSample);
        var next = await browser.PlaceOrderAsync();
        var order = (await shop.Database.ListAsync<Order>()).Single();
        Assert.That((next, order.PaymentStatus, order.OrderStatus), Is.EqualTo(($"/checkout/completed/{order.Id}", PaymentStatus.Paid, OrderStatus.Complete)));
    }

    [Test]
    public async Task An_item_that_is_out_of_stock_cannot_be_added_to_the_cart()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        using var browser = shop.NewBrowser();
        await browser.PostAsync("Cart/Add", ("productId", $"{PepperMill}"), ("quantity", "4"));
        Assert.That(await browser.ReadAsync(""), Does.Contain("There is not enough in stock."));
        Assert.That(await shop.Database.ListAsync<ShoppingCartItem>(), Is.Empty);
    }

    [Test]
    public async Task Only_the_customer_of_an_order_can_retry_its_payment_or_cancel_it()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        using var browser = shop.NewBrowser();
        using var stranger = shop.NewBrowser();
        await browser.CheckOutAsync(FakePayment.SystemName);
        await browser.PlaceOrderAsync();

        Assert.That(await stranger.PostAsync("orderdetails/repostpayment/1"), Is.EqualTo("/"));
        Assert.That(await stranger.PostAsync("cancelorder/1"), Is.EqualTo("/"));
        using var page = await stranger.GetAsync("orderdetails/1");
        Assert.That(page.Headers.Location?.ToString(), Is.EqualTo("/"));

        Assert.That(await browser.ReadAsync("orderdetails/1"), Does.Contain("retry-payment").And.Contain("cancel-order"));
        Assert.That(await browser.PostAsync("orderdetails/repostpayment/1"), Is.EqualTo($"{FakePayment.PaymentPage}1"));
        Assert.That(await browser.PostAsync("cancelorder/1"), Is.EqualTo("/orderdetails/1"));
        Assert.That(await browser.ReadAsync("orderdetails/1"), Does.Contain("Cancelled").And.Not.Contain("retry-payment").And.Not.Contain("cancel-order"));
        Assert.That(await browser.PostAsync("orderdetails/repostpayment/1"), Is.EqualTo("/orderdetails/1"), "a cancelled order cannot be paid");
        Assert.That(shop.Database.Mails.ForOrder(1).Select(mail => mail.Template), Does.Contain("OrderCancelled.StoreOwnerNotification"), "the owner is notified that the customer cancelled");
    }

    [Test]
    public async Task The_URL_path_may_start_with_the_language()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour(), new ShopOptions { LanguageInUrl = true });
        using var browser = shop.NewBrowser();
        Assert.That(await browser.ReadAsync("nl/cart"), Does.Contain("Uw winkelwagen is leeg.").And.Contain("href=\"/nl/order/history\""));
        Assert.That(await browser.ReadAsync("en/cart"), Does.Contain("Your cart is empty."));
        using var unknown = await browser.GetAsync("xx/cart");
        Assert.That((int)unknown.StatusCode, Is.EqualTo(404));
        Assert.That(await browser.PostAsync("Cart/Add", ("productId", "1")), Is.EqualTo("/en/cart"), "a link made on a route without a language");
    }

    [Test]
    public async Task The_shop_works_in_a_virtual_directory()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour(), new ShopOptions { PathBase = "/shop" });
        using var browser = new ShopBrowser(new Uri(shop.Url, "shop/"));
        await browser.CheckOutAsync(FakePayment.SystemName);
        await browser.PlaceOrderAsync();
        Assert.That(await browser.ReadAsync("orderdetails/1"), Does.Contain("action=\"/shop/orderdetails/repostpayment/1\"").And.Contain("/shop/assets/bootstrap.min.css"));
        Assert.That((await shop.Database.FindAsync<Nop.Core.Domain.Stores.Store>(1))!.Url, Is.EqualTo(new Uri(shop.Url, "shop/").ToString()));
    }

    [Test]
    public async Task Two_nodes_serve_one_shop()
    {
        using var database = new ShopDatabase();
        await using var one = await FakePaymentShop.StartAsync(new FakePaymentBehaviour(), new ShopOptions { Database = database });
        await using var other = await FakePaymentShop.StartAsync(new FakePaymentBehaviour(), new ShopOptions { Database = database });
        using var browser = one.NewBrowser();
        await browser.CheckOutAsync(FakePayment.SystemName);
        await browser.PlaceOrderAsync();

        Assert.That(await browser.ReadAsync($"{other.Url}orderdetails/1"), Does.Contain("Stroopwafelijzer"), "the other node knows the customer's cookie and the order");
        Assert.That((await database.ListAsync<Nop.Core.Domain.Stores.Store>())[0].Url, Is.EqualTo(one.Url.ToString()), "the shop's public address is the first node's");
    }

    [Test]
    public async Task The_administrator_ships_and_refunds()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        using var browser = shop.NewBrowser();
        await browser.CheckOutAsync(FakePayment.SystemName);
        await browser.PlaceOrderAsync();

        foreach (var (action, field, value) in new[] { ("MarkAsPaid", "", ""), ("Ship", "trackingNumber", "3STEST1"), ("PartiallyRefund", "amount", "9.90"), ("PartiallyRefund", "amount", "1000") })
            await browser.PostFromAsync("Admin/Order/Edit/1", $"Admin/Order/{action}/1", (field, value));

        var order = (await shop.Database.FindAsync<Order>(1))!;
        Assert.That((order.OrderStatus, order.PaymentStatus, order.ShippingStatus, order.RefundedAmount),
            Is.EqualTo((OrderStatus.Complete, PaymentStatus.Refunded, ShippingStatus.Shipped, 39.90m)), "what is too much is cut down to what is left");
        var mails = await browser.ReadAsync("Admin/System/Mails");
        Assert.That(mails, Does.Contain("ShipmentSent.CustomerNotification").And.Contain("OrderRefunded.CustomerNotification"));
        Assert.That(mails, Does.Contain("<strong class=\"text-break\">Shipment sent: 1</strong>").And.Contain("De Koperen Pan <owner@shop.example>").And.Contain("sandbox=\"allow-popups\""),
            "readable, and without scripts");
    }

    [Test]
    public async Task An_admin_POST_without_an_antiforgery_token_is_rejected()
    {
        await using var shop = await FakePaymentShop.StartAsync(new FakePaymentBehaviour());
        using var browser = shop.NewBrowser();
        using var answer = await browser.SendAsync("Admin/Order/MarkAsPaid/1");
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }
}
