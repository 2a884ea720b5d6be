using System.Text.Json.Nodes;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using OrderRequestSample;
using Sandbox.Shop;
using Sandbox.Shop.Hosting;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Samples;

/// <summary>The sample in the sandbox's shop, as a second plugin beside this one.</summary>
internal sealed class OrderRequestSampleTests : IntegrationFixture
{
    // Built in the same way as this project: bin/Debug/nop4.90/net9.0.
    private static readonly string _folder = Path.Combine(
        [Repository.PathOf("samples", "OrderRequestSample", "bin"), .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..^1], "net9.0"]);

    protected override ShopOptions Configure(ShopOptions options) => options with
    {
        Plugins =
        [
            PluginSource.FromAssembly(typeof(MultiSafepayPaymentMethod).Assembly),
            PluginSource.FromFolder(_folder)
        ]
    };

    [Test]
    public async Task The_purchase_reference_of_the_customer_is_sent_with_the_payment()
    {
        await AskAsync("PO-2026/17");
        var (order, request) = await BuyAsync();

        Assert.Multiple(() =>
        {
            Assert.That((string?)request["description"], Does.StartWith($"{order.CustomOrderNumber} - ").And.EndsWith(" - PO-2026/17"));
            Assert.That((string?)request["var2"], Is.EqualTo("PO-2026/17"));
            Assert.That((string?)request["var1"], Does.StartWith($"{order.OrderGuid}"), "what ties the payment to its order stays");
        });
    }

    [Test]
    public async Task A_purchase_reference_is_cleaned_and_truncated_to_the_limits_of_MultiSafepay()
    {
        await AskAsync($"<b>PO</b>\n{new string('x', 97)}🎁{new string('y', 200)}");
        var (order, request) = await BuyAsync();

        Assert.That((string?)request["var2"], Is.EqualTo($"PO {new string('x', 97)}"));
        Assert.That((string?)request["description"], Does.StartWith($"{order.CustomOrderNumber} - ").And.EndsWith($" - PO {new string('x', 97)}").And.Length.LessThanOrEqualTo(200));
    }

    [TestCase(" ")]
    [TestCase("")]
    public async Task Without_a_purchase_reference_the_request_is_unchanged(string value)
    {
        await AskAsync(value);
        var (_, request) = await BuyAsync();

        Assert.That((string?)request["description"], Does.Not.EndWith("- "));
        Assert.That(request["var2"], Is.Null);
    }

    // In the cart's own box, whose name is that of the attribute.
    private async Task AskAsync(string value)
    {
        Assert.That(await Host.Shop.Database.ListAsync<CheckoutAttribute>(attribute => attribute.Name == PurchaseReferenceConsumer.AttributeName), Has.Count.EqualTo(1));
        await Host.Browser.PostAsync("Cart/Choose", ("giftWrapping", "true"), ("reference", value));
    }

    private async Task<(Order Order, JsonObject Request)> BuyAsync()
    {
        var (order, location) = await Host.BuyAsync();
        Assert.That(location, Does.Contain("/pay/"), string.Join(Environment.NewLine, await Host.WarningsAsync()));
        Assert.That(await Host.WarningsAsync(), Is.Empty);
        return (order, await Host.LastBodyAsync("POST", "orders"));
    }
}
