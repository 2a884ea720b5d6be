using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Registers the services of this module.</summary>
internal static class AfterSalesServices
{
    /// <summary>Registers the services that pass on to MultiSafepay what the shop does to an order.</summary>
    public static IServiceCollection AddAfterSales(this IServiceCollection services)
    {
        services.AddScoped<AuthorizationRelease>();
        services.AddScoped<CaptureService>();
        services.AddScoped<FulfillmentHandler>();
        services.AddScoped<SaveConfirmation>();
        services.AddScoped<MadeRefunds>();
        services.AddScoped<OrderCancellation>();
        services.AddScoped<OrderUpdateSender>();
        services.AddScoped<PartialShipmentSender>();
        services.AddScoped<PaymentLinkRevocation>();
        services.AddScoped<PaymentOperations>();
        services.AddScoped<PersonalDataEraser>();
        services.AddScoped<RefundService>();
        services.AddScoped<RefundRequests>();
        services.AddScoped<ShipmentCapture>();
        services.AddScoped<ShipmentReader>();
        services.AddScoped<ILatePaymentRefund, LatePaymentRefund>();
        services.AddScoped<IFollowUpStep>(provider => provider.GetRequiredService<PaymentLinkRevocation>());
        services.AddScoped<IFollowUpStep>(provider => provider.GetRequiredService<ShipmentCapture>());
        services.AddScoped<IFollowUpStep>(provider => provider.GetRequiredService<OrderUpdateSender>());
        services.AddScoped<IFollowUpStep>(provider => provider.GetRequiredService<PersonalDataEraser>());
        return services;
    }
}
