using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Services.Events;
using Sandbox.Shop;
using Sandbox.Shop.Data;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>A node of the shop: the sandbox's shop with the real plugin, without sockets, that can be killed.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly TestShop _shop;
    private readonly HttpMessageInvoker _server;

    private Node(string name, NodeProcess process, NodeClock clock, NopOperations operations, TestShop shop, TestServer server) =>
        (Name, Process, Clock, Operations, _shop, _server) = (name, process, clock, operations, shop, new HttpMessageInvoker(server.CreateHandler()));

    public string Name { get; set; }

    public NodeProcess Process { get; }

    public NodeClock Clock { get; }

    /// <summary>What nopCommerce is in the middle of.</summary>
    public NopOperations Operations { get; }

    public static async Task<Node> StartAsync(string name, ScenarioHost host)
    {
        var process = new NodeProcess();
        var clock = new NodeClock(host.Time);
        var operations = new NopOperations();
        var shop = await TestShop.StartAsync(new ShopOptions
        {
            ApiUrl = "http://localhost/v1/json/",
            ApiKey = host.Site.ApiKey,
            Time = clock,
            Database = host.Database.OpenFor(process),
            SharedLocks = host.SharedLocks,
            ConfigureServices = services =>
            {
                services.AddInProcessServer();
                WatchedOperations.Add(services, operations);
                services.AddSingleton<IConsumer<OrderRequestCreatedEvent>>(host.Shape);
                services.AddHttpClient(nameof(IMultiSafepayClient)).AddHttpMessageHandler(() => new Wire(host, process, clock));
            }
        });
        var server = await shop.InScopeAsync(services => Task.FromResult((TestServer)services.GetRequiredService<IServer>()));
        return new Node(name, process, clock, operations, shop, server);
    }

    /// <summary>Has the node serve a request. A node that dies meanwhile does not answer.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Process.ThrowIfKilled();
        var answer = await _server.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        Process.ThrowIfKilled();
        return answer;
    }

    /// <summary>Runs something with the services of one request.</summary>
    public Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work) => _shop.InScopeAsync(work);

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _shop.DisposeAsync();
    }

    // A node's way to MultiSafepay.
    private sealed class Wire(ScenarioHost host, NodeProcess process, NodeClock clock) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // The list of methods is asked for in the background, whenever it is old, and so are the saved cards: no part of any story.
            var path = request.RequestUri!.AbsolutePath;
            if (path.EndsWith("/payment-methods", StringComparison.Ordinal) || (!host.IsTokenCallWatched && path.Contains("/recurring/", StringComparison.Ordinal)))
                return await host.CallMultiSafepayAsync(request, cancellationToken);

            await process.PassAsync(NodeAccess.Call);
            await SlowlyAsync(isBefore: true, cancellationToken);
            HttpResponseMessage answer;
            try
            {
                answer = await host.CallMultiSafepayAsync(request, cancellationToken);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException && !cancellationToken.IsCancellationRequested)
            {
                // What a broken connection looks like over sockets.
                throw new HttpRequestException("The connection broke.", exception);
            }

            await SlowlyAsync(isBefore: false, cancellationToken);
            await process.PassAsync(NodeAccess.Answer);
            return answer;
        }

        private Task SlowlyAsync(bool isBefore, CancellationToken cancellationToken) =>
            host.TakeSlowness(isBefore) is { } wait ? Task.Delay(wait, clock, cancellationToken) : Task.CompletedTask;
    }
}

/// <summary>Serves requests within the process.</summary>
internal static class InProcessServer
{
    private static readonly IPAddress _visitor = IPAddress.Parse("203.0.113.7");

    /// <summary>Puts a server without sockets in place of Kestrel.</summary>
    public static IServiceCollection AddInProcessServer(this IServiceCollection services) => services
        .AddSingleton<IServer>(provider => new TestServer(provider, Options.Create(new TestServerOptions { BaseAddress = new Uri("http://localhost/") })))
        .AddTransient<IStartupFilter, FromSomewhere>();

    // Whoever has no socket has no address either, and card payments need the customer's.
    private sealed class FromSomewhere : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = _visitor;
                return following(context);
            });
            next(app);
        };
    }
}
