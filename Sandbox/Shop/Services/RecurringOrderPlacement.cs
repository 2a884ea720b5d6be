using System.Globalization;
using Nop.Core;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Localization;
using Nop.Services.Orders;
using Nop.Services.Payments;

namespace Sandbox.Shop.Services;

/// <summary>Everything that goes into a later order of a recurring payment, gathered before the payment method is asked. The addresses are copies that are not saved yet.</summary>
internal sealed record RecurringPlacementDetails(Order Initial, Customer Customer, int LanguageId, Address Billing, Address? Shipping, Address? Pickup);

/// <summary>Makes a later order of a recurring payment: the first one once more, with its totals and its currency rate, whatever the products cost by now.</summary>
internal sealed class RecurringOrderPlacement(
    IOrderService orders,
    ICustomerService customers,
    IAddressService addresses,
    ICountryService countries,
    IProductService products,
    ILanguageService languages,
    IWorkContext workContext,
    IWebHelper webHelper,
    OrderSettings orderSettings,
    TimeProvider time)
{
    public async Task<RecurringPlacementDetails> GatherAsync(Order initial, Customer customer)
    {
        if (await customers.IsGuestAsync(customer) && !orderSettings.AnonymousCheckoutAllowed)
            throw new NopException("Anonymous checkout is not allowed");
        var language = await languages.GetLanguageByIdAsync(initial.CustomerLanguageId) is { Published: true } known ? known : await workContext.GetWorkingLanguageAsync();

        var billing = await CopyAsync(initial.BillingAddressId) ?? throw new NopException("Billing address is not available");
        if (await countries.GetCountryByAddressAsync(billing) is { AllowsBilling: false } refused)
            throw new NopException($"Country '{refused.Name}' is not allowed for billing");

        var isShipped = initial.ShippingStatus != ShippingStatus.ShippingNotRequired;
        Address? shipping = null;
        if (isShipped && !initial.PickupInStore)
        {
            shipping = await CopyAsync(initial.ShippingAddressId) ?? throw new NopException("Shipping address is not available");
            if (await countries.GetCountryByAddressAsync(shipping) is { AllowsShipping: false } unreached)
                throw new NopException($"Country '{unreached.Name}' is not allowed for shipping");
        }

        return new RecurringPlacementDetails(initial, customer, language.Id, billing, shipping, isShipped && initial.PickupInStore ? await CopyAsync(initial.PickupAddressId) : null);
    }

    public async Task<Order> SaveAsync(ProcessPaymentRequest request, ProcessPaymentResult payment, RecurringPlacementDetails details)
    {
        var (initial, customer, languageId, billing, shipping, pickup) = details;
        var isShipped = initial.ShippingStatus != ShippingStatus.ShippingNotRequired;
        var order = new Order
        {
            StoreId = request.StoreId,
            OrderGuid = request.OrderGuid,
            CustomerId = customer.Id,
            CustomerLanguageId = languageId,
            CustomerTaxDisplayType = initial.CustomerTaxDisplayType,
            CustomerIp = webHelper.GetCurrentIpAddress(),
            OrderSubtotalInclTax = initial.OrderSubtotalInclTax,
            OrderSubtotalExclTax = initial.OrderSubtotalExclTax,
            OrderSubTotalDiscountInclTax = initial.OrderSubTotalDiscountInclTax,
            OrderSubTotalDiscountExclTax = initial.OrderSubTotalDiscountExclTax,
            OrderShippingInclTax = initial.OrderShippingInclTax,
            OrderShippingExclTax = initial.OrderShippingExclTax,
            PaymentMethodAdditionalFeeInclTax = initial.PaymentMethodAdditionalFeeInclTax,
            PaymentMethodAdditionalFeeExclTax = initial.PaymentMethodAdditionalFeeExclTax,
            TaxRates = initial.TaxRates,
            OrderTax = initial.OrderTax,
            OrderTotal = initial.OrderTotal,
            OrderDiscount = initial.OrderDiscount,
            CheckoutAttributeDescription = initial.CheckoutAttributeDescription,
            CheckoutAttributesXml = initial.CheckoutAttributesXml,
            CustomerCurrencyCode = initial.CustomerCurrencyCode,
            CurrencyRate = initial.CurrencyRate,
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
            PickupInStore = isShipped && initial.PickupInStore,
            ShippingStatus = isShipped ? ShippingStatus.NotYetShipped : ShippingStatus.ShippingNotRequired,
            ShippingMethod = isShipped ? initial.ShippingMethod : null,
            ShippingRateComputationMethodSystemName = isShipped ? initial.ShippingRateComputationMethodSystemName : null,
            CustomValuesXml = CustomValuesText.ToXml(request),
            VatNumber = initial.VatNumber,
            CreatedOnUtc = time.GetUtcNow().UtcDateTime,
            CustomOrderNumber = "",
        };
        order.BillingAddressId = await InsertAsync(billing) ?? 0;
        order.PickupAddressId = await InsertAsync(pickup);
        order.ShippingAddressId = await InsertAsync(shipping);
        await orders.InsertOrderAsync(order);
        order.CustomOrderNumber = order.Id.ToString(CultureInfo.InvariantCulture);
        await orders.UpdateOrderAsync(order);
        return order;
    }

    /// <summary>Copies the first order's items at their prices, and takes the goods out of stock, whether there are any or not.</summary>
    public async Task CopyItemsAsync(Order initial, Order order)
    {
        foreach (var item in await orders.GetOrderItemsAsync(initial.Id))
        {
            await orders.InsertOrderItemAsync(new OrderItem
            {
                OrderItemGuid = Guid.NewGuid(),
                OrderId = order.Id,
                ProductId = item.ProductId,
                Quantity = item.Quantity,
                UnitPriceInclTax = item.UnitPriceInclTax,
                UnitPriceExclTax = item.UnitPriceExclTax,
                PriceInclTax = item.PriceInclTax,
                PriceExclTax = item.PriceExclTax,
                DiscountAmountInclTax = item.DiscountAmountInclTax,
                DiscountAmountExclTax = item.DiscountAmountExclTax,
                OriginalProductCost = item.OriginalProductCost,
                AttributeDescription = item.AttributeDescription,
                AttributesXml = item.AttributesXml,
                ItemWeight = item.ItemWeight,
                RentalStartDateUtc = item.RentalStartDateUtc,
                RentalEndDateUtc = item.RentalEndDateUtc,
            });
            await products.AdjustInventoryAsync(await products.GetProductByIdAsync(item.ProductId), -item.Quantity, item.AttributesXml);
        }
    }

    private async Task<Address?> CopyAsync(int? addressId) => addressId is > 0 and { } id && await addresses.GetAddressByIdAsync(id) is { } address
        ? new Address
        {
            FirstName = address.FirstName,
            LastName = address.LastName,
            Email = address.Email,
            Company = address.Company,
            CountryId = address.CountryId,
            StateProvinceId = address.StateProvinceId,
            County = address.County,
            City = address.City,
            Address1 = address.Address1,
            Address2 = address.Address2,
            ZipPostalCode = address.ZipPostalCode,
            PhoneNumber = address.PhoneNumber,
            FaxNumber = address.FaxNumber,
            CustomAttributes = address.CustomAttributes,
            CreatedOnUtc = address.CreatedOnUtc,
        }
        : null;

    private async Task<int?> InsertAsync(Address? address)
    {
        if (address is null)
            return null;
        await addresses.InsertAddressAsync(address);
        return address.Id;
    }
}
