using System.Linq.Expressions;
using Moq;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>What is asked of nopCommerce for the cart of an order: not more for a thousand lines than for one.</summary>
[TestFixture]
internal sealed class CartReadsTests
{
    private static readonly Order _order = new() { Id = 7, CustomerLanguageId = 2, TaxRates = "" };

    [TestCase(1)]
    [TestCase(20)]
    [TestCase(1000)]
    public async Task All_products_are_read_with_one_question(int lines)
    {
        var (products, reader) = Shop(lines, deleted: []);

        Assert.That((await reader.ReadAsync(_order)).Lines.Select(line => line.ItemId), Is.EqualTo(Enumerable.Range(1, lines).Select(id => $"sku-{id}")));
        products.Verify(service => service.GetProductsByIdsAsync(It.Is<int[]>(ids => ids.Length == lines)), Times.Once);
        products.Verify(service => service.GetProductByIdAsync(It.IsAny<int>()), Times.Never);
    }

    [Test]
    public async Task A_product_that_was_deleted_since_keeps_its_name_and_number()
    {
        var (_, reader) = Shop(3, deleted: [2]);

        Assert.That((await reader.ReadAsync(_order)).Lines.Select(line => (line.Name, line.ItemId)), Is.EqualTo(new[] { ("Product 1", "sku-1"), ("Product 2", "sku-2"), ("Product 3", "sku-3") }));
    }

    [Test]
    public async Task A_product_has_its_name_in_the_language_of_the_order_if_there_is_one()
    {
        var (_, reader) = Shop(2, deleted: [], translated: new Dictionary<int, string> { [2] = "Tweede" });

        Assert.That((await reader.ReadAsync(_order)).Lines.Select(line => line.Name), Is.EqualTo(new[] { "Product 1", "Tweede" }));
    }

    private static (Mock<IProductService> Products, CartSourceReader Reader) Shop(int lines, int[] deleted, Dictionary<int, string>? translated = null)
    {
        List<Product> all = [.. Enumerable.Range(1, lines).Select(id => new Product { Id = id, Name = $"Product {id}", Sku = $"sku-{id}", Deleted = deleted.Contains(id) })];
        var products = new Mock<IProductService>();
        products.Setup(service => service.GetProductsByIdsAsync(It.IsAny<int[]>())).ReturnsAsync((int[] ids) => [.. all.Where(product => !product.Deleted && ids.Contains(product.Id))]);
        products.Setup(service => service.GetProductByIdAsync(It.IsAny<int>())).ReturnsAsync((int id) => all.Find(product => product.Id == id)!);
        products.Setup(service => service.FormatSkuAsync(It.IsAny<Product>(), It.IsAny<string>())).ReturnsAsync((Product product, string _) => product.Sku);
        var orders = new Mock<IOrderService>();
        orders.Setup(service => service.GetOrderItemsAsync(_order.Id, null, null, 0)).ReturnsAsync([.. all.Select(product => new OrderItem { ProductId = product.Id, Quantity = 1 })]);
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetLocalizedAsync(It.IsAny<Product>(), It.IsAny<Expression<Func<Product, string>>>(), _order.CustomerLanguageId, false, true))
            .ReturnsAsync((Product product, Expression<Func<Product, string>> _, int? _, bool _, bool _) => translated?.GetValueOrDefault(product.Id)!);
        var giftCards = new Mock<IGiftCardService>();
        giftCards.Setup(service => service.GetGiftCardUsageHistoryAsync(_order)).ReturnsAsync([]);
        return (products, new CartSourceReader(orders.Object, products.Object, texts.Object, giftCards.Object, Mock.Of<IRewardPointService>()));
    }
}
