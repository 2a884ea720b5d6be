using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Services.Common;
using Nop.Services.Customers;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>Builds the payer, the recipient and the additional customer data of a request.</summary>
public class CustomerFactory(
    AddressReader addressReader,
    IAddressService addressService,
    ICustomerService customerService,
    ILanguageService languageService,
    IWorkContext workContext,
    IHttpContextAccessor httpContextAccessor)
{
    // The delivery block allows one character less than the customer block (OpenAPI description, Apartment).
    private const int MaxDeliveryHouseNumberLength = 9;
    private const int MaxUserAgentLength = 255;
    private const string MbWay = "MBWAY";

    /// <summary>The payer: the billing address or else the data of the customer's account, with language and browser.</summary>
    /// <param name="order">The order.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="method">The payment method, which determines the form of the telephone number.</param>
    public async Task<CustomerDetails> CustomerAsync(Order order, MultiSafepaySettings settings, MethodChoice method)
    {
        var address = await AddressAsync(order.BillingAddressId) ?? ProfileOf(await customerService.GetCustomerByIdAsync(order.CustomerId));
        var details = await addressReader.ReadAsync(address, settings);
        var language = await languageService.GetLanguageByIdAsync(order.CustomerLanguageId);
        return WithHouseNumber(await WithBrowserAsync(details, order), method) with
        {
            Phone = PhoneFor(method, ContactDetails.InternationalPhone(method.CustomerData?.Phone, details.Country) ?? details.Phone),
            Locale = Locales.OfPaymentPage(language?.LanguageCulture, details.Country)
        };
    }

    /// <summary>The recipient: the shipping or pickup address. Null if nothing is delivered or the address lacks a field that MultiSafepay requires.</summary>
    /// <param name="order">The order.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="method">
    /// The payment method. A pay-later method always gets a delivery address: the billing address if nothing is shipped, or if the address of the delivery, such as that of a pickup point,
    /// lacks what MultiSafepay requires.
    /// </param>
    /// <param name="customer">The payer, whose name and contact details are used where the address has none.</param>
    public async Task<CustomerDetails?> DeliveryAsync(Order order, MultiSafepaySettings settings, MethodChoice method, CustomerDetails customer)
    {
        var delivery = await DeliveryAsync(await AddressAsync(order.PickupInStore ? order.PickupAddressId : order.ShippingAddressId), settings, method, customer);
        if (!method.IsPayLater)
            return delivery is { HouseNumber: not null } && IsComplete(delivery) ? delivery : null;
        if (delivery is not null && IsComplete(delivery))
            return delivery;
        var billing = await DeliveryAsync(await AddressAsync(order.BillingAddressId), settings, method, customer);
        return billing is not null && (delivery is null || IsComplete(billing)) ? billing : delivery;
    }

    private async Task<CustomerDetails?> DeliveryAsync(Address? address, MultiSafepaySettings settings, MethodChoice method, CustomerDetails customer)
    {
        if (address is null)
            return null;
        var delivery = await addressReader.ReadAsync(address, settings, MaxDeliveryHouseNumberLength);
        return WithHouseNumber(delivery, method) with
        {
            FirstName = delivery.FirstName ?? customer.FirstName,
            LastName = delivery.LastName ?? customer.LastName,
            Phone = delivery.Phone ?? customer.Phone,
            Email = delivery.Email ?? customer.Email
        };
    }

    /// <summary>The data that a pay-later method requires, and no other; null if there is none that the shop knows.</summary>
    public async Task<GatewayInfo?> GatewayInfoAsync(Order order, MethodChoice method, CustomerDetails customer)
    {
        if (method.RequiredCustomerData.Count == 0)
            return null;

        // What the customer has just entered takes precedence over the account and the address.
        var account = await customerService.GetCustomerByIdAsync(order.CustomerId);
        var facts = method.CustomerData ?? new RequiredCustomerData();
        var info = new GatewayInfo
        {
            Birthday = method.Requires("birthday") ? facts.Birthday ?? account?.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            Gender = method.Requires("gender") ? facts.Gender ?? (account?.Gender is "M" or "F" ? account.Gender : null) : null,
            Phone = method.Requires("phone") ? customer.Phone : null,
            Email = method.Requires("email") ? customer.Email : null,
            BankAccount = method.Requires("bank_account") ? facts.BankAccount : null
        };
        return info == new GatewayInfo() ? null : info;
    }

    // MB WAY takes a Portuguese number of nine digits without the calling code (docs.multisafepay.com, MB WAY).
    private static string? PhoneFor(MethodChoice method, string? phone) =>
        method.Gateway == MbWay && phone?.StartsWith(PhoneNumbers.Portugal, StringComparison.Ordinal) == true ? phone[PhoneNumbers.Portugal.Length..] : phone;

    // Pay-later methods and Amazon Pay require a house number (OpenAPI description, orders: BNPL; HouseNumber), and not every address has one. MultiSafepay's own plugins then send an empty
    // one (PHP SDK 5.21.0, AddressParser).
    private static CustomerDetails WithHouseNumber(CustomerDetails details, MethodChoice method) =>
        method.IsPayLater || method.Requires("house_number") ? details with { HouseNumber = details.HouseNumber ?? string.Empty } : details;

    // MultiSafepay's OpenAPI description requires these fields and the house number in a delivery address (orders: PaymentPage, CreditCard, Wallet, BNPL).
    private static bool IsComplete(CustomerDetails delivery) =>
        delivery is { FirstName: not null, LastName: not null, Address1: not null, ZipCode: not null, City: not null, Country: not null };

    // The IP address is that of the current request, or the one of the order's placement if somebody else starts the payment: MultiSafepay's fraud check would see the owner who creates a
    // payment link. Anybody can set X-Forwarded-For: it is passed on for the fraud check and is not trusted here.
    private async Task<CustomerDetails> WithBrowserAsync(CustomerDetails details, Order order)
    {
        if (httpContextAccessor.HttpContext is not null && (workContext.OriginalCustomerIfImpersonated is not null || (await workContext.GetCurrentCustomerAsync())?.Id != order.CustomerId))
            return details with { IpAddress = IpAddresses.First(order.CustomerIp) };

        var request = httpContextAccessor.HttpContext?.Request;
        var connection = IpAddresses.Plain(httpContextAccessor.HttpContext?.Connection.RemoteIpAddress);
        var address = connection ?? IpAddresses.First(order.CustomerIp);
        var forwarded = IpAddresses.First(request?.Headers["X-Forwarded-For"].ToString());
        return details with
        {
            IpAddress = address ?? forwarded,
            ForwardedIp = address is null || forwarded == address ? null : forwarded,
            UserAgent = FieldText.Clean(request?.Headers.UserAgent.ToString(), MaxUserAgentLength)
        };
    }

    private async Task<Address?> AddressAsync(int? id) => id is > 0 ? await addressService.GetAddressByIdAsync(id.Value) : null;

    private static Address ProfileOf(Customer? customer) => new()
    {
        FirstName = customer?.FirstName,
        LastName = customer?.LastName,
        Company = customer?.Company,
        Address1 = customer?.StreetAddress,
        Address2 = customer?.StreetAddress2,
        ZipPostalCode = customer?.ZipPostalCode,
        City = customer?.City,
        CountryId = customer?.CountryId is > 0 and var countryId ? countryId : null,
        StateProvinceId = customer?.StateProvinceId is > 0 and var stateId ? stateId : null,
        PhoneNumber = customer?.Phone,
        Email = customer?.Email
    };
}
