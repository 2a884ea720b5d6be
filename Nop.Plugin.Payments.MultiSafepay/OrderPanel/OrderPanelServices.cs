using Microsoft.Extensions.DependencyInjection;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Registers the services of this room.</summary>
internal static class OrderPanelServices
{
    /// <summary>The card on the order page.</summary>
    public static IServiceCollection AddOrderPanel(this IServiceCollection services)
    {
        services.AddScoped<PanelActions>();
        services.AddScoped<PanelAnswers>();
        services.AddScoped<PanelButtons>();
        services.AddScoped<PanelModelFactory>();
        services.AddScoped<PanelReader>();
        services.AddScoped<PanelText>();
        services.AddScoped<PanelTimeLine>();
        services.AddScoped<PanelUpdates>();
        services.AddScoped<PaymentLinkMail>();
        services.AddScoped<PaymentLinkTemplate>();
        return services;
    }
}
