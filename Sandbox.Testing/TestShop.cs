using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Logging;
using Sandbox.Shop;
using Sandbox.Shop.Data;

namespace Sandbox.Testing;

/// <summary>A shop of the sandbox on a free port of this machine.</summary>
public sealed class TestShop : IAsyncDisposable
{
    // Nobody listens there, and nothing leaves this machine.
    private const string Nowhere = "http://127.0.0.1:9/v1/json/";

    private readonly WebApplication _app;

    // A handler of HTTP clients has a timer of two minutes, which keeps its shop in memory for so long after the test: hundreds of shops, which each garbage collection looks through.
    private static void KeepHandlers(IServiceCollection services) =>
        services.PostConfigureAll<HttpClientFactoryOptions>(options => options.HandlerLifetime = Timeout.InfiniteTimeSpan);

    private TestShop(WebApplication app, ShopDatabase database)
    {
        _app = app;
        Database = database;
    }

    public ShopDatabase Database { get; }

    /// <summary>The address of the first store: by name, since the second store is the same address by number.</summary>
    public Uri Url => new($"http://localhost:{new Uri(_app.Urls.First()).Port}/");

    /// <summary>The address of the second store.</summary>
    public Uri SecondStoreUrl => new($"http://127.0.0.1:{Url.Port}/");

    public static async Task<TestShop> StartAsync(ShopOptions? options = null)
    {
        options ??= new ShopOptions();
        options = options with { ApiUrl = options.ApiUrl ?? Nowhere, Url = "http://127.0.0.1:0", ConsoleLevel = Microsoft.Extensions.Logging.LogLevel.None };
        options = options with { ConfigureServices = (options.Plugins is null ? SharedViews.Share : null) + options.ConfigureServices + KeepHandlers };
        var shop = new TestShop(ShopHost.Build(options), options.Database);
        await shop._app.StartAsync();
        return shop;
    }

    public ShopBrowser NewBrowser() => new(Url);

    /// <summary>Runs something with the services of one request.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public Task InScopeAsync(Func<IServiceProvider, Task> work) => InScopeAsync(async services =>
    {
        await work(services);
        return true;
    });

    /// <summary>The customers that are neither the administrator nor the background task's user.</summary>
    public Task<List<Customer>> GuestsAsync() => Database.ListAsync<Customer>(customer => string.IsNullOrEmpty(customer.SystemName));

    /// <summary>The shop's log, for the message of a test that fails.</summary>
    public async Task<string> LogAsync() => string.Join(Environment.NewLine, (await Database.ListAsync<Log>()).Select(log => $"{log.LogLevel}: {log.ShortMessage} {log.FullMessage}"));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
