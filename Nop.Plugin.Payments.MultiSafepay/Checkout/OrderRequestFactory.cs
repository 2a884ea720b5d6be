using System.Globalization;
using System.Net;
using System.Reflection;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Services.Common;
using Nop.Services.Directory;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout;

/// <summary>Turns an order of nopCommerce into the request that creates it at MultiSafepay. Every field is cut to MultiSafepay's limit or left out.</summary>
public class OrderRequestFactory(IAddressService addressService, ICountryService countryService, ILanguageService languageService)
{
    /// <summary>How long a payment link lives, in days, unless MultiSafepay ends it sooner.</summary>
    public const int DaysActive = 30;

    // Read from the running shop: a constant would be compiled in, and would name the version that the plugin was built against.
    private static readonly string? _shopVersion = typeof(NopVersion).GetField("FULL_VERSION")?.GetRawConstantValue() as string;

    private static readonly string _pluginVersion =
        typeof(OrderRequestFactory).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;

    /// <summary>Builds the request for one attempt.</summary>
    /// <param name="order">The order.</param>
    /// <param name="store">The order's own store.</param>
    /// <param name="settings">The settings of that store.</param>
    /// <param name="attempt">What is charged, as it is remembered with the order.</param>
    public async Task<OrderRequest> CreateAsync(Order order, Store store, MultiSafepaySettings settings, PaymentAttempt attempt) => new()
    {
        Type = OrderType.Redirect,
        OrderId = attempt.OrderId,
        Currency = attempt.Currency,
        Amount = attempt.Amount,
        Description = Cut($"{order.CustomOrderNumber} - {store.Name}", 200) ?? attempt.OrderId,
        PaymentOptions = new PaymentOptions
        {
            NotificationUrl = ShopUrls.Notification(store, settings),
            NotificationMethod = "POST",
            RedirectUrl = ShopUrls.Return(store, order.OrderGuid),
            CancelUrl = ShopUrls.Cancel(store, order.OrderGuid)
        },
        Customer = await CustomerAsync(order),
        DaysActive = DaysActive,
        Var1 = order.OrderGuid.ToString("D", CultureInfo.InvariantCulture),
        Plugin = new PluginInfo
        {
            Shop = "nopCommerce",
            ShopVersion = _shopVersion,
            PluginVersion = _pluginVersion,
            ShopRootUrl = store.Url
        }
    };

    private async Task<CustomerDetails> CustomerAsync(Order order)
    {
        var address = await addressService.GetAddressByIdAsync(order.BillingAddressId);
        var country = address is null ? null : await countryService.GetCountryByAddressAsync(address);
        var language = await languageService.GetLanguageByIdAsync(order.CustomerLanguageId);
        return new CustomerDetails
        {
            FirstName = Cut(address?.FirstName, 25),
            LastName = Cut(address?.LastName, 50),
            CompanyName = Cut(address?.Company, 50),
            Address1 = Cut(address?.Address1, 64),
            Address2 = Cut(address?.Address2, 64),
            ZipCode = Cut(address?.ZipPostalCode, 10),
            City = Cut(address?.City, 50),
            Country = country?.TwoLetterIsoCode,
            Phone = Cut(address?.PhoneNumber, 25),
            Email = address?.Email is { Length: > 0 and <= 64 } email ? email : null,
            IpAddress = IPAddress.TryParse(order.CustomerIp, out var ip) ? ip.ToString() : null,
            Locale = language?.LanguageCulture?.Replace('-', '_') is "nl_NL" or "nl_BE" or "de_DE" or "fr_FR" or "es_ES" or "it_IT"
                ? language.LanguageCulture.Replace('-', '_')
                : "en_US"
        };
    }

    private static string? Cut(string? text, int length)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed))
            return null;
        if (trimmed.Length <= length)
            return trimmed;
        return trimmed[..(char.IsHighSurrogate(trimmed[length - 1]) ? length - 1 : length)];
    }
}
