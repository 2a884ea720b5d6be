using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Web.Framework.Infrastructure.Extensions;

namespace Nop.Plugin.Payments.MultiSafepay.Payments;

/// <summary>Registers the services of this module.</summary>
internal static class PaymentsServices
{
    /// <summary>Registers the API client, records, locks, the settings and keys of stores, and notices.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped(typeof(Deferred<>));

        services.AddSingleton(ApiEndpoints.From(configuration[MultiSafepayDefaults.DevelopmentApiUrlKey]));
        var client = services.AddHttpClient<IMultiSafepayClient, MultiSafepayClient>();
        client.WithProxy();
        client.ConfigurePrimaryHttpMessageHandler((handler, _) => MultiSafepayClient.ConfigureHandler(handler));
        client.AddHttpMessageHandler<ActivityHandler>();

        // They would write every address into the log, with the references and tokens of stored payment details. The plugin's own debug log leaves those out.
        client.RemoveAllLoggers();

        services.AddSingleton<ProcessLocks>();
        services.AddSingleton<RecentActivity>();
        services.AddSingleton<RefusedKeys>();
        services.AddSingleton<ShopUrls>();
        services.AddSingleton<SigningKeys>();
        services.AddTransient<ActivityHandler>();
        services.AddScoped<CustomerMail>();
        services.AddScoped<CustomerMailTemplates>();
        services.AddScoped<FollowUpList>();
        services.AddScoped<LockedOrders>();
        services.AddScoped<OrderLock>();
        services.AddScoped<UncachedOrderReader>();
        services.AddScoped<MerchantAlerts>();
        services.AddScoped<OrderNotesAndLog>();
        services.AddScoped<PaymentReader>();
        services.AddScoped<PaymentRecordStore>();
        services.AddScoped<RetryTokens>();
        services.AddScoped<StoreSettings>();
        return services;
    }
}
