using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel.OpenPayments;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel.SubscriptionList;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Registers the services of this module.</summary>
internal static class OrderPanelServices
{
    /// <summary>Registers the panel on the order page, the page of open payments, and that of subscriptions.</summary>
    public static IServiceCollection AddOrderPanel(this IServiceCollection services)
    {
        services.AddScoped<OpenAffairs>();
        services.AddScoped<OpenPaymentsModelFactory>();
        services.AddScoped<PanelActions>();
        services.AddScoped<PanelAnswers>();
        services.AddScoped<PanelButtons>();
        services.AddScoped<PanelModelFactory>();
        services.AddScoped<PanelReader>();
        services.AddScoped<PanelSteps>();
        services.AddScoped<PanelSubscription>();
        services.AddScoped<PanelSubscriptionActions>();
        services.AddScoped<PanelText>();
        services.AddScoped<PanelTimeLine>();
        services.AddScoped<PanelUpdates>();
        services.AddScoped<SubscriptionPages>();
        services.AddScoped<SubscriptionsModelFactory>();
        return services;
    }
}
