using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Orders that are shipped in parts: each part is reported once, and refunded where MultiSafepay has it.</summary>
[TestFixture]
internal sealed class PartialShipmentTests : AfterSalesFixture
{
    [TestCase("BNPL_MF")]
    [TestCase("EINVOICE")]
    public async Task Each_part_is_reported_with_its_amount_and_the_last_one_with_the_rest(string gateway)
    {
        var order = await PayInPartsAsync(gateway, quantity: 3);
        var charged = (await Host.RecordAsync(order)).Current!.Amount;

        foreach (var number in (string[])["3SFIRST", "3SSECOND", "3SLAST"])
        {
            Host.Simulator.Time.Advance(TimeSpan.FromHours(1));
            await ShipAsync(order, number, quantity: 1);
        }

        var told = await ShipmentsAsync(order);
        Assert.That(told.Select(body => (long)body["amount"]!), Is.EqualTo(new[] { charged / 3, (charged * 2 / 3) - (charged / 3), charged - (charged * 2 / 3) }));
        Assert.That(told.Select(body => (string?)body["tracktrace_code"]), Is.EqualTo(new[] { "3SFIRST", "3SSECOND", "3SLAST" }));
        var record = await Host.RecordAsync(order);
        Assert.That(record.Current!.Parts.Select(part => part.OrderId), Is.Unique.And.None.Null);
        Assert.That(record.IsReportedAsShipped, Is.True);
        await IntegrationHost.UntilAsync(async () => (await Host.OurNotesAsync(order)).Count(note => note.Contains("was reported as shipped", StringComparison.Ordinal)) == 3, "each part is noted");

        await RunTaskLaterAsync();
        await RunTaskLaterAsync();
        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(3), "not twice");
        Assert.That(await OpenWorkAsync(), Is.Empty);
        Assert.That(await Host.AlertsAsync(order), Is.Empty);
        await UntilAsync(order, PaymentStatus.Paid);
        await Host.AuditAsync();
    }

    [TestCase("KLARNA", true)]
    [TestCase("BILLINK", true)]
    [TestCase("BNPL_MF", false)]
    public async Task Other_methods_and_shops_report_the_last_piece_alone(string gateway, bool isOn)
    {
        await Host.SetAsync(settings => settings.PartialShipments = isOn);
        var order = await PayAsync(gateway: gateway, quantity: 2);
        await ShipAsync(order, "3SFIRST", quantity: 1);
        Assert.That(await ShipmentsAsync(order), Is.Empty);
        await ShipAsync(order, "3SSECOND", quantity: 1);
        Assert.That((await ShipmentsAsync(order)).Select(body => body["amount"]), Is.EqualTo(new JsonNode?[] { null }));
    }

    [Test]
    public async Task An_account_without_partial_shipments_gets_the_last_piece_alone_and_the_owner_a_note()
    {
        var order = await PayInPartsAsync("BNPL_MF", quantity: 3);
        await Host.Simulator.ShapeAsync("partial_shipments_off");

        await ShipAsync(order, null, quantity: 1);
        await ShipAsync(order, null, quantity: 1);
        await ShipAsync(order, null, quantity: 1);

        Assert.That((await ShipmentsAsync(order)).Select(body => (long?)body["amount"] is null), Is.EqualTo(new[] { false, true }), "the refused part is not tried again");
        Assert.That((string?)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["status"], Is.EqualTo("shipped"));
        Assert.That(await Host.NotesAsync(order), Has.One.Contains("did not accept a partial shipment"));
        Assert.That(await Host.AlertsAsync(order), Is.Empty);
    }

    [Test]
    public async Task An_account_that_takes_one_part_only_leaves_the_rest_to_the_owner()
    {
        var order = await PayInPartsAsync("EINVOICE", quantity: 2);
        await Host.Simulator.ShapeAsync("one_part_only");
        await ShipAsync(order, null, quantity: 1);
        await ShipAsync(order, null, quantity: 1);
        await RunTaskLaterAsync();

        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(2));
        Assert.That((await Host.RecordAsync(order)).IsReportedAsShipped, Is.False, "only what was told is remembered as told");
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "PartNotTold" }));
        Assert.That(await OpenWorkAsync(), Is.Empty);
    }

    // The request contains no id of the shop, so only MultiSafepay can tell whether it has taken the part.
    [TestCase("drop-answer-after-work", 2)]
    [TestCase("drop-before-work", 1)]
    public async Task A_part_whose_answer_was_lost_is_never_sent_again_and_the_rest_is_reported(string fault, int parts)
    {
        var order = await PayInPartsAsync("BNPL_MF", quantity: 2);
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = fault, ["method"] = "PATCH", ["path"] = "orders/*" });
        await ShipAsync(order, null, quantity: 1);
        Assert.That(await Host.NotesAsync(order), Has.One.Contains("not known whether it has taken a partial shipment"));
        await RunTaskLaterAsync();
        await RunTaskLaterAsync();
        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(1));

        await ShipAsync(order, null, quantity: 1);

        await RunTaskLaterAsync();
        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(2));
        var shown = await Host.Simulator.LookAsync(order.CustomOrderNumber);
        Assert.That(Parts(shown).Count, Is.EqualTo(parts == 1 ? 0 : 2));
        Assert.That((string?)shown["status"], Is.EqualTo(parts == 1 ? "shipped" : "completed"), "nothing of it is left to ship");
        Assert.That((await Host.RecordAsync(order)).IsReportedAsShipped, Is.True);
        Assert.That(await OpenWorkAsync(), Is.Empty);

        Assert.That(await RefundAsync(await Host.ReloadAsync(order)), Is.Empty);
        await UntilAsync(order, PaymentStatus.Refunded);
        await Host.AuditAsync();
    }

    [Test]
    public async Task A_part_shipped_in_the_dashboard_counts_and_its_notification_belongs_to_the_order()
    {
        var order = await PayInPartsAsync("BNPL_MF", quantity: 2);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "shipped", new JsonObject { ["amount"] = 1000 });
        await IntegrationHost.UntilAsync(async () => (await Host.RecordAsync(order)).Current!.Parts.Count == 1, "the part is known");

        await ShipAsync(order, null, quantity: 2);

        var charged = (await Host.RecordAsync(order)).Current!.Amount;
        Assert.That((await ShipmentsAsync(order)).Select(body => (long)body["amount"]!), Is.EqualTo(new[] { charged - 1000 }));
        Assert.That(await Host.AlertsAsync(order), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_refund_goes_to_the_part_that_has_enough_and_a_larger_one_is_split(bool hasNoCart)
    {
        var order = await PayInPartsAsync("BNPL_MF", quantity: 3);
        if (hasNoCart)
            await Host.Simulator.ShapeAsync("part_without_cart");
        await ShipAsync(order, null, quantity: 1);
        await ShipAsync(order, null, quantity: 2);
        order = await Host.ReloadAsync(order);

        Assert.That(await RefundAsync(order, 10m), Is.Empty);
        Assert.That((await Host.RecordAsync(order)).RefundAttempts.Single().OrderId, Does.StartWith("case-"));
        await Host.AuditAsync();

        // All that is left is more than each of the parts.
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(6));
        order = await Host.ReloadAsync(order);
        Assert.That(await RefundAsync(order, order.OrderTotal - 10m), Is.Empty);
        await UntilAsync(order, PaymentStatus.Refunded);
        var record = await Host.RecordAsync(order);
        Assert.That(record.RefundAttempts.Skip(1).Select(refund => (refund.IsOfSplit, refund.State)), Is.EqualTo(new[] { (true, RefundState.Counted), (true, RefundState.Counted) }));
        Assert.That(record.RefundAttempts.Sum(refund => refund.Amount), Is.EqualTo(record.Current!.Amount));
        await Host.AuditAsync();
    }

    [Test]
    public async Task A_split_refund_of_which_a_piece_is_refused_books_what_was_made()
    {
        var order = await PayInPartsAsync("BNPL_MF", quantity: 2);
        await ShipAsync(order, null, quantity: 1);
        await ShipAsync(order, null, quantity: 1);
        var second = (await Host.RecordAsync(order)).Current!.Parts.MinBy(part => part.Amount)!.OrderId;
        await Host.Simulator.SetFaultAsync(new JsonObject
        {
            ["kind"] = "status",
            ["method"] = "POST",
            ["path"] = $"orders/{second}/refunds",
            ["status"] = 400,
            ["error_code"] = 1034,
            ["error_info"] = "No"
        });

        Assert.That(await RefundAsync(await Host.ReloadAsync(order)), Has.One.Contains("the rest was not"));

        Assert.That((await UntilAsync(order, PaymentStatus.PartiallyRefunded)).RefundedAmount, Is.GreaterThan(0).And.LessThan(order.OrderTotal));
        await Host.AuditAsync();
        order = await Host.ReloadAsync(order);
        Assert.That(await RefundAsync(order, order.OrderTotal - order.RefundedAmount), Is.Empty);
        await UntilAsync(order, PaymentStatus.Refunded);
        await Host.AuditAsync();
    }

    [Test]
    public async Task A_refund_of_a_part_in_the_dashboard_is_booked_and_one_before_all_was_shipped_is_left_to_it()
    {
        var order = await PayInPartsAsync("BNPL_MF", quantity: 2);
        await ShipAsync(order, null, quantity: 1);
        Assert.That(await RefundAsync(await Host.ReloadAsync(order), 10m), Has.One.Contains("refunds only what was shipped"));
        Assert.That((await Host.RecordAsync(order)).RefundAttempts, Is.Empty);

        var part = (await Host.RecordAsync(order)).Current!.Parts.Single().OrderId!;
        await Host.Simulator.MoveAsync(part, "refunded", new JsonObject { ["amount"] = 1000 });

        Assert.That((await UntilAsync(order, PaymentStatus.PartiallyRefunded)).RefundedAmount, Is.EqualTo(10m));
        await Host.AuditAsync();
    }

    [Test]
    public async Task What_is_taken_off_after_a_part_was_shipped_is_left_to_be_cancelled()
    {
        var order = await PayInPartsAsync("BNPL_MF", quantity: 2);
        await ShipAsync(order, null, quantity: 1);
        var whole = (await Host.RecordAsync(order)).Current!;
        var shipped = whole.Parts.Single().Amount / 100m;
        await Host.Shop.InScopeAsync(async services =>
        {
            var orders = services.GetRequiredService<IOrderService>();
            var item = (await orders.GetOrderItemsAsync(order.Id)).Single();
            (item.Quantity, item.PriceInclTax) = (1, item.PriceInclTax / 2);
            await Host.Shop.Database.UpdateAsync(item);
            var saved = await Host.ReloadAsync(order);
            saved.OrderTotal = shipped;
            await orders.UpdateOrderAsync(saved);
        });
        await RunTaskLaterAsync();
        await RunTaskAtAgeAsync(order, days: 1);

        Assert.That(await ShipmentsAsync(order), Has.Count.EqualTo(1), "nothing is left to ship");
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "RestNotShipped" }));

        // The owner cancels the rest, and all is right.
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "cancelled");
        await UntilAsync(order, PaymentStatus.Paid);
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "RestNotShipped" }));
        Assert.That(await RefundAsync(await Host.ReloadAsync(order)), Is.Empty);
        Assert.That((await UntilAsync(order, PaymentStatus.Refunded)).RefundedAmount, Is.EqualTo(shipped));
    }

    [Test]
    public async Task The_owner_is_alerted_when_the_payment_expires_after_a_part_was_shipped()
    {
        var order = await PayInPartsAsync("BNPL_MF", quantity: 2);
        await ShipAsync(order, null, quantity: 1);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "expired");
        await IntegrationHost.UntilAsync(async () => (await Host.AlertsAsync(order)).Contains("ShippedLess"), "the owner is alerted");
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "ShippedLess" }), "the part is paid");
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
    }

    [TestCase("KLARNA", 22, 28)]
    [TestCase("BNPL_MF", 24, 30)]
    [TestCase("BNPL_INST", 8, 14)]
    public async Task The_owner_is_alerted_once_before_a_payment_that_was_not_shipped_expires(string gateway, int quiet, int term)
    {
        var order = await PayAsync(gateway: gateway);
        for (var day = 1; day <= quiet; day++)
            await RunTaskAtAgeAsync(order, day);
        Assert.That(await Host.AlertsAsync(order), Is.Empty);

        await RunTaskAtAgeAsync(order, term - 4);
        await RunTaskAtAgeAsync(order, term - 3);
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "ShipmentDue" }));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("expires at 2030-"));

        await ShipAsync(order, null);
        Assert.That(await Host.AlertsAsync(order), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Nobody_is_alerted_of_what_was_shipped(bool isInDashboard)
    {
        var order = await PayAsync(gateway: "KLARNA");
        if (isInDashboard)
        {
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification" });
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, "shipped");
        }
        else
        {
            await ShipAsync(order, null);
        }

        foreach (var day in (int[])[1, 7, 24, 26, 27])
            await RunTaskAtAgeAsync(order, day);
        Assert.That(await Host.AlertsAsync(order), Is.Empty);
    }

    [Test]
    public async Task After_the_first_part_the_rest_is_due_within_a_fortnight()
    {
        var order = await PayInPartsAsync("BNPL_MF", quantity: 2);
        await ShipAsync(order, null, quantity: 1);
        await RunTaskAtAgeAsync(order, 1);
        await RunTaskAtAgeAsync(order, 8);
        Assert.That(await Host.AlertsAsync(order), Is.Empty);
        await RunTaskAtAgeAsync(order, 10);
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "ShipmentDue" }));
        await ShipAsync(order, null, quantity: 1);
        Assert.That(await Host.AlertsAsync(order), Is.Empty);
    }

    private async Task<Order> PayInPartsAsync(string gateway, int quantity)
    {
        await Host.SetAsync(settings => settings.PartialShipments = true);
        return await PayAsync(gateway: gateway, quantity: quantity);
    }

    private async Task<IReadOnlyList<JsonObject>> ShipmentsAsync(Order order) =>
        [.. (await Host.Simulator.ListAsync("requests"))
            .Where(request => (string)request!["method"]! == "PATCH" && (string)request["path"]! == $"/v1/json/orders/{order.CustomOrderNumber}")
            .Select(request => request!["body"]!.AsObject()).Where(body => (string?)body["status"] == "shipped")];

    private static List<JsonNode> Parts(JsonObject shown) =>
        [.. (shown["order"]!["related_transactions"]?.AsArray() ?? []).OfType<JsonNode>().Where(related => (string?)related["type"] == "capture")];
}
