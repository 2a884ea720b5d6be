using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization.ReturnPage;

/// <summary>The items of an order that was not paid go back into the cart of its customer: when asked, once, and never together with a payment.</summary>
[TestFixture]
internal sealed class CartRestorationTests : IntegrationFixture
{
    private const string Button = "id=\"multisafepay-cart\"";

    [TestCase("declined")]
    [TestCase("cancelled")]
    [TestCase("expired")]
    public async Task The_items_of_an_unpaid_order_go_back_into_the_cart_once(string state)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var (before, line) = await StockAsync(order);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, state);
        await Host.Browser.GetAsync($"multisafepay/return/{order.OrderGuid}");
        var page = await Host.Browser.ReadAsync($"orderdetails/{order.Id}");
        Assert.That(page, Does.Contain(Button).And.Contain("this order is cancelled"));

        // A double click sends the same form twice; the page is not opened in between, where it would show the message about the first.
        var (path, token) = ($"multisafepay/cart/{order.OrderGuid}", await Host.Browser.TokenAsync($"orderdetails/{order.Id}"));
        var answers = await Task.WhenAll(Host.Browser.PostAsync(path, token), Host.Browser.PostAsync(path, token));

        Assert.That(answers, Is.EquivalentTo(new[] { "/cart", $"/orderdetails/{order.Id}" }));
        Assert.That(await CartAsync(order), Is.EqualTo(new[] { (line.ProductId, line.Quantity) }));
        Assert.That(((await Host.ReloadAsync(order)).OrderStatus, (await StockAsync(order)).Stock), Is.EqualTo((OrderStatus.Cancelled, before + line.Quantity)));
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True, "nobody can pay the old order as well");
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("put the items of this order back"));
        Assert.That(await Host.Browser.ReadAsync("cart"), Does.Contain("The items are back in your shopping cart."));
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Not.Contain(Button));
    }

    [Test]
    public async Task A_cancelled_order_offers_its_items_without_asking_MultiSafepay()
    {
        var (order, _) = await Host.BuyAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "expired");
        await IntegrationHost.UntilAsync(async () => (await Host.ReloadAsync(order)).OrderStatus == OrderStatus.Cancelled, "the order is cancelled");
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Contain(Button).And.Not.Contain("this order is cancelled"));
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["times"] = 10 });

        Assert.That(await RestoreAsync(order), Is.EqualTo("/cart"));
        Assert.That(await CartAsync(order), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_order_that_was_paid_in_the_meantime_keeps_its_items()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await Host.Shop.InScopeAsync(async services =>
        {
            var record = await services.GetRequiredService<PaymentRecordStore>().LoadAsync(order);
            return await services.GetRequiredService<PaymentRecordStore>().SaveAsync(order, record.With(record.Current! with { State = TransactionState.Declined }));
        });

        Assert.That(await RestoreAsync(order), Is.EqualTo($"/orderdetails/{order.Id}"));

        Assert.That(((await Host.ReloadAsync(order)).PaymentStatus, (await CartAsync(order)).Count), Is.EqualTo((PaymentStatus.Paid, 0)));
    }

    [Test]
    public async Task Nothing_is_put_back_while_MultiSafepay_cannot_be_asked()
    {
        var order = await DeclinedAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["times"] = 10 });

        Assert.That(await RestoreAsync(order), Is.EqualTo($"/orderdetails/{order.Id}"));

        Assert.That(((await Host.ReloadAsync(order)).OrderStatus, (await CartAsync(order)).Count), Is.EqualTo((OrderStatus.Pending, 0)));
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Contain("could not be put back").And.Contain(Button));
    }

    [Test]
    public async Task Items_are_put_back_only_by_the_customer_with_a_token_and_where_the_shop_allows_it()
    {
        var order = await DeclinedAsync();
        var path = $"multisafepay/cart/{order.OrderGuid}";
        using var stranger = Host.Shop.NewBrowser();
        await stranger.CheckOutAsync(MultiSafepayDefaults.SystemName);
        await stranger.PlaceOrderAsync();
        Assert.That(await stranger.PostFromAsync($"multisafepay/cancel/{order.OrderGuid}", path), Is.EqualTo("/"));
        using (var withoutToken = await Host.Browser.SendAsync(path))
            Assert.That(withoutToken.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using (var get = await Host.Browser.GetAsync(path))
            Assert.That(get.StatusCode, Is.EqualTo(HttpStatusCode.NotFound).Or.EqualTo(HttpStatusCode.MethodNotAllowed));

        await Host.SetAsync<OrderSettings>(settings => settings.IsReOrderAllowed = false);
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Not.Contain(Button));
        Assert.That(await RestoreAsync(order), Is.EqualTo($"/orderdetails/{order.Id}"));

        Assert.That(((await Host.ReloadAsync(order)).OrderStatus, (await CartAsync(order)).Count), Is.EqualTo((OrderStatus.Pending, 0)));
    }

    private async Task<Order> DeclinedAsync()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "declined");
        await Host.Browser.GetAsync($"multisafepay/return/{order.OrderGuid}");
        return order;
    }

    private Task<string> RestoreAsync(Order order) => Host.Browser.PostFromAsync($"orderdetails/{order.Id}", $"multisafepay/cart/{order.OrderGuid}");

    private async Task<IReadOnlyList<(int ProductId, int Quantity)>> CartAsync(Order order) =>
        [.. (await Host.Shop.Database.ListAsync<ShoppingCartItem>(item => item.CustomerId == order.CustomerId)).Select(item => (item.ProductId, item.Quantity))];

    private async Task<(int Stock, OrderItem Line)> StockAsync(Order order)
    {
        var line = (await Host.Shop.Database.ListAsync<OrderItem>(item => item.OrderId == order.Id)).Single();
        return ((await Host.Shop.Database.FindAsync<Product>(line.ProductId))!.StockQuantity, line);
    }
}

