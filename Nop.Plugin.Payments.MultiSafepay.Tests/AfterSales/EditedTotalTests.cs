using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>
/// nopCommerce lets owners edit an order's total at any time. The open payment link asks for the old one, so it is revoked; what was paid or is held stays what it is, no more
/// is captured than the order costs, a refund counts only as far as the customer's money is not kept, and the owner is alerted of every difference with both amounts.
/// </summary>
[TestFixture]
internal sealed class EditedTotalTests : AfterSalesFixture
{
    public enum Edit
    {
        Raised,
        Lowered
    }

    public enum Channel
    {
        Button,
        Shipment,
        Dashboard
    }

    private static readonly string[] _currencies = ["EUR", "JPY", "USD"];

    [Test]
    public async Task Editing_the_total_revokes_the_open_payment_link_and_a_retry_charges_the_new_total([Values] Edit edit, [ValueSource(nameof(_currencies))] string currency)
    {
        var order = await OrderAsync(currency);
        order = await EditAsync(order, edit);

        var (first, _) = await AttemptAsync(order);
        Assert.That(first.Closed, Is.True);
        Assert.That((string?)(await Host.LastBodyAsync("PATCH", $"orders/{first.OrderId}"))["status"], Is.EqualTo("cancelled"));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("was cancelled, because the order's total was changed"));

        await Host.Shop.InScopeAsync(services => services.GetRequiredService<PaymentLinkService>().StartAsync(OrderReference.From(order), CancellationToken.None));
        var second = (await Host.RecordAsync(order)).Current!;
        Assert.That((second.Amount, second.OrderTotal), Is.EqualTo((first.ToCharged(order.OrderTotal), order.OrderTotal)));

