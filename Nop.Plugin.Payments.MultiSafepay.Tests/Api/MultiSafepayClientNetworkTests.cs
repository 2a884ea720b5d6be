using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using static Nop.Plugin.Payments.MultiSafepay.Tests.Api.MultiSafepayClientTests;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>The client over real sockets: what stubs cannot show about redirects and broken connections.</summary>
[TestFixture]
internal sealed class MultiSafepayClientNetworkTests
{
    private static IEnumerable<string> All => MultiSafepayClientTests.All;
    private static IEnumerable<string> Writes => MultiSafepayClientTests.Writes;

    private WebApplication _api = null!;
    private WebApplication _elsewhere = null!;
    private RequestDelegate _answer = null!;
    private List<string> _keysSeenElsewhere = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _keysSeenElsewhere = [];
        _elsewhere = await StartAsync(context =>
        {
            _keysSeenElsewhere.Add(context.Request.Headers["api_key"].ToString());
            return context.Response.WriteAsync("""{"success": true, "data": {"account_id": 666}}""");
        });
        _api = await StartAsync(context => _answer(context));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        await _elsewhere.DisposeAsync();
    }

    /// <summary>The reason for ConfigureHandler: left alone, .NET hands the key to whomever an answer names.</summary>
    [Test]
    public async Task UnconfiguredHandler_GivesTheKeyAway_AndTheClientSaysSo()
    {
        RedirectElsewhere(302);
        using var http = new HttpClient(new HttpClientHandler());

        var failure = await FailureAsync("GetAccount", Client(http));

        Assert.That(_keysSeenElsewhere, Is.EqualTo(new[] { StubHandler.Key }));
        Assert.That(failure.Message, Does.Contain("redirect"));
    }

    [Test]
    public async Task ConfiguredHandler_KeepsTheKey([ValueSource(nameof(All))] string call, [Values(302, 307)] int status, [Values] bool sockets)
    {
        RedirectElsewhere(status);
        HttpMessageHandler handler = sockets ? new SocketsHttpHandler() : new HttpClientHandler();
        MultiSafepayClient.ConfigureHandler(handler);
        using var http = new HttpClient(handler);

        var failure = await FailureAsync(call, Client(http));

        Assert.That(_keysSeenElsewhere, Is.Empty);
        Assert.That((int)failure.HttpStatus!, Is.EqualTo(status));
    }

    /// <summary>As in a shop: nopCommerce's WithProxy() replaces the primary handler, and ours is configured after it.</summary>
    [Test]
    public async Task RegisteredClient_KeepsTheKey_AlsoWhenTheHandlerIsReplacedBefore()
    {
        RedirectElsewhere(301);
        var services = new ServiceCollection();
        services.AddSingleton(ApiEndpoints.From(AddressOf(_api)));
        services.AddSingleton(TimeProvider.System);
        var builder = services.AddHttpClient<IMultiSafepayClient, MultiSafepayClient>();
        builder.ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler());
        builder.ConfigurePrimaryHttpMessageHandler((handler, _) => MultiSafepayClient.ConfigureHandler(handler));
        await using var provider = services.BuildServiceProvider();

        await FailureAsync("GetAccount", provider.GetRequiredService<IMultiSafepayClient>());

        Assert.That(_keysSeenElsewhere, Is.Empty);
    }

    [Test]
    public async Task ConfigureHandler_LooksInsideDelegatingHandlers()
    {
        RedirectElsewhere(302);
        var handler = new PassingOn { InnerHandler = new HttpClientHandler() };
        MultiSafepayClient.ConfigureHandler(handler);
        using var http = new HttpClient(handler);

        await FailureAsync("GetAccount", Client(http));

        Assert.That(_keysSeenElsewhere, Is.Empty);
    }

    [Test]
    public async Task Cookies_AreNotKept()
    {
        var cookies = new List<string>();
        _answer = context =>
        {
            cookies.Add(context.Request.Headers.Cookie.ToString());
            context.Response.Cookies.Append("session", "shared");
            return context.Response.WriteAsync("""{"success": true, "data": {"account_id": 1}}""");
        };
        var handler = new HttpClientHandler();
        MultiSafepayClient.ConfigureHandler(handler);
        using var http = new HttpClient(handler);

        await RunAsync("GetAccount", Client(http));
        await RunAsync("GetAccount", Client(http));

        Assert.That(cookies, Is.EqualTo(new[] { "", "" }));
    }

    [Test]
    public async Task Request_IsWhatItShouldBeOnTheWire()
    {
        string? seen = null;
        _answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = $"{context.Request.Method} {context.Request.Path} {context.Request.ContentType} {context.Request.ContentLength} {context.Request.Headers.UserAgent} {await reader.ReadToEndAsync()}";
            await context.Response.WriteAsync("""{"success": true, "data": {}}""");
        };
        using var http = new HttpClient();

        await RunAsync("UpdateOrder", Client(http));

        Assert.That(seen, Is.EqualTo("PATCH /v1/json/orders/NOP-1 application/json 43  {\"status\":\"cancelled\",\"exclude_order\":true}"));
    }

    [TestCaseSource(nameof(All))]
    public async Task NobodyThere_IsPassing_AndNothingWasDone(string call)
    {
        using var http = new HttpClient();
        var failure = await FailureAsync(call, new MultiSafepayClient(http, ApiEndpoints.From($"http://127.0.0.1:{FreePort()}/v1/json/"), TimeProvider.System));
        Assert.That((failure.IsTransient, failure.OutcomeUnknown), Is.EqualTo((true, false)));
    }

    [TestCaseSource(nameof(Writes))]
    public async Task ConnectionLostAfterSending_IsOfUnknownOutcome(string call)
    {
        _answer = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Abort();
        };
        using var http = new HttpClient();

        var failure = await FailureAsync(call, Client(http));

        Assert.That((failure.IsTransient, failure.OutcomeUnknown, failure.HttpStatus), Is.EqualTo((true, true, (HttpStatusCode?)null)));
    }

    [TestCaseSource(nameof(All))]
    public async Task AnswerCutShort_IsPassing(string call)
    {
        _answer = async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"success": true, "da""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        using var http = new HttpClient();

        var failure = await FailureAsync(call, Client(http));

        Assert.That((failure.IsTransient, failure.OutcomeUnknown), Is.EqualTo((true, Writes.Contains(call))));
    }

    private MultiSafepayClient Client(HttpClient http) => new(http, ApiEndpoints.From(AddressOf(_api)), TimeProvider.System);

    private void RedirectElsewhere(int status) => _answer = context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = AddressOf(_elsewhere) + "me";
        return Task.CompletedTask;
    };

    private static string AddressOf(WebApplication application) => application.Urls.Single() + "/v1/json/";

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.Run(answer);
        await application.StartAsync();
        return application;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A delegating handler that does nothing of its own.</summary>
    private sealed class PassingOn : DelegatingHandler;
}