/// <summary>When items can be put back, over all states.</summary>
[TestFixture]
internal sealed class CartRestorationRuleTests
{
    [Test]
    public void Only_an_order_without_money_whose_payment_has_ended_can_be_put_back([Values] OrderStatus status, [Values] PaymentStatus payment)
    {
        foreach (var state in Enum.GetValues<TransactionState>())
            Check(status, payment, state);
    }

    private static void Check(OrderStatus status, PaymentStatus payment, TransactionState state)
    {
        var order = new Order { OrderStatus = status, PaymentStatus = payment };
        var record = new PaymentRecord
        {
            Attempts =
            [
                new PaymentAttempt
                {
                    OrderId = "1", Environment = MultiSafepayEnvironment.Test, Currency = "EUR", Amount = 100, CurrencyRate = 1, CreatedUtc = default, ExpiresUtc = default, State = state
                }
            ]
        };
        var isUnpaid = state is not (TransactionState.Completed or TransactionState.Authorized or TransactionState.Shipped or TransactionState.Uncleared or TransactionState.Reserved
            or TransactionState.PartialRefunded);
        var hasEnded = state is TransactionState.Declined or TransactionState.Cancelled or TransactionState.Void or TransactionState.Expired;
        var expected = status switch
        {
            OrderStatus.Cancelled => isUnpaid && payment is PaymentStatus.Pending or PaymentStatus.Voided,
            OrderStatus.Pending => hasEnded && payment == PaymentStatus.Pending,
            _ => false
        };

        Assert.That(CartRestoration.IsPossible(order, record), Is.EqualTo(expected), $"{state}");
        Assert.That(CartRestoration.IsPossible(order, record.With(AppliedEvents.CartRestored)), Is.False);
        order.Deleted = true;
        Assert.That(CartRestoration.IsPossible(order, record), Is.False);
    }
}
