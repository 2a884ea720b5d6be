using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout;

/// <summary>Registers the services of this room.</summary>
internal static class CheckoutServices
{
    /// <summary>From a nopCommerce order to a payment.</summary>
    public static IServiceCollection AddCheckout(this IServiceCollection services)
    {
        services.AddSingleton<CatalogueSource>();
        services.AddScoped<MethodCatalogue>();
        services.AddScoped<OfferReader>();
        services.AddScoped<CheckoutOffer>();
        services.AddScoped<RequestTotals>();
        services.AddScoped<ChoiceMemory>();
        services.AddScoped<CustomerFactsCookie>();
        services.AddScoped<PaymentStep>();
        services.AddScoped<ChosenMethod>();
        services.AddScoped<MethodFee>();
        services.AddScoped<PaymentInfoModelFactory>();

        services.AddScoped<AddressReader>();
        services.AddScoped<CartSourceReader>();
        services.AddScoped<CustomerFactory>();
        services.AddScoped<OrderRequestFactory>();

        services.AddScoped<ChargeCalculator>();
        services.AddScoped<PaymentOpener>();
        services.AddScoped<PaymentRedirect>();
        services.AddScoped<PaymentStarter>();
        return services;
    }
}
