using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Web.Framework.Infrastructure.Extensions;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Registers the services of this module.</summary>
internal static class ConfigurationServices
{
    /// <summary>Registers the configuration page and its checks.</summary>
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
        services.AddScoped<StoreChecks>();
        services.AddScoped<UnreadableValues>();
        return services;
    }

    // Registered with a factory, because nopCommerce's system warnings report every interface for which plugins register several classes as a possible error.
    private static void AddGroup<TGroup>(IServiceCollection services) where TGroup : class, IConfigurationGroup
    {
        services.AddScoped<TGroup>();
        services.AddScoped<IConfigurationGroup>(provider => provider.GetRequiredService<TGroup>());
    }
}
