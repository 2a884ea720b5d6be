using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Events;
using Nop.Services.Orders;
using NUnit.Framework;
using OrderRequestSample;
using Sandbox.Shop;
using Sandbox.Shop.Hosting;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Samples;

/// <summary>The sample in the sandbox's shop, as a second plugin beside this one.</summary>
internal sealed class OrderRequestSampleTests : IntegrationFixture
{
    private readonly Answer _answer = new();

    protected override ShopOptions Configure(ShopOptions options) => options with
    {
        Plugins =
        [
            PluginSource.FromAssembly(typeof(MultiSafepayPaymentMethod).Assembly),
            PluginSource.From("Misc.OrderRequestSample", typeof(OrderRequestSamplePlugin), typeof(PurchaseReferenceConsumer))
        ],
        ConfigureServices = services =>
        {
            SharedViews.Share(services);
            services.AddSingleton(_answer).AddScoped<IConsumer<OrderPlacedEvent>, AnsweredCheckout>();
        }
    };

    [Test]
    public async Task The_purchase_reference_of_the_customer_is_sent_with_the_payment()
    {
        await AskAsync(PurchaseReferenceConsumer.AttributeName, "PO-2026/17");
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
        await AskAsync(PurchaseReferenceConsumer.AttributeName, $"<b>PO</b>\n{new string('x', 97)}🎁{new string('y', 200)}");
        var (order, request) = await BuyAsync();

        Assert.That((string?)request["var2"], Is.EqualTo($"PO {new string('x', 97)}"));
        Assert.That((string?)request["description"], Does.StartWith($"{order.CustomOrderNumber} - ").And.EndsWith($" - PO {new string('x', 97)}").And.Length.LessThanOrEqualTo(200));
    }

    [TestCase(PurchaseReferenceConsumer.AttributeName, " ")]
    [TestCase(PurchaseReferenceConsumer.AttributeName, null)]
    [TestCase("Gift message", "PO-2026/17")]
    public async Task Without_a_purchase_reference_the_request_is_unchanged(string attribute, string? value)
    {
        await AskAsync(attribute, value);
        var (_, request) = await BuyAsync();

        Assert.That((string?)request["description"], Does.Not.EndWith("- ").And.Not.Contain("PO-2026"));
        Assert.That(request["var2"], Is.Null);
    }

    private async Task AskAsync(string attributeName, string? value)
    {
        var attribute = new CheckoutAttribute { Name = attributeName, AttributeControlType = AttributeControlType.TextBox };
        await Host.Shop.Database.InsertAsync(attribute);
        _answer.Xml = value is null
            ? null
            : new XElement("Attributes", new XElement(nameof(CheckoutAttribute), new XAttribute("ID", attribute.Id),
                new XElement($"{nameof(CheckoutAttribute)}Value", new XElement("Value", value)))).ToString(SaveOptions.DisableFormatting);
    }

    private async Task<(Order Order, JsonObject Request)> BuyAsync()
    {
        var (order, location) = await Host.BuyAsync();
        Assert.That(location, Does.Contain("/pay/"), string.Join(Environment.NewLine, await Host.WarningsAsync()));
        Assert.That(await Host.WarningsAsync(), Is.Empty);
        return (order, await Host.LastBodyAsync("POST", "orders"));
    }

    /// <summary>What the customer has answered in the cart, in nopCommerce's XML.</summary>
    private sealed class Answer
    {
        public string? Xml { get; set; }
    }

    /// <summary>The sandbox's cart has no box for text, so the answer joins the order when it is placed.</summary>
    private sealed class AnsweredCheckout(Answer answer, IOrderService orderService) : IConsumer<OrderPlacedEvent>
    {
        public Task HandleEventAsync(OrderPlacedEvent eventMessage)
        {
            eventMessage.Order.CheckoutAttributesXml = answer.Xml;
            return orderService.UpdateOrderAsync(eventMessage.Order);
        }
    }
}
