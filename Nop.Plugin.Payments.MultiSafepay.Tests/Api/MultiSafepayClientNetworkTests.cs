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
    public async Task An_unconfigured_handler_leaks_the_API_key_on_redirect_and_the_client_reports_it()
    {
        RedirectElsewhere(302);
        using var http = new HttpClient(new HttpClientHandler());

        var failure = await FailureAsync("GetAccount", Client(http));

        Assert.That(_keysSeenElsewhere, Is.EqualTo(new[] { StubHandler.Key }));
        Assert.That(failure.Message, Does.Contain("redirect"));
    }

    [Test]
    public async Task A_configured_handler_does_not_leak_the_API_key_on_redirect([ValueSource(nameof(All))] string call, [Values(302, 307)] int status, [Values] bool sockets)
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
    public async Task A_registered_client_does_not_leak_the_API_key_even_if_its_handler_was_replaced()
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
    public async Task A_handler_inside_delegating_handlers_is_configured_too()
    {
        RedirectElsewhere(302);
        var handler = new PassingOn { InnerHandler = new HttpClientHandler() };
        MultiSafepayClient.ConfigureHandler(handler);
        using var http = new HttpClient(handler);

        await FailureAsync("GetAccount", Client(http));

        Assert.That(_keysSeenElsewhere, Is.Empty);
    }

    [Test]
    public async Task Cookies_are_not_kept_between_calls()
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
    public async Task The_request_on_the_wire_has_the_expected_headers_and_body()
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
    public async Task A_refused_connection_is_transient_and_nothing_was_carried_out(string call)
    {
        using var http = new HttpClient();
        var failure = await FailureAsync(call, new MultiSafepayClient(http, ApiEndpoints.From($"http://127.0.0.1:{FreePort()}/v1/json/"), TimeProvider.System));
        Assert.That((failure.IsTransient, failure.OutcomeUnknown), Is.EqualTo((true, false)));
    }

    [TestCaseSource(nameof(Writes))]
    public async Task A_connection_lost_after_sending_has_an_unknown_outcome(string call)
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
    public async Task A_truncated_response_is_transient(string call)
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
