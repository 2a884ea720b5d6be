using FluentValidation;
using Microsoft.AspNetCore.Authentication.Cookies;
using Nop.Core;
using Nop.Core.Caching;
using Nop.Core.Configuration;
using Nop.Core.Events;
using Nop.Data;
using Nop.Services.Attributes;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Events;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Nop.Services.ScheduleTasks;
using Nop.Services.Security;
using Nop.Services.Shipping;
using Nop.Services.Stores;
using Nop.Services.Tax;
using Nop.Web.Framework.UI;
using Sandbox.Shop.Data;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Hosting;

/// <summary>Registers nopCommerce's interfaces with the sandbox's services, and what plugins bring of settings, consumers, tasks and validators.</summary>
internal static class ShopServices
{
    public static void AddShop(this IServiceCollection services, ShopOptions options, PluginCatalogue plugins)
    {
        SettingText.RegisterListConverters();
        services.AddHttpContextAccessor();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie => (cookie.Cookie.Name, cookie.LoginPath) = (".Nop.Authentication", "/login"));
        services.AddHttpClient();
        services.AddSingleton(options.Time);
        services.AddSingleton(options.Database);
        services.AddHostedService<ShopSetup>();
        if (options.RunScheduledTasks)
            services.AddHostedService<ScheduleTaskTimer>();

        services.AddSingleton<SettingCache>();
        services.AddSingleton<ResourceCache>();
        services.AddSingleton<IStaticCacheManager, StaticCache>();
        services.AddSingleton<ILocker, Locker>();
        services.AddSingleton<IEncryptionService, EncryptionService>();
        services.AddSingleton<IDateTimeHelper, DateTimeHelper>();
        services.AddSingleton<PluginFiles>();
        services.AddSingleton<FirstStoreAddress>();

        services.AddScoped<InstalledPlugins>();
        services.AddScoped<OrderMails>();
        services.AddScoped<InventoryService>();
        services.AddScoped<Carts>();
        services.AddScoped<OrderPlacement>();
        services.AddScoped<RecurringOrderPlacement>();
        services.AddScoped<ScheduleTaskRunner>();
        services.AddScoped<StoreSetup>();
        services.AddScoped<CurrentVisitor>();
        services.AddScoped<ShopRules>();
        services.AddScoped<PriceText>();
        services.AddScoped<PendingPayments>();
        services.AddScoped<PaymentMethods>();
        services.AddScoped<CheckoutSteps>();
        services.AddScoped<CheckoutPayment>();
        services.AddScoped<PartialViews>();
        services.AddScoped<TaxTotalMemory>();
        services.AddScoped<OrderPages>();
        services.AddScoped<AdminOrderPages>();
        services.AddScoped<RecurringPaymentPages>();
        services.AddScoped<CycleText>();

        Both<IShortTermCacheManager, RequestCache>();
        Both<ISettingService, SettingService>();
        Both<ICustomerService, CustomerService>();
        Both<ICurrencyService, CurrencyService>();
        Both<IPaymentService, PaymentService>();
        Both<IStoreContext, StoreContext>();
        Both<IWorkContext, WorkContext>();
        Both<ITaxService, TaxCalculator>();
        Both<IOrderTotalCalculationService, CartCalculator>();
        Both<IShoppingCartService, ShoppingCartService>();
        Both<IStateProvinceService, StateProvinceService>();

        services.AddScoped<IStoreService, StoreService>();
        services.AddScoped<IWebHelper, WebHelper>();
        services.AddScoped<HtmlHead>();
        services.AddScoped<INopHtmlHelper>(provider => provider.GetRequiredService<HtmlHead>());
        services.AddScoped(typeof(IRepository<>), typeof(Repository<>));
        services.AddScoped<IEventPublisher, EventPublisher>();
        services.AddScoped<IAddressService, AddressService>();
        services.AddScoped<ICountryService, CountryService>();
        services.AddScoped<IGenericAttributeService, GenericAttributeService>();
        services.AddScoped<IGiftCardService, GiftCardService>();
        services.AddScoped<ILanguageService, LanguageService>();
        services.AddScoped<ILocalizationService, LocalizationService>();
        services.AddScoped<Nop.Services.Logging.ILogger, ShopLogger>();
        services.AddScoped<INotificationService, NotificationService>();
        services.AddScoped<IOrderProcessingService, OrderProcessingService>();
        services.AddScoped<IOrderService, OrderService>();
        services.AddScoped<IPaymentPluginManager, PaymentPluginManager>();
        services.AddScoped<IPermissionService, PermissionService>();
        services.AddScoped<IPriceCalculationService, PriceCalculationService>();
        services.AddScoped<IProductService, ProductService>();
        services.AddScoped<ICategoryService, CategoryService>();
        ShippingOptionConverter.Register();
        services.AddScoped<IRewardPointService, RewardPointService>();
        services.AddScoped<IScheduleTaskService, ScheduleTaskService>();
        services.AddScoped<IShipmentService, ShipmentService>();
        services.AddScoped<IMessageTemplateService, MessageTemplateService>();
        services.AddScoped<IEmailAccountService, EmailAccountService>();
        services.AddScoped<ILocalizedEntityService, LocalizedEntityService>();
        services.AddScoped<IWorkflowMessageService, WorkflowMessageService>();
        services.AddScoped(typeof(IAttributeParser<,>), typeof(AttributeParser<,>));

        AddSettings(services, plugins);
        AddFound(services, plugins, typeof(IConsumer<>));
        AddFound(services, plugins, typeof(IValidator<>));

        void Both<TInterface, TService>() where TInterface : class where TService : class, TInterface
        {
            services.AddScoped<TService>();
            services.AddScoped<TInterface>(provider => provider.GetRequiredService<TService>());
        }
    }

    /// <summary>A settings class is injected with the values of the store that the request is for.</summary>
    private static void AddSettings(IServiceCollection services, PluginCatalogue plugins)
    {
        var types = new[] { typeof(ISettings).Assembly, typeof(ISettingService).Assembly }.SelectMany(assembly => assembly.GetTypes()).Concat(plugins.All.SelectMany(plugin => plugin.Types))
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ISettings)));
        foreach (var type in types)
        {
            services.AddScoped(type, provider =>
                provider.GetRequiredService<SettingService>().LoadSetting(type, provider.GetRequiredService<StoreContext>().GetCurrentStore().Id));
        }
    }

    /// <summary>Registers each type of a plugin under the closed forms of the generic interface that it implements.</summary>
    private static void AddFound(IServiceCollection services, PluginCatalogue plugins, Type generic)
    {
        foreach (var type in plugins.All.SelectMany(plugin => plugin.Types))
        {
            foreach (var face in type.GetInterfaces().Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == generic && !face.ContainsGenericParameters))
                services.AddScoped(face, type);
        }
    }
}
