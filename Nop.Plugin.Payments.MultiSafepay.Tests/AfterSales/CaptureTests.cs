using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Card payments that the owner captures: from the order's page, with the shipment, in MultiSafepay's dashboard; and what is given back or runs out.</summary>
[TestFixture]
internal sealed class CaptureTests : AfterSalesFixture
{
    [Test]
    public async Task A_fully_captured_payment_is_paid_and_can_be_refunded()
    {
        var order = await AuthorizeAsync();
        var record = await Host.RecordAsync(order);
        Assert.That(record.Current!.AuthorizedUntilUtc, Is.EqualTo(Host.Simulator.Time.GetUtcNow().UtcDateTime.AddDays(7)).Within(TimeSpan.FromSeconds(1)));

        Assert.That(await CaptureAsync(order), Is.Empty);

        var paid = await Host.ReloadAsync(order);
        Assert.That(paid.PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(paid.PaidDateUtc, Is.Not.Null);
        var body = await Host.LastBodyAsync("POST", $"orders/{order.CustomOrderNumber}/capture");
        Assert.That(((long)body["amount"]!, (string?)body["new_order_id"]), Is.EqualTo((record.Current.Amount, $"{order.CustomOrderNumber}-c")));
        await Host.AuditAsync();

        Assert.That(await RefundAsync(order, 10m), Is.Empty);
        await Host.AuditAsync();
        Assert.That(await RefundAsync(order, order.OrderTotal - 10m), Is.Empty);
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Refunded));
        await Host.AuditAsync();
    }

    // It was the first to use the id that our capture would have had.
    [TestCase("6e7a5d0e-30a5-4f3e-9d2c-0a4f6bb8a001:1", "completed")]
    [TestCase(null, "started", Description = "nobody has paid it, so it is no capture")]
    public async Task A_capture_takes_another_order_id_when_another_shop_has_used_its_id(string? reference, string state)
    {
        await Host.Simulator.ShapeAsync("full_capture_is_order");
        var order = await AuthorizeAsync();
        var other = Host.Simulator.Order($"{order.CustomOrderNumber}-c", 2500);
        other["var1"] = reference;
        await Host.Simulator.MakeAsync(other, state);

        Assert.That(await CaptureAsync(order), Is.Empty);
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That((string?)(await Host.LastBodyAsync("POST", $"orders/{order.CustomOrderNumber}/capture"))["new_order_id"],
            Is.EqualTo($"{order.CustomOrderNumber}-c{order.OrderGuid.ToString("N")[..8]}"));
    }

    [Test]
    public async Task A_payment_captured_in_the_dashboard_is_paid_and_can_be_refunded_there()
    {
        // Where a capture of all is an order of its own, too.
        await Host.Simulator.ShapeAsync("full_capture_is_order");
        var order = await AuthorizeAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "captured");
        await UntilAsync(order, PaymentStatus.Paid);
        await Host.AuditAsync();

        // And refunded there: the notification comes under the capture's own order id.
        var capture = (string)(await Host.Simulator.ListAsync("orders")).Single(shown => (string)shown!["order_id"]! != order.CustomOrderNumber)!["order_id"]!;
        await Host.Simulator.MoveAsync(capture, "refunded", new JsonObject { ["amount"] = 300 });
        await UntilAsync(order, PaymentStatus.PartiallyRefunded);
        Assert.That((await Host.ReloadAsync(order)).RefundedAmount, Is.EqualTo(3m));
        await Host.AuditAsync();
    }

    [Test]
    public async Task Captures_in_the_dashboard_after_a_cancellation_are_each_refunded()
    {
        await Host.SetAsync(settings => settings.CancelledThenPaid = CancelledThenPaidPolicy.Refund);
        var order = await AuthorizeAsync();

        // The hold could not be released with the cancellation.
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["method"] = "PATCH", ["path"] = "capture/*", ["times"] = -1 });
        await ChangeAsync(order, (processing, seen) => processing.CancelOrderAsync(seen, notifyCustomer: false));

        // In two parts, of which the owner has given back some of the first.
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "captured", new JsonObject { ["amount"] = 1000 });
        var first = (string)(await Host.Simulator.ListAsync("orders")).Single(shown => (string)shown!["order_id"]! != order.CustomOrderNumber)!["order_id"]!;
        await Host.Simulator.MoveAsync(first, "refunded", new JsonObject { ["amount"] = 300 });
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "captured");
        await IntegrationHost.UntilAsync(async () => (await Host.OurNotesAsync(order)).Any(note => note.Contains("it was refunded", StringComparison.Ordinal)), "the owner is informed");

        foreach (var capture in (await Host.Simulator.ListAsync("orders")).Select(shown => (string)shown!["order_id"]!).Where(id => id != order.CustomOrderNumber))
        {
            var amounts = (await Host.Simulator.LookAsync(capture))["amounts"]!;
            Assert.That((long)amounts["refunded"]!, Is.EqualTo((long)amounts["charged"]!).And.GreaterThan(0), capture);
        }

        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("it was refunded"));
    }

    // The first notification was lost, and comes when the card has long been released.
    [Test]
    public async Task A_late_notification_of_a_released_authorization_does_not_authorize_the_order()
    {
        Shape.Change = request => request with { Capture = "manual", Gateway = "VISA" };
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "authorised");
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "released");
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, "void"));

        var late = IntegrationHost.Body(order, order.CustomOrderNumber, "completed", "initialized");
        late["payment_details"] = new JsonObject { ["type"] = "VISA", ["capture"] = "manual" };
        Assert.That((int)(await Host.NotifyAsync(late)).Status, Is.EqualTo(200));

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
    }

    [Test]
    public async Task A_partially_captured_payment_stays_authorized_until_all_is_captured()
    {
        var order = await AuthorizeAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "captured", new JsonObject { ["amount"] = 1000 });
        await IntegrationHost.UntilAsync(async () => (await Host.OurNotesAsync(order)).Any(note => note.Contains("EUR 10.00 of", StringComparison.Ordinal)), "the part is known");

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Authorized));
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("EUR 10.00 of").And.None.Contains("did not create"));
        Assert.That(await VoidAsync(order), Has.One.Contains("already been captured"));

        Assert.That(await CaptureAsync(order), Is.Empty, "The rest");
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        await Host.AuditAsync();

        Assert.That(await RefundAsync(order), Has.One.Contains("captured in several parts"));
        Assert.That(await RefundAsync(order, 10m), Is.Empty);
        await Host.AuditAsync();
    }

    [Test]
    public async Task The_owner_is_warned_when_only_part_was_captured_and_the_rest_was_released()
    {
        var order = await AuthorizeAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "captured", new JsonObject { ["amount"] = 1000 });
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "released");

        await IntegrationHost.UntilAsync(async () => (await Host.OurNotesAsync(order)).Any(note => note.Contains("only EUR 10.00", StringComparison.Ordinal)), "the owner is informed");
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Authorized), "neither paid nor voided: money has come in");
        await IntegrationHost.UntilAsync(async () => (await Host.WarningsAsync()).Any(line => line.Contains("CapturedOnlyPart", StringComparison.Ordinal)), "and warned in the log");

        await Host.SetAsync(settings => settings.CaptureOnShipment = true);
        await ShipAsync(order, trackingNumber: null);
        await RunTaskLaterAsync();
        Assert.That(await OpenWorkAsync(), Is.Empty, "there is nothing left to capture");
    }

    [Test]
    public async Task An_authorized_order_that_needs_no_shipping_is_captured_by_the_task()
    {
        await Host.SetAsync(settings => settings.CaptureOnShipment = true);
        Shape.Change = request => request with { Capture = "manual", Gateway = "VISA" };
        var order = await OrderAsync("EUR", productId: 9, quantity: 1);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "authorised");
        await UntilAsync(order, PaymentStatus.Authorized);

        await RunTaskLaterAsync();

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        await Host.AuditAsync();
    }

    // nopCommerce saves the order as shipped before it publishes the event, and can be killed in between.
    [Test]
    public async Task An_order_that_was_shipped_without_an_event_is_captured_by_the_task()
    {
        await Host.SetAsync(settings => settings.CaptureOnShipment = true);
        var order = await AuthorizeAsync();
        await Host.Shop.InScopeAsync(async services =>
        {
            var shipped = await Host.ReloadAsync(order);
            shipped.ShippingStatus = ShippingStatus.Shipped;
            await services.GetRequiredService<IOrderService>().UpdateOrderAsync(shipped);
        });

        await RunTaskLaterAsync();

        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        await Host.AuditAsync();
    }

    [Test]
    public async Task An_authorization_is_voided_from_the_shop()
    {
        var order = await AuthorizeAsync();
        Assert.That(await VoidAsync(order), Is.Empty);
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Voided));
        await Host.AuditAsync();
    }

    // nopCommerce saves the order once more after a customer has cancelled it, as it was before.
    [Test]
    public async Task An_authorization_is_voided_when_the_customer_cancels_the_order()
    {
        Shape.Change = request => request with { Capture = "manual", Gateway = "VISA" };
        var (order, _) = await Host.BuyAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "authorised");
        await UntilAsync(order, PaymentStatus.Authorized);

        Assert.That(await Host.Browser.PostAsync($"cancelorder/{order.Id}"), Is.EqualTo($"/orderdetails/{order.Id}"));

        var cancelled = await Host.ReloadAsync(order);
        Assert.That((cancelled.OrderStatus, cancelled.PaymentStatus), Is.EqualTo((OrderStatus.Cancelled, PaymentStatus.Voided)));
        Assert.That((string?)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["status"], Is.EqualTo("void"));
        await Host.AuditAsync();
    }

    [TestCase("released")]
    [TestCase("expired")]
    public async Task An_authorization_released_or_expired_at_MultiSafepay_voids_the_payment(string how)
    {
        var order = await AuthorizeAsync();
        if (how == "released")
            await Host.Simulator.MoveAsync(order.CustomOrderNumber, "released");
        else
            Host.Simulator.Pass(TimeSpan.FromDays(8));

        await UntilAsync(order, PaymentStatus.Voided);
        Assert.That(await Host.ApiCallsAsync(), Has.None.Contains("/capture"));
    }

    [Test]
    public async Task The_owner_is_warned_once_before_the_authorization_expires()
    {
        var order = await AuthorizeAsync();
        Host.Simulator.Time.Advance(TimeSpan.FromDays(4));
        await Host.ReconcileAsync();
        Assert.That(await Host.OurNotesAsync(order), Has.None.Contains("ends at"));

        Host.Simulator.Time.Advance(TimeSpan.FromDays(1.5));
        await Host.ReconcileAsync();
        await Host.ReconcileAsync();
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("ends at 2030-01-09"));
        Assert.That(await Host.WarningsAsync(), Has.One.Contains("authorisation ends"));
    }

    [Test]
    public async Task A_shipment_captures_the_payment_only_if_the_setting_is_enabled([Values] bool wanted)
    {
        await Host.SetAsync(settings => settings.CaptureOnShipment = wanted);
        var order = await AuthorizeAsync();

        await ShipAsync(order, "3STEST1");

        var shipped = await Host.ReloadAsync(order);
        Assert.That((shipped.ShippingStatus, shipped.PaymentStatus), Is.EqualTo((ShippingStatus.Shipped, wanted ? PaymentStatus.Paid : PaymentStatus.Authorized)));
        Assert.That(shipped.OrderStatus, Is.EqualTo(wanted ? OrderStatus.Complete : OrderStatus.Processing));
        await Host.AuditAsync();
    }

    [Test]
    public async Task A_capture_that_failed_on_shipment_is_retried_by_the_task()
    {
        await Host.SetAsync(settings => settings.CaptureOnShipment = true);
        var order = await AuthorizeAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["method"] = "POST", ["path"] = "orders/*/capture" });

        await ShipAsync(order, "3STEST1");
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Authorized));

        await RunTaskLaterAsync();
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        await Host.AuditAsync();
    }

    [TestCase("VISA", "manual")]
    [TestCase("maestro", "manual")]
    [TestCase("MASTERCARD", null)]
    [TestCase("IDEAL", null)]
    [TestCase("CREDITCARD", null)]
    [TestCase(null, null)]
    public void Only_the_configured_card_brands_use_manual_capture(string? gateway, string? capture) =>
        Assert.That(ManualCapture.ModeFor(new MultiSafepaySettings { ManualCaptureVisa = true, ManualCaptureMaestro = true }, new MethodChoice { Gateway = gateway }), Is.EqualTo(capture));

    // Supported and enabled by the account, where it says so; the brands otherwise.
    [TestCase("VISA", true, true, "manual", false)]
    [TestCase("VISA", true, false, null, true)]
    [TestCase("VISA", false, false, null, true)]
    [TestCase("VISA", null, null, "manual", false)]
    [TestCase("GOOGLEPAY", true, true, "manual", false)]
    [TestCase("GOOGLEPAY", true, false, null, true)]
    [TestCase("GOOGLEPAY", null, null, null, false)]
    [TestCase("APPLEPAY", true, true, null, false, Description = "not wanted")]
    [TestCase("MASTERCARD", true, false, null, false, Description = "not wanted")]
    public void The_account_determines_what_can_be_captured_by_hand(string gateway, bool? supported, bool? enabled, string? capture, bool isRefused)
    {
        var settings = new MultiSafepaySettings { ManualCaptureVisa = true, Methods = MethodRules.Empty.With("googlepay", new MethodRule { CaptureByHand = true }).ToString() };
        var method = MethodChoice.From(new PaymentMethod
        {
            Id = gateway,
            ManualCapture = supported is null ? null : new ManualCaptureSupport { Supported = supported.Value, IsEnabled = enabled!.Value }
        });
        Assert.That((ManualCapture.ModeFor(settings, method), ManualCapture.IsRefused(settings, method)), Is.EqualTo((capture, isRefused)));
    }

    // Two attempts of one order differ at the end of their ids, however long these are.
    [TestCase("1000", "1000-c")]
    [TestCase("a23456789-a23456789-a23456789-a23456789-a2345678", "a23456789-a23456789-a23456789-a23456789-a2345678-c")]
    [TestCase("a23456789-a23456789-a23456789-a23456789-a234-12345", "3456789-a23456789-a23456789-a23456789-a234-12345-c")]
    [TestCase("a23456789-a23456789-a23456789-a23456789-a234-12346", "3456789-a23456789-a23456789-a23456789-a234-12346-c")]
    public void A_capture_id_keeps_the_end_of_a_long_order_id_so_that_attempts_stay_distinct(string orderId, string expected)
    {
        Assert.That(CaptureService.CaptureId(orderId), Is.EqualTo(expected));
        Assert.That(expected, Has.Length.LessThanOrEqualTo(50));
    }
}