        await Host.Simulator.MoveAsync(second.OrderId, "completed");
        order = await UntilAsync(order, PaymentStatus.Paid);
        await AssertNoAlertAsync(order);
    }

    [Test]
    public async Task A_payment_through_the_old_link_is_applied_and_the_owner_is_alerted_of_both_amounts([Values] Edit edit, [ValueSource(nameof(_currencies))] string currency)
    {
        var order = await OrderAsync(currency);
        await UnreachableAsync("orders/*");
        order = await EditAsync(order, edit);
        Assert.That((await AttemptAsync(order)).Attempt.Closed, Is.False, "MultiSafepay is out of reach");

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        order = await UntilAsync(order, PaymentStatus.Paid);
        await AssertAlertedAsync(order, edit, (await AttemptAsync(order)).Attempt.Amount);
    }

    [Test]
    public async Task A_payment_link_that_could_not_be_revoked_is_revoked_by_the_task()
    {
        var order = await OrderAsync("EUR");
        await UnreachableAsync("orders/*", times: 1);
        order = await EditAsync(order, Edit.Lowered);
        Assert.That((await AttemptAsync(order)).Attempt.Closed, Is.False);

        await RunTaskLaterAsync();
        Assert.That((await AttemptAsync(order)).Attempt.Closed, Is.True);
        Assert.That(await OpenWorkAsync(), Is.Empty);
    }

    [Test]
    public async Task A_capture_from_the_shop_takes_no_more_than_the_edited_total(
        [Values] Edit edit, [Values] Channel channel, [ValueSource(nameof(_currencies))] string currency, [Values] bool isPartCaptured)
    {
        await Host.SetAsync(settings => settings.CaptureOnShipment = channel == Channel.Shipment);
        var order = await AuthorizeAsync(currency);
        var (attempt, _) = await AttemptAsync(order);
        if (isPartCaptured)
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, "captured", new JsonObject { ["amount"] = attempt.Amount / 4 });
        order = await EditAsync(order, edit);

        var costs = attempt.ToCharged(order.OrderTotal);
        var wanted = edit == Edit.Raised || channel == Channel.Dashboard ? attempt.Amount : costs;
        switch (channel)
        {
            case Channel.Button:
                Assert.That(await CaptureAsync(order), Is.Empty);
                break;
            case Channel.Shipment:
                await ShipAsync(order, "3S1");
                break;
            default:
                await Host.Simulator.MoveAsync(order.CustomOrderNumber, "captured");
                break;
        }

        order = await UntilAsync(order, PaymentStatus.Paid);
        Assert.That(await SumAsync(order, "charged"), Is.EqualTo(wanted));
        if (wanted == attempt.Amount)
            await AssertAlertedAsync(order, edit, wanted);
        else
            await IntegrationHost.UntilAsync(async () => (await Host.AlertsAsync(order)).SequenceEqual(["CapturedLess"]), "the owner is alerted that less was captured than was held");

        if (wanted == attempt.Amount || isPartCaptured)
            return;

        // What was captured is the whole payment now: all of it can go back.
        Assert.That(await RefundAsync(order), Is.Empty);
        await UntilAsync(order, PaymentStatus.Refunded);
        Assert.That(await SumAsync(order, "refunded"), Is.EqualTo(wanted));
    }

    [Test]
    public async Task Refunding_the_difference_to_a_lowered_total_leaves_the_order_paid([ValueSource(nameof(_currencies))] string currency, [Values] bool isRefundedInPartBefore)
    {
        var order = await PayAsync(currency);
        var (attempt, _) = await AttemptAsync(order);
        var before = isRefundedInPartBefore ? Math.Round(order.OrderTotal / 10, 2) : 0;
        if (before > 0)
            Assert.That(await RefundAsync(order, before), Is.Empty);

        order = await EditAsync(await Host.ReloadAsync(order), Edit.Lowered);
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(6));
        var difference = attempt.Amount - attempt.ToCharged(order.OrderTotal) - (before > 0 ? attempt.ToCharged(before) : 0);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded", new JsonObject { ["amount"] = difference });
        await IntegrationHost.UntilAsync(async () => (await Host.RecordAsync(order)).Refunds.Count == (before > 0 ? 2 : 1), "the refund is known");

        order = await Host.ReloadAsync(order);
        Assert.That((order.PaymentStatus, order.RefundedAmount), Is.EqualTo((before > 0 ? PaymentStatus.PartiallyRefunded : PaymentStatus.Paid, before)));
        if (before > 0)
            return;

        // What is left is what the order costs; when that goes back as well, nothing is kept.
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.That(await RefundAsync(order), Is.Empty);
        order = await UntilAsync(order, PaymentStatus.Refunded);
        Assert.That((order.RefundedAmount, await SumAsync(order, "refunded")), Is.EqualTo((order.OrderTotal, attempt.Amount)).Within(currency == "EUR" ? 0 : 1));
    }

    [Test]
    public async Task A_full_refund_after_the_total_was_raised_is_booked_as_a_partial_refund([ValueSource(nameof(_currencies))] string currency)
    {
        var order = await PayAsync(currency);
        var (attempt, paid) = await AttemptAsync(order);
        order = await EditAsync(order, Edit.Raised);

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded");
        order = await UntilAsync(order, PaymentStatus.PartiallyRefunded);
        Assert.That(order.RefundedAmount, Is.EqualTo(paid));
        Assert.That(await SumAsync(order, "refunded"), Is.EqualTo(attempt.Amount));
    }

    [Test]
    public async Task A_full_refund_after_the_total_was_lowered_marks_the_order_refunded([ValueSource(nameof(_currencies))] string currency)
    {
        var order = await PayAsync(currency);
        order = await EditAsync(order, Edit.Lowered);

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "refunded");
        order = await UntilAsync(order, PaymentStatus.Refunded);
        Assert.That(order.RefundedAmount, Is.EqualTo(order.OrderTotal));
    }

    // As nopCommerce's own page does on "Edit order totals".
    private async Task<Order> EditAsync(Order order, Edit edit)
    {
        await Host.Shop.InScopeAsync(async services =>
        {
            var orders = services.GetRequiredService<IOrderService>();
            var seen = (await orders.GetOrderByIdAsync(order.Id))!;
            seen.OrderTotal = edit == Edit.Raised ? seen.OrderTotal + 10 : Math.Round(seen.OrderTotal * 0.6m, 2);
            await orders.UpdateOrderAsync(seen);
        });
        return await Host.ReloadAsync(order);
    }

    private async Task<(PaymentAttempt Attempt, decimal Total)> AttemptAsync(Order order) =>
        (await Host.RecordAsync(order)).Attempts[0] is var attempt ? (attempt, attempt.OrderTotal!.Value) : default;

    private Task UnreachableAsync(string path, int times = -1) =>
        Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["method"] = "PATCH", ["path"] = path, ["times"] = times });

    private async Task AssertAlertedAsync(Order order, Edit edit, long paid)
    {
        var attempt = (await AttemptAsync(order)).Attempt;
        var costs = attempt.ToCharged(order.OrderTotal);
        await IntegrationHost.UntilAsync(async () => (await Host.AlertsAsync(order)).SequenceEqual([edit == Edit.Raised ? "PaidTooLittle" : "PaidTooMuch"]), "the owner is alerted");

        // The note follows the alert.
        string[] amounts = [MoneyText.Format(paid, attempt.Currency), MoneyText.Format(costs, attempt.Currency), MoneyText.Format(Math.Abs(paid - costs), attempt.Currency)];
        await IntegrationHost.UntilAsync(async () => (await Host.OurNotesAsync(order)).Count(note =>
            amounts.All(amount => note.Contains(amount, StringComparison.Ordinal))) == 1, "the note names the amounts");
    }

    private async Task AssertNoAlertAsync(Order order) => Assert.That(await Host.AlertsAsync(order), Is.Empty);

    // Of the payment and of the orders that its captures are.
    private async Task<long> SumAsync(Order order, string book) =>
        (await Host.Simulator.ListAsync("orders")).Where(shown => ((string)shown!["order_id"]!).StartsWith(order.CustomOrderNumber, StringComparison.Ordinal))
            .Sum(shown => (long)shown!["amounts"]![book]!);
}
