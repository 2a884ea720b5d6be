using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Web.Framework.Infrastructure.Extensions;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Registers the services of this room.</summary>
internal static class ConfigurationServices
{
    /// <summary>The admin pages.</summary>
    public static IServiceCollection AddConfiguration(this IServiceCollection services)
    {
        var webhookClient = services.AddHttpClient<WebhookCheck>();
        webhookClient.WithProxy();
        webhookClient.ConfigurePrimaryHttpMessageHandler((handler, _) => MultiSafepayClient.ConfigureHandler(handler));

        AddGroup<AccountGroup>(services);
        AddGroup<MethodsGroup>(services);
        AddGroup<OrdersGroup>(services);
        AddGroup<StatusMappingGroup>(services);
        AddGroup<AfterSalesGroup>(services);
        AddGroup<NotificationsGroup>(services);
        AddGroup<ReconciliationGroup>(services);

        services.AddScoped<ConfigurationModelFactory>();
        services.AddScoped<ConfigurationTexts>();
        services.AddScoped<ConnectionCheck>();
        services.AddScoped<DiagnosticReport>();
        services.AddScoped<MethodCheck>();
        services.AddScoped<OwnerWarnings>();
        services.AddScoped<SettingCombinations>();
        services.AddScoped<SetupChecklist>();
        return services;
    }

    // By a factory: nopCommerce's system warnings tell the owner of every interface for which plugins have named several classes, as a mistake that may cause errors.
    private static void AddGroup<TGroup>(IServiceCollection services) where TGroup : class, IConfigurationGroup
    {
        services.AddScoped<TGroup>();
        services.AddScoped<IConfigurationGroup>(provider => provider.GetRequiredService<TGroup>());
    }
}
