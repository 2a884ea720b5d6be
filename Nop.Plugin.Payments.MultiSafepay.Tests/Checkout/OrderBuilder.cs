using System.Linq.Expressions;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Core.Domain.Tax;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Attributes;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>
/// An order in a shop: what nopCommerce's services would say about it. It is bought item by item and placed by nopCommerce's arithmetic, and then handed to
/// the plugin's own classes.
/// </summary>
internal sealed class OrderBuilder
{
    private readonly List<(OrderItem Item, Product Product)> _items = [];
    private readonly List<(decimal Rate, decimal Tax)> _taxes = [];
    private readonly List<GiftCardUsageHistory> _giftCards = [];
    private decimal _subtotalDiscountPercent;
    private decimal _points;
    private bool _placed;

    public Order Order { get; } = new()
    {
        Id = 4711,
        StoreId = 1,
        CustomOrderNumber = "4711",
        OrderGuid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        BillingAddressId = 1,
        ShippingAddressId = 2,
        CustomerId = 5,
        CustomerLanguageId = 1,
        CustomerCurrencyCode = "EUR",
        CurrencyRate = 1,
        CustomerIp = "203.0.113.7",
        CheckoutAttributesXml = "",
        CustomerTaxDisplayType = TaxDisplayType.IncludingTax,
        PaymentMethodSystemName = MultiSafepayDefaults.SystemName
    };

    public Store Store { get; } = new() { Id = 1, Name = "Fairy Shop", Url = "https://shop.example/", SslEnabled = true };

    public MultiSafepaySettings Settings { get; } = new();

    public Dictionary<int, Address> Addresses { get; } = [];

    public Dictionary<int, string> Countries { get; } = new() { [1] = "NL", [2] = "BE", [3] = "DE", [4] = "FR", [5] = "GB", [6] = "US", [7] = "ES", [8] = "IT", [9] = "PT" };

    public Dictionary<int, AddressAttribute> AddressAttributes { get; } = [];

    public Customer? Customer { get; set; } = new() { Id = 5, FirstName = "Ada", LastName = "Lovelace", Email = "ada@example.com", DateOfBirth = new DateTime(1985, 12, 10), Gender = "F" };

    public string? Culture { get; set; } = "nl-NL";

    public string Primary { get; set; } = "EUR";

    public RoundingType Rounding { get; set; } = RoundingType.Rounding001;

    public bool CurrencyIsGone { get; set; }

    /// <summary>Who visits the shop; null for the order's customer.</summary>
    public int? VisitorId { get; set; }

    /// <summary>Whether the visitor is an administrator in the customer's place.</summary>
    public bool IsImpersonated { get; set; }

