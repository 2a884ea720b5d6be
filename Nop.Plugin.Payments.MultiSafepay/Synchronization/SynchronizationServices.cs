using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>Registers the services of this module.</summary>
internal static class SynchronizationServices
{
    /// <summary>Registers the services that apply MultiSafepay's reports to orders.</summary>
    public static IServiceCollection AddSynchronization(this IServiceCollection services)
    {
        services.AddSingleton<PublicEndpointRateLimiter>();
        services.AddScoped<ActionApplier>();
        services.AddScoped<BackgroundUser>();
        services.AddScoped<NotificationAuthenticator>();
        services.AddScoped<NotificationExceptionFilter>();
        services.AddScoped<NotificationHandler>();
        services.AddScoped<RepetitionCheck>();
        services.AddScoped<OrderReopener>();
        services.AddScoped<AttemptCanceller>();
        services.AddScoped<Synchronizer>();
        services.AddScoped<CartRestoration>();
        return services;
    }
}
