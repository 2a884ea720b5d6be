using Microsoft.Extensions.DependencyInjection;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Registers the services of this module.</summary>
internal static class OrderPanelServices
{
    /// <summary>Registers the panel on the order page.</summary>
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
