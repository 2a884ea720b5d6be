using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>Registers the services of this module.</summary>
internal static class ReconciliationServices
{
    /// <summary>Registers the scheduled task and the services for reconciliation and follow-ups.</summary>
    public static IServiceCollection AddReconciliation(this IServiceCollection services)
    {
        services.AddScoped<AuthorizationExpiryWarning>();
        services.AddScoped<DeletedOrders>();
        services.AddScoped<EarlierBuild>();
        services.AddScoped<FollowUpProcessor>();
        services.AddScoped<IFollowUpStep, PaymentFollowUp>();
        services.AddScoped<OrderReconciler>();
        services.AddScoped<ReconciliationSchedule>();
        services.AddScoped<Reconciler>();
        services.AddScoped<ReconciliationTask>();
        return services;
    }
}
