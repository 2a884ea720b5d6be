using System.Net.Http.Json;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Nop.Core.Domain.Orders;
using NUnit.Framework;
using Sandbox;
using Sandbox.Shop;
using Sandbox.Simulator;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Shop;

/// <summary>A shop with the real plugin and a simulator, and a customer who is on the way to pay.</summary>
internal sealed class Journey : IAsyncDisposable
{
    private readonly WebApplication _simulator;
    private readonly HttpClient _control;
    private readonly List<TestShop> _nodes = [];

    private Journey(WebApplication simulator)
    {
        _simulator = simulator;
        _control = new HttpClient { BaseAddress = new Uri(simulator.Urls.First().TrimEnd('/') + "/simulator/") };
    }

    public TestShop Shop => _nodes[0];

    public IReadOnlyList<TestShop> Nodes => _nodes;

    public ShopBrowser Browser { get; private set; } = null!;

    public static async Task<Journey> StartAsync(int nodes = 1)
    {
        var simulator = SimulatorHost.Build(new SimulatorOptions { Port = 0, Sites = [new SimulatorSite(1001, SandboxDefaults.TestApiKey)] });
        await simulator.StartAsync();
        var journey = new Journey(simulator);
        var options = new ShopOptions { ApiUrl = $"{simulator.Urls.First().TrimEnd('/')}/v1/json/" };
        for (var node = 0; node < nodes; node++)
            journey._nodes.Add(await TestShop.StartAsync(options));
        journey.Browser = journey.Shop.NewBrowser();
        return journey;
    }

    /// <summary>Places an order; answers the payment page.</summary>
    public async Task<Uri> OrderAsync(int productId = 1)
    {
        await Browser.CheckOutAsync(MultiSafepayDefaults.SystemName, productId);
        var page = await Browser.PlaceOrderAsync();
        Assert.That(page, Does.Contain("/pay/"), await Shop.LogAsync());
        return new Uri(page);
    }

    /// <summary>Chooses a method and how it ends on the payment page; answers where the customer is sent.</summary>
    public async Task<string> PayAsync(Uri paymentPage, string scenario, string gateway = "IDEAL")
    {
        var start = new Uri(paymentPage.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/start");
        using var method = await Browser.SendAsync(start.ToString(), ("gateway", gateway));
        var transaction = new Uri(start, method.Headers.Location!);
        using var ended = await Browser.SendAsync(transaction.ToString(), ("scenario", scenario));
        return new Uri(start, ended.Headers.Location!).ToString();
    }

    public async Task<Order> ReadOrderAsync(int id = 1) => (await Shop.Database.FindAsync<Order>(id))!;

    public async Task<IReadOnlyList<string>> NotesAsync() => [.. (await Shop.Database.ListAsync<OrderNote>()).Select(note => note.Note)];

    /// <summary>Waits until the order is as wanted: notifications come when they come.</summary>
    public async Task WaitAsync(Func<Order, bool> wanted, string what)
    {
        for (var i = 0; i < 200; i++)
        {
            if (wanted(await ReadOrderAsync()))
                return;
            await Task.Delay(50);
        }

        Assert.Fail($"{what} within ten seconds. {string.Join(" | ", await NotesAsync())} {await Shop.LogAsync()}");
    }

    /// <summary>Asks the simulator's control API about its newest order.</summary>
    public async Task<JsonNode> SimulatedOrderAsync()
    {
        var id = (await _control.GetFromJsonAsync<JsonArray>("orders"))![0]!["order_id"]!.GetValue<string>();
        return (await _control.GetFromJsonAsync<JsonNode>($"orders/{id}"))!;
    }

    /// <summary>Makes something happen to the newest order: <c>transitions</c> or <c>notifications</c>.</summary>
    public async Task ControlAsync(string what, object body)
    {
        var id = (await SimulatedOrderAsync())["order_id"]!.GetValue<string>();
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, MediaTypeNames.Application.Json);
        using var answer = await _control.PostAsync(new Uri($"orders/{id}/{what}", UriKind.Relative), content);
        Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until every notification has been delivered or given up; answers the status codes of all attempts.</summary>
    public async Task<IReadOnlyList<int>> DeliveriesAsync()
    {
        for (var i = 0; i < 200; i++)
        {
            var deliveries = (await SimulatedOrderAsync())["deliveries"]!.AsArray();
            if (deliveries.Count > 0 && deliveries.All(delivery => delivery!["attempts"]!.AsArray().Count > 0))
                return [.. deliveries.SelectMany(delivery => delivery!["attempts"]!.AsArray()).Select(attempt => attempt!["status_code"]?.GetValue<int>() ?? 0)];
            await Task.Delay(50);
        }

        Assert.Fail("No notification was attempted within ten seconds.");
        return [];
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        _control.Dispose();
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _simulator.DisposeAsync();
    }
}