    public HttpContext? Http { get; set; } = new DefaultHttpContext
    {
        Connection = { RemoteIpAddress = IPAddress.Parse("203.0.113.7") },
        Request = { Headers = { UserAgent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/131.0" } }
    };

    public Action<OrderRequestCreatedEvent>? Consumer { get; set; }

    public OrderBuilder(string country = "NL")
    {
        Addresses[1] = AddressIn(country);
        Addresses[2] = AddressIn(country);
    }

    /// <summary>Puts an item into the cart; the price is with or without tax, as the shop enters its prices.</summary>
    public OrderBuilder Buy(string name, decimal price, decimal rate, int quantity = 1, string? attributes = null)
    {
        var (excl, incl) = Taxed(price * quantity, rate);
        _items.Add((
            new OrderItem
            {
                Id = 100 + _items.Count,
                OrderId = Order.Id,
                ProductId = 10 + _items.Count,
                Quantity = quantity,
                PriceExclTax = excl,
                PriceInclTax = incl,
                AttributeDescription = attributes
            },
            new Product { Id = 10 + _items.Count, Name = name, Sku = $"sku-{_items.Count}" }));
        return this;
    }

    public OrderBuilder Wrap(decimal price, decimal rate, string? description = "Gift wrapping: Yes [+€5.00]<br />")
    {
        var (excl, incl) = Taxed(price, rate);
        Order.CheckoutAttributesXml = "<Attributes><CheckoutAttribute ID=\"1\" /></Attributes>";
        Order.CheckoutAttributeDescription = description;
        Order.OrderSubtotalExclTax += excl;
        Order.OrderSubtotalInclTax += incl;
        return this;
    }

    public OrderBuilder Ship(decimal price, decimal rate, string? method = "Ground")
    {
        (Order.OrderShippingExclTax, Order.OrderShippingInclTax) = Taxed(price, rate);
        Order.ShippingMethod = method;
        return this;
    }

    public OrderBuilder Fee(decimal price, decimal rate)
    {
        (Order.PaymentMethodAdditionalFeeExclTax, Order.PaymentMethodAdditionalFeeInclTax) = Taxed(price, rate);
        return this;
    }

    public OrderBuilder DiscountSubtotal(decimal percent)
    {
        _subtotalDiscountPercent = percent;
        return this;
    }

    public OrderBuilder DiscountTotal(decimal amount)
    {
        Order.OrderDiscount = amount;
        return this;
    }

    public OrderBuilder GiftCard(decimal amount)
    {
        _giftCards.Add(new GiftCardUsageHistory { UsedValue = amount, UsedWithOrderId = Order.Id });
        return this;
    }

    public OrderBuilder Points(decimal amount)
    {
        _points = amount;
        Order.RedeemedRewardPointsEntryId = 77;
        return this;
    }

    public OrderBuilder In(string currency, decimal rate)
    {
        (Order.CustomerCurrencyCode, Order.CurrencyRate) = (currency, rate);
        return this;
    }

    public OrderBuilder With(Action<OrderBuilder> change)
    {
        change(this);
        return this;
    }

    /// <summary>What the plugin asks MultiSafepay for.</summary>
    public async Task<OrderRequest> RequestAsync(MethodChoice? method = null, int attempt = 1)
    {
        var charge = await ChargeAsync();
        return await Factory().CreateAsync(Order, Store, Settings, new PaymentAttempt
        {
            OrderId = OrderIds.For(Order, attempt, Settings.OrderIdTemplate),
            Environment = MultiSafepayEnvironment.Test,
            Currency = charge.Currency,
            Amount = charge.Amount,
            CurrencyRate = charge.CurrencyRate,
            CreatedUtc = DateTime.UnixEpoch,
            ExpiresUtc = DateTime.UnixEpoch + PaymentLinkLifetime.From(Settings).Duration
        }, method);
    }

    public async Task<byte[]> JsonAsync(MethodChoice? method = null) =>
        JsonSerializer.SerializeToUtf8Bytes(await RequestAsync(method), ApiJson.Options);

    public Task<Charge> ChargeAsync()
    {
        Place();
        var currencies = new Mock<ICurrencyService>();
        currencies.Setup(service => service.GetCurrencyByIdAsync(1)).ReturnsAsync(() => new Currency { Id = 1, CurrencyCode = Primary });
        currencies.Setup(service => service.GetCurrencyByCodeAsync(It.IsAny<string>()))
            .ReturnsAsync((string code) => CurrencyIsGone ? null : new Currency { CurrencyCode = code, RoundingType = Rounding });
        currencies.Setup(service => service.ConvertCurrency(It.IsAny<decimal>(), It.IsAny<decimal>())).Returns((decimal amount, decimal rate) => amount * rate);
        var prices = new Mock<IPriceCalculationService>();
        prices.Setup(service => service.RoundPriceAsync(It.IsAny<decimal>(), It.IsNotNull<Currency>()))
            .ReturnsAsync((decimal value, Currency currency) => currency.RoundingType == RoundingType.Rounding1 ? decimal.Round(value) : decimal.Round(value, 2));
        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.LoadSettingAsync<CurrencySettings>(Order.StoreId)).ReturnsAsync(new CurrencySettings { PrimaryStoreCurrencyId = 1 });
        return new ChargeCalculator(currencies.Object, prices.Object, settings.Object).OfAsync(Order, Settings);
    }

    private OrderRequestFactory Factory()
    {
        var events = new Mock<IEventPublisher>();
        events.Setup(publisher => publisher.PublishAsync(It.IsAny<OrderRequestCreatedEvent>()))
            .Callback((OrderRequestCreatedEvent created) => Consumer?.Invoke(created)).Returns(Task.CompletedTask);
        return new OrderRequestFactory(Customers(), Carts(), events.Object);
    }

    private CustomerFactory Customers()
    {
        var addresses = new Mock<IAddressService>();
        addresses.Setup(service => service.GetAddressByIdAsync(It.IsAny<int>())).ReturnsAsync((int id) => Addresses.GetValueOrDefault(id));
        var customers = new Mock<ICustomerService>();
        customers.Setup(service => service.GetCustomerByIdAsync(Order.CustomerId)).ReturnsAsync(() => Customer);
        var languages = new Mock<ILanguageService>();
        languages.Setup(service => service.GetLanguageByIdAsync(1)).ReturnsAsync(() => Culture is null ? null : new Language { Id = 1, LanguageCulture = Culture });
        var visitor = new Mock<IWorkContext>();
        visitor.Setup(context => context.GetCurrentCustomerAsync()).ReturnsAsync(() => new Customer { Id = VisitorId ?? Order.CustomerId });
        visitor.SetupGet(context => context.OriginalCustomerIfImpersonated).Returns(() => IsImpersonated ? new Customer { Id = 1 } : null!);
        return new CustomerFactory(AddressReader(), addresses.Object, customers.Object, languages.Object, visitor.Object, Mock.Of<IHttpContextAccessor>(accessor => accessor.HttpContext == Http));
    }

    private AddressReader AddressReader()
    {
        var countries = new Mock<ICountryService>();
        countries.Setup(service => service.GetCountryByAddressAsync(It.IsAny<Address>()))
            .ReturnsAsync((Address address) => address.CountryId is { } id && Countries.TryGetValue(id, out var code) ? new Country { TwoLetterIsoCode = code } : null);
        var states = new Mock<IStateProvinceService>();
        states.Setup(service => service.GetStateProvinceByAddressAsync(It.IsAny<Address>()))
            .ReturnsAsync((Address address) => address.StateProvinceId is { } id ? new StateProvince { Abbreviation = id == 1 ? "NY" : "Noord-Brabant" } : null);
        var attributes = new Mock<IAttributeParser<AddressAttribute, AddressAttributeValue>>();
        attributes.Setup(parser => parser.ParseAttributesAsync(It.IsAny<string>()))
            .ReturnsAsync((string xml) => [.. AddressAttributes.Values.Where(attribute => xml.Contains($"{attribute.Id}=", StringComparison.Ordinal))]);
        attributes.Setup(parser => parser.ParseValues(It.IsAny<string>(), It.IsAny<int>()))
            .Returns((string xml, int id) => [.. xml.Split(';').Where(part => part.StartsWith($"{id}=", StringComparison.Ordinal)).Select(part => part.Split('=')[1])]);
        return new AddressReader(countries.Object, states.Object, attributes.Object);
    }

    private CartSourceReader Carts()
    {
        var orders = new Mock<IOrderService>();
        orders.Setup(service => service.GetOrderItemsAsync(Order.Id, null, null, 0)).ReturnsAsync(() => [.. _items.Select(pair => pair.Item)]);
        var products = new Mock<IProductService>();
        products.Setup(service => service.GetProductByIdAsync(It.IsAny<int>())).ReturnsAsync((int id) => _items.Find(pair => pair.Product.Id == id).Product);
        products.Setup(service => service.GetProductsByIdsAsync(It.IsAny<int[]>()))
            .ReturnsAsync((int[] ids) => [.. _items.Select(pair => pair.Product).Where(product => product is not null && ids.Contains(product.Id)).DistinctBy(product => product.Id)]);
        products.Setup(service => service.FormatSkuAsync(It.IsAny<Product>(), It.IsAny<string>())).ReturnsAsync((Product product, string _) => product.Sku);
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetLocalizedAsync(It.IsAny<Product>(), It.IsAny<Expression<Func<Product, string>>>(), Order.CustomerLanguageId, false, true))
            .ReturnsAsync((Product product, Expression<Func<Product, string>> _, int? _, bool _, bool _) => product.Name);
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>(), Order.CustomerLanguageId, true, "", false))
            .ReturnsAsync((string key, int _, bool _, string _, bool _) => key.Split('.')[^1]);
        var giftCards = new Mock<IGiftCardService>();
        giftCards.Setup(service => service.GetGiftCardUsageHistoryAsync(Order)).ReturnsAsync(_giftCards);
        var points = new Mock<IRewardPointService>();
        points.Setup(service => service.GetRewardPointsHistoryEntryByIdAsync(77)).ReturnsAsync(() => new RewardPointsHistory { UsedAmount = _points });
        return new CartSourceReader(orders.Object, products.Object, texts.Object, giftCards.Object, points.Object);
    }

    // nopCommerce writes "rate:tax;   " for each rate that bears tax, in the invariant culture.
    private void Place()
    {
        if (_placed)
            return;
        _placed = true;
        Order.OrderSubtotalExclTax += _items.Sum(pair => pair.Item.PriceExclTax);
        Order.OrderSubtotalInclTax += _items.Sum(pair => pair.Item.PriceInclTax);
        var share = _subtotalDiscountPercent / 100;
        Order.OrderSubTotalDiscountExclTax = decimal.Round(Order.OrderSubtotalExclTax * share, 2);
        Order.OrderSubTotalDiscountInclTax = decimal.Round(Order.OrderSubtotalInclTax * share, 2);
        var tax = decimal.Round((Order.OrderSubtotalInclTax - Order.OrderSubtotalExclTax) * (1 - share)
            + Order.OrderShippingInclTax - Order.OrderShippingExclTax + Order.PaymentMethodAdditionalFeeInclTax - Order.PaymentMethodAdditionalFeeExclTax, 2);
        Order.OrderTax = tax;
        Order.TaxRates = string.Concat(_taxes.Where(pair => pair.Tax > 0).Select(pair => pair.Rate).Distinct().Select(rate => FormattableString.Invariant($"{rate}:1.00;   ")));
        if (Order.OrderTotal == 0)
        {
            Order.OrderTotal = decimal.Round(
                Order.OrderSubtotalExclTax - Order.OrderSubTotalDiscountExclTax + Order.OrderShippingExclTax + Order.PaymentMethodAdditionalFeeExclTax + tax
                - Order.OrderDiscount - _giftCards.Sum(card => card.UsedValue) - _points, 2);
        }
    }

    private (decimal ExclTax, decimal InclTax) Taxed(decimal amount, decimal rate)
    {
        var excl = Order.CustomerTaxDisplayType == TaxDisplayType.IncludingTax ? decimal.Round(amount / (1 + (rate / 100)), 4) : amount;
        var incl = Order.CustomerTaxDisplayType == TaxDisplayType.IncludingTax ? amount : decimal.Round(amount * (1 + (rate / 100)), 4);
        _taxes.Add((rate, incl - excl));
        return (excl, incl);
    }

    private Address AddressIn(string country) => new()
    {
        FirstName = "Ada",
        LastName = "Lovelace",
        Address1 = country switch
        {
            "FR" => "12 rue de la Paix",
            "GB" => "Flat 2, 15 High Street",
            "US" => "350 5th Ave, Floor 21",
            "DE" => "Straße des 17. Juni 135",
            "BE" => "Kerkstraat 12 bus 4",
            _ => "Kraanspoor 39C"
        },
        ZipPostalCode = country switch { "NL" => "1033 SC", "GB" => "SW1A 2AA", "US" => "10118", "BE" => "2000", _ => "10623" },
        City = country switch { "NL" => "Amsterdam", "GB" => "London", "US" => "New York", "BE" => "Antwerpen", "FR" => "Paris", _ => "Berlin" },
        CountryId = Countries.Single(pair => pair.Value == country).Key,
        StateProvinceId = country == "US" ? 1 : null,
        PhoneNumber = "+31 20 850 0500",
        Email = "ada@example.com"
    };
}
