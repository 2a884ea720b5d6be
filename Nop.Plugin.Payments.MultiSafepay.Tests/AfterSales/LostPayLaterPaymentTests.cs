using System.Text.Json.Nodes;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>A pay later company had accepted the customer, and the payment comes to nothing before the order was shipped.</summary>
[TestFixture]
internal sealed class LostPayLaterPaymentTests : AfterSalesFixture
{
    [Test]
    public async Task The_owner_is_alerted_once_when_MultiSafepay_confirms_that_a_pay_later_payment_failed([Values("expired", "void")] string status, [Values] bool isFoundByTask)
    {
        var order = await PayAsync("KLARNA", isFoundByTask);
        Assert.That((string?)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["financial_status"], Is.EqualTo("uncleared"));

        var notification = IntegrationHost.Body(order, order.CustomOrderNumber, status, transactionId: order.CaptureTransactionId!);
        notification["payment_details"]!["type"] = "KLARNA";
        Assert.That((int)(await Host.NotifyAsync(notification)).Status, Is.EqualTo(200));
        Assert.That(await Host.AlertsAsync(order), Is.Empty, "the API says that the payment stands");

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "pair", new JsonObject { ["status"] = status, ["financial_status"] = status });
        if (isFoundByTask)
            await RunTaskAtAgeAsync(order, days: 1);
        else
            await UntilAsync(order, PaymentStatus.Paid);
        Assert.That((int)(await Host.NotifyAsync(notification)).Status, Is.EqualTo(200), "once more");

        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { "PaymentLost" }), "and no chargeback");
        Assert.That(await Host.OurNotesAsync(order), Has.One.Contains("you will not receive the money").And.None.Contains("took the money back"));
        Assert.That(await Host.WarningsAsync(), Has.One.Contains("PaymentLost"));
        var now = await Host.ReloadAsync(order);
        Assert.That((now.OrderStatus, now.PaymentStatus), Is.EqualTo((OrderStatus.Processing, PaymentStatus.Paid)));
    }
}
