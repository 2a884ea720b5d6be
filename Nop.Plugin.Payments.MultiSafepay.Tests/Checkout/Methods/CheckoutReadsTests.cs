using Microsoft.AspNetCore.Http;
using Moq;
using Nop.Core;
using Nop.Core.Caching;
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

    private static IEnumerable<TestCaseData> Changes()
    {
        yield return Case("nothing", 1, _ => { });
        yield return Case("the payment method", 1, checkout => checkout.Set("SelectedPaymentMethod", "Payments.CheckMoneyOrder"));
        yield return Case("the choice in the payment step", 1, checkout => checkout.Set("MultiSafepay.Choice", "{}"));
        yield return Case("the shipping method", 2, checkout => checkout.Set("SelectedShippingOption", "Express"));
        yield return Case("a coupon", 2, checkout => checkout.Set("DiscountCouponCode", "spring"));
        yield return Case("anything that is not known", 2, checkout => checkout.Set("AnyPluginsOwn", "1"));
        yield return Case("a quantity", 2, checkout => checkout.Cart[0].Quantity++);
        yield return Case("a product attribute", 2, checkout => checkout.Cart[0].AttributesXml = "<red/>");
        yield return Case("the country of the address", 2, checkout => checkout.Address.CountryId = 2);
        yield return Case("the customer", 2, checkout => checkout.Customer.Id++);
        yield return Case("the tax exemption", 2, checkout => checkout.Customer.IsTaxExempt = true);

        static TestCaseData Case(string change, int calculations, Action<Checkout> make) => new TestCaseData(make, calculations).SetArgDisplayNames(change);
    }

    [TestCaseSource(nameof(Changes))]
    public async Task The_list_of_methods_has_a_new_total_after_a_change_of(Action<Checkout> change, int calculations)
    {
        var checkout = new Checkout();
        await checkout.Total.RecentAsync(checkout.Cart);
        change(checkout);

        Assert.That(await checkout.Total.RecentAsync(checkout.Cart), Is.EqualTo(calculations));
    }

    [Test]
    public async Task The_exact_total_is_always_calculated()
    {
        var checkout = new Checkout();
        await checkout.Total.RecentAsync(checkout.Cart);

        Assert.That(await checkout.Total.CalculateAsync(checkout.Cart, gateway: null), Is.EqualTo(2));
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

    /// <summary>A checkout in which each calculation of the total makes it 1 more.</summary>
    internal sealed class Checkout
    {
        private readonly List<GenericAttribute> _attributes = [];
        private readonly Dictionary<string, decimal> _cache = [];
        private int _calculations;

        public Checkout()
        {
            var totals = new Mock<IOrderTotalCalculationService>();
            totals.Setup(service => service.GetShoppingCartTotalAsync(It.IsAny<IList<ShoppingCartItem>>(), It.IsAny<bool?>(), false)).ReturnsAsync(() => (++_calculations, 0, [], [], 0, 0));
            var customers = new Mock<ICustomerService>();
            customers.Setup(service => service.GetCustomerRoleIdsAsync(Customer, It.IsAny<bool>())).ReturnsAsync([3]);
            customers.Setup(service => service.GetCustomerBillingAddressAsync(Customer)).ReturnsAsync(Address);
            customers.Setup(service => service.GetCustomerShippingAddressAsync(Customer)).ReturnsAsync(Address);
            var attributes = new Mock<IGenericAttributeService>();
            attributes.Setup(service => service.GetAttributesForEntityAsync(It.IsAny<int>(), nameof(Core.Domain.Customers.Customer))).ReturnsAsync(() => [.. _attributes]);
            var context = new Mock<IWorkContext>();
            context.Setup(one => one.GetCurrentCustomerAsync()).ReturnsAsync(Customer);
            context.Setup(one => one.GetWorkingCurrencyAsync()).ReturnsAsync(new Currency { Id = 1 });
            var cache = new Mock<IStaticCacheManager>();
            cache.Setup(one => one.GetAsync(It.Is<CacheKey>(key => key.CacheTime == CartTotal.MinutesOfRecent), It.IsAny<Func<Task<decimal>>>()))
                .Returns(async (CacheKey key, Func<Task<decimal>> acquire) => _cache.TryGetValue(key.Key, out var known) ? known : _cache[key.Key] = await acquire());
            Total = new CartTotal(totals.Object, new RequestTotals(Mock.Of<IHttpContextAccessor>()), null!, context.Object, customers.Object, attributes.Object, cache.Object);
        }

        public CartTotal Total { get; }

        public Customer Customer { get; } = new() { Id = 1, BillingAddressId = Own, ShippingAddressId = Own };

        public Address Address { get; } = new() { Id = Own, CountryId = 1 };

        public List<ShoppingCartItem> Cart { get; } = [new() { ProductId = 1, Quantity = 1 }];

        public void Set(string key, string value) => _attributes.Add(new GenericAttribute { Id = _attributes.Count + 1, Key = key, Value = value });
    }
}
