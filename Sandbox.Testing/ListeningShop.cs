using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Sandbox.Testing;

/// <summary>The other end of the wire: records every notification and answers as configured.</summary>
public sealed class ListeningShop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Notification> _received = new();

    private ListeningShop(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>HTTP status, body and, for a redirect, where to.</summary>
    public (int Status, string Body, string? Location) Answer { get; set; } = (200, "OK", null);

    public IReadOnlyList<Notification> Received => [.. _received];

    public static ListeningShop Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var shop = new ListeningShop(app);
        app.Run(shop.ReceiveAsync);
        app.Start();
        return shop;
    }

    /// <summary>Waits until there are <paramref name="count"/> notifications, and a little longer to see that there are no more.</summary>
    public async Task<IReadOnlyList<Notification>> WaitAsync(int count)
    {
        for (var i = 0; i < 1000 && _received.Count < count; i++)
            await Task.Delay(10);
        await Task.Delay(50);
        Assert.That(_received, Has.Count.EqualTo(count));
        return Received;
    }

    public void Forget() => _received.Clear();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _received.Enqueue(new(
            context.Request.Method,
            context.Request.Path,
            context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            context.Request.Headers.TryGetValue("Auth", out var auth) ? auth.ToString() : null,
            body.ToArray()));

        var (status, text, location) = Answer;
        context.Response.StatusCode = status;
        if (location is not null)
            context.Response.Headers.Location = location;
        if (text.Length > 0)
            await context.Response.WriteAsync(text);
    }
}

/// <summary>One notification as it arrived.</summary>
public sealed record Notification(string Method, string Path, IReadOnlyDictionary<string, string> Query, string? Auth, byte[] Body)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public string Status => (string)Json["status"]!;

    public string FinancialStatus => (string)Json["financial_status"]!;
}
