using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Customers;
using Sandbox.Shop;
using Sandbox.Shop.Data;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security.Fuzzing;

/// <summary>
/// The sandbox's shop without sockets, for speed: a second node of a host's shop, whose requests are handed to it in the process. Orders are copies of one that was
/// really bought; each is started at the simulator by the plugin itself.
/// </summary>
internal sealed class FuzzShop : IAsyncDisposable
{
    public const string LiveKey = SimulatorRun.OtherKey;

    private readonly IntegrationHost _host;
    private readonly WebApplication _app;
    private readonly TestServer _server;
    private readonly Order _bought;

    private FuzzShop(IntegrationHost host, WebApplication app, Order bought)
    {
        (_host, _app, _bought) = (host, app, bought);
        _server = (TestServer)app.Services.GetRequiredService<IServer>();
    }

    public ShopDatabase Database => _host.Shop.Database;

    public DateTimeOffset Now => _host.Simulator.Time.GetUtcNow();

    public static async Task<FuzzShop> StartAsync()
    {
        var host = await IntegrationHost.StartAsync();
        await host.Shop.InScopeAsync(services =>
        {
            var storeSettings = services.GetRequiredService<StoreSettings>();
            return host.SetAsync(settings => settings.LiveApiKey = storeSettings.Protect(LiveKey));
        });

        // nopCommerce makes this user when it is first asked for, which is no trace of whoever came first.
        await host.Shop.InScopeAsync(services => services.GetRequiredService<ICustomerService>().GetOrCreateBackgroundTaskUserAsync());
        var bought = await host.BuyWithoutNotificationsAsync();
        var app = ShopHost.Build(new ShopOptions
        {
            ApiUrl = $"{host.Simulator.Url}v1/json/",
            ApiKey = SimulatorRun.Key,
            Time = new SharedClock(host.Simulator.Time),
            Database = host.Shop.Database,
            ConsoleLevel = Microsoft.Extensions.Logging.LogLevel.None,
            ConfigureServices = services =>
            {
                SharedViews.Share(services);
                services.AddSingleton<IServer, TestServer>();
            }
        });
        await app.StartAsync();
        return new FuzzShop(host, app, bought);
    }

    /// <summary>An order that waits for its payment.</summary>
    /// <param name="apiStatus">How MultiSafepay has it; null when the customer has not opened the payment page.</param>
    public async Task<(Order Order, PaymentAttempt Attempt)> OrderAsync(string? apiStatus)
    {
        var order = (await Database.FindAsync<Order>(_bought.Id))!;
        order.OrderGuid = Guid.NewGuid();
        order.CustomOrderNumber = $"F{order.OrderGuid:N}";
        await Database.InsertAsync(order);
        await using var scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PaymentLinkService>().StartAsync(OrderReference.From(order), CancellationToken.None);
        var attempt = (await scope.ServiceProvider.GetRequiredService<PaymentRecordStore>().LoadAsync(order)).Current!;
        if (apiStatus is not null)
            await _host.Simulator.MoveAsync(attempt.OrderId, apiStatus);
        return (order, attempt);
    }

    public async Task<PaymentRecord> RecordAsync(Order order)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PaymentRecordStore>().LoadAsync(order);
    }

    public Task<HttpContext> SendAsync(Action<HttpContext> request, CancellationToken cancellationToken) => _server.SendAsync(request, cancellationToken);

    /// <summary>Removes the order and what belongs to it, so that the shop stays as small as it was.</summary>
    public async Task ForgetAsync(Order order)
    {
        await Database.DeleteAsync(order);
        foreach (var note in await Database.ListAsync<OrderNote>(note => note.OrderId == order.Id))
            await Database.DeleteAsync(note);
        foreach (var attribute in await Database.ListAsync<GenericAttribute>(attribute => attribute.KeyGroup == nameof(Order) && attribute.EntityId == order.Id))
            await Database.DeleteAsync(attribute);
        foreach (var line in await Database.ListAsync<Log>())
            await Database.DeleteAsync(line);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _host.DisposeAsync();
    }
}
