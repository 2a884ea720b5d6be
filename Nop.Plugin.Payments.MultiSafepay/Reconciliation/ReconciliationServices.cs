using Microsoft.Extensions.DependencyInjection;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>Registers the services of this room.</summary>
internal static class ReconciliationServices
{
    /// <summary>The scheduled task and what is still to follow up.</summary>
    public static IServiceCollection AddReconciliation(this IServiceCollection services)
    {
        services.AddScoped<FollowUpProcessor>();
        services.AddScoped<Reconciler>();
        services.AddScoped<ReconciliationTask>();
        return services;
    }
}
