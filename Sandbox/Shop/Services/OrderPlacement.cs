using System.Globalization;
using System.Xml.Linq;
using Nop.Core;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Core.Domain.Tax;
using Nop.Services.Customers;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Everything that goes into an order, gathered before the payment method is asked.</summary>
internal sealed record PlacementDetails(Customer Customer, IList<ShoppingCartItem> Cart, CheckoutChoices Choices, CartTotals Totals, Currency Currency, Currency Primary,
    bool IsRecurring);

/// <summary>Makes an order of a cart: amounts in the primary currency, and the rate that recreates what the shopper saw.</summary>
internal sealed class OrderPlacement(
    ShopDatabase database,
    ICustomerService customers,
    IOrderService orders,
    IWorkContext workContext,
    IWebHelper webHelper,
    Carts carts,
    ShoppingCartService cartRules,
    CartCalculator calculator,
    CurrencyService currencies,
    InventoryService stock,
    TaxSettings taxSettings,
    TimeProvider time)
{
    public async Task<PlacementDetails> GatherAsync(ProcessPaymentRequest request)
    {
        var customer = await customers.GetCustomerByIdAsync(request.CustomerId) ?? throw new ArgumentException("Customer is not set");
        var cart = await carts.GetAsync(customer.Id, request.StoreId);
        if (cart.Count == 0)
            throw new NopException("Cart is empty");
        if (await cartRules.GetWarningsAsync(cart) is { Count: > 0 } warnings)
            throw new NopException(string.Join(';', warnings));
        var choices = await carts.GetChoicesAsync(customer.Id, request.StoreId);
        if (choices.BillingAddressId == 0)
            throw new NopException("Billing address is not provided");

        choices.PaymentMethodSystemName = request.PaymentMethodSystemName ?? "";
        var totals = await calculator.CalculateAsync(cart, choices);
        request.OrderTotal = totals.Total;
        var isRecurring = await cartRules.ShoppingCartIsRecurringAsync(cart);
        if (isRecurring)
            (_, request.RecurringCycleLength, request.RecurringCyclePeriod, request.RecurringTotalCycles) = await cartRules.GetRecurringCycleInfoAsync(cart);

        var primary = await currencies.GetPrimaryAsync();
        var chosen = customer.CurrencyId is { } id ? await currencies.GetCurrencyByIdAsync(id) : null;
        return new PlacementDetails(customer, cart, choices, totals, chosen is { Published: true } ? chosen : primary, primary, isRecurring);
    }

    public async Task<Order> SaveAsync(ProcessPaymentRequest request, ProcessPaymentResult payment, PlacementDetails details)
    {
        var (customer, _, choices, totals, currency, primary, _) = details;
        var option = totals.NeedsShipping ? ShippingOption.Find(choices.ShippingMethod) ?? ShippingOption.All[0] : null;
        var order = new Order
        {
            StoreId = request.StoreId,
            OrderGuid = request.OrderGuid,
            CustomerId = customer.Id,
            CustomerLanguageId = customer.LanguageId ?? (await workContext.GetWorkingLanguageAsync()).Id,
            CustomerTaxDisplayType = taxSettings.TaxDisplayType,
            CustomerIp = webHelper.GetCurrentIpAddress(),
            OrderSubtotalInclTax = totals.SubtotalInclTax,
            OrderSubtotalExclTax = totals.SubtotalExclTax,
            OrderSubTotalDiscountInclTax = totals.SubtotalDiscountInclTax,
            OrderSubTotalDiscountExclTax = totals.SubtotalDiscountExclTax,
            OrderShippingInclTax = totals.Shipping.InclTax,
            OrderShippingExclTax = totals.Shipping.ExclTax,
            PaymentMethodAdditionalFeeInclTax = totals.PaymentFee.InclTax,
            PaymentMethodAdditionalFeeExclTax = totals.PaymentFee.ExclTax,
            TaxRates = string.Concat(totals.TaxByRate.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}:{pair.Value};   "))),
            OrderTax = totals.Tax,
            OrderTotal = totals.Total,
            RefundedAmount = 0,
            OrderDiscount = totals.OrderDiscount,
            CheckoutAttributeDescription = choices.GiftWrapping ? "Gift wrapping: Yes" : "",
            CheckoutAttributesXml = await ChosenXmlAsync(choices),
            CustomerCurrencyCode = currency.CurrencyCode,
            CurrencyRate = currency.Rate / primary.Rate,
            AffiliateId = 0,
            OrderStatus = OrderStatus.Pending,
            AllowStoringCreditCardNumber = payment.AllowStoringCreditCardNumber,
            AuthorizationTransactionId = payment.AuthorizationTransactionId,
            AuthorizationTransactionCode = payment.AuthorizationTransactionCode,
            AuthorizationTransactionResult = payment.AuthorizationTransactionResult,
            CaptureTransactionId = payment.CaptureTransactionId,
            CaptureTransactionResult = payment.CaptureTransactionResult,
            SubscriptionTransactionId = payment.SubscriptionTransactionId,
            PaymentMethodSystemName = request.PaymentMethodSystemName,
            PaymentStatus = payment.NewPaymentStatus,
            PaidDateUtc = null,
            BillingAddressId = choices.BillingAddressId,
            ShippingAddressId = option is { IsPickup: false } ? choices.BillingAddressId : null,
            PickupInStore = option is { IsPickup: true },
            PickupAddressId = option is { IsPickup: true } ? await ShopAddressAsync() : null,
            ShippingStatus = totals.NeedsShipping ? ShippingStatus.NotYetShipped : ShippingStatus.ShippingNotRequired,
            ShippingMethod = option?.Name,
            ShippingRateComputationMethodSystemName = option?.Provider,
            CustomValuesXml = CustomValuesText.ToXml(request),
            VatNumber = customer.VatNumber,
            CreatedOnUtc = time.GetUtcNow().UtcDateTime,
            CustomOrderNumber = "",
        };
        await orders.InsertOrderAsync(order);
        order.CustomOrderNumber = order.Id.ToString(CultureInfo.InvariantCulture);
        await orders.UpdateOrderAsync(order);
        return order;
    }

    /// <summary>Moves the cart's lines to the order: rows of the order, goods out of stock, gift card used, cart and choices empty.</summary>
    public async Task MoveCartAsync(Order order, PlacementDetails details)
    {
        foreach (var line in details.Totals.Lines)
        {
            await orders.InsertOrderItemAsync(new OrderItem
            {
                OrderItemGuid = Guid.NewGuid(),
                OrderId = order.Id,
                ProductId = line.Product.Id,
                Quantity = line.Item.Quantity,
                UnitPriceInclTax = line.Unit.InclTax,
                UnitPriceExclTax = line.Unit.ExclTax,
                PriceInclTax = line.Line.InclTax,
                PriceExclTax = line.Line.ExclTax,
                AttributeDescription = "",
                AttributesXml = "",
                ItemWeight = line.Product.Weight,
            });
            await stock.ChangeAsync(line.Product.Id, -line.Item.Quantity);
        }

        await UseGiftCardAsync(order, details);
        await carts.EmptyAsync(order.CustomerId, order.StoreId);
        details.Choices.CouponCode = details.Choices.GiftCardCode = details.Choices.PaymentRequestJson = "";
        details.Choices.GiftWrapping = false;
        details.Choices.Reference = null;
        await carts.SaveChoicesAsync(details.Choices);
    }

    public async Task<IList<string>> PutBackInCartAsync(Order order)
    {
        List<string> warnings = [];
        foreach (var item in await orders.GetOrderItemsAsync(order.Id))
        {
            if (await carts.AddAsync(order.CustomerId, order.StoreId, item.ProductId, item.Quantity) is { } warning)
                warnings.Add(warning);
        }

        return warnings;
    }

    private async Task<int> ShopAddressAsync()
    {
        var address = new Address { Address1 = "Voorbeeldstraat 1", ZipPostalCode = "1234 AB", City = "Voorbeeldstad", CountryId = 1 };
        await database.InsertAsync(address);
        return address.Id;
    }

    private async Task UseGiftCardAsync(Order order, PlacementDetails details)
    {
        if (details.Totals.GiftCardAmount == 0)
            return;
        var card = (await database.ListAsync<GiftCard>(card => card.GiftCardCouponCode == details.Choices.GiftCardCode)).First();
        await database.InsertAsync(new GiftCardUsageHistory
        {
            GiftCardId = card.Id,
            UsedWithOrderId = order.Id,
            UsedValue = details.Totals.GiftCardAmount,
            CreatedOnUtc = order.CreatedOnUtc,
        });
    }

    private async Task<string> ChosenXmlAsync(CheckoutChoices choices)
    {
        var attributes = await database.ListAsync<CheckoutAttribute>();
        List<(int, string)> chosen = [];
        if (choices.GiftWrapping)
        {
            var value = (await database.ListAsync<CheckoutAttributeValue>(value => value.AttributeId == attributes[0].Id && value.PriceAdjustment > 0)).First();
            chosen.Add((attributes[0].Id, value.Id.ToString(CultureInfo.InvariantCulture)));
        }

        if (!string.IsNullOrWhiteSpace(choices.Reference))
            chosen.Add((attributes.First(attribute => attribute.Name == SampleShop.ReferenceName).Id, choices.Reference.Trim()));
        return chosen.Count == 0 ? "" : AttributeParser<CheckoutAttribute, CheckoutAttributeValue>.ToXml(chosen);
    }
}

