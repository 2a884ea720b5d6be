using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>Registers the services of this module.</summary>
internal static class SubscriptionsServices
{
    /// <summary>Registers everything about the later payments of recurring products.</summary>
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.AddScoped<CustomerSubscriptions>();
        services.AddScoped<LaterPayments>();
        services.AddScoped<NextOrder>();
        services.AddScoped<NextOrderPlacement>();
        services.AddScoped<SubscriptionActions>();
        services.AddScoped<SubscriptionCharger>();
        services.AddScoped<SubscriptionCycles>();
        services.AddScoped<ISubscriptionOrders>(provider => provider.GetRequiredService<SubscriptionCycles>());
        services.AddScoped<SubscriptionDetails>();
        services.AddScoped<SubscriptionEnd>();
        services.AddScoped<SubscriptionFailures>();
        services.AddScoped<SubscriptionLines>();
        services.AddScoped<SubscriptionMails>();
        services.AddScoped<SubscriptionOverview>();
        services.AddScoped<SubscriptionProcessor>();
        services.AddScoped<SubscriptionStart>();
        return services;
    }
}
