using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout;

/// <summary>Registers the services of this module.</summary>
internal static class CheckoutServices
{
    /// <summary>Registers everything that turns a nopCommerce order into a payment.</summary>
    public static IServiceCollection AddCheckout(this IServiceCollection services)
    {
        services.AddSingleton<CatalogueSource>();
        services.AddScoped<MethodCatalogue>();
        services.AddScoped<MethodAvailabilityReader>();
        services.AddScoped<CartFactsReader>();
        services.AddScoped<CartContents>();
        services.AddScoped<CartMethods>();
        services.AddScoped<OfferedCards>();
        services.AddScoped<SavedCardChoice>();
        services.AddScoped<SubscriptionChoice>();
        services.AddScoped<SubscriptionTerms>();
        services.AddScoped<CartTotal>();
        services.AddScoped<DraftOrderFactory>();
        services.AddScoped<RequestTotals>();
        services.AddScoped<MethodChoiceStore>();
        services.AddScoped<RequiredCustomerDataCookie>();
        services.AddScoped<PaymentStep>();
        services.AddScoped<PaymentMethodSelector>();
        services.AddScoped<MethodFee>();
        services.AddScoped<PaymentInfoModelFactory>();

        services.AddScoped<AddressReader>();
        services.AddScoped<CartSourceReader>();
        services.AddScoped<CustomerFactory>();
        services.AddScoped<OrderRequestFactory>();

        services.AddScoped<ChargeCalculator>();
        services.AddScoped<AttemptCreator>();
        services.AddScoped<PaymentRedirect>();
        services.AddScoped<PaymentLinkMail>();
        services.AddScoped<PaymentLinkService>();
        return services;
    }
}
