using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Payment methods come and go at MultiSafepay: no release of the plugin is needed for it.</summary>
[TestFixture]
internal sealed class NewAndEndedMethodTests : AfterSalesFixture
{
    private const int Belgium = 2;

    [Test]
    public async Task A_gateway_that_the_plugin_has_never_heard_of_is_offered_paid_and_refunded()
    {
        await TurnAsync("WERO", on: true);
        await Host.LoadMethodsAsync();
        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName, Belgium);
        Assert.That(await Host.Browser.ReadAsync("Checkout/PaymentInfo"), Does.Contain("value=\"WERO\"").And.Contain(">Wero<").And.Contain("wero.svg"));

        await Host.Browser.PostAsync("Checkout/PaymentInfo", (CustomerFields.MethodField, "WERO"));
        await Host.Browser.PlaceOrderAsync();
        Assert.That((string?)(await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.EqualTo("WERO"));
        var order = (await Host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!;
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        order = await UntilAsync(order, PaymentStatus.Paid);
        Assert.That((await Host.PanelAsync(order)).Text, Does.Contain("Wero"));

        Assert.That(await RefundAsync(order, 5m), Is.Empty);
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.PartiallyRefunded));
        Assert.That(await RefundAsync(order, order.OrderTotal - 5m), Is.Empty);
        Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Refunded));
        await Host.AuditAsync();
    }

    [Test]
    public async Task An_order_that_was_paid_with_an_ended_method_keeps_its_name_and_is_refunded()
    {
        foreach (var (gateway, name) in new[]
        {
            ("DIRECTBANK", "Sofort"), ("GIROPAY", "Giropay"), ("DOTPAY", "Dotpay"), ("DBRTP", "Request to Pay"), ("ALIPAY", "Alipay"), ("SANTANDER", "Betaal per Maand"), ("ZINIA", "Zinia")
        })
        {
            await TurnAsync(gateway, on: true);
            var order = await PayAsync(gateway: gateway);
            await TurnAsync(gateway, on: false);

            Assert.That((await Host.PanelAsync(order)).Text, Does.Contain(name), gateway);
            Assert.That(await RefundAsync(order), Is.Empty, gateway);
            Assert.That((await Host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Refunded), gateway);
            await Host.AuditAsync();
        }
    }

    private async Task TurnAsync(string gateway, bool on) => (await Host.Simulator.ControlAsync(HttpMethod.Post, $"gateways/{gateway}/{(on ? "on" : "off")}")).Dispose();
}
