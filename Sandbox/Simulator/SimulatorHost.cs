using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Control;
using Sandbox.Simulator.Faults;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.Pages;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator;

/// <summary>Builds the simulator: one web application that listens on this machine only.</summary>
public static class SimulatorHost
{
    /// <summary>The clock may be replaced: everything that waits or expires goes by <paramref name="time"/>.</summary>
    public static WebApplication Build(SimulatorOptions options, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,

            // The settings do not change, and each host that watches their files takes one of the few watchers that Linux gives a user.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.Sources.Clear();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.Port == 0)
                kestrel.Listen(IPAddress.Loopback, 0);
            else
                kestrel.ListenLocalhost(options.Port);
        });

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<Ledger>();
        builder.Services.AddSingleton<FaultRegistry>();
        builder.Services.AddSingleton<GatewaySwitches>();
        builder.Services.AddSingleton<LocaleSwitches>();
        builder.Services.AddSingleton<RecurringSwitches>();
        builder.Services.AddSingleton<TokenVault>();
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddSingleton<TokenPayments>();
        builder.Services.AddSingleton<RequestLog>();
        builder.Services.AddSingleton<NotificationFactory>();
        builder.Services.AddSingleton<PaymentTransitions>();
        builder.Services.AddSingleton<RefundProcessor>();
        builder.Services.AddSingleton<CaptureProcessor>();
        builder.Services.AddSingleton<ShipmentProcessor>();
        builder.Services.AddSingleton<DocumentedMoves>();
        builder.Services.AddSingleton<OrderTransitions>();
        builder.Services.AddSingleton<OrderIntake>();
        builder.Services.AddSingleton<OrderUpdates>();
        builder.Services.AddSingleton<OrderAccess>();
        builder.Services.AddSingleton<Notifier>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Notifier>());
        builder.Services.AddSingleton<Expiry>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Expiry>());
        builder.Services.AddRazorComponents();

        // Brought along by the components, which use it for forms that the pages do not have: no key files on the developer's disk.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();

        // A page of another site must not reach the simulator under a name that merely resolves to this machine.
        builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);

        options.ConfigureServices?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseWhen(context => context.Request.Path.StartsWithSegments(SimulatorApiEndpoints.Root, StringComparison.Ordinal), api =>
        {
            api.UseMiddleware<RequestLogMiddleware>();
            api.UseMiddleware<FaultMiddleware>();
            api.UseMiddleware<RefusalMiddleware>();
        });
        app.UseMiddleware<SameSiteMiddleware>();
        app.UseRouting();
        app.MapApi();
        app.MapControl();
        app.MapOrderControl();
        app.MapTokenControl();
        app.MapPages();
        app.MapTokenPage();
        app.MapPaymentPage();
        return app;
    }
}
