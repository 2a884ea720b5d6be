using Moq;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Localization;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Methods;

/// <summary>What the payment step asks of nopCommerce: not what nopCommerce answers with a query although it has read it for the page already.</summary>
[TestFixture]
internal sealed class CheckoutReadsTests
{
    private const int Own = 5;
    private const int Another = 6;

    [TestCase(true)]
    [TestCase(false)]
    public async Task Whether_a_cart_is_a_subscription_is_known_from_the_products_in_the_cache(bool isRecurring)
    {
        var products = new Mock<IProductService>();
        products.Setup(service => service.GetProductsByIdsAsync(It.IsAny<int[]>()))
            .ReturnsAsync((int[] ids) => [.. ids.Select(id => new Product { Id = id, IsRecurring = isRecurring && id == 2 })]);
        var carts = new Mock<IShoppingCartService>(MockBehavior.Strict);
        var terms = new SubscriptionTerms(
            carts.Object, products.Object, Mock.Of<IWorkContext>(), Mock.Of<IStoreContext>(), null!, null!, null!, null!, Mock.Of<ILocalizationService>());

        Assert.That(await terms.ApplyToAsync([new ShoppingCartItem { ProductId = 1 }, new ShoppingCartItem { ProductId = 2 }, new ShoppingCartItem { ProductId = 2 }]), Is.EqualTo(isRecurring));
        products.Verify(service => service.GetProductsByIdsAsync(new[] { 1, 2 }), Times.Once);
    }

    [Test]
    public async Task A_customers_own_billing_address_is_not_read_by_its_id()
    {
        var (reader, addresses) = Reader(hasOwnAddress: true);

        Assert.That(await CountryAsync(reader, Own), Is.EqualTo("NL"));
        addresses.Verify(service => service.GetAddressByIdAsync(It.IsAny<int>()), Times.Never);
    }

    [TestCase(Another, true, "DE", TestName = "The_address_of_an_order_is_read_if_it_is_not_the_customers")]
    [TestCase(Own, false, "BE", TestName = "An_address_that_no_longer_belongs_to_the_customer_is_read")]
    public async Task Another_address_is_read(int addressId, bool hasOwnAddress, string country)
    {
        var (reader, _) = Reader(hasOwnAddress);

        Assert.That(await CountryAsync(reader, addressId), Is.EqualTo(country));
    }

    private static async Task<string?> CountryAsync(CartFactsReader reader, int addressId) => (await reader.ReadAsync(
        new Order { CustomerId = 1, CustomerCurrencyCode = "EUR", CurrencyRate = 1, BillingAddressId = addressId }, new MultiSafepaySettings(), null)).Country;

    private static (CartFactsReader Reader, Mock<IAddressService> Addresses) Reader(bool hasOwnAddress)
    {
        var customers = new Mock<ICustomerService>();
        customers.Setup(service => service.GetCustomerByIdAsync(1)).ReturnsAsync(new Customer { Id = 1, BillingAddressId = Own });
        customers.Setup(service => service.GetCustomerBillingAddressAsync(It.IsAny<Customer>())).ReturnsAsync(hasOwnAddress ? new Address { Id = Own, CountryId = 1 } : null!);
        customers.Setup(service => service.GetCustomerRoleIdsAsync(It.IsAny<Customer>(), It.IsAny<bool>())).ReturnsAsync([]);
        var addresses = new Mock<IAddressService>();
        addresses.Setup(service => service.GetAddressByIdAsync(Another)).ReturnsAsync(new Address { Id = Another, CountryId = 2 });
        addresses.Setup(service => service.GetAddressByIdAsync(Own)).ReturnsAsync(new Address { Id = Own, CountryId = 3 });
        var countries = new Mock<ICountryService>();
        countries.Setup(service => service.GetCountryByIdAsync(It.IsAny<int>())).ReturnsAsync((int id) => new Country { TwoLetterIsoCode = id switch { 1 => "NL", 2 => "DE", _ => "BE" } });
        var currencies = Mock.Of<ICurrencyService>();
        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.LoadSettingAsync<CurrencySettings>(It.IsAny<int>())).ReturnsAsync(new CurrencySettings());
        var reader = new CartFactsReader(
            new ChargeCalculator(currencies, Mock.Of<IPriceCalculationService>(), settings.Object), null!, currencies, addresses.Object, countries.Object, customers.Object);
        return (reader, addresses);
    }
}
