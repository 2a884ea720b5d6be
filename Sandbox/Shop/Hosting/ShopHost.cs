using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Localization;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.MultiSafepay;
using Nop.Web.Framework.Mvc.Routing;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Services;

namespace Sandbox.Shop;

/// <summary>Builds the shop.</summary>
public static class ShopHost
{
    /// <summary>A shop that is ready to be started. Start fills an empty database and installs the plugin.</summary>
    public static WebApplication Build(ShopOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ShopHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,

            // The settings do not change, and each host that watches their files takes one of the few watchers that Linux gives a user.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseUrls(options.Url);
        builder.Logging.SetMinimumLevel(options.ConsoleLevel);
        builder.Configuration.AddInMemoryCollection(options.Configuration);
        if (options.ApiUrl is not null)
            builder.Configuration["MultiSafepay:ApiUrl"] = options.ApiUrl;

        var plugins = new PluginCatalogue(options.Plugins ?? [PluginSource.FromAssembly(typeof(MultiSafepayPaymentMethod).Assembly)]);
        builder.Services.AddSingleton(options).AddSingleton(plugins);
        builder.Services.AddShop(options, plugins);
        builder.Services.AddShopPages(plugins);
        builder.Services.AddSingleton<IDataProtectionProvider>(options.Database.DataProtection);

        var startups = plugins.All.SelectMany(plugin => plugin.TypesOf<INopStartup>()).Select(type => (INopStartup)Activator.CreateInstance(type)!)
            .OrderBy(startup => startup.Order).ToList();
        foreach (var startup in startups)
            startup.ConfigureServices(builder.Services, builder.Configuration);
        options.ConfigureServices?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseShop(options);
        foreach (var startup in startups)
            startup.Configure(app);
        app.MapShop(plugins);
        return app;
    }

    private static void UseShop(this WebApplication app, ShopOptions options)
    {
        if (options.PathBase.Length > 0)
            app.UsePathBase(options.PathBase);
        app.UseDeveloperExceptionPage();
        app.UseExceptionHandler(handler => handler.Run(ErrorLog.WriteAsync));
        app.UseMiddleware<AdminGate>();
        app.UseStatusCodePages(StatusPages.ShowAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.UseRequestLocalization(localization =>
        {
            localization.SetDefaultCulture("en-US").AddSupportedCultures("en-US", "nl-NL").AddSupportedUICultures("en-US", "nl-NL");
            localization.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(http => Task.FromResult(http.Request.RouteValues[ShopRoutes.LanguageKey] switch
                {
                    "nl" => new ProviderCultureResult("nl-NL"),
                    "en" => new ProviderCultureResult("en-US"),
                    _ => null,
                })),
                new CookieRequestCultureProvider { CookieName = WorkContext.CultureCookie },
            ];
        });
    }

    private static void MapShop(this WebApplication app, PluginCatalogue plugins)
    {
        foreach (var provider in plugins.All.SelectMany(plugin => plugin.TypesOf<IRouteProvider>()).Select(type => (IRouteProvider)Activator.CreateInstance(type)!)
            .OrderByDescending(provider => provider.Priority))
        {
            provider.RegisterRoutes(app);
        }

        ShopRoutes.Map(app, app.Services.GetRequiredService<ShopOptions>());
    }
}
