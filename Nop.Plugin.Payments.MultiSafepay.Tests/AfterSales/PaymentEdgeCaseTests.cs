using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Money that counts as authorised and is held by another transaction than before, by none any more, or for an order that somebody marked as paid.</summary>
[TestFixture]
internal sealed class PaymentEdgeCaseTests : AfterSalesFixture
{
    // The owner counts a card under review as authorised, and the customer has used another card on the same page meanwhile.
    [Test]
    public async Task A_second_card_authorized_on_the_same_page_can_be_captured_after_the_first_is_declined()
    {
        var order = await ReviewAsync();
        var reviewed = (await TransactionsAsync(order)).Single();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "started", new JsonObject { ["gateway"] = "VISA" });
        var other = (await TransactionsAsync(order)).Single(id => id != reviewed);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "authorised", new JsonObject { ["transaction"] = long.Parse(other, CultureInfo.InvariantCulture) });
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "declined", new JsonObject { ["transaction"] = long.Parse(reviewed, CultureInfo.InvariantCulture) });
        await RunTaskLaterAsync();

        var held = await Host.ReloadAsync(order);
        Assert.That((held.PaymentStatus, held.AuthorizationTransactionId), Is.EqualTo((PaymentStatus.Authorized, other)));
        Assert.That(await CaptureAsync(order), Is.Empty);
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        await Host.AuditAsync();
    }

    // MultiSafepay shows the second transaction then, which came to nothing as well.
    [Test]
    public async Task An_order_is_voided_when_the_card_under_review_and_a_second_attempt_both_fail([Values("cancelled", "expired")] string end)
    {
        var order = await ReviewAsync();
        var reviewed = (await TransactionsAsync(order)).Single();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "started", new JsonObject { ["gateway"] = "VISA" });
        var other = (await TransactionsAsync(order)).Single(id => id != reviewed);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "declined", new JsonObject { ["transaction"] = long.Parse(reviewed, CultureInfo.InvariantCulture) });
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, end, new JsonObject { ["transaction"] = long.Parse(other, CultureInfo.InvariantCulture) });
        await RunTaskLaterAsync();

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Voided));
    }

    // No document says which of several transactions of an order id the API shows: another one that ran out says nothing of the money that a card holds.
    [TestCase(TransactionState.Authorized, false)]
    [TestCase(TransactionState.Uncleared, true)]
    public void An_expired_second_transaction_ends_a_review_but_not_an_authorization(TransactionState held, bool isEnded)
    {
        var record = new PaymentRecord { Attempts = [DecisionTests.Attempt("A") with { State = held, TransactionId = "4711" }] }.With("authorized:4711");
        var order = new OrderSnapshot(OrderStatus.Processing, PaymentStatus.Authorized, 49.95m, 0, "4711", null);
        var actions = Decision.Decide(order, record, DecisionTests.Notification("A", "4712", "expired", "expired"), StatusMapping.Recommended);
        Assert.That(actions.OfType<SyncAction.VoidAuthorization>().Any(), Is.EqualTo(isEnded));
        Assert.That(actions.OfType<SyncAction.CancelOrder>().Any(), Is.EqualTo(isEnded));
    }

    [Test]
    public async Task Marking_an_authorized_order_as_paid_alerts_the_owner_that_nothing_was_captured()
    {
        var order = await AuthorizeAsync();
        await ChangeAsync(order, (processing, seen) => processing.MarkOrderAsPaidAsync(seen));

        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "PaidByHandStillHeld" }));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("was marked as paid, but EUR").And.One.Contains("nothing was captured"));
        await RunTaskLaterAsync();
        Assert.That(await Host.AlertsAsync(order), Has.Count.EqualTo(1));
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
    }

    // A refund made in the dashboard is booked before another one is sent, and nopCommerce saves an order whole.
    [Test]
    public async Task An_edit_by_the_owner_during_a_refund_is_not_overwritten()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, transactionId: (await TransactionsAsync(order)).Single()));
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = 300 });
        Kill.WhenRead = () => Host.Shop.InScopeAsync(async services =>
        {
            var orders = services.GetRequiredService<IOrderService>();
            var seen = (await orders.GetOrderByIdAsync(order.Id))!;
            seen.ShippingMethod = "By bicycle";
            await orders.UpdateOrderAsync(seen);
        });

        Assert.That(await RefundAsync(order, 5m), Has.Count.EqualTo(1), "the order has changed meanwhile");
        var now = await Host.ReloadAsync(order);
        Assert.That((now.RefundedAmount, now.ShippingMethod), Is.EqualTo((3m, "By bicycle")));
    }

    [Test]
    public async Task A_payment_link_whose_API_key_was_missing_is_revoked_once_the_key_is_back()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var key = string.Empty;
        await Host.SetAsync(settings => (key, settings.TestApiKey) = (settings.TestApiKey, string.Empty));
        await ChangeAsync(order, (processing, seen) => processing.MarkOrderAsPaidAsync(seen));
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "LinkOfOtherKey" }));
        await RunTaskLaterAsync();
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.False);

        await Host.SetAsync(settings => settings.TestApiKey = key);
        await RunTaskLaterAsync();
        Assert.That((await Host.RecordAsync(order)).Current!.Closed, Is.True);
        await RunTaskLaterAsync();
        Assert.That(await OpenWorkAsync(), Is.Empty);
    }

    // The first of two payments came under the old link, and the second one went back: neither link can be paid any more.
    [Test]
    public async Task A_refunded_second_payment_leaves_no_payment_link_to_revoke()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, transactionId: "71"));
        await Host.Shop.InScopeAsync(async services =>
        {
            var store = services.GetRequiredService<PaymentRecordStore>();
            var record = await store.LoadAsync(order);
            await store.SaveAsync(order, record.With(record.Current! with
            {
                OrderId = $"{order.CustomOrderNumber}-2",
                State = TransactionState.Refunded,
                TransactionId = "72",
                Means = null,
                Closed = false
            }));
            Assert.That(await services.GetRequiredService<PaymentLinkRevocation>().IsDueAsync(await Host.ReloadAsync(order), await store.LoadAsync(order)), Is.False);
        });
    }

    [Test]
    public async Task The_owner_is_alerted_when_the_bank_declines_the_refund_of_a_late_payment()
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = CancelledThenPaidPolicy.Refund);
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "started", new JsonObject { ["gateway"] = "IDEAL" });
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["method"] = "PATCH", ["times"] = -1 });
        await ChangeAsync(order, (processing, seen) => processing.CancelOrderAsync(seen, notifyCustomer: false));
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["status"] = "reserved", ["financial_status"] = "reserved" });
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, transactionId: (await TransactionsAsync(order))[0]));
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "PaidAfterCancellationRefunded" }));

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refund-declined");
        await RunTaskLaterAsync();
        Assert.That(await Host.AlertsAsync(order), Has.Member("RefundOff"));
    }

    // The owner ships all the same. A shipment that MultiSafepay does not know of makes it no chargeback.
    [Test]
    public async Task A_cancelled_pay_later_payment_is_no_chargeback_even_if_the_order_is_shipped([Values] bool isShippedFirst)
    {
        await Host.SetAsync(settings => settings.StatusMapping = "chargeback=Refund,Leave");
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "started", new JsonObject { ["gateway"] = "KLARNA" });
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await NotifyAsync("completed", "uncleared");
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "cancelled", new JsonObject { ["status"] = "void", ["financial_status"] = "void" });
        if (isShippedFirst)
            await ShipAsync(order, "TRACK-1");
        await NotifyAsync("void", "void");
        if (!isShippedFirst)
            await ShipAsync(order, "TRACK-1");
        await NotifyAsync("void", "void");

        var now = await Host.ReloadAsync(order);
        Assert.That((now.PaymentStatus, now.RefundedAmount), Is.EqualTo((PaymentStatus.Paid, 0m)));
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "PaymentLost" }));

        async Task NotifyAsync(string status, string financialStatus)
        {
            var body = IntegrationHost.Body(order, order.CustomOrderNumber, status, financialStatus, transactionId: (await TransactionsAsync(order)).Single());
            body["payment_details"] = new JsonObject { ["type"] = "KLARNA" };
            Assert.That((int)(await Host.NotifyAsync(body)).Status, Is.EqualTo(200));
        }
    }

    private async Task<Order> ReviewAsync()
    {
        await Host.SetAsync(settings => settings.StatusMapping = "uncleared=Authorize,Processing");
        Shape.Change = request => request with { Capture = "manual", Gateway = "VISA" };
        var order = await OrderAsync("EUR");
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "uncleared");
        return await UntilAsync(order, PaymentStatus.Authorized);
    }

    private async Task<IReadOnlyList<string>> TransactionsAsync(Order order) =>
        [.. (await Host.Simulator.LookAsync(order.CustomOrderNumber))["transactions"]!.AsArray().Select(transaction => transaction!["transaction_id"]!.ToString())];
}