/// <summary>The custom values of a payment request: as the confirmation shows them, and in the XML that an order keeps them in.</summary>
internal static class CustomValuesText
{
    public static IReadOnlyList<(string Name, string Value)> Pairs(ProcessPaymentRequest? request) =>
#if NOP_480
        [.. (request?.CustomValues ?? []).Select(pair => (pair.Key, $"{pair.Value}"))];
#else
        [.. (request?.CustomValues ?? []).Select(value => (value.Name, value.Value))];
#endif

    /// <summary>Gives the request of a later order what the first order has kept.</summary>
    public static void Restore(ProcessPaymentRequest request, string? xml)
    {
        request.CustomValues.Clear();
        if (string.IsNullOrWhiteSpace(xml))
            return;
        foreach (var item in XElement.Parse(xml).Elements("item"))
        {
            var (name, value) = ((string)item.Element("key")!, (string)item.Element("value")!);
#if NOP_480
            request.CustomValues[name] = value;
#else
            request.CustomValues.Add(new CustomValue(name, value, (CustomValueDisplayLocation?)(int?)item.Element("location") ?? CustomValueDisplayLocation.Payment,
                (bool?)item.Element("displayToCustomer") ?? true));
#endif
        }
    }

    public static string? ToXml(ProcessPaymentRequest request)
    {
        if (request.CustomValues is not { Count: > 0 } values)
            return null;
        var root = new XElement("DictionarySerializer");
#if NOP_480
        foreach (var (name, value) in values)
            root.Add(new XElement("item", new XElement("key", name), new XElement("value", value)));
#else
        foreach (var value in values)
        {
            root.Add(new XElement("item", new XElement("key", value.Name), new XElement("value", value.Value),
                new XElement("displayToCustomer", value.DisplayToCustomer), new XElement("location", (int)value.DisplayLocation)));
        }
#endif
        return root.ToString(SaveOptions.DisableFormatting);
    }
}
