using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Checkout;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Registers the services of each module. nopCommerce finds this class by its interface.</summary>
public class NopStartup : INopStartup
{
    /// <inheritdoc/>
    public int Order => 3000;

    /// <inheritdoc/>
    public void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddPayments(configuration)
            .AddSavedCards()
            .AddSynchronization()
            .AddCheckout()
            .AddAfterSales()
            .AddSubscriptions()
            .AddReconciliation()
            .AddOrderPanel()
            .AddConfiguration();

        services.AddScoped<Installation>();
        services.AddScoped<IUnfinishedInstallation>(provider => provider.GetRequiredService<Installation>());
        services.AddScoped<TextInstaller>();
        services.AddScoped<WidgetActivation>();
    }

    /// <inheritdoc/>
    public void Configure(IApplicationBuilder application)
    {
    }
}
