using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>Registers the services of this room.</summary>
internal static class SynchronizationServices
{
    /// <summary>From what MultiSafepay says to the order's state.</summary>
    public static IServiceCollection AddSynchronization(this IServiceCollection services)
    {
        services.AddSingleton<PublicGate>();
        services.AddScoped<ActionApplier>();
        services.AddScoped<NotificationGate>();
        services.AddScoped<NotificationHandler>();
        services.AddScoped<OrderReopener>();
        services.AddScoped<PaymentCloser>();
        services.AddScoped<Synchronizer>();
        return services;
    }
}
