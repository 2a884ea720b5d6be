using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Localization;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;
using Nop.Web.Framework.Infrastructure.Extensions;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Registers the plugin's services. nopCommerce finds this class by its interface.</summary>
public class NopStartup : INopStartup
{
    /// <inheritdoc/>
    public int Order => 3000;

    /// <inheritdoc/>
    public void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton(ApiEndpoints.From(configuration[MultiSafepayDefaults.DevelopmentApiUrlKey]));
        var httpClient = services.AddHttpClient<IMultiSafepayClient, MultiSafepayClient>();
        httpClient.WithProxy();
        httpClient.ConfigurePrimaryHttpMessageHandler((handler, _) => MultiSafepayClient.ConfigureHandler(handler));
        httpClient.AddHttpMessageHandler<ActivityHandler>();

        var webhookClient = services.AddHttpClient<WebhookCheck>();
        webhookClient.WithProxy();
        webhookClient.ConfigurePrimaryHttpMessageHandler((handler, _) => MultiSafepayClient.ConfigureHandler(handler));

        services.AddSingleton<SigningKeys>();
        services.AddScoped<StoreSettings>();
        services.AddScoped<TextInstaller>();
        services.AddScoped<ConfigurationTexts>();
        services.AddScoped<ConfigurationModelFactory>();
        services.AddScoped<SettingCombinations>();
        services.AddSingleton<RecentActivity>();
        services.AddTransient<ActivityHandler>();
        services.AddScoped<ConnectionCheck>();
        services.AddScoped<SetupChecklist>();
        services.AddScoped<DiagnosticReport>();
        AddGroup<AccountGroup>(services);
        AddGroup<MethodsGroup>(services);
        AddGroup<OrdersGroup>(services);
        AddGroup<StatusMappingGroup>(services);
        AddGroup<AfterSalesGroup>(services);
        AddGroup<NotificationsGroup>(services);
        AddGroup<ReconciliationGroup>(services);
        services.AddScoped<OwnerWarnings>();

        services.AddSingleton<CatalogueSource>();
        services.AddScoped<MethodCatalogue>();
        services.AddScoped<OfferReader>();
        services.AddScoped<CheckoutOffer>();
        services.AddScoped<RequestTotals>();
        services.AddScoped<ChoiceMemory>();
        services.AddScoped<CustomerFactsCookie>();
        services.AddScoped<PaymentStep>();
        services.AddScoped<ChosenMethod>();
        services.AddScoped<MethodFee>();
        services.AddScoped<PaymentInfoModelFactory>();
        services.AddScoped<MethodCheck>();

        services.AddSingleton<ShopUrls>();
        services.AddScoped<PaymentRecordStore>();
        services.AddScoped<FreshOrders>();
        services.AddScoped<ChargeCalculator>();
        services.AddScoped<CartSourceReader>();
        services.AddScoped<AddressReader>();
        services.AddScoped<CustomerFactory>();
        services.AddScoped<OrderRequestFactory>();
        services.AddScoped<PaymentOpener>();
        services.AddScoped<PaymentCloser>();
        services.AddScoped<PaymentStarter>();
        services.AddScoped<PaymentRedirect>();

        services.AddSingleton<OrderLock>();
        services.AddSingleton<PublicGate>();
        services.AddScoped<PaymentJournal>();
        services.AddScoped<OwnerAlerts>();
        services.AddScoped<OrderReopener>();
        services.AddScoped<ActionApplier>();
        services.AddScoped<Synchronizer>();
        services.AddScoped<NotificationGate>();
        services.AddScoped<NotificationHandler>();
        services.AddScoped<Reconciler>();
        services.AddScoped<ReconciliationTask>();

        services.AddScoped<PaymentReader>();
        services.AddScoped<LockedOrders>();
        services.AddScoped<OpenAffairs>();
        services.AddScoped<RefundRequests>();
        services.AddScoped<RefundDesk>();
        services.AddScoped<CaptureDesk>();
        services.AddScoped<PaymentOperations>();
        services.AddScoped<HandOverDesk>();
        services.AddScoped<ShipmentReader>();
        services.AddScoped<OrderNews>();
        services.AddScoped<AffairSettler>();
        services.AddScoped<LatePaymentRefund>();
        services.AddScoped<OrderCancellation>();
        services.AddScoped<AuthorizationRelease>();
        services.AddScoped<PaymentLinkRevocation>();

        services.AddScoped<Installation>();
        services.AddScoped<WidgetActivation>();
        services.AddScoped<PanelText>();
        services.AddScoped<PanelTimeLine>();
        services.AddScoped<PanelModelFactory>();
        services.AddScoped<PanelReader>();
        services.AddScoped<PanelButtons>();
        services.AddScoped<PanelAnswers>();
        services.AddScoped<PanelActions>();
        services.AddScoped<PanelUpdates>();
        services.AddScoped<PaymentLinkTemplate>();
        services.AddScoped<PaymentLinkMail>();
        services.AddScoped<PersonalDataEraser>();
    }

    /// <inheritdoc/>
    public void Configure(IApplicationBuilder application)
    {
    }

    // By a factory: nopCommerce's system warnings tell the owner of every interface for which plugins have named several classes, as a mistake that may cause errors.
    private static void AddGroup<TGroup>(IServiceCollection services) where TGroup : class, IConfigurationGroup
    {
        services.AddScoped<TGroup>();
        services.AddScoped<IConfigurationGroup>(provider => provider.GetRequiredService<TGroup>());
    }
}
